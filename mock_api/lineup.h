/* The line-up before the start. If it is kept, conversations begin in the order of
 * their numbers, even if a model's threads arrive in another order because they all
 * start at once. If latencies are drawn, this order changes the makespan, since each
 * conversation has draws of its own. */
#ifndef SIMUL_MOCK_API_LINEUP_H
#define SIMUL_MOCK_API_LINEUP_H

#include <stdbool.h>
#include <stdint.h>

/* A place in the line-up, embedded in the struct that waits. A zeroed place is not
 * waiting. */
struct lineup_place {
    struct lineup_place *prev; /* utlist's names */
    struct lineup_place *next;
    int32_t conversation;
    bool waiting;
};

/* A zeroed line-up is not kept: every conversation begins when it arrives. */
struct lineup {
    bool is_kept;
    int32_t next;               /* the first conversation that has not begun */
    struct lineup_place *early; /* the places that came before their turn, by number */
};

/* Enters a request. True: the request may go on at once; call lineup_next() for the
 * places whose turn has come with it. False: the request came before its turn, and its
 * place waits. Only requests of round 0 wait; a request without a number never does. */
bool lineup_enter(struct lineup *lineup, struct lineup_place *place,
                  int32_t conversation, int32_t round);

/* Removes and returns a place whose turn has come; NULL if there is none. */
struct lineup_place *lineup_next(struct lineup *lineup);

/* Removes a place whose request does not begin; does nothing if it is not waiting. */
void lineup_leave(struct lineup *lineup, struct lineup_place *place);

/* Gives the order up, because a conversation does not come: from now on, every
 * conversation begins when it arrives, and lineup_next() returns every waiting place,
 * by number. */
void lineup_give_up(struct lineup *lineup);

#endif

/* The line-up before the start: where it is asked for, conversations begin in the order
 * of their numbers, however a scheduler shuffles threads that all start at once. Where
 * latencies are drawn, that order decides who meets which draw first. */
#ifndef SIMUL_MOCK_API_LINEUP_H
#define SIMUL_MOCK_API_LINEUP_H

#include <stdbool.h>
#include <stdint.h>

/* A place in the line-up, embedded in what waits. Zeroed: not waiting. */
struct lineup_place {
    struct lineup_place *prev; /* utlist's names */
    struct lineup_place *next;
    int32_t conversation;
    bool waiting;
};

/* Zeroed: nobody is held up, everybody begins as they come. */
struct lineup {
    bool is_kept;
    int32_t next;               /* the first conversation that has not begun */
    struct lineup_place *early; /* who came before their turn, by number */
};

/* A request of a conversation has come. True: it may go on at once; then lineup_next()
 * gives those whose turn has come with it. False: it came before its turn and the place
 * waits. Only round 0 is held up, and nothing without a number. */
bool lineup_enter(struct lineup *lineup, struct lineup_place *place,
                  int32_t conversation, int32_t round);

/* Takes out who waits and whose turn has come; NULL: nobody. */
struct lineup_place *lineup_next(struct lineup *lineup);

/* Leaves without having begun; one that does not wait is left alone. */
void lineup_leave(struct lineup *lineup, struct lineup_place *place);

/* Somebody does not come: from now on everybody begins as they come, and lineup_next()
 * gives all that wait, by number. */
void lineup_give_up(struct lineup *lineup);

#endif

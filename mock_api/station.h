/* A queueing station: a number of slots and a line, first come, first served. The
 * sender slots of the uplink are one station; the answer slots with their backlog are
 * another. */
#ifndef SIMUL_MOCK_API_STATION_H
#define SIMUL_MOCK_API_STATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place in the line, embedded in the struct that waits. */
struct station_place {
    struct station_place *prev; /* utlist's names */
    struct station_place *next;
    bool waiting;
};

struct station {
    int64_t slots; /* 0: unlimited */
    int64_t taken;
    struct station_place *line;
};

/* Takes a slot and returns true if one is free; else puts the place at the end of the
 * line and returns false. */
bool station_enter(struct station *station, struct station_place *place);

/* Gives a slot back. If a place waits, the first one leaves the line, gets the slot and
 * is returned; else NULL. */
struct station_place *station_leave(struct station *station);

/* Removes a place from the line; does nothing if the place is not waiting. */
void station_give_up(struct station *station, struct station_place *place);

#endif

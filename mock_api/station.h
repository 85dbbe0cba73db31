/* A queueing station: so many servers, first come, first served. The uplink with its
 * sender slots is one; the answer slots with their backlog are another. */
#ifndef SIMUL_MOCK_API_STATION_H
#define SIMUL_MOCK_API_STATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A place in the line, embedded in what waits. */
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

/* True: a slot is free and now taken. False: the place stands at
 * the end of the line. */
bool station_enter(struct station *station, struct station_place *place);

/* Gives a slot back. Returns the place whose turn it is, with the slot already taken
 * for it; NULL where nobody waits. */
struct station_place *station_leave(struct station *station);

/* Leaves the line without having been served; one that does not wait is left alone. */
void station_give_up(struct station *station, struct station_place *place);

#endif

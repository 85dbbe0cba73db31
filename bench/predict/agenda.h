/* The future event list of the simulation. It gives the events in the order of their
 * times, and events of the same instant in the order in which they were scheduled. */
#ifndef SIMUL_BENCH_PREDICT_AGENDA_H
#define SIMUL_BENCH_PREDICT_AGENDA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* With fixed latencies, the events of one kind are scheduled in the order of their
 * times. So each kind has a lane, a queue that costs O(1); an event that would break
 * the order of its lane goes to a heap. Ten million requests take a second instead of
 * ten. */
#define AGENDA_LANES 4

struct agenda_event {
    int64_t at_ns;
    uint64_t order; /* set by agenda_schedule() */
    int32_t subject;
    uint32_t generation; /* the simulation drops an event of an older generation */
    int lane;
};

struct agenda_lane {
    struct agenda_event *events; /* a ring */
    size_t begin;
    size_t count;
    size_t capacity; /* a power of two */
};

/* A zeroed agenda is empty. */
struct agenda {
    struct agenda_lane lanes[AGENDA_LANES];
    struct agenda_event *heap;
    size_t heap_count;
    size_t heap_capacity;
    uint64_t next_order;
};

/* Adds an event; its lane is below AGENDA_LANES. False: out of memory. */
bool agenda_schedule(struct agenda *agenda, struct agenda_event event);

/* Takes the next event; false if there is none. */
bool agenda_next(struct agenda *agenda, struct agenda_event *event);

void agenda_close(struct agenda *agenda);

#endif

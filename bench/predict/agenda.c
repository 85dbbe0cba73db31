/* Lanes for events that come in order, a binary heap for the others. */
#include "bench/predict/agenda.h"

#include <stdlib.h>

static bool is_before(const struct agenda_event *a, const struct agenda_event *b) {
    return a->at_ns != b->at_ns ? a->at_ns < b->at_ns : a->order < b->order;
}

static struct agenda_event *lane_at(const struct agenda_lane *lane, size_t index) {
    return &lane->events[(lane->begin + index) & (lane->capacity - 1)];
}

static bool lane_grow(struct agenda_lane *lane) {
    size_t capacity = lane->capacity ? 2 * lane->capacity : 64;
    struct agenda_event *events = malloc(capacity * sizeof *events);
    if (!events) {
        return false;
    }
    for (size_t i = 0; i < lane->count; i++) {
        events[i] = *lane_at(lane, i);
    }
    free(lane->events);
    *lane = (struct agenda_lane){events, 0, lane->count, capacity};
    return true;
}

static bool lane_append(struct agenda_lane *lane, const struct agenda_event *event) {
    if (lane->count == lane->capacity && !lane_grow(lane)) {
        return false;
    }
    *lane_at(lane, lane->count++) = *event;
    return true;
}

static bool heap_push(struct agenda *agenda, const struct agenda_event *event) {
    if (agenda->heap_count == agenda->heap_capacity) {
        size_t capacity = agenda->heap_capacity ? 2 * agenda->heap_capacity : 64;
        struct agenda_event *heap = realloc(agenda->heap, capacity * sizeof *heap);
        if (!heap) {
            return false;
        }
        agenda->heap = heap;
        agenda->heap_capacity = capacity;
    }
    size_t index = agenda->heap_count++;
    while (index > 0 && is_before(event, &agenda->heap[(index - 1) / 2])) {
        agenda->heap[index] = agenda->heap[(index - 1) / 2];
        index = (index - 1) / 2;
    }
    agenda->heap[index] = *event;
    return true;
}

static void heap_pop(struct agenda *agenda) {
    struct agenda_event last = agenda->heap[--agenda->heap_count];
    size_t index = 0;
    for (;;) {
        size_t child = 2 * index + 1;
        if (child >= agenda->heap_count) {
            break;
        }
        if (child + 1 < agenda->heap_count &&
            is_before(&agenda->heap[child + 1], &agenda->heap[child])) {
            child++;
        }
        if (!is_before(&agenda->heap[child], &last)) {
            break;
        }
        agenda->heap[index] = agenda->heap[child];
        index = child;
    }
    agenda->heap[index] = last;
}

bool agenda_schedule(struct agenda *agenda, struct agenda_event event) {
    event.order = agenda->next_order++;
    struct agenda_lane *lane = &agenda->lanes[event.lane];
    bool in_order =
        lane->count == 0 || event.at_ns >= lane_at(lane, lane->count - 1)->at_ns;
    return in_order ? lane_append(lane, &event) : heap_push(agenda, &event);
}

bool agenda_next(struct agenda *agenda, struct agenda_event *event) {
    const struct agenda_event *best = agenda->heap_count > 0 ? agenda->heap : NULL;
    struct agenda_lane *best_lane = NULL;
    for (int i = 0; i < AGENDA_LANES; i++) {
        struct agenda_lane *lane = &agenda->lanes[i];
        if (lane->count > 0 && (!best || is_before(lane_at(lane, 0), best))) {
            best = lane_at(lane, 0);
            best_lane = lane;
        }
    }
    if (!best) {
        return false;
    }
    *event = *best;
    if (best_lane) {
        best_lane->begin = (best_lane->begin + 1) & (best_lane->capacity - 1);
        best_lane->count--;
    } else {
        heap_pop(agenda);
    }
    return true;
}

void agenda_close(struct agenda *agenda) {
    for (int i = 0; i < AGENDA_LANES; i++) {
        free(agenda->lanes[i].events);
    }
    free(agenda->heap);
    *agenda = (struct agenda){.heap = NULL};
}

/* A queueing station: slots and a line. Every operation is O(1). */
#include "mock_api/station.h"

#include <utlist.h>

bool station_enter(struct station *station, struct station_place *place) {
    place->waiting = station->slots > 0 && station->taken >= station->slots;
    if (place->waiting) {
        DL_APPEND(station->line, place);
        return false;
    }
    station->taken++;
    return true;
}

struct station_place *station_leave(struct station *station) {
    struct station_place *next = station->line;
    if (next) {
        DL_DELETE(station->line, next);
        next->waiting = false;
        return next;
    }
    station->taken--;
    return NULL;
}

void station_give_up(struct station *station, struct station_place *place) {
    if (place->waiting) {
        DL_DELETE(station->line, place);
        place->waiting = false;
    }
}

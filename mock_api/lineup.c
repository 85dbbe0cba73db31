/* The line-up: a list that is sorted by number. The requests that come early are few
 * and nearly in order, so a new one finds its place near the end. */
#include "mock_api/lineup.h"

#include <stddef.h>
#include <utlist.h>

static void insert(struct lineup *lineup, struct lineup_place *place) {
    struct lineup_place *before = lineup->early ? lineup->early->prev : NULL;
    while (before && before->conversation > place->conversation) {
        before = before == lineup->early ? NULL : before->prev;
    }
    if (before) {
        DL_APPEND_ELEM(lineup->early, before, place);
    } else {
        DL_PREPEND(lineup->early, place);
    }
}

bool lineup_enter(struct lineup *lineup, struct lineup_place *place,
                  int32_t conversation, int32_t round) {
    if (!lineup->is_kept || round != 0 || conversation < lineup->next) {
        return true;
    }
    if (conversation == lineup->next) {
        lineup->next++;
        return true;
    }
    place->conversation = conversation;
    place->waiting = true;
    insert(lineup, place);
    return false;
}

struct lineup_place *lineup_next(struct lineup *lineup) {
    struct lineup_place *first = lineup->early;
    if (!first || (lineup->is_kept && first->conversation > lineup->next)) {
        return NULL;
    }
    if (first->conversation == lineup->next) {
        lineup->next++;
    }
    lineup_leave(lineup, first);
    return first;
}

void lineup_leave(struct lineup *lineup, struct lineup_place *place) {
    if (place->waiting) {
        DL_DELETE(lineup->early, place);
        place->waiting = false;
    }
}

void lineup_give_up(struct lineup *lineup) {
    lineup->is_kept = false;
}

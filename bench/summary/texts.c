/* Lists of texts. */
#include "bench/summary/texts.h"

#include <stdlib.h>
#include <string.h>

bool texts_add(struct texts *texts, const char *text) {
    char **list = realloc(texts->list, (texts->count + 1) * sizeof *list);
    if (!list) {
        return false;
    }
    texts->list = list;
    char *copy = strdup(text);
    if (!copy) {
        return false;
    }
    list[texts->count++] = copy;
    return true;
}

bool texts_have(const struct texts *texts, const char *text) {
    for (size_t i = 0; i < texts->count; i++) {
        if (!strcmp(texts->list[i], text)) {
            return true;
        }
    }
    return false;
}

void texts_close(struct texts *texts) {
    for (size_t i = 0; i < texts->count; i++) {
        free(texts->list[i]);
    }
    free(texts->list);
    *texts = (struct texts){.list = NULL};
}

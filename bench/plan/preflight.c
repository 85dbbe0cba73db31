/* Compares needs with limits, and writes the message if a need is over its limit. */
#include "bench/plan/preflight.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const things[LIMIT_KINDS] = {
    [LIMIT_DESCRIPTORS] = "descriptors (open files)",
    [LIMIT_THREADS] = "threads",
    [LIMIT_MAPS] = "memory maps",
    [LIMIT_PORTS] = "ports at once",
    [LIMIT_MEMORY] = "of memory",
    [LIMIT_DISK] = "of disk",
    [LIMIT_FILE] = "in one file",
};

/* "needs 60010 descriptors (open files), 20000 can be had"; bytes in a unit in which
 * the two numbers differ. */
static void write_need(enum limit_kind kind, int64_t needed, int64_t most,
                       char text[200]) {
    const char *thing = things[kind];
    const char *unit = needed < 10000000 ? "kB " : "MB ";
    int64_t bytes = needed < 10000000 ? 1000 : 1000000;
    if (kind != LIMIT_MEMORY && kind != LIMIT_DISK && kind != LIMIT_FILE) {
        unit = "";
        bytes = 1;
    }
    snprintf(text, 200, "needs %" PRId64 " %s%s, %" PRId64 " can be had",
             (needed + bytes - 1) / bytes, unit, thing, most / bytes);
}

/* Adds a line to the message; false if there is no room left for it. */
static bool add_line(struct error *error, const char *line) {
    size_t used = strlen(error->message);
    size_t room = sizeof error->message - used;
    if (strlen(line) + 12 > room) {
        if (room > 6 && strcmp(error->message + used - 3, "...") != 0) {
            strcat(error->message, "\n  ...");
        }
        return false;
    }
    error->kind = ERROR_INPUT;
    snprintf(error->message + used, room, "%s%s", used ? "\n  " : "", line);
    return true;
}

/* "; raise the limit (ulimit -n 60010)" */
static void write_remedy(const struct limit *limit, int64_t needed, char text[200]) {
    snprintf(text, 200, "; %s", limit->remedy);
    if (limit->command) {
        size_t used = strlen(text);
        snprintf(text + used, 200 - used, " (%s%" PRId64 ")", limit->command,
                 needed + limit->used);
    }
}

/* The most conversations or workers that would fit; 0: none, or the need does not
 * grow. */
static int64_t fitting(const struct needs *needs, enum limit_kind kind, int64_t most) {
    if (needs->per_counted[kind] == 0 || most <= needs->fixed[kind]) {
        return 0;
    }
    return (most - needs->fixed[kind]) / needs->per_counted[kind];
}

static void tell(const char *scenario, const char *who, const struct needs *needs,
                 enum limit_kind kind, int64_t needed, const struct limit *limit,
                 struct error *error) {
    char line[600];
    char need[200];
    char remedy[200];
    char fit[80] = "";
    int64_t fits = needs ? fitting(needs, kind, limit->most) : 0;
    write_need(kind, needed, limit->most, need);
    write_remedy(limit, needed, remedy);
    if (fits > 0) {
        snprintf(fit, sizeof fit, ", or --%s %" PRId64 " at most", needs->counted,
                 fits);
    }
    snprintf(line, sizeof line, "%s: %s %s%s%s", scenario, who, need, remedy, fit);
    add_line(error, line);
}

static void check_trial(const struct plan_point *point, const struct model *model,
                        const struct processors *processors,
                        const struct limits *limits, struct error *error) {
    static const enum limit_kind kinds[] = {LIMIT_DESCRIPTORS, LIMIT_THREADS,
                                            LIMIT_MAPS, LIMIT_PORTS, LIMIT_MEMORY};
    const char *name = point->scenario.name;
    struct needs needs = needs_of_trial(&point->scenario, model, processors);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const struct limit *limit = &limits->of[kinds[i]];
        if (needs.of[kinds[i]] > limit->most) {
            tell(name, model->name, &needs, kinds[i], needs.of[kinds[i]], limit, error);
        }
    }
    const struct limit *limit = &limits->of[LIMIT_DESCRIPTORS];
    if (!point->urls.text && needs.api_descriptors > limit->most &&
        needs.of[LIMIT_DESCRIPTORS] <= limit->most) { /* not if reported above */
        char who[MODEL_NAME_BYTES + 40];
        snprintf(who, sizeof who, "the mock API (for %s)", model->name);
        tell(name, who, NULL, LIMIT_DESCRIPTORS, needs.api_descriptors, limit, error);
    }
}

bool preflight(const struct plan *plan, const struct limits *limits,
               struct error *error) {
    *error = (struct error){.kind = ERROR_NONE};
    for (size_t i = 0; i < plan->point_count; i++) {
        const struct plan_point *point = &plan->points[i];
        for (size_t j = 0; j < point->entry_count; j++) {
            check_trial(point, &point->entries[j].model, &plan->processors, limits,
                        error);
        }
        int64_t file_bytes = needs_file_bytes(&point->scenario);
        if (!point->urls.text && file_bytes > limits->of[LIMIT_FILE].most) {
            tell(point->scenario.name, "the mock API's log", NULL, LIMIT_FILE,
                 file_bytes, &limits->of[LIMIT_FILE], error);
        }
    }
    int64_t disk_bytes = needs_disk_bytes(plan);
    if (disk_bytes > limits->of[LIMIT_DISK].most) {
        tell("--output", "the run", NULL, LIMIT_DISK, disk_bytes,
             &limits->of[LIMIT_DISK], error);
    }
    return error->kind == ERROR_NONE;
}

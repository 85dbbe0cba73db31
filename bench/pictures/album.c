/* Draws the pictures of a run in a folder of their own, and then moves them. */
#include "bench/pictures/album.h"
#include "base/clock.h"
#include "bench/programs/guard.h"
#include "bench/programs/interrupt.h"
#include "bench/programs/paths.h"
#include "bench/pictures/gnuplot.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How many gnuplots run at once. */
enum { AT_ONCE = 2 };

struct album {
    const struct album_order *order;
    char program[PATH_MAX]; /* gnuplot */
    char plots[PATH_MAX];   /* <run>/plots */
    char data[PATH_MAX];    /* <run>/plots/data */
    char fresh[PATH_MAX];   /* <run>/plots/.new-XXXXXX: unfinished files */
    char fresh_data[PATH_MAX];
    struct gnuplot under_way[AT_ONCE];
    size_t started;
    struct glyphs glyphs;
};

static bool make_folder(const char *path, struct error *error) {
    return mkdir(path, 0755) == 0 || errno == EEXIST ||
           error_failed(error, "cannot make the folder %s: %s", path, strerror(errno));
}

/* Makes a folder that no other process uses. Its name is known before it exists, which
 * is not so with mkdtemp(), because the guard has to be told first. */
static bool make_fresh(struct album *album, struct error *error) {
    char name[64];
    snprintf(name, sizeof name, ".new-%d-%" PRId64, (int)getpid(), clock_now_ns());
    if (!paths_join(album->fresh, album->plots, name, error)) {
        album->fresh[0] = '\0';
        return false;
    }
    guard_add(REMAIN_TREE, album->fresh);
    if (mkdir(album->fresh, 0700) != 0) {
        int reason = errno;
        guard_drop(REMAIN_TREE, album->fresh);
        album->fresh[0] = '\0';
        return error_failed(error, "cannot make a folder in %s: %s", album->plots,
                            strerror(reason));
    }
    return true;
}

static bool make_folders(struct album *album, struct error *error) {
    if (!paths_join(album->plots, album->order->run, "plots", error) ||
        !paths_join(album->data, album->plots, "data", error)) {
        return false;
    }
    guard_add(REMAIN_FILE, album->plots);
    guard_add(REMAIN_FILE, album->data);
    return make_folder(album->plots, error) && make_folder(album->data, error) &&
           make_fresh(album, error) &&
           paths_join(album->fresh_data, album->fresh, "data", error) &&
           make_folder(album->fresh_data, error);
}

/* Calls `each` for every file of a folder, until one fails. */
static bool for_files(const char *folder,
                      bool (*each)(const char *folder, const char *name, void *context,
                                   struct error *error),
                      void *context, struct error *error) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, NULL, alphasort);
    bool ok = count >= 0 ||
              error_failed(error, "cannot list %s: %s", folder, strerror(errno));
    for (int i = 0; i < count; i++) {
        ok = ok && (entries[i]->d_type == DT_DIR ||
                    each(folder, entries[i]->d_name, context, error));
        free(entries[i]);
    }
    free(entries);
    return ok;
}

static bool remove_file(const char *folder, const char *name, void *context,
                        struct error *error) {
    char path[PATH_MAX];
    (void)context;
    if (paths_join(path, folder, name, error)) {
        unlink(path);
    }
    return true;
}

static void remove_fresh(struct album *album) {
    struct error ignored;
    for (int i = 0; i < AT_ONCE; i++) {
        gnuplot_close(&album->under_way[i]);
    }
    if (album->fresh_data[0]) {
        for_files(album->fresh_data, remove_file, NULL, &ignored);
        rmdir(album->fresh_data);
    }
    if (album->fresh[0]) {
        for_files(album->fresh, remove_file, NULL, &ignored);
        rmdir(album->fresh);
        guard_drop(REMAIN_TREE, album->fresh);
    }
    if (album->data[0]) { /* they are empty if no picture was finished */
        rmdir(album->data);
        rmdir(album->plots);
        guard_drop(REMAIN_FILE, album->data);
        guard_drop(REMAIN_FILE, album->plots);
    }
}

/* Moves one file to its place, and prints its path if it is a picture. */
static bool publish(const char *folder, const char *name, void *context,
                    struct error *error) {
    const struct album *album = context;
    char from[PATH_MAX];
    char to[PATH_MAX];
    bool is_picture = folder == album->fresh;
    if (!paths_join(from, folder, name, error) ||
        !paths_join(to, is_picture ? album->plots : album->data, name, error)) {
        return false;
    }
    if (rename(from, to) != 0) {
        return error_failed(error, "cannot write %s: %s", to, strerror(errno));
    }
    if (is_picture && album->order->out) {
        fprintf(album->order->out, "%s\n", to);
    }
    return true;
}

/* A place for one more gnuplot: waits for the one that was started first. */
static struct gnuplot *next_place(struct album *album, bool *ok, struct error *error) {
    struct gnuplot *place = &album->under_way[album->started++ % AT_ONCE];
    *ok = !place->stem[0] || gnuplot_finish(place, error);
    gnuplot_close(place);
    return place;
}

static bool draw_page(struct album *album, const struct picture *picture,
                      const struct subject *subject, const char *stem, int page,
                      struct error *error) {
    struct sheet sheet;
    struct error later;
    bool ok = sheet_open(&sheet, album->fresh_data, stem, &album->glyphs, error) &&
              picture->draw(subject, page, &sheet, error);
    bool closed = sheet_close(&sheet, ok ? error : &later);
    if (!ok || !closed || interrupt_signal()) {
        return false;
    }
    struct gnuplot *place = next_place(album, &ok, error);
    return ok && gnuplot_start(place, album->program, album->fresh, picture->name, stem,
                               album->order->formats, error);
}

static bool draw_picture(struct album *album, const struct picture *picture,
                         const struct subject *subject, const char *prefix,
                         struct error *error) {
    int pages = picture->count_pages(subject);
    bool ok = true;
    for (int page = 0; ok && page < pages; page++) {
        char stem[SHEET_STEM_BYTES];
        snprintf(stem, sizeof stem, "%s%s", prefix, picture->name);
        if (pages > 1) {
            size_t used = strlen(stem);
            snprintf(stem + used, sizeof stem - used, "-%d", page + 1);
        }
        ok = draw_page(album, picture, subject, stem, page, error);
    }
    return ok;
}

static bool is_wanted(const struct album_order *order, const struct picture *picture,
                      const struct scenario *scenario) {
    return (!order->only || order->only == picture) && picture->applies(scenario);
}

/* Draws the pictures of one point, whose models have this order. */
static bool draw_point(struct album *album, const struct subject *subject,
                       const char *prefix, struct error *error) {
    bool ok = true;
    for (const struct picture *const *at = pictures; ok && *at; at++) {
        if (is_wanted(album->order, *at, &subject->point->scenario)) {
            ok = draw_picture(album, *at, subject, prefix, error);
        }
    }
    return ok;
}

static bool draw_all(struct album *album, const struct plan *plan,
                     const struct past_trials *trials, const struct summary *summary,
                     struct error *error) {
    bool ok = true;
    for (size_t i = 0; ok && i < plan->point_count; i++) {
        struct subject subject = {
            .run = album->order->run,
            .point = &plan->points[i],
            .point_index = i,
            .summary = &summary->points[i],
            .trials = trials,
        };
        char prefix[SCENARIO_NAME_BYTES + 32] = "";
        if (plan->point_count > 1) {
            snprintf(prefix, sizeof prefix, "%zu-%s-", i + 1,
                     subject.point->scenario.name);
        }
        size_t *order = calloc(subject.point->entry_count + 1, sizeof *order);
        ok = order || error_failed(error, "out of memory for pictures");
        if (ok) {
            picture_order(&subject, order);
            subject.order = order;
            ok = draw_point(album, &subject, prefix, error);
        }
        free(order);
    }
    for (int i = 0; ok && i < AT_ONCE; i++) {
        next_place(album, &ok, error);
    }
    return ok && !interrupt_signal();
}

static bool check_order(const struct album_order *order, const struct plan *plan,
                        struct error *error) {
    for (size_t i = 0; i < plan->point_count; i++) {
        for (const struct picture *const *at = pictures; *at; at++) {
            if (is_wanted(order, *at, &plan->points[i].scenario)) {
                return true;
            }
        }
    }
    return error_input(error, "'%s' is a picture of %s, which this run has not",
                       order->only ? order->only->name : "",
                       order->only && order->only->when ? order->only->when : "");
}

bool album_make(const struct album_order *order, const struct plan *plan,
                const struct past_trials *trials, struct error *error) {
    struct summary summary = {.points = NULL};
    struct album *album = calloc(1, sizeof *album);
    bool ok = album ? summary_make(&summary, plan, trials, error)
                    : error_failed(error, "out of memory for pictures");
    if (ok) {
        album->order = order;
        ok = check_order(order, plan, error) && gnuplot_find(album->program, error) &&
             make_folders(album, error) &&
             draw_all(album, plan, trials, &summary, error) &&
             for_files(album->fresh_data, publish, album, error) &&
             for_files(album->fresh, publish, album, error);
        remove_fresh(album);
    }
    summary_close(&summary);
    free(album);
    return ok;
}

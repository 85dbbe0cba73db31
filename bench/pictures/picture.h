/* The pictures. To add one: a .c beside this that says what stands where, a template
 * plots/<name>.gp that says how it looks, and a row in picture.c. */
#ifndef SIMUL_BENCH_PICTURES_PICTURE_H
#define SIMUL_BENCH_PICTURES_PICTURE_H

#include "base/error.h"
#include "bench/pictures/sheet.h"
#include "bench/plan/plan.h"
#include "bench/summary/summary.h"

/* One scenario of a run. All borrowed. */
struct subject {
    const char *run; /* the run's directory */
    const struct plan_point *point;
    size_t point_index;                  /* of the plan */
    const struct summary_point *summary; /* of that point */
    const struct past_trials *trials;    /* of the run */
};

struct picture {
    const char *name;
    const char *summary; /* one line for --help */
    bool (*applies)(const struct scenario *scenario);
    const char *when; /* it applies, where it does not always */
    /* How many pages it takes; from 1. */
    int (*count_pages)(const struct subject *subject);
    /* Fills an open sheet with that page, from 0. Fails where the run's files are not
     * as they should be, or out of memory. */
    bool (*draw)(const struct subject *subject, int page, struct sheet *sheet,
                 struct error *error);
};

extern const struct picture picture_timeline;
extern const struct picture picture_completion;
extern const struct picture picture_boards;
extern const struct picture picture_exhibition;

/* All of them; ends with NULL. */
extern const struct picture *const pictures[];

/* The picture of that name. Fails (input) with the nearest. */
const struct picture *picture_find(const char *name, struct error *error);

bool picture_applies_always(const struct scenario *scenario);

/* For draw(): the course of a model's typical trial. `is_there` is false where no trial
 * is valid. course_close() in any case. */
bool picture_course(const struct subject *subject, size_t entry, struct course *course,
                    bool *is_there, struct error *error);

/* What is said of a model that was not measured: "all 3 trials invalid" or "not run".
 * Returns `text`. */
const char *picture_missing(const struct summary_model *model,
                            char text[static AXIS_TEXT_BYTES]);

/* Says that at a panel's left, with the first reason where there is one. */
void picture_excuse(const struct summary_model *model, double x, double y,
                    struct sheet *sheet);

/* "48 %": of `whole`. Returns `text`. */
const char *picture_percent(double part, double whole,
                            char text[static AXIS_TEXT_BYTES]);

/* Writes a model's name beside its panel, as far as it fits; the class gets as small as
 * the longest needs. */
void picture_name(const struct subject *subject, size_t entry, double x, double y,
                  struct sheet *sheet);

/* How wide the names of all models are; their class gets as small as they need. */
double picture_names_width(const struct subject *subject, struct sheet *sheet);

/* Models are spread evenly over the pages of a picture that holds `most` on one; these
 * are [first, *end) of a page. */
int picture_pages(const struct subject *subject, int most);
size_t picture_page_models(const struct subject *subject, int most, int page,
                           size_t *end);

#endif

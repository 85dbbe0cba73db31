/* The pictures. To add one, write a .c file beside this one that says what stands
 * where, a template plots/<name>.gp that says how it looks, and a row in picture.c. */
#ifndef SIMUL_BENCH_PICTURES_PICTURE_H
#define SIMUL_BENCH_PICTURES_PICTURE_H

#include "base/error.h"
#include "bench/pictures/sheet.h"
#include "bench/plan/plan.h"
#include "bench/summary/summary.h"

/* One point of a run. All fields are borrowed. */
struct subject {
    const char *run; /* the run directory */
    const struct plan_point *point;
    size_t point_index;                  /* of the plan */
    const struct summary_point *summary; /* of that point */
    const struct past_trials *trials;    /* of the run */
    /* The entries in the order in which they are drawn (picture_order()); NULL: as they
     * are listed. */
    const size_t *order;
};

struct picture {
    const char *name;
    const char *summary; /* one line for --help */
    bool (*applies)(const struct scenario *scenario);
    const char *when; /* the scenarios that it applies to; NULL: all */
    /* How many pages it has; at least 1. */
    int (*count_pages)(const struct subject *subject);
    /* Fills an open sheet with a page (from 0). Fails if a file of the run is missing
     * or wrong, or out of memory. */
    bool (*draw)(const struct subject *subject, int page, struct sheet *sheet,
                 struct error *error);
};

extern const struct picture picture_timeline;
extern const struct picture picture_completion;
extern const struct picture picture_boards;
extern const struct picture picture_exhibition;
extern const struct picture picture_latency;
extern const struct picture picture_resources;

/* All pictures; ends with NULL. */
extern const struct picture *const pictures[];

/* The picture of that name. NULL: there is none; the error (input) names the nearest.
 */
const struct picture *picture_find(const char *name, struct error *error);

bool picture_applies_always(const struct scenario *scenario);

/* For draw(): opens the course of a model's typical trial. `is_there` is false if no
 * trial is valid. Call course_close() in any case. */
bool picture_course(const struct subject *subject, size_t entry, struct course *course,
                    bool *is_there, struct error *error);

/* Orders the entries of the point by their makespan, the longest first; models that are
 * equally fast within 1 % stay as they are listed, and those without a result come last.
 * `order` has room for all entries. */
void picture_order(const struct subject *subject, size_t *order);

/* The entry that is drawn at a place, from 0. */
size_t picture_entry(const struct subject *subject, size_t place);

/* Writes why a model was not measured: "all 3 trials invalid", "not run". Returns
 * `text`. */
const char *picture_missing(const struct summary_model *model,
                            char text[static AXIS_TEXT_BYTES]);

/* Draws that text at the left of a panel, with the first reason if there is one. */
void picture_excuse(const struct summary_model *model, double x, double y,
                    struct sheet *sheet);

/* Writes a part in percent of the whole: "48 %". Returns `text`. */
const char *picture_percent(double part, double whole,
                            char text[static AXIS_TEXT_BYTES]);

/* Draws a model's name beside its panel; a name that is too long is cut. */
void picture_name(const struct subject *subject, size_t entry, double x, double y,
                  struct sheet *sheet);

/* The width of the widest name; makes the text class as small as that needs. */
double picture_names_width(const struct subject *subject, struct sheet *sheet);

/* Models are spread evenly over the pages of a picture whose pages have room for
 * `most`. The second function returns the first place of a page (from 0) and fills in
 * the end; picture_entry() says which model has a place. */
int picture_pages(const struct subject *subject, int most);
size_t picture_page_models(const struct subject *subject, int most, int page,
                           size_t *end);

#endif

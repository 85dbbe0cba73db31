/* Lists the pictures, and does what they have in common. */
#include "bench/pictures/picture.h"
#include "base/nearest.h"

#include <math.h>
#include <string.h>

const struct picture *const pictures[] = {
    &picture_timeline,
    &picture_completion,
    &picture_boards,
    &picture_exhibition,
    &picture_latency,
    &picture_resources,
    NULL,
};

enum { PICTURE_COUNT = sizeof pictures / sizeof pictures[0] - 1 };

const struct picture *picture_find(const char *name, struct error *error) {
    const char *names[PICTURE_COUNT + 1] = {NULL};
    for (int i = 0; i < PICTURE_COUNT; i++) {
        names[i] = pictures[i]->name;
        if (!strcmp(names[i], name)) {
            return pictures[i];
        }
    }
    const char *nearest = nearest_word(name, names);
    if (nearest) {
        error_input(error, "there is no picture '%.40s'; did you mean '%s'?", name,
                    nearest);
    } else {
        error_input(error,
                    "there is no picture '%.40s'; it is timeline, completion, "
                    "boards, exhibition, latency or resources",
                    name);
    }
    return NULL;
}

bool picture_applies_always(const struct scenario *scenario) {
    (void)scenario;
    return true;
}

bool picture_course(const struct subject *subject, size_t entry, struct course *course,
                    bool *is_there, struct error *error) {
    const struct scenario *scenario = &subject->point->scenario;
    const char *name = subject->point->entries[entry].model.name;
    const struct summary_measured *measured = &subject->summary->models[entry].measured;
    double median_s = measured->median_s;
    if (!isfinite(median_s)) { /* a request failed in every trial */
        median_s = measured->incomplete_median_s;
    }
    const struct past_trial *trial = course_typical_trial(
        subject->trials, subject->point_index, name, scenario, median_s);
    *course = (struct course){.records = NULL};
    *is_there = trial != NULL;
    return !trial || course_open(course, subject->run, trial, scenario, error);
}

/* The time by which a model is ordered: less than nothing if it has no result. */
static double order_s(const struct subject *subject, size_t entry) {
    double median_s = subject->summary->models[entry].measured.median_s;
    return isfinite(median_s) ? median_s : -1;
}

void picture_order(const struct subject *subject, size_t *order) {
    const double longer = 1.01;
    for (size_t i = 0; i < subject->point->entry_count; i++) {
        double s = order_s(subject, i);
        size_t at = i;
        while (at > 0 && s > 0 && s > longer * order_s(subject, order[at - 1])) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
}

size_t picture_entry(const struct subject *subject, size_t place) {
    return subject->order ? subject->order[place] : place;
}

const char *picture_missing(const struct summary_model *model,
                            char text[static AXIS_TEXT_BYTES]) {
    size_t invalid = model->measured.invalid;
    if (model->measured.incomplete > 0) {
        long long failed = model->requests.failed;
        long long all = failed + model->requests.ok;
        snprintf(text, AXIS_TEXT_BYTES, "%lld of %lld requests failed", failed, all);
        return text;
    }
    const char *says = invalid == 1   ? "its trial is invalid"
                       : invalid == 2 ? "both trials invalid"
                       : invalid > 2  ? "all %zu trials invalid"
                                      : "not run";
    snprintf(text, AXIS_TEXT_BYTES, says, invalid);
    return text;
}

const char *picture_percent(double part, double whole,
                            char text[static AXIS_TEXT_BYTES]) {
    double percent = whole > 0 ? part / whole * 100 : 0;
    percent = percent < 0 ? 0 : percent;
    bool is_round = percent >= 9.95 || percent < 0.05;
    snprintf(text, AXIS_TEXT_BYTES, "%.*f %%", is_round ? 0 : 1, percent);
    return text;
}

void picture_excuse(const struct summary_model *model, double x, double y,
                    struct sheet *sheet) {
    const struct texts *reasons = &model->invalid_reasons;
    char missing[AXIS_TEXT_BYTES];
    char text[400];
    snprintf(text, sizeof text, "%s%s%.300s", picture_missing(model, missing),
             reasons->count ? ": " : "", reasons->count ? reasons->list[0] : "");
    sheet_text(sheet, TEXT_NOTE, x, y,
               sheet_fit(sheet, TEXT_NOTE, text, SHEET_WIDTH - SHEET_MARGIN - x,
                         sheet->text_px[TEXT_NOTE]));
}

/* Pixels. A name that is wider is made smaller, and then cut. */
static const double most_name_width = 320;
static const int least_name_px = 24;

static char *fit_name(const struct subject *subject, size_t entry, struct sheet *sheet,
                      char name[static MODEL_NAME_BYTES]) {
    snprintf(name, MODEL_NAME_BYTES, "%s", subject->point->entries[entry].model.name);
    return sheet_fit(sheet, TEXT_NAME, name, most_name_width, least_name_px);
}

double picture_names_width(const struct subject *subject, struct sheet *sheet) {
    double widest = 0;
    for (int pass = 0; pass < 2; pass++) { /* the longest may make all smaller */
        widest = 0;
        for (size_t i = 0; i < subject->point->entry_count; i++) {
            char name[MODEL_NAME_BYTES];
            fit_name(subject, i, sheet, name);
            widest = fmax(widest, sheet_width(sheet, TEXT_NAME, name));
        }
    }
    return widest;
}

void picture_name(const struct subject *subject, size_t entry, double x, double y,
                  struct sheet *sheet) {
    char name[MODEL_NAME_BYTES];
    sheet_text(sheet, TEXT_NAME, x, y, fit_name(subject, entry, sheet, name));
}

int picture_pages(const struct subject *subject, int most) {
    int models = (int)subject->point->entry_count;
    return models > most ? (models + most - 1) / most : 1;
}

size_t picture_page_models(const struct subject *subject, int most, int page,
                           size_t *end) {
    size_t models = subject->point->entry_count;
    size_t pages = (size_t)picture_pages(subject, most);
    *end = models * ((size_t)page + 1) / pages;
    return models * (size_t)page / pages;
}

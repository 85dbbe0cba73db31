/* Writes findings as sentences. */
#include "bench/pictures/finding.h"
#include "base/thousands.h"
#include "bench/pictures/axis.h"
#include "bench/summary/setting.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A ratio nearer to 1 than this is no finding. */
static const double least_ratio = 1.02;

/* If two models differ by less, chance decides which is faster. */
static const double equally_fast = 0.005;

static const struct story conversations = {
    .title = "Sender",
    .sender = "sender",
    .one = "conversation",
    .many = "conversations",
    .average = "average",
    .sends = "is sent",
    .waits = "waits for the sender",
    .responds = "is answered",
    .idle = "sender idle, or all done",
    .whole = "All of it: the sender's time, and an average conversation's",
    .answer = "answer",
    .answers = "answers",
};

static const struct story chess = {
    .title = "Master",
    .sender = "master",
    .one = "board",
    .many = "boards",
    .average = "board",
    .sends = "the master moves",
    .waits = "the board waits",
    .responds = "the opponent thinks",
    .idle = "master idle, or game over",
    .whole = "The whole exhibition: the master's time, and an average board's",
    .answer = "pair of moves",
    .answers = "pairs of moves",
};

const struct story *story_of(const struct scenario *scenario) {
    return scenario->story == STORY_CHESS ? &chess : &conversations;
}

/* The models to compare: measured without a failed request, as the baseline. A model
 * that never waits has no speedup. */
static bool takes_part(const struct summary_point *point,
                       const struct summary_model *model) {
    return model != point->baseline && isfinite(model->speedup);
}

const struct summary_model *finding_fastest(const struct summary_point *point) {
    const struct summary_model *fastest = NULL;
    double least_s = INFINITY;
    for (size_t i = 0; i < point->model_count; i++) {
        const struct summary_model *model = &point->models[i];
        if (takes_part(point, model) && model->measured.median_s < least_s) {
            fastest = model;
            least_s = model->measured.median_s;
        }
    }
    /* of equally fast models, the one that the lecture names */
    for (size_t i = 0; i < point->model_count; i++) {
        const struct summary_model *model = &point->models[i];
        if (takes_part(point, model) &&
            model->measured.median_s <= least_s * (1 + equally_fast) &&
            isfinite(model->printed_s)) {
            return model;
        }
    }
    return fastest;
}

/* Writes as many digits as are significant: 6.3, 12, 1.08. */
static void write_ratio(double ratio, char text[static AXIS_TEXT_BYTES]) {
    int decimals = ratio < 1.095 ? 2 : ratio < 99.95 ? 1 : 0;
    snprintf(text, AXIS_TEXT_BYTES, "%.*f", decimals, ratio);
}

static void compare(const struct summary_model *slow,
                    const struct summary_model *fastest,
                    char text[static FINDING_BYTES]) {
    char was[AXIS_TEXT_BYTES];
    char is[AXIS_TEXT_BYTES];
    char times[AXIS_TEXT_BYTES];
    double ratio = fastest->speedup;
    const char *baseline = slow->name;
    const char *name = fastest->name;
    bool in_line = !strcmp(baseline, "sequential");
    axis_seconds(slow->measured.median_s, was);
    axis_seconds(fastest->measured.median_s, is);
    write_ratio(ratio > 1 ? ratio : 1 / ratio, times);
    if (ratio >= least_ratio && in_line) {
        snprintf(text, FINDING_BYTES,
                 "Not standing in line: %s instead of %s, %s times faster", is, was,
                 times);
    } else if (ratio >= least_ratio) {
        snprintf(text, FINDING_BYTES,
                 "%.30s: %s instead of %.30s's %s, %s times faster", name, is, baseline,
                 was, times);
    } else if (ratio > 1 / least_ratio) {
        snprintf(text, FINDING_BYTES,
                 "It makes no difference: %.30s takes %s, %.30s %s", baseline, was,
                 name, is);
    } else {
        snprintf(text, FINDING_BYTES,
                 "No model is faster than %.30s: %s, and %.30s is %s times slower",
                 baseline, was, name, times);
    }
}

/* Says how long the only measured model took. */
static void tell_one(const struct summary_point *point,
                     const struct summary_model *model,
                     char text[static FINDING_BYTES]) {
    int64_t requests = scenario_requests(point->scenario);
    char count[AXIS_TEXT_BYTES];
    char seconds[AXIS_TEXT_BYTES];
    snprintf(count, sizeof count - 12, "%" PRId64, requests);
    thousands_group(count);
    axis_seconds(model->measured.median_s, seconds);
    const char *how =
        strcmp(model->name, "sequential") ? model->name : "One after the other";
    snprintf(text, FINDING_BYTES, "%.30s: %s request%s take%s %s", how, count,
             requests == 1 ? "" : "s", requests == 1 ? "s" : "", seconds);
}

const char *finding_speed(const struct summary_point *point,
                          char text[static FINDING_BYTES]) {
    const struct summary_model *baseline = point->baseline;
    const struct summary_model *fastest = finding_fastest(point);
    if (fastest && baseline && isfinite(baseline->measured.median_s)) {
        compare(baseline, fastest, text);
        return text;
    }
    bool has_failed = false;
    for (size_t i = 0; i < point->model_count; i++) {
        const struct summary_model *model = &point->models[i];
        if (isfinite(model->measured.median_s)) {
            tell_one(point, model, text);
            return text;
        }
        has_failed = has_failed || model->measured.incomplete > 0;
    }
    snprintf(text, FINDING_BYTES,
             has_failed ? "Requests failed: nothing is compared"
                        : "Nothing was measured");
    return text;
}

/* Writes the first claim that does not hold as a clause, or "" if all hold. */
static void tell_claim(const struct summary_point *point,
                       char text[static FINDING_BYTES]) {
    text[0] = '\0';
    for (size_t i = 0; i < point->claim_count; i++) {
        if (!point->claims[i].holds) {
            char seconds[AXIS_TEXT_BYTES];
            snprintf(seconds, sizeof seconds - 12, "%.10g", point->claims[i].printed_s);
            thousands_group(seconds);
            snprintf(text, FINDING_BYTES, "the printed %s s does not hold", seconds);
            return;
        }
    }
}

const char *finding_agreement(const struct summary_point *point,
                              char text[static FINDING_BYTES]) {
    double worst = NAN;
    char claim[FINDING_BYTES];
    for (size_t i = 0; i < point->model_count; i++) {
        double percent = fabs(point->models[i].error_percent);
        worst = percent > worst || isnan(worst) ? percent : worst;
    }
    tell_claim(point, claim);
    if (!isfinite(worst)) {
        return finding_speed(point, text);
    }
    int decimals = worst < 0.995 ? 2 : worst < 9.95 ? 1 : 0;
    snprintf(text, FINDING_BYTES, "%s %.*f %%%s%.200s",
             worst < 5 ? "Theory and measurement agree within"
                       : "Measured differs from theory by up to",
             decimals, worst, claim[0] ? "; " : "", claim);
    return text;
}

/* The text that a function of setting.h prints. The caller frees it; NULL: out of
 * memory. */
static char *print_part(void (*print)(const struct scenario *scenario, FILE *out),
                        const struct scenario *scenario) {
    char *part = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&part, &bytes);
    if (out) {
        print(scenario, out);
        fclose(out);
    }
    return part;
}

const char *finding_subject(const struct summary_point *point,
                            char text[static FINDING_BYTES]) {
    const char *title = point->scenario->title;
    char *pace = print_part(setting_print_pace, point->scenario);
    size_t most = 0;
    for (size_t i = 0; i < point->model_count; i++) {
        const struct summary_measured *measured = &point->models[i].measured;
        size_t trials = measured->trials + measured->incomplete;
        most = trials > most ? trials : most;
    }
    int used = snprintf(text, FINDING_BYTES, "%s%s%.60s", title, title[0] ? "; " : "",
                        pace ? pace : "");
    free(pace);
    if (most > 0) {
        snprintf(text + used, FINDING_BYTES - (size_t)used,
                 most == 1 ? ", one trial each" : ", %zu trials each", most);
    }
    return text;
}

const char *finding_setting(const struct summary_point *point,
                            char text[static FINDING_BYTES]) {
    char *work = print_part(setting_print_work, point->scenario);
    snprintf(text, FINDING_BYTES, "%s", work ? work : "");
    free(work);
    return text;
}

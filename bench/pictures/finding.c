/* Writes findings as sentences. */
#include "bench/pictures/finding.h"
#include "base/spoken_time.h"
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

/* Writes both times in seconds, or, if the longer one is of hours, each in its largest
 * unit with two digits. */
static void write_times(double longer_s, double s, char was[static AXIS_TEXT_BYTES],
                        char is[static AXIS_TEXT_BYTES]) {
    if (axis_is_long(longer_s)) {
        spoken_time_about(longer_s, was);
        spoken_time_about(s, is);
    } else {
        axis_seconds(longer_s, was);
        axis_seconds(s, is);
    }
}

/* If both models are predicted to take the same time, a small difference is what the
 * machine added. */
static bool is_chance(const struct summary_model *slow,
                      const struct summary_model *fastest) {
    const double small = 0.1;
    double off_s = fabs(slow->predicted.simulated_s - fastest->predicted.simulated_s);
    return off_s <= equally_fast * slow->predicted.simulated_s &&
           fabs(fastest->speedup - 1) < small;
}

static void compare(const struct summary_point *point,
                    const struct summary_model *fastest,
                    char text[static FINDING_BYTES]) {
    const struct summary_model *slow = point->baseline;
    char was[AXIS_TEXT_BYTES];
    char is[AXIS_TEXT_BYTES];
    char times[AXIS_TEXT_BYTES];
    double ratio = fastest->speedup;
    const char *baseline = slow->name;
    const char *name = fastest->name;
    write_times(slow->measured.median_s, fastest->measured.median_s, was, is);
    write_ratio(ratio > 1 ? ratio : 1 / ratio, times);
    bool is_equal = ratio < least_ratio && ratio > 1 / least_ratio;
    if (is_equal || is_chance(slow, fastest)) {
        snprintf(text, FINDING_BYTES,
                 "It makes no difference: %.30s takes %s, %.30s %s", baseline, was,
                 name, is);
    } else if (ratio >= least_ratio && !strcmp(baseline, "sequential")) {
        bool is_long = axis_is_long(slow->measured.median_s);
        snprintf(text, FINDING_BYTES, "%s: %s %s %s, %s times faster",
                 story_of(point->scenario)->in_line, is_long ? was : is,
                 is_long ? "become" : "instead of", is_long ? is : was, times);
    } else if (ratio >= least_ratio) {
        snprintf(text, FINDING_BYTES,
                 "%.30s: %s instead of %s with %.30s, %s times faster", name, is, was,
                 baseline, times);
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
    if (axis_is_long(model->measured.median_s)) {
        spoken_time(model->measured.median_s, seconds);
    } else {
        axis_seconds(model->measured.median_s, seconds);
    }
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
        compare(point, fastest, text);
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

/* A printed figure that differs by less is worth a bar, but not a headline. */
static const double nearly_right = 0.02;

/* Writes the first claim that does not hold as a clause, or "" if all hold. */
static void tell_claim(const struct summary_point *point,
                       char text[static FINDING_BYTES]) {
    text[0] = '\0';
    for (size_t i = 0; i < point->claim_count; i++) {
        const struct summary_claim *claim = &point->claims[i];
        double off_s = fabs(claim->printed_s - claim->predicted_s);
        if (!claim->holds && !(off_s < nearly_right * claim->predicted_s)) {
            char seconds[AXIS_TEXT_BYTES];
            snprintf(seconds, sizeof seconds - 12, "%.10g", claim->printed_s);
            thousands_group(seconds);
            snprintf(text, FINDING_BYTES, "; the printed %s s does not hold", seconds);
            return;
        }
    }
}

/* Writes "12 h become 1 h; " if it took hours in sequence, else "". */
static void tell_hours(const struct summary_point *point,
                       char text[static FINDING_BYTES]) {
    const struct summary_model *fastest = finding_fastest(point);
    const struct summary_model *slow = point->baseline;
    text[0] = '\0';
    if (fastest && slow && fastest->speedup >= least_ratio &&
        axis_is_long(slow->measured.median_s)) {
        char was[AXIS_TEXT_BYTES];
        char is[AXIS_TEXT_BYTES];
        snprintf(text, FINDING_BYTES, "%s become %s; ",
                 spoken_time_about(slow->measured.median_s, was),
                 spoken_time_about(fastest->measured.median_s, is));
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
    if (!isfinite(worst)) {
        return finding_speed(point, text);
    }
    char hours[FINDING_BYTES];
    tell_claim(point, claim);
    tell_hours(point, hours);
    bool agrees = worst < 5;
    const char *says = agrees ? "heory and measurement agree within"
                              : "easured differs from theory by up to";
    char first = agrees ? (hours[0] ? 't' : 'T') : (hours[0] ? 'm' : 'M');
    snprintf(text, FINDING_BYTES, "%.100s%c%s %.*f %%%.100s", hours, first, says,
             worst < 0.995  ? 2
             : worst < 9.95 ? 1
                            : 0,
             worst, claim);
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

const char *finding_setting(const struct summary_point *point,
                            char text[static FINDING_BYTES]) {
    const struct scenario *scenario = point->scenario;
    char *work = print_part(setting_print_work, scenario);
    char timeout[SCENARIO_FIELD_BYTES] = "";
    if (scenario->timeout_ns > 0 && !scenario->url_file) {
        scenario_format(scenario, "timeout", timeout);
    }
    snprintf(text, FINDING_BYTES, "%s%s%s", work ? work : "",
             timeout[0] ? ", timeout " : "", timeout);
    free(work);
    return text;
}

const char *finding_pace(const struct summary_point *point,
                         char text[static FINDING_BYTES]) {
    char *pace = print_part(setting_print_pace, point->scenario);
    size_t most = 0;
    for (size_t i = 0; i < point->model_count; i++) {
        const struct summary_measured *measured = &point->models[i].measured;
        size_t trials = measured->trials + measured->incomplete;
        most = trials > most ? trials : most;
    }
    /* A title with a number states facts that the setting states, too. */
    const char *title = point->scenario->title;
    bool has_title = title[0] && !strpbrk(title, "0123456789");
    int used = snprintf(text, FINDING_BYTES, "%s%s%.60s", has_title ? title : "",
                        has_title ? "; " : "", pace ? pace : "");
    free(pace);
    if (most > 0) {
        snprintf(text + used, FINDING_BYTES - (size_t)used,
                 most == 1 ? ", one trial each" : ", %zu trials each", most);
    }
    return text;
}

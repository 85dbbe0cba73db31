/* Findings, in words. */
#include "bench/pictures/finding.h"
#include "base/thousands.h"
#include "bench/summary/field.h"
#include "bench/pictures/axis.h"
#include "bench/summary/setting.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ratios nearer to 1 than that are no finding. */
static const double least_ratio = 1.02;

/* Models that differ by less are told apart by chance. */
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

double finding_median_s(const json_t *model) {
    return field_number(json_object_get(model, "measured"), "median_s");
}

const json_t *finding_model(const json_t *scenario, const char *name) {
    size_t i;
    json_t *model;
    json_array_foreach(json_object_get(scenario, "models"), i, model) {
        if (!strcmp(field_text(model, "name"), name)) {
            return model;
        }
    }
    return NULL;
}

/* What took part: measured without a failed request, as the baseline was; what does not
 * wait at all has no speedup. */
static bool takes_part(const json_t *scenario, const json_t *model) {
    return strcmp(field_text(model, "name"), field_text(scenario, "baseline")) != 0 &&
           isfinite(field_number(model, "speedup"));
}

const json_t *finding_fastest(const json_t *scenario) {
    const json_t *models = json_object_get(scenario, "models");
    const json_t *fastest = NULL;
    double least_s = INFINITY;
    size_t i;
    json_t *model;
    json_array_foreach(models, i, model) {
        if (takes_part(scenario, model) && finding_median_s(model) < least_s) {
            fastest = model;
            least_s = finding_median_s(model);
        }
    }
    /* of models that are equally fast the one that the lecture speaks of */
    json_array_foreach(models, i, model) {
        if (takes_part(scenario, model) &&
            finding_median_s(model) <= least_s * (1 + equally_fast) &&
            isfinite(field_number(model, "printed_s"))) {
            return model;
        }
    }
    return fastest;
}

/* 6.3, 12, 1.08: as many digits as tell something. */
static void write_ratio(double ratio, char text[static AXIS_TEXT_BYTES]) {
    int decimals = ratio < 1.095 ? 2 : ratio < 99.95 ? 1 : 0;
    snprintf(text, AXIS_TEXT_BYTES, "%.*f", decimals, ratio);
}

static void compare(const char *baseline, double baseline_s, const json_t *fastest,
                    char text[static FINDING_BYTES]) {
    char was[AXIS_TEXT_BYTES];
    char is[AXIS_TEXT_BYTES];
    char times[AXIS_TEXT_BYTES];
    double fastest_s = finding_median_s(fastest);
    double ratio = field_number(fastest, "speedup");
    const char *name = field_text(fastest, "name");
    bool in_line = !strcmp(baseline, "sequential");
    axis_seconds(baseline_s, was);
    axis_seconds(fastest_s, is);
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
                 "Nobody is faster than %.30s: %s, and %.30s is %s times slower",
                 baseline, was, name, times);
    }
}

/* One model alone, or none that was measured. */
static void tell_one(const json_t *scenario, const char *name, double median_s,
                     char text[static FINDING_BYTES]) {
    const json_t *setting = json_object_get(scenario, "scenario");
    double requests =
        field_number(setting, "conversations") * field_number(setting, "rounds");
    char count[AXIS_TEXT_BYTES];
    char seconds[AXIS_TEXT_BYTES];
    snprintf(count, sizeof count - 12, "%.0f", requests);
    thousands_group(count);
    axis_seconds(median_s, seconds);
    const char *how = strcmp(name, "sequential") ? name : "One after the other";
    snprintf(text, FINDING_BYTES, "%.30s: %s request%s take%s %s", how, count,
             requests == 1 ? "" : "s", requests == 1 ? "s" : "", seconds);
}

const char *finding_speed(const json_t *scenario, char text[static FINDING_BYTES]) {
    const char *baseline = field_text(scenario, "baseline");
    double baseline_s = finding_median_s(finding_model(scenario, baseline));
    const json_t *fastest = finding_fastest(scenario);
    if (isfinite(baseline_s) && fastest) {
        compare(baseline, baseline_s, fastest, text);
        return text;
    }
    size_t i;
    json_t *model;
    json_array_foreach(json_object_get(scenario, "models"), i, model) {
        if (isfinite(finding_median_s(model))) {
            tell_one(scenario, field_text(model, "name"), finding_median_s(model),
                     text);
            return text;
        }
    }
    json_array_foreach(json_object_get(scenario, "models"), i, model) {
        if (field_number(json_object_get(model, "measured"), "incomplete") > 0) {
            snprintf(text, FINDING_BYTES, "Requests failed: nothing is compared");
            return text;
        }
    }
    snprintf(text, FINDING_BYTES, "Nothing was measured");
    return text;
}

/* The first claim that does not hold, as a clause; "" where all do. */
static void tell_claim(const json_t *scenario, char text[static FINDING_BYTES]) {
    size_t i;
    json_t *claim;
    text[0] = '\0';
    json_array_foreach(json_object_get(scenario, "claims"), i, claim) {
        if (!json_is_true(json_object_get(claim, "holds"))) {
            char seconds[AXIS_TEXT_BYTES];
            snprintf(seconds, sizeof seconds - 12, "%.10g",
                     field_number(claim, "printed_s"));
            thousands_group(seconds);
            snprintf(text, FINDING_BYTES, "the printed %s s does not hold", seconds);
            return;
        }
    }
}

const char *finding_agreement(const json_t *scenario, char text[static FINDING_BYTES]) {
    double worst = NAN;
    char claim[FINDING_BYTES];
    size_t i;
    json_t *model;
    json_array_foreach(json_object_get(scenario, "models"), i, model) {
        double percent = fabs(field_number(model, "error_percent"));
        worst = percent > worst || isnan(worst) ? percent : worst;
    }
    tell_claim(scenario, claim);
    if (!isfinite(worst)) {
        return finding_speed(scenario, text);
    }
    int decimals = worst < 0.995 ? 2 : worst < 9.95 ? 1 : 0;
    snprintf(text, FINDING_BYTES, "%s %.*f %%%s%.200s",
             worst < 5 ? "Theory and measurement agree within"
                       : "Measured differs from theory by up to",
             decimals, worst, claim[0] ? "; " : "", claim);
    return text;
}

/* The table's line about the setting; its last clause says how fast it was run. The
 * caller frees it; NULL: out of memory. */
static char *write_line(const json_t *scenario) {
    char *line = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&line, &bytes);
    if (out) {
        setting_print(json_object_get(scenario, "scenario"), out);
        fclose(out);
    }
    if (line) {
        line[strcspn(line, "\n")] = '\0';
    }
    return line;
}

static char *find_last_clause(char *line) {
    char *clause = NULL;
    for (char *at = line; at && (at = strstr(at, ", ")); at += 2) {
        clause = at;
    }
    return clause;
}

const char *finding_subject(const json_t *scenario, char text[static FINDING_BYTES]) {
    const char *title = field_text(json_object_get(scenario, "scenario"), "title");
    char *line = write_line(scenario);
    const char *clause = find_last_clause(line);
    int most = 0;
    size_t i;
    json_t *model;
    json_array_foreach(json_object_get(scenario, "models"), i, model) {
        const json_t *measured = json_object_get(model, "measured");
        double trials =
            field_number(measured, "trials") + field_number(measured, "incomplete");
        most = trials > most ? (int)trials : most;
    }
    int used = snprintf(text, FINDING_BYTES, "%s%s%.60s", title, title[0] ? "; " : "",
                        clause ? clause + 2 : "");
    free(line);
    if (most > 0) {
        snprintf(text + used, FINDING_BYTES - (size_t)used,
                 most == 1 ? ", one trial each" : ", %d trials each", most);
    }
    return text;
}

const char *finding_setting(const json_t *scenario, char text[static FINDING_BYTES]) {
    char *line = write_line(scenario);
    char *clause = find_last_clause(line);
    if (clause) {
        *clause = '\0';
    }
    snprintf(text, FINDING_BYTES, "%s", line ? line : "");
    free(line);
    return text;
}

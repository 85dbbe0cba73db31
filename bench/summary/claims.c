/* Judges printed figures, and says from what a wrong one would follow. */
#include "bench/summary/claims.h"
#include "bench/predict/closed_form.h"
#include "bench/scenario/file.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CONVERSATIONS_TRIED = 100000 };

static bool is_close(int64_t printed_ns, int64_t predicted_ns) {
    return fabs((double)(printed_ns - predicted_ns)) <= 0.001 * (double)predicted_ns;
}

const struct claim *claim_find(const struct scenario *scenario, const char *model) {
    for (size_t i = 0; i < scenario->claim_count; i++) {
        if (!strcmp(scenario->claims[i].model, model)) {
            return &scenario->claims[i];
        }
    }
    return NULL;
}

const struct plan_entry *claim_find_entry(const struct plan_point *point,
                                          const char *model) {
    for (size_t i = 0; i < point->entry_count; i++) {
        if (!strcmp(point->entries[i].model.name, model)) {
            return &point->entries[i];
        }
    }
    return NULL;
}

/* Writes the formula in numbers, "5 s x 12 + 55 s", or "" if none applies. */
static void write_formula(const struct simulation_setup *setup, char *text,
                          size_t bytes) {
    char send[DURATION_TEXT_BYTES];
    char response[DURATION_TEXT_BYTES];
    char rounds[32] = "";
    text[0] = '\0';
    duration_format(setup->send.first_ns, send);
    duration_format(setup->response.first_ns, response);
    if (setup->rounds > 1) {
        snprintf(rounds, sizeof rounds, " x %d", setup->rounds);
    }
    switch (closed_form_case(setup)) {
    case CLOSED_FORM_SEQUENTIAL:
        snprintf(text, bytes, "(%s + %s) x %d%s", send, response, setup->conversations,
                 rounds);
        break;
    case CLOSED_FORM_OWN_SENDERS:
        snprintf(text, bytes, "(%s + %s)%s", send, response, rounds);
        break;
    case CLOSED_FORM_BUSY_SENDER:
        snprintf(text, bytes, "%s x %d%s + %s", send, setup->conversations, rounds,
                 response);
        break;
    case CLOSED_FORM_IDLE_SENDER:
        snprintf(text, bytes, "(%s + %s) x %d + %s x %d + %s", send, response,
                 setup->rounds - 1, send, setup->conversations, response);
        break;
    case CLOSED_FORM_NONE:
        break;
    }
}

/* The number of conversations that take exactly the printed time; 0: there is none. */
static int32_t find_conversations(struct simulation_setup setup, int64_t printed_ns) {
    bool holds_all = setup.callers >= setup.conversations && setup.callers > 1;
    int64_t makespan_ns;
    for (int32_t n = 1; n <= MOST_CONVERSATIONS_TRIED; n++) {
        setup.conversations = n;
        setup.callers = holds_all ? n : setup.callers;
        if (!closed_form(&setup, &makespan_ns) || makespan_ns > printed_ns) {
            return 0;
        }
        if (makespan_ns == printed_ns) {
            return n;
        }
    }
    return 0;
}

static bool holds_in(const struct plan *plan, const char *name,
                     const struct plan_entry *entry, const struct claim *claim) {
    struct scenario other;
    struct error ignored;
    struct prediction prediction;
    bool holds = false;
    if (scenario_load(&other, name, &ignored)) {
        const struct claim *same = claim_find(&other, claim->model);
        holds = same && same->total_ns == claim->total_ns &&
                predict(&other, &entry->model, &plan->processors, plan->seed,
                        &prediction, &ignored) &&
                is_close(same->total_ns, prediction.simulated.makespan_ns);
    }
    scenario_close(&other);
    return holds;
}

/* Names the shipped scenarios in which the same figure of the same model holds. */
static void add_others(const struct plan *plan, const struct plan_entry *entry,
                       const struct claim *claim, char *why) {
    struct error ignored;
    char **names = scenario_names(&ignored);
    const char *before = "; see: simul run ";
    for (char **name = names; name && *name; name++) {
        size_t used = strlen(why);
        if (holds_in(plan, *name, entry, claim)) {
            snprintf(why + used, CLAIM_WHY_BYTES - used, "%s%s", before, *name);
            before = ", simul run ";
        }
    }
    scenario_free_names(names);
}

/* Writes a time with two digits, "9.0 ms". */
static const char *write_about(double ns, char text[static DURATION_TEXT_BYTES]) {
    static const char *const units[] = {"ns", "us", "ms", "s"};
    size_t unit = 0;
    for (; unit < 3 && ns >= 999.5; unit++) {
        ns /= 1000;
    }
    snprintf(text, DURATION_TEXT_BYTES, "%.*f %s", ns < 9.95 ? 1 : 0, ns, units[unit]);
    return text;
}

/* A figure that is a little more than the ideal was probably measured: says what each
 * request costs. Returns false if it is not such a figure. */
static bool explain_as_measured(const struct plan_point *point,
                                const struct claim *claim, struct verdict *verdict) {
    char printed[DURATION_TEXT_BYTES];
    char ideal[DURATION_TEXT_BYTES];
    char excess[DURATION_TEXT_BYTES];
    char each[DURATION_TEXT_BYTES];
    double excess_ns = (double)(claim->total_ns - verdict->predicted_ns);
    if (excess_ns <= 0 || excess_ns > 0.25 * (double)verdict->predicted_ns) {
        return false;
    }
    snprintf(
        verdict->why, CLAIM_WHY_BYTES,
        "%s is %s more than the ideal of %s, %s a request",
        duration_format(claim->total_ns, printed), write_about(excess_ns, excess),
        duration_format(verdict->predicted_ns, ideal),
        write_about(excess_ns / (double)scenario_requests(&point->scenario), each));
    return true;
}

static void explain(const struct plan *plan, const struct plan_point *point,
                    const struct plan_entry *entry, const struct claim *claim,
                    struct verdict *verdict) {
    struct simulation_setup setup =
        predict_setup(&point->scenario, &entry->model, &plan->processors, plan->seed);
    char formula[240];
    char printed[DURATION_TEXT_BYTES];
    char predicted[DURATION_TEXT_BYTES];
    write_formula(&setup, formula, sizeof formula);
    duration_format(claim->total_ns, printed);
    duration_format(verdict->predicted_ns, predicted);
    char *why = verdict->why;
    int64_t timed_out = entry->prediction.simulated.timed_out;
    if (timed_out > 0) {
        snprintf(why, CLAIM_WHY_BYTES,
                 "%s is not the time of this work: with this timeout %" PRId64
                 " of its requests fail",
                 printed, timed_out);
        return;
    }
    if (verdict->holds) {
        snprintf(why, CLAIM_WHY_BYTES, "%s%s%s", printed, formula[0] ? " = " : "",
                 formula[0] ? formula : " is what the simulation gives");
        return;
    }
    if (is_close(claim->total_ns, entry->prediction.simulated.busy_ns)) {
        snprintf(why, CLAIM_WHY_BYTES,
                 "%s is how long the sender is busy; the last answer arrives at %s",
                 printed, predicted);
        return;
    }
    if (explain_as_measured(point, claim, verdict)) {
        add_others(plan, entry, claim, why);
        return;
    }
    int used = snprintf(why, CLAIM_WHY_BYTES, "%s does not follow from %s, which is %s",
                        printed, formula[0] ? formula : "the simulation", predicted);
    int32_t conversations = find_conversations(setup, claim->total_ns);
    if (conversations > 0) {
        snprintf(why + used, CLAIM_WHY_BYTES - (size_t)used,
                 "; it is what %d conversations take", conversations);
    }
    add_others(plan, entry, claim, why);
}

bool claim_judge(const struct plan *plan, const struct plan_point *point,
                 const struct claim *claim, struct verdict *verdict) {
    const struct plan_entry *entry = claim_find_entry(point, claim->model);
    *verdict = (struct verdict){.predicted_ns = 0};
    if (!entry || !entry->prediction.is_known) {
        return false;
    }
    verdict->predicted_ns = entry->prediction.simulated.makespan_ns;
    verdict->is_whole = entry->prediction.simulated.timed_out == 0;
    verdict->holds =
        verdict->is_whole && is_close(claim->total_ns, verdict->predicted_ns);
    explain(plan, point, entry, claim, verdict);
    return true;
}

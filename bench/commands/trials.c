/* Runs the trials of a plan. A finished trial is saved before the next one begins, so
 * whatever ends the run, the finished trials are kept. */
#include "bench/commands/trials.h"
#include "base/clock.h"
#include "base/spoken_time.h"
#include "bench/programs/interrupt.h"

static bool out_of_time(const struct trials *trials, size_t finished,
                        struct error *error) {
    char time[SPOKEN_TIME_BYTES];
    return error_failed(error,
                        "the run ends after %zu of %zu trials: more do not end within "
                        "--max-time (%s)",
                        finished, trials->plan->trial_count,
                        spoken_time((double)trials->most_ns / NS_PER_S, time));
}

/* Runs a trial and saves its result. False: an error ends the run. `is_whole`: the trial
 * was not interrupted. */
static bool run_one(const struct trials *trials, size_t i, int64_t until_ns,
                    bool *is_whole, struct error *error) {
    const struct plan *plan = trials->plan;
    const struct plan_point *point = plan_point_of(plan, i);
    char urls_path[PATH_MAX];
    struct trial_setup setup = {
        .scenario = &point->scenario,
        .entry = plan_entry_of(plan, i),
        .number = (int)i + 1,
        .block = plan->trials[i].block,
        .seed = plan->seed,
        .processors = plan->processors,
        .folder = trials->results->events_path,
        .urls_path = point->urls.text ? urls_path : NULL,
        .urls = point->urls.text ? &point->urls : NULL,
        .patience_ns = 10 * NS_PER_S,
        .stop_patience_ns = 3 * NS_PER_S,
        .until_ns = until_ns,
    };
    struct trial trial;
    if (!results_urls_path(trials->results, plan->trials[i].point, urls_path, error)) {
        return false;
    }
    int64_t begun_ns = clock_now_ns();
    live_begin(trials->live, i, &setup.watch);
    bool ok = trial_run(&setup, &trial, error);
    *is_whole = ok && !trial.interrupted;
    if (*is_whole && results_append(trials->results, plan, i, &trial, error)) {
        trial_keep(&setup, &trial);
        estimate_learn(trials->estimate, i, clock_now_ns() - begun_ns);
    } else if (*is_whole) {
        trial_discard(&setup, &trial);
        ok = false;
    }
    live_end(trials->live, ok && *is_whole ? &trial : NULL);
    return ok;
}

bool trials_run(const struct trials *trials, struct error *error) {
    int64_t begun_ns = clock_now_ns();
    int64_t until_ns = trials->most_ns > 0 ? begun_ns + trials->most_ns : 0;
    for (size_t i = 0; i < trials->plan->trial_count; i++) {
        int64_t least_ns = estimate_least_ns(trials->plan, i);
        if (until_ns > 0 && until_ns - clock_now_ns() < least_ns) {
            return out_of_time(trials, i, error);
        }
        bool is_whole;
        if (!run_one(trials, i, until_ns, &is_whole, error)) {
            return false;
        }
        if (interrupt_is_pending()) {
            return true;
        }
        if (!is_whole) {
            return out_of_time(trials, i, error);
        }
    }
    return true;
}

/* Decides when to read the log and when to draw. This runs in the thread that waits for
 * the model, between two waits, and so little and so seldom that it does not disturb
 * what is measured. */
#include "bench/live/live.h"
#include "base/clock.h"
#include "base/tame.h"
#include "base/wrap.h"
#include "bench/programs/interrupt.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* About ten frames a second, and at most a fiftieth of a processor. It is not exactly
 * 100 ms: latencies are often round figures, and frames would coincide with them. */
static const int64_t frame_ns = 103 * NS_PER_MS;
enum { COST_SHARE = 50 };

/* The pause before the rest of a frame is written: a pseudo-terminal takes a few KiB at
 * a time, which its other end then has to read. */
static const int64_t rest_ns = 5 * NS_PER_MS;

/* A shorter trial is not drawn, because it is over before it can be seen. */
static const int64_t least_ns = 300 * NS_PER_MS;

/* If nothing can be drawn, a line is due each minute. */
static const int64_t line_ns = 60 * NS_PER_S;

void live_open(struct live *live, const struct live_options *options,
               const struct plan *plan, const struct estimate *estimate) {
    *live = (struct live){.options = *options, .plan = plan, .estimate = estimate};
    live->lines = tame_open(stderr);
    if (live->lines) {
        setvbuf(live->lines, NULL, _IOLBF, BUFSIZ); /* one write a line */
    }
    if (!options->quiet) {
        terminal_open(&live->terminal, STDERR_FILENO, options->colour);
    }
}

void live_close(struct live *live) {
    terminal_close(&live->terminal);
    lanes_close(&live->lanes);
    standings_close(&live->standings);
    if (live->lines) {
        fclose(live->lines);
    }
    *live = (struct live){.plan = NULL};
}

/* A terminal that is narrower than the line gets rows of whole words. */
static void print_line(struct live *live, const char *format, va_list arguments) {
    if (!live->lines) {
        return;
    }
    FILE *rows = wrap_open(live->lines, wrap_columns(STDERR_FILENO));
    FILE *to = rows ? rows : live->lines;
    vfprintf(to, format, arguments);
    putc('\n', to);
    if (rows) {
        fclose(rows);
    }
}

void live_say(struct live *live, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    if (!live->options.quiet) {
        print_line(live, format, arguments);
    }
    va_end(arguments);
}

void live_warn(struct live *live, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    print_line(live, format, arguments);
    va_end(arguments);
}

static const struct plan_point *point_of(const struct live *live) {
    return plan_point_of(live->plan, live->index);
}

static const struct plan_entry *entry_of(const struct live *live) {
    return plan_entry_of(live->plan, live->index);
}

static int64_t real_ns(const struct scenario *scenario, double own_ns) {
    double ns = scenario_real_ns(scenario, own_ns);
    return ns < 4e18 ? llround(ns) : INT64_C(4000000000000000000);
}

static struct lanes_setup set_up(const struct live *live) {
    const struct scenario *scenario = &point_of(live)->scenario;
    const struct prediction *prediction = &entry_of(live)->prediction;
    bool client_sends = scenario->senders == SENDERS_CLIENT;
    double send_ns = (double)scenario->send.first_ns;
    return (struct lanes_setup){
        .conversations = scenario->conversations,
        .rounds = scenario->rounds,
        .client_sends = client_sends,
        .client_send_ns = client_sends ? real_ns(scenario, send_ns) : 0,
        .has_slots = scenario->slots > 0,
        .predicted_ns =
            prediction->is_known
                ? real_ns(scenario, (double)prediction->simulated.makespan_ns)
                : 0,
        .axis_ns = live->standings.longest_ns,
        .request_ns = real_ns(scenario, latency_mean_ns(scenario->send) +
                                            latency_mean_ns(scenario->response)),
    };
}

static void draw(struct live *live, const char *status) {
    struct grid grid;
    /* The last row is left to the cursor. The last column stays empty, because some
     * terminals wrap a full line. */
    if (grid_open(&grid, live->terminal.rows - 1, live->terminal.columns - 1,
                  live->terminal.utf8)) {
        int rows = frame_draw(&grid, &live->words, &live->lanes, status);
        terminal_draw(&live->terminal, &grid, rows);
        live->frames++;
    }
    grid_close(&grid);
}

/* The processor time of this thread. It does not count the time in which the thread did
 * not run. */
static int64_t processor_ns(void) {
    struct timespec time = {.tv_sec = 0};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * NS_PER_S + time.tv_nsec;
}

static int64_t look(void *context, const struct witness *witness, int64_t start_ns) {
    struct live *live = context;
    int64_t now_ns = clock_now_ns();
    int64_t begun_ns = processor_ns();
    if (interrupt_take_continued()) {
        terminal_keep(&live->terminal); /* the shell has written below the rows */
    }
    if (terminal_is_behind(&live->terminal) && now_ns < live->next_ns) {
        terminal_measure(&live->terminal);
        return now_ns + rest_ns; /* a part of a frame still has to be written */
    }
    lanes_update(&live->lanes, witness, start_ns, now_ns);
    progress_left(live->estimate, live->index, now_ns - live->begun_ns, live->left);
    if (now_ns - start_ns >= live->least_ns && terminal_measure(&live->terminal)) {
        draw(live, NULL);
    }
    int64_t cost_ns = processor_ns() - begun_ns;
    int64_t pause_ns =
        COST_SHARE * cost_ns > frame_ns ? COST_SHARE * cost_ns : frame_ns;
    live->next_ns = now_ns + pause_ns;
    return terminal_is_behind(&live->terminal) ? now_ns + rest_ns : live->next_ns;
}

/* Prints a line a minute. */
static int64_t tell(void *context, const struct witness *witness, int64_t start_ns) {
    struct live *live = context;
    int64_t now_ns = clock_now_ns();
    char line[PROGRESS_BYTES];
    if (live->next_ns == 0) {
        live->next_ns = start_ns + line_ns;
    }
    if (now_ns >= live->next_ns) {
        lanes_update(&live->lanes, witness, start_ns, now_ns);
        progress_now(live->plan, live->index, &live->lanes, line);
        progress_left(live->estimate, live->index, now_ns - live->begun_ns, live->left);
        live_say(live, "%s%s%s", line, *live->left ? "; " : "", live->left);
        live->next_ns = now_ns + line_ns;
    }
    return live->next_ns;
}

/* Begins the standings anew if the trial is of another scenario than the last one. */
static void enter_point(struct live *live) {
    if (live->standings.point != point_of(live)) {
        standings_close(&live->standings);
        standings_open(&live->standings, point_of(live));
    }
}

void live_begin(struct live *live, size_t index, struct trial_watch *watch) {
    live->index = index;
    live->frames = 0;
    live->next_ns = 0;
    live->begun_ns = clock_now_ns();
    live->left[0] = '\0';
    enter_point(live);
    progress_place(live->plan, index, live->place);
    live->words = (struct frame_words){
        .title = point_of(live)->scenario.title,
        .summary = entry_of(live)->model.summary,
        .place = live->place,
        .model = entry_of(live)->model.name,
        .left = live->left,
        .scenario = &point_of(live)->scenario,
        .standings = &live->standings,
        .running = entry_of(live),
    };
    struct lanes_setup setup = set_up(live);
    bool is_short = setup.predicted_ns > 0 && setup.predicted_ns < least_ns;
    /* A long trial is not drawn in its first moments, when connections are made. */
    live->least_ns = setup.predicted_ns > 0 ? frame_ns : least_ns;
    bool is_drawn = live->terminal.fd > 0 && !is_short;
    bool is_long = setup.predicted_ns == 0 || setup.predicted_ns > line_ns;
    bool is_told = live->terminal.fd == 0 && !live->options.quiet && is_long;
    bool is_watched = (is_drawn || is_told) && lanes_open(&live->lanes, &setup);
    *watch = (struct trial_watch){!is_watched ? NULL : is_drawn ? look : tell, live};
}

/* Prints the line of a trial, with the time that is left. */
static void print_result(struct live *live, const char *line) {
    progress_left(live->estimate, live->index, INT64_MAX, live->left);
    bool is_followed = *live->left && !live->options.quiet;
    live_warn(live, "%s%s%s", line, is_followed ? "; " : "",
              is_followed ? live->left : "");
}

void live_end(struct live *live, const struct trial *trial) {
    char line[PROGRESS_BYTES] = "";
    if (trial) {
        progress_line(live->plan, live->index, trial, line);
        standings_note(&live->standings, entry_of(live), trial);
    }
    bool stays = live->frames > 0 && !live->lanes.is_blind &&
                 point_of(live)->scenario.blocks == 1 &&
                 terminal_measure(&live->terminal);
    bool fits = line[0] && grid_width(line) < live->terminal.columns;
    if (stays) {
        draw(live, fits ? line : NULL);
        terminal_keep(&live->terminal);
    } else {
        terminal_erase(&live->terminal);
    }
    bool is_told = trial && (!live->options.quiet || trial->validity.count > 0);
    if (is_told && !(stays && fits)) {
        print_result(live, line);
    }
    if (live->lines && stays) {
        putc('\n', live->lines); /* a blank line before the next trial */
    }
    lanes_close(&live->lanes);
}

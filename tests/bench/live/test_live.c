/* bench/live/live.c: what is printed and drawn, and when, on a pseudo-terminal. */
#include "bench/live/live.h"
#include "tests/support/lecture.h"
#include "tests/support/made_record.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int master = -1;
static struct plan plan;
static struct made_record made;
static struct live live;

/* Makes stderr a terminal, or a pipe. */
static void open_stderr(bool is_terminal) {
    struct winsize size = {.ws_row = 30, .ws_col = 100};
    int fds[2];
    if (is_terminal) {
        cr_assert_eq(openpty(&fds[0], &fds[1], NULL, NULL, &size), 0);
    } else {
        cr_assert_eq(pipe(fds), 0);
    }
    cr_assert_eq(dup2(fds[1], STDERR_FILENO), STDERR_FILENO);
    cr_assert_eq(fcntl(fds[0], F_SETFL, O_NONBLOCK), 0);
    master = fds[0];
    setenv("TERM", "xterm", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    lecture_plan(&plan, "urls");
    made_open(&made);
}

static void close_all(void) {
    live_close(&live);
    plan_close(&plan);
}

TestSuite(live, .fini = close_all);

static const char *written(void) {
    static char text[65536];
    size_t bytes = 0;
    ssize_t count;
    while ((count = read(master, text + bytes, sizeof text - 1 - bytes)) > 0) {
        bytes += (size_t)count; /* a terminal gives 4 KiB at a time */
    }
    text[bytes] = '\0';
    return text;
}

/* Begins the plan's first trial and looks twice: as it starts and a while later. */
static bool look(bool has_record) {
    struct trial_watch watch;
    live_begin(&live, 0, &watch);
    if (!watch.look) {
        return false;
    }
    int64_t now_ns = clock_now_ns();
    struct witness_record *record = made_add(&made, 0, 0, 0);
    record->arrival_ns = now_ns - NS_PER_S;
    const struct witness *witness = has_record ? &made.witness : NULL;
    watch.look(watch.context, witness, now_ns + NS_PER_S);
    cr_expect_str_eq(written(), "", "drawn before the trial has begun");
    int64_t next_ns = watch.look(watch.context, witness, now_ns - NS_PER_S);
    cr_expect_geq(next_ns, now_ns + 90 * NS_PER_MS);
    return true;
}

static const struct trial done = {.figures = {.makespan_ns = 1151000000}};

Test(live, without_a_terminal_a_trial_is_one_line) {
    open_stderr(false);
    live_open(&live, &(struct live_options){.quiet = false}, &plan, NULL);
    cr_expect_not(look(true));
    live_end(&live, &done);
    char expected[PROGRESS_BYTES + 1];
    progress_line(&plan, 0, &done, expected);
    strcat(expected, "\n");
    cr_expect_str_eq(written(), expected);
}

/* Looks when the first trial has run for `seconds`, and returns what is printed. */
static const char *printed_after(int64_t seconds, int64_t *next_ns) {
    struct trial_watch watch;
    live_begin(&live, 0, &watch);
    cr_assert_not_null(watch.look);
    made_open(&made);
    made_add(&made, 0, 0, 0)->arrival_ns = clock_now_ns() - seconds * NS_PER_S;
    int64_t start_ns = clock_now_ns() - seconds * NS_PER_S;
    *next_ns = watch.look(watch.context, &made.witness, start_ns) - start_ns;
    live_end(&live, NULL);
    return written();
}

Test(live, without_a_terminal_a_long_trial_is_a_line_a_minute) {
    struct estimate estimate;
    struct error error = {.kind = ERROR_NONE};
    int64_t next_ns;
    open_stderr(false);
    plan.points[0].scenario.speed = 1;
    cr_assert(estimate_open(&estimate, &plan, &error));
    live_open(&live, &(struct live_options){.quiet = false}, &plan, &estimate);
    cr_expect_str_eq(printed_after(59, &next_ns), "");
    cr_expect_eq(next_ns, 60 * NS_PER_S);
    const char *text = printed_after(61, &next_ns);
    cr_expect(strstr(text, ": at 61.0 s of "), "%s", text);
    cr_expect(strstr(text, ", 0 of 12 requests answered; about 57 min left\n"), "%s",
              text);
    cr_expect_geq(next_ns, 121 * NS_PER_S);
    cr_expect_lt(next_ns, 130 * NS_PER_S);
    estimate_close(&estimate);
}

Test(live, the_line_of_a_trial_says_how_much_is_left) {
    struct estimate estimate;
    struct error error = {.kind = ERROR_NONE};
    open_stderr(false);
    cr_assert(estimate_open(&estimate, &plan, &error));
    for (size_t i = 0; i < plan.trial_count; i++) {
        estimate.trial_ns[i] = 60 * NS_PER_S;
    }
    live_open(&live, &(struct live_options){.quiet = false}, &plan, &estimate);
    cr_expect_not(look(true));
    live_end(&live, &done);
    cr_expect(strstr(written(), "; about 11 min left\n"));
    estimate_close(&estimate);
}

Test(live, a_finished_model_stays_above_the_lanes_on_the_axis_of_the_longest) {
    open_stderr(true);
    plan.points[0].scenario.blocks = 1;
    live_open(&live, &(struct live_options){.quiet = false}, &plan, NULL);
    struct trial_watch watch;
    live_begin(&live, 0, &watch);
    live_end(&live, &done); /* 115.1 s */
    live_begin(&live, 1, &watch);
    int64_t now_ns = clock_now_ns();
    made_add(&made, 0, 0, 0)->arrival_ns = now_ns - NS_PER_S;
    written();
    watch.look(watch.context, &made.witness, now_ns - NS_PER_S);
    const char *text = written();
    char line[200];
    snprintf(line, sizeof line, "%*s ", 11, plan_entry_of(&plan, 0)->model.name);
    cr_expect_not_null(strstr(text, line), "'%s' in %s", line, text);
    cr_expect_not_null(strstr(text, "115.1 s"), "%s", text);
    cr_expect_not_null(strstr(text, "720.0 s"), "%s", text);
}

Test(live, on_a_terminal_lanes_make_room_for_the_line) {
    open_stderr(true);
    live_open(&live, &(struct live_options){.quiet = false}, &plan, NULL);
    cr_assert(look(true));
    cr_expect_not_null(strstr(written(), "queue"));
    live_end(&live, &done);
    const char *text = written();
    cr_expect_not_null(strstr(text, "A\033[J"), "%s", text); /* the lanes are erased */
    cr_expect_not_null(strstr(text, ": 115.1 s"), "%s", text);
    cr_expect_null(strstr(text, "queue"), "%s", text);
}

Test(live, with_one_block_the_last_frame_stays_with_the_line_in_it) {
    open_stderr(true);
    plan.points[0].scenario.blocks = 1;
    live_open(&live, &(struct live_options){.quiet = false}, &plan, NULL);
    cr_assert(look(true));
    written();
    live_end(&live, &done);
    const char *text = written();
    cr_expect_not_null(strstr(text, "queue"), "%s", text);
    cr_expect_not_null(strstr(text, ": 115.1 s"), "%s", text);
}

Test(live, a_line_that_is_wider_than_the_terminal_breaks_between_words) {
    open_stderr(true);
    struct winsize narrow = {.ws_row = 30, .ws_col = 40};
    cr_assert_eq(ioctl(master, TIOCSWINSZ, &narrow), 0);
    live_open(&live, &(struct live_options){.quiet = false}, &plan, NULL);
    live_say(&live, "the run takes about 52 min; sequential is 97 %% of it");
    cr_expect_str_eq(written(), "the run takes about 52 min; sequential\r\n"
                                "  is 97 % of it\r\n");
}

Test(live, an_interrupted_trial_leaves_no_line) {
    open_stderr(true);
    live_open(&live, &(struct live_options){.quiet = false}, &plan, NULL);
    cr_assert(look(true));
    written();
    live_end(&live, NULL);
    cr_expect_null(strstr(written(), "block 1"));
}

Test(live, a_very_short_trial_is_not_drawn) {
    open_stderr(true);
    plan.points[0].scenario.speed = 1e6;
    live_open(&live, &(struct live_options){.quiet = false}, &plan, NULL);
    cr_expect_not(look(true));
    live_end(&live, &done);
    cr_expect_null(strstr(written(), "\033"));
}

Test(live, without_a_log_the_time_is_shown) {
    open_stderr(true);
    live_open(&live, &(struct live_options){.quiet = false}, &plan, NULL);
    cr_assert(look(false));
    const char *text = written();
    cr_expect_not_null(strstr(text, ": 100."), "%s", text); /* one second */
    cr_expect_null(strstr(text, "queue"), "%s", text);
}

Test(live, quiet_prints_only_invalid_trials) {
    open_stderr(true);
    live_open(&live, &(struct live_options){.quiet = true}, &plan, NULL);
    cr_expect_not(look(true));
    live_end(&live, &done);
    live_say(&live, "results: %s", "there");
    cr_expect_str_eq(written(), "");
    live_warn(&live, "no %s", "pictures");
    cr_expect_str_eq(written(), "no pictures\r\n");
    struct trial invalid = done;
    validity_add(&invalid.validity, "no rows");
    live_begin(&live, 0, &(struct trial_watch){.look = NULL});
    live_end(&live, &invalid);
    cr_expect_not_null(strstr(written(), ": invalid: no rows\r\n"));
}

Test(live, a_printed_line_controls_no_terminal) {
    open_stderr(false);
    live_open(&live, &(struct live_options){.quiet = false}, &plan, NULL);
    live_say(&live, "results: %s", "a\033[31m\u202e");
    cr_expect_str_eq(written(), "results: a?[31m?\n");
}

Test(live, a_closed_stderr_is_no_error) {
    open_stderr(false);
    signal(SIGPIPE, SIG_IGN);
    close(master);
    live_open(&live, &(struct live_options){.quiet = false}, &plan, NULL);
    live_say(&live, "a");
    live_say(&live, "b");
    live_end(&live, &done);
}

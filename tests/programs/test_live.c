/* simul run on a terminal: the lanes fill, and the terminal is in order afterwards. */
#include "base/clock.h"
#include "tests/support/program.h"
#include "tests/support/pty.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static struct pty pty;

static void leave(void) {
    pty_close(&pty);
    program_leave();
}

TestSuite(command_live, .init = program_enter, .fini = leave);

/* 12 URLs at once over one sender in 1.15 s. */
#define RUN "exec simul run urls --no-plots --models event-loop --blocks 1 "

#define SPEEDY "--conversations 4 --speed 60 " /* 1.25 s */

static char *finish(int rows, int columns) {
    pty_finish(&pty);
    cr_expect(pty_is_sane(&pty));
    return pty_screen(&pty, rows, columns);
}

Test(command_live, lanes_fill_while_a_trial_runs_and_stay_if_there_is_one_block) {
    int64_t start_ns = clock_now_ns();
    pty_start(&pty, 40, 100, RUN);
    pty_await(&pty, "in flight 12");
    char *screen = finish(40, 100);
    cr_expect_eq(pty.code, 0);
    cr_expect(program_holds(screen, "\n  1 █"), "%s", screen);
    cr_expect(program_holds(screen, "\n 12 ░░░"), "%s", screen);
    cr_expect(program_holds(screen, "\ndone 12/12  "), "%s", screen);
    cr_expect(program_holds(screen, "\n[1/1] urls, block 1, event-loop: 1"), "%s",
              screen);
    cr_expect_null(strstr(screen, "in flight"), "%s", screen);
    int64_t most_frames = (clock_now_ns() - start_ns) / (100 * NS_PER_MS) + 2;
    cr_expect_leq(pty_count(&pty, "\033[?2026h"), most_frames);
    free(screen);
}

/* The lanes of the second model, as they stay: the first model has one line, and both
 * end on the axis of the longer one. */
Test(command_live, a_finished_model_stays_as_one_line_on_the_same_axis) {
    pty_start(&pty, 24, 80,
              "exec simul run urls --no-plots --blocks 1 --speed 200 "
              "--models sequential,event-loop");
    char *screen = finish(24, 80);
    const char *heading = strstr(screen, "\nevent-loop: one thread");
    cr_assert_not_null(heading, "%s", screen);
    const char *line =
        strstr(heading, "\nsequential ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━");
    cr_assert_not_null(line, "%s", screen);
    cr_expect(program_holds(line, "━ 72"), "%s", screen);
    cr_expect(program_holds(line, "\n       0 s ━━━━━━━━━▲┈"), "%s", screen);
    free(screen);
}

Test(command_live, with_several_blocks_each_trial_leaves_one_line) {
    pty_start(&pty, 40, 160,
              "exec simul run urls --no-plots --models event-loop --blocks 3");
    char *screen = finish(40, 160);
    cr_expect_gt(pty_count(&pty, "\033[?2026h"), 6); /* frames, and erasing */
    cr_expect_eq(strncmp(screen, "[1/3] urls, block 1, event-loop: ", 33), 0, "%s",
                 screen);
    cr_expect(program_holds(screen, "\n[2/3] urls, block 2, event-loop: "), "%s",
              screen);
    cr_expect(program_holds(screen, ")\n[3/3] urls, block 3, event-loop: "), "%s",
              screen);
    cr_expect_null(strstr(screen, "░"), "%s", screen);
    free(screen);
}

Test(command_live, colours_are_as_the_environment_and_the_options_say) {
    static const struct {
        const char *line;
        const char *holds;
        bool has_colour;
    } rows[] = {
        {RUN SPEEDY, "\033[0;38;5;166m", true},
        {"export COLORTERM=truecolor; " RUN SPEEDY, "\033[0;38;2;213;94;0m", true},
        {"export NO_COLOR=1; " RUN SPEEDY, "█", false},
        {"export NO_COLOR=1; " RUN SPEEDY "--color always", "\033[0;38;5;166m", true},
        {RUN SPEEDY "--color never", "█", false},
        {RUN SPEEDY "--color auto", "\033[0;38;5;166m", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        pty_start(&pty, 30, 80, rows[i].line);
        pty_finish(&pty);
        cr_expect_eq(pty.code, 0);
        cr_expect(pty_is_sane(&pty));
        cr_expect(program_holds(pty.text, rows[i].holds), "%s: %s", rows[i].line,
                  pty.text);
        cr_expect_eq(program_holds(pty.text, "38;"), rows[i].has_colour, "%s",
                     rows[i].line);
        if (i + 1 < sizeof rows / sizeof rows[0]) {
            pty_close(&pty);
        }
    }
}

/* If nothing can be drawn, lines are printed, without any code. */
Test(command_live, if_nothing_can_be_drawn_a_trial_is_one_line) {
    static const char *const lines[] = {
        "export TERM=dumb; " RUN SPEEDY,
        "unset TERM; " RUN SPEEDY,
        RUN SPEEDY "2>&1 | cat",
        RUN SPEEDY "--color always 2>&1 | cat",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        pty_start(&pty, 30, 120, lines[i]);
        pty_finish(&pty);
        cr_expect_null(strchr(pty.text, '\033'), "%s: %s", lines[i], pty.text);
        cr_expect_eq(pty_count(&pty, "[1/1] urls, block 1, event-loop: "), 1, "%s: %s",
                     lines[i], pty.text);
        if (i + 1 < sizeof lines / sizeof lines[0]) {
            pty_close(&pty);
        }
    }
}

Test(command_live, quiet_prints_results_only) {
    pty_start(&pty, 30, 140, RUN SPEEDY "--quiet");
    pty_finish(&pty);
    cr_expect_eq(strncmp(pty.text, "urls: 4 conversations", 21), 0, "%s", pty.text);
    cr_expect_null(strchr(pty.text, '\033'), "%s", pty.text);
    cr_expect_null(strstr(pty.text, "results:"), "%s", pty.text);
}

Test(command_live, quiet_prints_invalid_trials) {
    program_write("bad", "#!/bin/sh\nexit 3\n");
    struct outcome run = program_expect(
        1, "simul run smoke --no-plots --blocks 1 --quiet --models ./bad");
    cr_expect_str_eq(
        run.err, "[1/1] smoke, block 1, bad: invalid: the model failed, exit code 3\n");
}

Test(command_live, a_bad_word_for_colours_is_refused) {
    struct outcome run = program_expect(2, "simul run smoke --color red");
    cr_expect_str_eq(run.err, "simul: --color: 'red' is none of auto, always, never\n");
}

Test(command_live, a_hostile_title_is_shown) {
    program_write("h.yaml", "name: h\ntitle: \"a \\u202E b \\u009B31m\"\n"
                            "conversations: 2\nrounds: 1\nsend: 1s\nresponse: 50s\n"
                            "speed: 100\nblocks: 1\nmodels: [threads]\n");
    pty_start(&pty, 30, 100, "exec simul run ./h.yaml --no-plots");
    char *screen = finish(30, 100); /* asserts a sane terminal */
    cr_expect(program_holds(screen, "a ? b ?31m\n"), "%s", screen);
    free(screen);
}

Test(command_live, without_utf8_all_is_ascii) {
    program_write("h.yaml", "name: h\ntitle: \"\u00e4\u20ac\"\nconversations: 2\n"
                            "rounds: 1\nsend: 1s\nresponse: 50s\nspeed: 100\n"
                            "blocks: 1\nmodels: [threads]\n");
    pty_start(
        &pty, 30, 100,
        "export LC_ALL=C; simul run ./h.yaml --no-plots && simul scenarios ./h.yaml");
    pty_finish(&pty);
    for (size_t i = 0; i < pty.bytes; i++) {
        cr_assert_lt((unsigned char)pty.text[i], 0x80, "at %zu: %s", i, pty.text);
    }
    cr_expect(program_holds(pty.text, "=="), "%s", pty.text);
    cr_expect(program_holds(pty.text, "title: \"??\"") ||
              program_holds(pty.text, "title: \"?"
                                      "?\""));
}

Test(command_live, ctrl_c_at_any_moment_leaves_a_sane_terminal) {
    for (int i = 0; i < 6; i++) {
        pty_start(&pty, 30, 100, RUN);
        pty_await(&pty, "\033[?2026l"); /* the first frame */
        /* This sleep waits for nothing: each time it hits another moment. */
        clock_sleep_until_ns(clock_now_ns() + i * 37 * NS_PER_MS);
        pty_type(&pty, "\003");
        char *screen = finish(30, 100);
        cr_expect_eq(pty.code, 130, "exit code %d", pty.code);
        cr_expect(program_holds(screen, "not run"), "%s", screen);
        free(screen);
        if (i < 5) {
            pty_close(&pty);
        }
    }
}

Test(command_live, a_killed_program_leaves_a_sane_terminal) {
    for (int i = 0; i < 6; i++) {
        pty_start(&pty, 30, 100, RUN);
        pty_await(&pty, "\033[?2026l");
        clock_sleep_until_ns(clock_now_ns() + i * 37 * NS_PER_MS);
        kill(pty.pid, SIGKILL);
        pty_finish(&pty);
        cr_expect(pty_is_sane(&pty), "%s", pty.text);
        int64_t deadline_ns = clock_now_ns() + 10 * NS_PER_S;
        while (program_count("simul-m") > 0 && clock_now_ns() < deadline_ns) {
            clock_sleep_until_ns(clock_now_ns() + NS_PER_MS); /* its models end, too */
        }
        if (i < 5) {
            pty_close(&pty);
        }
    }
}

/* A shell with job control: Ctrl-Z, the shell's message, and fg. */
Test(command_live, after_ctrl_z_and_fg_lanes_begin_below_what_the_shell_said) {
    pty_start(
        &pty, 40, 100,
        "exec bash --norc -ic 'PS1=; simul run urls --no-plots --models event-loop "
        "--speed 50 --blocks 1; echo stopped: $?; fg >/dev/null; echo fg: $?'");
    pty_await(&pty, "\033[?2026l");
    pty_type(&pty, "\032");
    pty_await(&pty, "stopped: 148");
    pty_finish(&pty);
    cr_expect(pty_is_sane(&pty));
    cr_expect(program_holds(pty.text, "fg: 0"), "%s", pty.text);
    const char *stopped = strstr(pty.text, "stopped: 148");
    const char *frame = strstr(stopped, "\033[?7l\r");
    cr_assert_not_null(frame, "no frame after fg: %s", stopped);
    const char *code = frame + strlen("\033[?7l\r\033[");
    cr_expect_neq(code[strspn(code, "0123456789")], 'A', "up into the shell's lines");
    char *screen = pty_screen(&pty, 40, 100);
    cr_expect(program_holds(screen, "stopped: 148\n"), "%s", screen);
    free(screen);
}

Test(command_live, any_size_and_any_change_of_it_is_survived) {
    static const int sizes[][2] = {{3, 10}, {1, 1}, {2, 200}, {200, 2}, {500, 900}};
    pty_start(&pty, 30, 100,
              "exec simul run urls --no-plots --models event-loop --blocks 2 "
              "--conversations 40 --speed 300");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        pty_await(&pty, "\033[?2026l");
        pty_resize(&pty, sizes[i][0], sizes[i][1]);
    }
    pty_finish(&pty);
    cr_expect_eq(pty.code, 0);
    cr_expect(pty_is_sane(&pty));
}

Test(command_live, a_tiny_terminal_shows_the_time) {
    pty_start(&pty, 3, 10, RUN);
    pty_finish(&pty);
    cr_expect_eq(pty.code, 0);
    cr_expect(program_holds(pty.text, "/115.0"), "%s", pty.text);
    cr_expect_null(strstr(pty.text, "\033[2A"), "one row: %s", pty.text);
}

/* After Ctrl-S the terminal takes no bytes. The run goes on, and ends. */
Test(command_live, a_terminal_held_by_ctrl_s_does_not_hold_the_run) {
    pty_start(
        &pty, 30, 100,
        "exec simul run urls --no-plots --models event-loop --blocks 2 >out; true");
    pty_await(&pty, "\033[?2026l");
    pty_type(&pty, "\023");
    int64_t deadline_ns = clock_now_ns() + 20 * NS_PER_S;
    while (program_matches("results/latest/events/0001*.api.csv") == 0 &&
           clock_now_ns() < deadline_ns) {
        clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
    }
    cr_expect_eq(program_matches("results/latest/events/0001*.api.csv"), 1);
    pty_type(&pty, "\021");
    pty_finish(&pty);
    cr_expect_eq(pty.code, 0);
    cr_expect(pty_is_sane(&pty));
}

Test(command_live, a_stderr_that_is_closed_or_full_ends_nothing) {
    program_expect(0, "simul run smoke --no-plots --blocks 1 --models threads 2>&-");
    program_expect(
        0, "simul run smoke --no-plots --blocks 1 --models threads 2>/dev/full");
    program_expect(
        0, "simul run smoke --no-plots --blocks 1 --models threads 2>&1 >/dev/null | "
           "true");
    cr_expect_eq(program_matches("results/2*/summary.json"), 3);
}

/* All 300 have to arrive in the time of the first column. Other processes may use the machine,
 * so one of some tries has to be undisturbed. */
Test(command_live, many_conversations_are_counted_over_time) {
    char *screen = NULL;
    for (int k = 0; k < 8 && (!screen || !program_holds(screen, "\n300 ░")); k++) {
        if (screen) {
            free(screen);
            pty_close(&pty);
        }
        pty_start(&pty, 24, 80,
                  "exec simul run urls --no-plots --conversations 300 --speed 1000 "
                  "--models event-loop --blocks 1");
        screen = finish(24, 80);
    }
    cr_expect(program_holds(screen, "\n300 ░"), "%s", screen);
    cr_expect(program_holds(screen, "done 300/300"), "%s", screen);
    free(screen);
}

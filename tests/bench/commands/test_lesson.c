/* simul lesson, as a whole program: the lines of each lesson, their order, how long it
 * takes, and how it ends. */
#include "lessons/runtime/page.h"
#include "tests/support/lesson_times.h"
#include "tests/support/program.h"
#include "tests/support/pty.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TestSuite(command_lesson, .init = program_enter, .fini = program_leave);

enum { MOST_SAID = 16, MOST_LINES = 60 };

static const struct promise {
    const char *name;
    const char *said[MOST_SAID];
    const char *remember;
} promises[] = {
    {"say-after-coroutine", {" s  One\n", " s  Two\n"}, "A coroutine waits"},
    {"say-after-sequence", {" s  One\n", " s  Two\n"}, "To await a coroutine"},
    {"say-after-tasks",
     {" s  One\n", " s  Two\n", "one after the other it would be 3 s: "},
     "A task runs"},
    {"say-after-gather",
     {" s  One\n", " s  Two\n", "one after the other it would be 3 s: "},
     "gather makes tasks"},
    {"already-running",
     {"run_until_complete: RuntimeError: This event loop is already running\n",
      "run: RuntimeError: async_run() cannot be called from a running event loop\n",
      " s  One\n"},
     "A running loop cannot be started again"},
    {"awaitables",
     {"all three are made\n", "the task runs\n", "awaited: the task\n",
      "the coroutine runs\n", "awaited: the coroutine\n",
      "a callback sets the future\n", "awaited: the future\n", "\nmain ", "the task",
      "the coroutine", "the future", "\nTask-2 ", "the task"},
     "A coroutine runs when it is awaited, a task by itself"},
    {"blocking",
     {"sleep, in the loop\n", "debug: sleep held the loop for 1.",
      "compute, in the loop\n", "debug: compute held the loop for 1.",
      "request, in the loop\n", "debug: request held the loop for 1.",
      "sleep, in the executor\n", "tick\n", "compute, in the executor\n", "tick\n",
      "request, in the executor\n", "tick\n", "frozen: another holds the thread"},
     "A call that blocks the loop"},
    {"producers-consumers",
     {"waiter 1 has served soup 1\n", "waiter 2 has served pie 1\n",
      "waiter 3 has served soup 2\n", "has served pie 4\n",
      "with one waiter it would be 12.2 s: "},
     "With a queue"},
    {"exhibition",
     {"board 1: e2e4\n", "board 1: ... e7e5\n", "board 4: e2e4\n", "board 1: h5f7#\n",
      "board 4: f3f7#\n", "board 4   f3f7#", "\nmaster ", "\nboard 1 ", "thinks",
      "board after board it would be 26 s: "},
     "She never waits"},
    {"race",
     {"threads, mutex", "threads, atomic", "coroutines"},
     "Threads come between"},
};
enum { PROMISES = sizeof promises / sizeof promises[0] };

Test(command_lesson, says_its_lines_in_order_and_its_sentence_last) {
    for (int i = 0; i < PROMISES; i++) {
        const struct promise *promise = &promises[i];
        struct outcome run =
            program_expect(0, "simul lesson %s --speed 10", promise->name);
        const char *at = run.out;
        for (int k = 0; promise->said[k]; k++) {
            at = strstr(at, promise->said[k]);
            cr_assert_not_null(at, "%s: no '%s' where it belongs in: %s", promise->name,
                               promise->said[k], run.out);
            at++;
        }
        cr_assert_not_null(at = strstr(run.out, " in all"), "%s: %s", promise->name,
                           run.out);
        at = strchr(at, '\n');
        cr_expect_eq(strncmp(at + 1, promise->remember, strlen(promise->remember)), 0,
                     "%s: its last words are: %s", promise->name, at + 1);
        cr_expect(lesson_promised_s(promise->name) > 0 ||
                      !strcmp(promise->name, "race"),
                  "tests/support/lesson_times.h lacks %s", promise->name);
        cr_expect_geq(lesson_total_s(run.out), lesson_promised_s(promise->name), "%s",
                      run.out);
        cr_expect_str_eq(run.err, "");
    }
}

Test(command_lesson, race_loses_what_is_not_guarded_or_says_that_it_was_lucky) {
    struct outcome run = program_expect(0, "simul lesson race");
    const char *const guarded[] = {"threads, mutex ", "threads, atomic ",
                                   "coroutines  "};
    const char *plain = strstr(run.out, "threads  ");
    cr_assert_not_null(plain);
    bool is_lucky = strncmp(plain + strcspn(plain, "0123456789n"), "none of", 7) == 0;
    cr_expect_eq(strstr(run.out, "none lost this time: such an error does not always "
                                 "show\n") != NULL,
                 is_lucky, "%s", run.out);
    for (int i = 0; i < 3; i++) {
        const char *line = strstr(run.out, guarded[i]);
        cr_assert_not_null(line, "%s", run.out);
        line += strlen(guarded[i]);
        line += strspn(line, " ");
        cr_expect_eq(strncmp(line, "none of 16,000,000 lost, in ", 28), 0, "%s", line);
    }
    /* All four read the same, and then the last one writes. */
    const char *awaiting = "coroutines, await between  12,000,000 of 16,000,000 lost, "
                           "in ";
    cr_expect_not_null(strstr(run.out, awaiting), "%s", run.out);
    cr_expect_not_null(strstr(strstr(run.out, "in all"), "Threads come"));
}

/* What its lines say and what its total says are the same seconds. */
Test(command_lesson, that_only_computes_is_no_faster_at_any_speed) {
    struct outcome run = program_expect(0, "simul lesson race --speed 10");
    double sum_ms = 0;
    const char *at = run.out;
    while ((at = strstr(at, " lost, in "))) {
        at += 10;
        sum_ms += atof(at);
    }
    double total_ms = lesson_total_s(run.out) * 1000;
    cr_expect_not_null(strstr(run.out, "it only computes, so --speed makes it no "
                                       "faster: its seconds are real\n"));
    cr_expect_null(strstr(run.out, "than life"), "%s", run.out);
    cr_expect(sum_ms > 0 && sum_ms <= total_ms + 10 && sum_ms >= total_ms / 2,
              "%g ms of %g ms", sum_ms, total_ms);
}

Test(command_lesson, says_how_much_faster_or_slower_than_life_it_runs) {
    static const char *const cases[][2] = {{"20", "\n20 times faster than life\n"},
                                           {"0.8", "\n1.25 times slower than life\n"}};
    for (int i = 0; i < 2; i++) {
        struct outcome run = program_expect(
            0, "simul lesson say-after-coroutine --speed %s", cases[i][0]);
        cr_expect_not_null(strstr(run.out, cases[i][1]), "%s", run.out);
    }
}

Test(command_lesson, every_source_fits_a_slide_and_is_what_source_prints) {
    struct dirent **entries;
    int lessons = 0;
    int count = scandir(TEST_SOURCE "/lessons", &entries, NULL, alphasort);
    cr_assert_gt(count, 0);
    for (int i = 0; i < count; i++) {
        char *end = strstr(entries[i]->d_name, ".c");
        if (end && !end[2]) {
            int lines = 0;
            char *text =
                program_run("cat %s/lessons/%s", TEST_SOURCE, entries[i]->d_name).out;
            *end = '\0';
            struct outcome source = program_expect(
                0, "simul lesson $(echo %s | tr _ -) --source", entries[i]->d_name);
            cr_expect_str_eq(source.out, text, "%s", entries[i]->d_name);
            for (const char *at = text; *at; at++) {
                lines += *at == '\n';
            }
            cr_expect_lt(lines, MOST_LINES, "%s has %d lines", entries[i]->d_name,
                         lines);
            lessons++;
        }
        free(entries[i]);
    }
    free(entries);
    cr_expect_eq(lessons, PROMISES, "a lesson has no promise here");
}

Test(command_lesson, without_a_name_lists_them_all) {
    struct outcome list = program_expect(0, "simul lesson");
    for (int i = 0; i < PROMISES; i++) {
        char line[64];
        snprintf(line, sizeof line, "\n%-20s ", promises[i].name);
        char *text = list.out;
        cr_expect(strstr(text, line) || !strncmp(text, line + 1, strlen(line) - 1),
                  "no %s in: %s", promises[i].name, list.out);
    }
    cr_expect_null(strstr(list.out, "not available"), "%s", list.out);
}

/* The lessons are taught in the order of their page. */
Test(command_lesson, without_a_name_lists_them_in_the_order_of_teaching) {
    const char *page = program_read(TEST_SOURCE "/docs/lessons.md");
    struct outcome list = program_expect(0, "simul lesson");
    const char *at = list.out;
    int lessons = 0;
    while ((page = strstr(page, "\n\n[lessons/"))) {
        char name[64];
        cr_assert_eq(sscanf(page, "\n\n[lessons/%63[a-z_].c]", name), 1);
        for (char *letter = name; *letter; letter++) {
            *letter = *letter == '_' ? '-' : *letter;
        }
        cr_expect_eq(strncmp(at, name, strlen(name)), 0, "%s is not at: %s", name, at);
        at += strcspn(at, "\n") + 1;
        page++;
        lessons++;
    }
    cr_expect_eq(lessons, PROMISES);
    cr_expect_str_eq(at, "");
}

Test(command_lesson, whose_name_several_begin_with_are_named) {
    struct outcome run = program_expect(2, "simul lesson say-after");
    cr_expect_str_eq(run.err, "simul: there is no lesson 'say-after'; there are "
                              "say-after-coroutine, say-after-sequence, "
                              "say-after-tasks, say-after-gather\n");
    run = program_expect(2, "simul lesson prod");
    cr_expect_str_eq(run.err, "simul: there is no lesson 'prod'; did you mean "
                              "'producers-consumers'?\n");
}

Test(command_lesson, refuses_bad_input_in_one_sentence) {
    static const struct {
        const char *line;
        const char *err;
    } cases[] = {
        {"simul lesson say-after-task", "simul: there is no lesson 'say-after-task'; "
                                        "did you mean 'say-after-tasks'?\n"},
        {"simul lesson ../simul",
         "simul: there is no lesson '../simul'; 'simul lesson' lists them\n"},
        {"simul lesson --speed 3",
         "simul: '--speed' stands before the lesson's name; write: simul lesson NAME "
         "--speed; 'simul lesson' lists the names\n"},
        {"simul lesson race --sped 3",
         "simul: lesson race: unknown option '--sped'; did you mean '--speed'?\n"},
        {"simul lesson race twice",
         "simul: lesson race: 'twice' is no option; a lesson takes options only\n"},
        {"simul lesson race --picture x.gif", "simul: lesson race: --picture: 'x.gif' "
                                              "does not end with .svg, .png or .pdf\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct outcome run = program_expect(2, "%s", cases[i].line);
        cr_expect_str_eq(run.err, cases[i].err, "%s: %s", cases[i].line, run.err);
        cr_expect_str_eq(run.out, "", "%s", cases[i].line);
    }
    static const char *const speeds[] = {"0",   "-1",   "nan", "inf",
                                         "1e9", "0x10", "''",  "2x"};
    for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
        struct outcome run =
            program_expect(2, "simul lesson say-after-tasks --speed %s", speeds[i]);
        cr_expect_not_null(strstr(run.err, "is not a number from 0.01 to 1000"), "%s",
                           run.err);
    }
}

Test(command_lesson, that_cannot_print_says_so) {
    struct outcome run =
        program_expect(1, "simul lesson say-after-tasks --speed 100 >/dev/full");
    cr_expect_str_eq(run.err,
                     "simul: lesson say-after-tasks: cannot write to stdout\n");
}

Test(command_lesson, whose_picture_cannot_be_written_does_not_begin) {
    struct outcome run =
        program_expect(2, "simul lesson say-after-tasks --picture no/where.svg");
    cr_expect_str_eq(run.err, "simul: lesson say-after-tasks: cannot write "
                              "no/where.svg: No such file or directory\n");
    cr_expect_str_eq(run.out, "");
}

Test(command_lesson, draws_a_picture_for_a_slide) {
    program_expect(0, "simul lesson say-after-tasks --speed 100 --picture it.svg");
    const char *svg = program_read("it.svg");
    cr_expect_eq(strncmp(svg, "<svg ", 5), 0);
    cr_expect_not_null(strstr(svg, ">Task-2</text>"));
    cr_expect_not_null(strstr(svg, ">Two</text>"));
    cr_expect_not_null(strstr(svg, ">main</text>"));
    cr_expect_not_null(strstr(svg, "<title>A task runs by itself once it is created"));
    cr_expect_str_eq(svg + strlen(svg) - 7, "</svg>\n");
}

Test(command_lesson, ends_at_ctrl_c_and_leaves_the_terminal_as_it_was) {
    struct pty pty;
    pty_start(&pty, 40, 100, "exec simul lesson exhibition");
    pty_await(&pty, "board 1: e2e4");
    pty_type(&pty, "\003");
    pty_finish(&pty);
    cr_expect_eq(pty.code, 130, "%d", pty.code);
    cr_expect(pty_is_sane(&pty));
    pty_close(&pty);
}

Test(command_lesson, has_colours_on_a_terminal_unless_they_are_unwanted) {
    static const struct {
        const char *line;
        bool has_colours;
    } cases[] = {
        {"exec simul lesson say-after-tasks --speed 20", true},
        {"NO_COLOR=1 exec simul lesson say-after-tasks --speed 20", false},
        {"TERM=dumb exec simul lesson say-after-tasks --speed 20", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct pty pty;
        pty_start(&pty, 40, 100, cases[i].line);
        pty_finish(&pty);
        cr_expect_eq(pty.code, 0);
        cr_expect_eq(pty_count(&pty, "\033[") > 0, cases[i].has_colours, "%s",
                     cases[i].line);
        cr_expect(pty_is_sane(&pty), "%s", cases[i].line);
        pty_close(&pty);
    }
    struct outcome plain = program_expect(0, "simul lesson say-after-tasks --speed 20");
    cr_expect_null(strchr(plain.out, '\033'));
}

/* Every one at some width, each width and locale with some: all of them would take a
 * minute. Race takes its time, and is seen once. */
Test(command_lesson, has_no_line_that_its_terminal_would_break) {
    static const int widths[] = {40, 60, 80, 100, 200};
    static const char *const locales[] = {"C", "C.UTF-8"};
    for (int i = 0; i < 5 * PROMISES; i++) {
        char line[128];
        int columns = widths[i % 5];
        const char *name = promises[i / 5].name;
        bool utf8 = (i / 5 + i) % 2;
        struct pty pty;
        if (!strcmp(name, "race") && columns != 60) {
            continue;
        }
        snprintf(line, sizeof line,
                 "NO_COLOR=1 LC_ALL=%s exec simul lesson %s --speed 200", locales[utf8],
                 name);
        pty_start(&pty, 40, columns, line);
        pty_finish(&pty);
        cr_expect_eq(pty.code, 0, "%s", line);
        for (char *rest = pty.text; *rest;) {
            char *text = strsep(&rest, "\n");
            text[strcspn(text, "\r")] = '\0';
            cr_expect_leq(page_width(text), columns, "%s: '%s'", line, text);
            for (const char *at = text; !utf8 && *at; at++) {
                cr_assert_gt(*at, 0, "%s: '%s'", line, text);
            }
            if (!rest) {
                break;
            }
        }
        pty_close(&pty);
    }
}

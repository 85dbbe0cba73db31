/* simul, as a whole program: commands, mistakes on the command line, stdout and
 * stderr. */
#include "tests/support/program.h"
#include "tests/support/pty.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

TestSuite(main, .init = program_enter, .fini = program_leave);

static int count_lines(const char *text) {
    int count = 0;
    for (; *text; text++) {
        count += *text == '\n';
    }
    return count;
}

/* Asserts exit code 2, nothing on stdout, and this number of lines on stderr, which
 * begins with "simul: ". */
static void expect_refused(const char *line, int lines) {
    struct outcome run = program_run("%s", line);
    cr_expect_eq(run.code, 2, "%s: exit code %d", line, run.code);
    cr_expect_str_eq(run.out, "", "%s: %s", line, run.out);
    cr_expect(!strncmp(run.err, "simul: ", 7), "%s: %s", line, run.err);
    cr_expect_eq(count_lines(run.err), lines, "%s: %s", line, run.err);
}

Test(main, without_a_command_its_help_is_on_stderr) {
    struct outcome run = program_expect(2, "simul");
    cr_assert_str_eq(run.out, "");
    cr_assert(program_holds(run.err, "usage: simul COMMAND"));
}

Test(main, help_is_on_stdout_when_it_is_asked_for) {
    static const char *const lines[] = {
        "simul --help",         "simul -h",
        "simul help",           "simul run --help",
        "simul predict --help", "simul serve --help",
        "simul models --help",  "simul scenarios --help",
        "simul summary --help", "simul run nothing --models no -h",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct outcome run = program_expect(0, "%s", lines[i]);
        cr_expect(program_holds(run.out, "usage: simul"), "%s", lines[i]);
        cr_expect_str_eq(run.err, "", "%s", lines[i]);
    }
}

/* Runs a line in a terminal of 50 columns, and expects over so many bytes, and no line
 * that is wider. */
static void expect_narrow(const char *line, int code, size_t least_bytes) {
    struct pty pty;
    pty_start(&pty, 40, 50, line);
    pty_finish(&pty);
    cr_expect_eq(pty.code, code, "%s: exit code %d", line, pty.code);
    cr_expect_gt(pty.bytes, least_bytes, "%s", pty.text);
    for (const char *at = pty.text; *at; at += *at == '\n') {
        cr_expect_leq(strcspn(at, "\r\n"), 50, "%s", pty.text);
        at += strcspn(at, "\n");
    }
    pty_close(&pty);
}

Test(main, no_line_of_a_list_is_wider_than_the_terminal) {
    static const char *const lists[] = {"models", "scenarios", "lesson"};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        char line[60];
        snprintf(line, sizeof line, "exec simul %s", lists[i]);
        expect_narrow(line, 0, 200);
        program_expect(1, "simul %s >/dev/full", lists[i]);
    }
}

Test(main, no_line_of_an_error_is_wider_than_the_terminal) {
    expect_narrow("exec simul lesson say-after", 2, 100);
    expect_narrow("exec simul run urls --senders no", 2, 50);
}

Test(main, version_is_one_line) {
    struct outcome run = program_expect(0, "simul --version");
    cr_assert(!strncmp(run.out, "simul ", 6));
    cr_assert_eq(count_lines(run.out), 1);
}

Test(main, a_mistake_on_the_command_line_gets_one_sentence) {
    static const char *const lines[] = {
        "simul rnu",
        "simul ''",
        "simul --verbose",
        "simul -x",
        "simul run",
        "simul run ''",
        "simul run nothing",
        "simul run ulrs",
        "simul run urls nothing",
        "simul run urls --nonsense",
        "simul run urls --speeed 3",
        "simul run urls -s",
        "simul run urls --speed",
        "simul run urls --help=yes",
        "simul run urls --speed ''",
        "simul run urls --speed 0",
        "simul run urls --speed -1",
        "simul run urls --speed nan",
        "simul run urls --speed 1e99",
        "simul run urls --speed 0x10",
        "simul run urls --speed 1,5",
        "simul run urls --conversations 0",
        "simul run urls --conversations 1000001",
        "simul run urls --conversations 99999999999999999999",
        "simul run urls --conversations 1.5",
        "simul run urls --conversations ' 3'",
        "simul run urls --conversations 1000000 --rounds 1000000",
        "simul run urls --rounds -1",
        "simul run urls --send 5",
        "simul run urls --send 5parsecs",
        "simul run urls --send -5s",
        "simul run urls --send 300000000h",
        "simul run urls --send '{uniform: {min: 6s, max: 4s}}'",
        "simul run urls --send '{gauss: {mean: 6s}}'",
        "simul run urls --response ''",
        "simul run urls --response '{uniform'",
        "simul run urls --senders 0",
        "simul run urls --senders nobody",
        "simul run urls --senders client --send '{exponential: {mean: 5s}}'",
        "simul run urls --send-work cpu",
        "simul run urls --send-work hard",
        "simul run urls --slots -1",
        "simul run urls --workers 0",
        "simul run urls --connections open",
        "simul run urls --timeout 1",
        "simul run urls --timeout 2500000h --speed 0.001",
        "simul run urls --conversations 1 --send 500000h --speed 0.001",
        "simul run urls --blocks 0",
        "simul run urls --blocks 10001",
        "simul run urls --models ''",
        "simul run urls --models ,",
        "simul run urls --models nothing",
        "simul run urls --models thread",
        "simul run urls --models threads,threads",
        "simul run urls --models all,threads",
        "simul run urls --models ./missing",
        "simul run urls --models /",
        "simul run urls --models ./folder",
        "simul run urls --models ./plain",
        "simul run urls --models ./no-head",
        "simul run urls --models ./fifo",
        "simul run urls --seed -1",
        "simul run urls --seed 99999999999999999999",
        "simul run urls --format xml",
        "simul run urls --format ''",
        "simul run missing.yaml",
        "simul run ./folder",
        "simul run ./fifo",
        "simul run /dev/zero",
        "simul run ./plain",
        "simul run empty.yaml",
        "simul run latin-1.yaml",
        "simul predict",
        "simul predict urls --output here",
        "simul models here",
        "simul models --format xml",
        "simul scenarios nothing",
        "simul scenarios urls chess",
        "simul scenarios --format json",
        "simul summary nothing",
        "simul summary a b",
        "simul summary ''",
    };
    program_expect(0, "mkdir folder && touch empty.yaml && mkfifo fifo && "
                      "chmod +x fifo && echo import os >no-head && "
                      "chmod +x no-head && printf '\\0' >plain && "
                      "printf 'name: x\\ntitle: \\344\\n' >latin-1.yaml");
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        expect_refused(lines[i], 1);
    }
    cr_assert_eq(program_matches("results"), 0);
}

Test(main, a_mistake_in_a_scenario_is_shown_with_its_line_and_a_caret) {
    static const struct {
        const char *text;
        const char *message;
    } rows[] = {
        {"name: x\nround: 3\n", "simul: x.yaml:2:1: unknown key 'round'; did you mean "
                                "'rounds'?\n  round: 3\n  ^\n"},
        {"name: x\nsend: 5\n",
         "simul: x.yaml:2:7: send: '5' has a number without a unit; write for example "
         "55s, 1.5h, 12h30min or 250us\n  send: 5\n        ^\n"},
        {"rounds: 3\n", "simul: x.yaml:1:1: the key 'name' is missing\n  rounds: 3\n"
                        "  ^\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        program_write("x.yaml", rows[i].text);
        struct outcome run = program_expect(2, "simul predict x.yaml");
        cr_expect_str_eq(run.err, rows[i].message);
        cr_expect_str_eq(run.out, "");
    }
}

Test(main, options_and_scenarios_stand_in_any_order) {
    program_expect(0, "simul predict urls --rounds 2 >a; "
                      "simul predict --rounds 2 urls >b; "
                      "simul predict --rounds=2 -- urls >c; cmp a b && cmp b c");
}

Test(main, a_full_stdout_is_a_failure_with_one_sentence) {
    static const char *const lines[] = {
        "simul --help",       "simul --version",
        "simul models",       "simul models --format json",
        "simul scenarios",    "simul scenarios urls",
        "simul predict urls", "simul predict urls --format json",
        "simul run --help",   "simul summary --help",
    };
    static const char *const ends[] = {">/dev/full", ">&-"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        for (size_t j = 0; j < sizeof ends / sizeof ends[0]; j++) {
            struct outcome run = program_expect(1, "%s %s", lines[i], ends[j]);
            cr_expect(!strncmp(run.err, "simul: cannot write ", 20), "%s %s: %s",
                      lines[i], ends[j], run.err);
            cr_expect_eq(count_lines(run.err), 1, "%s", run.err);
        }
    }
}

Test(main, a_reader_that_goes_away_does_not_crash_it) {
    struct outcome run =
        program_expect(0, "{ simul scenarios urls; echo $? >code; } | true; cat code");
    cr_assert(!strcmp(run.out, "0\n") || !strcmp(run.out, "1\n"), "%s", run.out);
}

Test(main, with_closed_descriptors_no_output_enters_a_file_of_the_run) {
    static const struct {
        int code;
        const char *closed;
    } rows[] = {
        {0, "<&-"}, {0, "2>&-"}, {0, "<&- 2>&-"}, {1, ">&-"}, {1, "<&- >&- 2>&-"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        program_expect(rows[i].code, "simul run smoke --models threads --blocks 1 %s",
                       rows[i].closed);
        program_expect(0, "/usr/bin/python3 -c \"import json; "
                          "[json.loads(line) for line in "
                          "open('results/latest/trials.jsonl')]\"");
        program_expect(0, "simul summary >made-again");
    }
}

Test(main, a_proxy_in_the_environment_is_ignored) {
    program_expect(0,
                   "http_proxy=http://127.0.0.1:1 all_proxy=http://127.0.0.1:1 "
                   "simul run --no-plots smoke --blocks 1 --format json >found.json && "
                   "! grep -q '\"failed\": [1-9]' found.json");
}

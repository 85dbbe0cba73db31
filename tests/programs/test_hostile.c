/* Names and titles with codes that control a terminal: every command shows the codes as
 * text, and no command sends them to the terminal. */
#include "base/utf8.h"
#include "tests/support/program.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(command_hostile, .init = program_enter, .fini = program_leave);

/* ESC, BEL, CSI as one character, an override of the direction of writing, bytes that
 * are no UTF-8, and a line that imitates a message of simul; for the shell's $'...'. */
#define HOSTILE "x\\e[31m\\a\\u009b31m\\u202e\\xff\\nsimul: all is well"

static void expect_tame(const char *line, const char *text) {
    for (const char *at = text; *at;) {
        size_t taken;
        int32_t code = utf8_read(at, strlen(at), &taken);
        bool is_ours = code == '\n' || code == '\t';
        cr_expect(code >= 0 && (is_ours || !utf8_is_hostile(code)),
                  "%s: %#x at %zu of: %s", line, (unsigned)code, (size_t)(at - text),
                  text);
        at += taken;
    }
    cr_expect_null(strstr(text, "\nsimul: all is well"), "%s: %s", line, text);
}

Test(command_hostile, bad_words_are_quoted_and_not_obeyed) {
    static const char *const lines[] = {
        "simul $'" HOSTILE "'",
        "simul run $'" HOSTILE "'",
        "simul run $'./" HOSTILE ".yaml'",
        "simul run smoke --models $'" HOSTILE "'",
        "simul run smoke --models $'./" HOSTILE "'",
        "simul run smoke --send $'" HOSTILE "'",
        "simul run smoke --speed $'" HOSTILE "'",
        "simul run smoke --color $'" HOSTILE "'",
        "simul run smoke --format $'" HOSTILE "'",
        "simul run smoke $'--" HOSTILE "'",
        "simul run smoke --blocks 1 --output $'/proc/" HOSTILE "'",
        "simul predict $'" HOSTILE "'",
        "simul models $'" HOSTILE "'",
        "simul scenarios $'" HOSTILE "'",
        "simul scenarios a $'" HOSTILE "'",
        "simul summary $'" HOSTILE "'",
        "simul serve --send $'" HOSTILE "'",
        "simul serve $'--" HOSTILE "'",
        "simul-model-threads --workers $'" HOSTILE "'",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        program_write("line.sh", lines[i]);
        struct outcome run = program_run("LC_ALL=C.UTF-8 bash line.sh");
        cr_expect_eq(run.code, 2, "%s: exit code %d", lines[i], run.code);
        cr_expect_str_neq(run.err, "", "%s says nothing", lines[i]);
        expect_tame(lines[i], run.err);
        expect_tame(lines[i], run.out);
    }
}

/* YAML allows everything in a title but the plain control characters. */
static const char scenario[] = "name: hostile\n"
                               "title: \"a \\u202E b \\u009B31m\"\n"
                               "conversations: 2\nrounds: 1\nsend: 1s\nresponse: 1s\n"
                               "models: [threads]\nclaims:\n"
                               "  - {model: threads, total: 9s, "
                               "source: \"\\e[31m\\nsimul: all is well\\u202E\"}\n";

Test(command_hostile, a_scenario_is_shown_by_every_command_and_obeyed_by_none) {
    static const char *const lines[] = {
        "simul run ./h.yaml --speed 1000 --blocks 1",
        "simul run ./h.yaml --speed 1000 --blocks 1 --format json",
        "simul predict ./h.yaml",
        "simul predict ./h.yaml --format json",
        "simul scenarios ./h.yaml",
        "simul summary",
        "simul summary --format json",
        "cat results/latest/*.json*",
    };
    program_write("h.yaml", scenario);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct outcome run = program_expect(0, "%s", lines[i]);
        expect_tame(lines[i], run.out);
        expect_tame(lines[i], run.err);
    }
}

Test(command_hostile, json_keeps_what_the_table_may_not_show) {
    program_write("h.yaml", scenario);
    struct outcome run = program_expect(0, "simul predict ./h.yaml --format json");
    json_t *point = json_array_get(program_json(run.out), 0);
    const char *title =
        json_string_value(json_object_get(json_object_get(point, "scenario"), "title"));
    cr_assert_str_eq(title, "a \u202e b \xc2\x9b"
                            "31m");
}

Test(command_hostile, a_mistake_in_a_hostile_file_is_shown_at_its_place) {
    program_write("bad.yaml", "name: x\n\"title\": \"\u202eevil\xc2\x9b"
                              "31m\" z\n");
    struct outcome run = program_expect(2, "simul predict ./bad.yaml");
    expect_tame("simul predict ./bad.yaml", run.err);
    cr_expect(program_holds(run.err, "\n  \"title\": \"?evil?31m\" z\n"), "%s",
              run.err);
}

Test(command_hostile, a_model_s_words_are_shown) {
    program_write("m", "#!/bin/sh\n"
                       "[ \"$1\" = --describe ] && exec printf "
                       "'{\"name\": \"m\", \"summary\": \"\\\\u001b[31m\\\\u202e\", "
                       "\"holds\": \"one\"}'\n"
                       "printf 'a\\033[31m\\302\\233m\\342\\200\\256' >&2; exit 1\n");
    struct outcome run =
        program_expect(1, "simul run smoke --blocks 1 --models ./m 2>&1");
    expect_tame("run", run.out);
    cr_expect(program_holds(run.out, "exit code 1: a?[31m?m?\n"), "%s", run.out);
    program_copy_bin();
    program_expect(0, "cp m bin/simul-model-m");
    struct outcome list = program_expect(0, "bin/simul models");
    expect_tame("models", list.out);
    cr_expect(program_holds(list.out, "?[31m?"), "%s", list.out);
}

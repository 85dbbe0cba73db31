/* simul summary, as a whole program: everything is derived again from run.json and
 * trials.jsonl. */
#include "tests/support/program.h"

#include <criterion/criterion.h>
#include <string.h>

TestSuite(command_summary, .init = program_enter, .fini = program_leave);

/* A run with all kinds of trial: valid, invalid, with failed requests, of two
 * scenarios. */
static const char run_line[] = "simul run --no-plots urls smoke --speed 5000 --models "
                               "./broken.py,threads,./plain.py "
                               "--blocks 2 --timeout 70s";

static void make_run(void) {
    program_write_model("broken.py", true, "sys.exit('no more')\n");
    program_write_model("plain.py", false, "");
    program_expect(1, "%s >table", run_line);
}

Test(command_summary, it_prints_the_table_that_run_printed) {
    make_run();
    program_expect(0, "simul summary results/latest | cmp - table");
}

Test(command_summary, it_needs_no_model_any_more) {
    make_run();
    program_expect(0, "rm broken.py plain.py; simul summary results/latest | "
                      "cmp - table");
}

Test(command_summary, without_a_run_it_takes_the_newest) {
    make_run();
    program_expect(0, "simul summary | cmp - table");
}

Test(command_summary, summary_json_made_again_is_the_same_to_the_byte) {
    make_run();
    program_expect(0,
                   "simul summary --format json | cmp - results/latest/summary.json");
}

Test(command_summary, its_json_follows_the_schema) {
    make_run();
    program_expect(0, "simul summary --format json >found.json");
    program_expect_schema("found.json");
}

Test(command_summary, a_line_that_was_cut_off_is_left_out) {
    program_expect(0, "simul run --no-plots smoke --models null --blocks 2");
    program_expect(0, "printf '{\"number\":3,\"poi' >>results/latest/trials.jsonl; "
                      "simul summary | grep -q 'min..max of 2'");
}

Test(command_summary, an_absurd_figure_does_not_crash_it) {
    program_expect(0, "simul run --no-plots smoke --models null --blocks 1 && "
                      "sed -i -E 's/(makespan|busy)_ns\":[0-9]+/\\1_ns\":1e308/' "
                      "results/latest/trials.jsonl && simul summary | grep -q e+302");
}

Test(command_summary, a_directory_that_is_no_run_is_refused) {
    static const struct {
        const char *prepare;
        const char *message;
    } rows[] = {
        {"true", "simul: unable to open r/run.json: No such file or directory; is "},
        {"mkdir r", "simul: unable to open r/run.json: "},
        {"echo '[' >r/run.json", "simul: r/run.json: "},
        {"echo '[]' >r/run.json", "simul: r/run.json: not schema 1"},
        {"echo '{\"schema\": 2}' >r/run.json", "simul: r/run.json: not schema 1"},
        {"echo '{\"schema\": 1, \"cores\": 2, \"points\": [{\"scenario\": {\"rounds\": "
         "0}}]}' "
         ">r/run.json",
         "simul: r/run.json: point 0: "},
        {"cp -r results/latest/run.json r", "simul: cannot open r/trials.jsonl: "},
        {"echo nonsense >r/trials.jsonl", "simul: r/trials.jsonl:1:"},
    };
    program_expect(0, "simul run --no-plots smoke --models null --blocks 1");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        program_expect(0, "%s", rows[i].prepare);
        struct outcome summary = program_expect(2, "simul summary r");
        cr_expect(!strncmp(summary.err, rows[i].message, strlen(rows[i].message)),
                  "%s: %s", rows[i].prepare, summary.err);
        cr_expect_str_eq(summary.out, "");
    }
}

/* simul plot, and the pictures after simul run, as a whole program. */
#include "base/clock.h"
#include "tests/support/program.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(command_plot, .init = program_enter, .fini = program_leave);

static off_t size_of(const char *path) {
    struct stat status;
    cr_assert_eq(stat(path, &status), 0, "%s is missing", path);
    return status.st_size;
}

static void expect_pictures(const char *const names[], size_t count) {
    static const char *const formats[] = {"svg", "png", "pdf"};
    for (size_t i = 0; i < count; i++) {
        for (size_t j = 0; j < 3; j++) {
            char path[200];
            snprintf(path, sizeof path, "results/latest/plots/%s.%s", names[i],
                     formats[j]);
            off_t size = size_of(path);
            cr_expect(size > 2000 && size < 1000000, "%s: %lld bytes", path,
                      (long long)size);
        }
    }
    cr_expect_eq(program_matches("results/latest/plots/*.*"), (int)(count * 3));
    cr_expect_eq(program_matches("results/latest/plots/.[a-z]*"), 0);
}

Test(command_plot, every_run_has_its_pictures) {
    static const char *const names[] = {"timeline", "completion", "latency",
                                        "resources"};
    struct outcome run = program_expect(0, "simul run urls --speed 2000 --blocks 1");
    expect_pictures(names, 4);
    char *folder = program_find("results/2*/plots");
    char line[300];
    snprintf(line, sizeof line,
             "\npictures: %s, as SVG, PNG and PDF\nresults: ", folder);
    cr_expect(program_holds(run.err, line), "no '%s' in %s", line, run.err);
}

Test(command_plot, many_rounds_have_boards_and_the_exhibition) {
    static const char *const names[] = {"timeline",   "completion", "boards",
                                        "exhibition", "latency",    "resources"};
    program_expect(0, "simul run smoke --blocks 1");
    expect_pictures(names, 6);
}

Test(command_plot, they_are_made_of_one_conversation_and_of_many) {
    static const char *const names[] = {"timeline", "completion", "latency",
                                        "resources"};
    static const int counts[] = {1, 12, 200, 2000};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        program_expect(0,
                       "simul run urls --models event-loop --conversations %d "
                       "--speed 20000 --blocks 1",
                       counts[i]);
        expect_pictures(names, 4);
    }
}

Test(command_plot, of_several_scenarios_each_has_its_own) {
    static const char *const names[] = {"1-smoke-timeline", "1-smoke-completion",
                                        "1-smoke-boards",   "1-smoke-exhibition",
                                        "1-smoke-latency",  "1-smoke-resources",
                                        "2-urls-timeline",  "2-urls-completion",
                                        "2-urls-latency",   "2-urls-resources"};
    program_expect(0, "simul run smoke urls --models threads --speed 5000 --blocks 1");
    expect_pictures(names, 10);
}

Test(command_plot, every_picture_has_a_thumbnail) {
    program_expect(0, "simul run smoke --models threads --blocks 1 --no-plots");
    program_expect(0, "simul plot results/latest --format thumb.png");
    cr_expect_eq(program_matches("results/latest/plots/*.thumb.png"), 6);
    program_write("urls.txt", "http://127.0.0.1:9/\n"); /* no figure, so no legend */
    program_run("simul run --url-file urls.txt --models threads --blocks 1 --no-plots");
    program_expect(0, "simul plot results/latest --format thumb.png");
    cr_expect_eq(program_matches("results/latest/plots/*.thumb.png"), 4);
}

Test(command_plot, it_prints_the_path_of_each) {
    struct outcome run =
        program_expect(0, "simul run smoke --models threads --blocks 1 --no-plots");
    cr_expect_not(program_holds(run.err, "pictures: "), "%s", run.err);
    cr_expect_eq(program_matches("results/latest/plots"), 0);
    struct outcome plot =
        program_expect(0, "simul plot results/latest --format svg,pdf "
                          "--picture timeline");
    cr_expect_str_eq(plot.out, "results/latest/plots/timeline.pdf\n"
                               "results/latest/plots/timeline.svg\n");
    struct outcome all = program_expect(0, "simul plot");
    cr_expect(program_holds(all.out, "results/latest/plots/boards.png\n"));
}

Test(command_plot, the_same_run_has_the_same_pictures_to_the_byte) {
    program_expect(0, "simul run smoke --blocks 1 && cp -r results/latest/plots before "
                      "&& simul plot && cd results/latest/plots && "
                      "for f in *.svg *.png data/*; do cmp $f ../../../before/$f || "
                      "exit 1; done");
}

Test(command_plot, by_hand_gnuplot_draws_the_same) {
    program_expect(0, "simul run smoke --blocks 1");
    program_expect(0,
                   "cd results/latest/plots && cp timeline.png before.png && "
                   "rm timeline.png && "
                   "gnuplot -d -c %s/../share/simul/plots/timeline.gp timeline png && "
                   "cmp timeline.png before.png",
                   TEST_BIN);
}

Test(command_plot, svg_is_xml_of_the_size_of_a_screen_and_its_title_is_the_finding) {
    program_expect(0, "simul run smoke --blocks 1");
    program_expect(0, "cd results/latest/plots && /usr/bin/python3 -c '\n"
                      "import glob, xml.dom.minidom\n"
                      "for path in glob.glob(\"*.svg\"):\n"
                      "    root = xml.dom.minidom.parse(path).documentElement\n"
                      "    assert root.getAttribute(\"viewBox\") == \"0 0 1600 900\"\n"
                      "    titles = root.getElementsByTagName(\"title\")\n"
                      "    assert len(titles) == 1\n"
                      "    texts = root.getElementsByTagName(\"text\")\n"
                      "    first = texts[0].firstChild.data\n"
                      "    assert titles[0].firstChild.data == first != \"Gnuplot\"\n"
                      "    assert all(t.hasAttribute(\"textLength\") for t in texts)'");
}

/* A title may come from any scenario file, so it may be hostile. */
static const char hostile_scenario[] =
    "name: hostile\n"
    "title: \"`touch pwned` $(touch pwned) \\\"q\\\" 'a' \\\\n system('touch pwned') "
    "@{x}^_ %s <b> | \\u202Eevil \\u2028 \\U0001D11E \\uE000\"\n"
    "conversations: 2\nrounds: 2\nsend: 1s\nresponse: 9s\nspeed: 2000\nblocks: 1\n";

Test(command_plot, hostile_text_is_shown_and_never_obeyed) {
    program_write("hostile.yaml", hostile_scenario);
    program_expect(0, "mkdir '`touch pwned`' '<out|'");
    program_write_model("`touch pwned`/-`touch pwned`|<\n\033.py", true, "");
    program_write_model("`touch pwned`/model.py", false, "");
    program_expect(0, "simul run ./hostile.yaml --output '<out|' --models event-loop,"
                      "'./`touch pwned`/model.py','./`touch pwned`/-`touch pwned`|<\n"
                      "\033.py'");
    program_expect(0, "cd '<out|' && simul plot latest");
    char *svg = program_read("<out|/latest/plots/timeline.svg");
    cr_expect(program_holds(svg, ">`touch pwned` $(touch pwned) \"q\" 'a' \\n "
                                 "system('touch pwned') @{x}^_ %s &lt;b> | ?evil ? "));
    struct outcome found = program_expect(0, "find . -name pwned");
    cr_expect_str_eq(found.out, "");
}

/* A run may come from another person, so its files may be hostile, too. */
Test(command_plot, hostile_text_in_a_run_from_elsewhere_is_not_obeyed) {
    program_expect(0, "simul run smoke --models threads,event-loop --blocks 1");
    program_expect(0, "sed -i 's/\"name\": \"threads\"/\"name\": \"`touch pwned`\"/' "
                      "results/latest/run.json && "
                      "sed -i 's/\"model\":\"threads\"/\"model\":\"`touch pwned`\"/' "
                      "results/latest/trials.jsonl");
    program_expect(0, "simul plot");
    char *svg = program_read("results/latest/plots/timeline.svg");
    cr_expect(program_holds(svg, ">`touch pwned`</text>"));
    program_expect(0, "sed -i 's,events/0001,../events/0001,' "
                      "results/latest/trials.jsonl");
    struct outcome plot = program_expect(2, "simul plot");
    cr_expect(program_holds(plot.err, "names no events"), "%s", plot.err);
    struct outcome found = program_expect(0, "find . -name pwned");
    cr_expect_str_eq(found.out, "");
}

Test(command_plot, without_gnuplot_a_run_succeeds_and_warns_once) {
    struct outcome run = program_expect(
        0, "PATH=/nonexistent %s/simul run smoke --models threads --blocks 1",
        TEST_BIN);
    const char *said =
        strstr(run.err, "no pictures: gnuplot is not installed (on "
                        "Debian: apt-get install gnuplot-nox "
                        "fonts-inter); then draw the pictures: simul plot results/2");
    cr_assert_not_null(said, "%s", run.err);
    cr_expect_null(strstr(said + 1, "no pictures"));
    cr_expect_eq(program_matches("results/latest/summary.json"), 1);
    cr_expect_eq(program_matches("results/latest/plots"), 0);
    struct outcome plot =
        program_expect(1, "PATH=/nonexistent %s/simul plot", TEST_BIN);
    cr_expect_str_eq(plot.err, "simul: no pictures: gnuplot is not installed (on "
                               "Debian: apt-get install gnuplot-nox fonts-inter)\n");
    cr_expect_str_eq(plot.out, "");
}

Test(command_plot, a_gnuplot_that_fails_does_not_fail_the_run) {
    program_expect(0, "mkdir fake");
    program_write("fake/gnuplot", "#!/bin/sh\necho 'out of ink' >&2\nexit 3\n");
    struct outcome run = program_expect(
        0, "PATH=$PWD/fake:$PATH simul run smoke --models threads --blocks 1");
    cr_expect(program_holds(run.err,
                            "gnuplot could not draw timeline, exit code 3: out "
                            "of ink; then draw the pictures: simul plot"),
              "%s", run.err);
    cr_expect_eq(program_matches("results/latest/plots/*.*"), 0);
    cr_expect_eq(program_matches("results/latest/plots/.[a-z]*"), 0);
}

Test(command_plot, a_signal_while_drawing_leaves_the_old_pictures_whole) {
    struct process process;
    program_expect(0, "simul run smoke --models threads --blocks 1; mkdir fake; "
                      "cp -r results/latest/plots before");
    program_write("fake/gnuplot",
                  "#!/bin/sh\ntouch $SIMUL_TEST_FOLDER/begun; echo half >timeline.svg; "
                  "exec sleep 50\n");
    program_start(&process, "PATH=$PWD/fake:$PATH; exec simul plot");
    int64_t patience_ns = clock_now_ns() + 20 * NS_PER_S;
    while (access("begun", F_OK) != 0 && clock_now_ns() < patience_ns) {
        clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
    }
    kill(process.pid, SIGINT);
    cr_assert_eq(process_wait(&process, patience_ns), PROCESS_EXITED);
    cr_expect_eq(WEXITSTATUS(process.status), 130);
    process_close(&process);
    program_expect(0, "diff -r before results/latest/plots");
    cr_expect_eq(program_matches("results/latest/plots/.[a-z]*"), 0);
}

Test(command_plot, a_wrong_word_is_refused_with_the_right_ones) {
    static const struct {
        const char *line;
        const char *message;
    } rows[] = {
        {"--picture timelin", "--picture: there is no picture 'timelin'; did you mean "
                              "'timeline'?"},
        {"--format jpg", "--format: 'jpg' is none of svg, png, pdf, thumb.png"},
        {"--format svg,", "--format: '' is none of svg, png, pdf, thumb.png"},
        {"--pictures x", "did you mean '--picture'?"},
        {"a b", "simul plot takes one run; leave 'b' out"},
        {"nowhere", "unable to open nowhere/run.json"},
        {"--picture boards results/latest",
         "'boards' is a picture of scenarios with more than one round, which this run "
         "has not"},
    };
    program_expect(0, "simul run urls --models null --blocks 1 --no-plots");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct outcome plot = program_expect(2, "simul plot %s", rows[i].line);
        cr_expect(program_holds(plot.err, rows[i].message), "%s: %s", rows[i].line,
                  plot.err);
    }
}

Test(command_plot, help_lists_every_picture) {
    struct outcome help = program_expect(0, "simul plot --help");
    cr_expect(program_holds(help.out, "  timeline "));
    cr_expect(program_holds(help.out, "  completion "));
    cr_expect(program_holds(help.out, "  boards "));
    cr_expect(program_holds(help.out, "  exhibition "));
    cr_expect(program_holds(help.out, "  latency "));
    cr_expect(program_holds(help.out, "  resources "));
}

Test(command_plot, more_than_twelve_models_take_pages) {
    char models[1000] = "event-loop";
    for (int i = 1; i <= 12; i++) {
        char path[20];
        snprintf(path, sizeof path, "./m%02d.py", i);
        program_write_model(path, true, "");
        strcat(models, ",");
        strcat(models, path);
    }
    program_expect(0,
                   "simul run urls --conversations 1 --speed 10000 --blocks 1 --models "
                   "%s",
                   models);
    static const char *const names[] = {"timeline-1",   "timeline-2", "completion-1",
                                        "completion-2", "latency-1",  "latency-2",
                                        "resources-1",  "resources-2"};
    expect_pictures(names, 8);
}

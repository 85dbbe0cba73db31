/* simul scenarios: what is shipped, and the file behind one. */
#include "base/options.h"
#include "bench/commands/command.h"
#include "bench/scenario/file.h"

#include <errno.h>
#include <string.h>

static const struct option_row rows[] = {{NULL, NULL, NULL, NULL}};

static bool list(FILE *out, struct error *error) {
    char **names = scenario_names(error);
    bool ok = names != NULL;
    for (char **name = names; ok && *name; name++) {
        struct scenario scenario;
        ok = scenario_load(&scenario, *name, error);
        if (ok) {
            fprintf(out, "%-16s %s\n", *name, scenario.title);
        }
        scenario_close(&scenario);
    }
    scenario_free_names(names);
    return ok;
}

/* The file itself: what a scenario of one's own can begin with. */
static bool print_file(const char *name, FILE *out, struct error *error) {
    struct scenario scenario;
    char path[PATH_MAX];
    bool ok = scenario_load(&scenario, name, error); /* names what is wrong with it */
    scenario_close(&scenario);
    if (!ok || !scenario_path(path, name, error)) {
        return false;
    }
    FILE *file = fopen(path, "re");
    if (!file) {
        return error_input(error, "cannot open %s: %s", path, strerror(errno));
    }
    char line[1024];
    while (fgets(line, sizeof line, file)) {
        fputs(line, out);
    }
    fclose(file);
    return true;
}

static int run(int argc, char *argv[], FILE *out, struct error *error) {
    int operands = 0;
    bool help = false;
    if (!options_parse(rows, NULL, argc, argv, &operands, &help, error)) {
        return EXIT_USAGE;
    }
    if (help) {
        fputs("simul scenarios: what is shipped, and the file behind one\n\n"
              "usage: simul scenarios [NAME]\n\n"
              "With a NAME it prints the file: redirected to mine.yaml it is the\n"
              "beginning of one of your own. docs/scenario.md explains every key.\n\n",
              out);
        options_print(rows, out);
        return EXIT_DONE;
    }
    if (operands > 1) {
        error_input(error, "one scenario at a time; '%.60s' is a second", argv[2]);
        return EXIT_USAGE;
    }
    bool ok = operands == 0 ? list(out, error) : print_file(argv[1], out, error);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_scenarios = {
    .name = "scenarios",
    .summary = "what is shipped, and the file behind one",
    .run = run,
};

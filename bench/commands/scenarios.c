/* simul scenarios: lists the shipped scenarios, or prints the file of one. */
#include "base/options.h"
#include "bench/commands/command.h"
#include "bench/commands/print.h"
#include "bench/scenario/file.h"

#include <errno.h>
#include <string.h>

static const struct option_row rows[] = {{NULL, NULL, NULL, NULL}};

static bool list(FILE *out, struct error *error) {
    char **names = scenario_names(error);
    FILE *lines = names ? print_begin_list(out, error) : NULL;
    bool ok = lines != NULL;
    for (char **name = names; ok && *name; name++) {
        struct scenario scenario;
        ok = scenario_load(&scenario, *name, error);
        if (ok) {
            fprintf(lines, "%-16s %s\n", *name, scenario.title);
        }
        scenario_close(&scenario);
    }
    if (lines && fclose(lines) != 0 && ok) {
        ok = error_failed(error, "cannot write to stdout");
    }
    scenario_free_names(names);
    return ok;
}

/* Prints the scenario's file, as a start for a scenario of the user's own. */
static bool print_file(const char *name, FILE *out, struct error *error) {
    struct scenario scenario;
    char path[PATH_MAX];
    bool ok = scenario_load(&scenario, name, error); /* reports an error in the file */
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
        fputs("simul scenarios: list the shipped scenarios, or print the file of one\n"
              "\n"
              "usage: simul scenarios [NAME]\n\n"
              "With a NAME it prints the scenario's file. To begin a scenario of your\n"
              "own: simul scenarios urls > mine.yaml. docs/scenario.md explains the "
              "keys.\n\n",
              out);
        options_print(rows, out);
        return EXIT_DONE;
    }
    if (operands > 1) {
        error_input(error, "simul scenarios takes one name; leave '%.60s' out",
                    argv[2]);
        return EXIT_USAGE;
    }
    bool ok = operands == 0 ? list(out, error) : print_file(argv[1], out, error);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

const struct command command_scenarios = {
    .name = "scenarios",
    .summary = "list the shipped scenarios, or print the file of one",
    .run = run,
};

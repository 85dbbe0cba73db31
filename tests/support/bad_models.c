/* Models that break the protocol, or disturb the harness. */
#include "tests/support/bad_models.h"
#include "tests/support/program.h"

#include <stdio.h>

/* Changes fields in the third line of the output. */
#define THIRD_ROW(change)                                                              \
    "$S \"$@\" | awk -F, -v OFS=, 'NR == 3 { " change " } { print }'"

/* Prints the process id of the API: the second child of simul, after the guard. */
#define API "cut -d' ' -f2 /proc/$PPID/task/$PPID/children"

const struct bad_model bad_models[] = {
    {"killed", "kill -KILL $$", "the model failed, killed by signal 9 (Killed)"},
    {"faulty", "kill -SEGV $$", "the model failed, killed by signal 11 (Segm"},
    {"silent", "exit 0", "the model printed nothing on stdout"},
    {"garbage", "head -c 5000 /dev/urandom", "-garbage-1.csv:1: "},
    {"half", "$S \"$@\" | head -c 300", "-half-1.csv:4: a line without its end: '"},
    {"missing", "$S \"$@\" | sed 4d", "rows are missing: 1 of 8: /1/0"},
    {"twice", "$S \"$@\" >rows; cat rows; tail -n 1 rows; rm rows",
     "-twice-1.csv:10: a second row for this request: '3,1,"},
    {"excess", "$S \"$@\"; echo 99,0,1,2,,3,200,,,,,",
     "-excess-1.csv:10: a request that was not asked for: '99,0,1,2,,3,200,,,,,'"},
    {"headless", "$S \"$@\" | sed 1d",
     "-headless-1.csv:1: not the header of events (see docs/adding_a_model.md): "},
    {"zeros", "$S \"$@\" | tr 2 '\\0'", "-zeros-1.csv:2: a line without its end: '"},
    {"endless", "exec yes", "the model was stopped: it printed over 1050880 bytes"},
    {"long", "head -c 1000000000 /dev/zero | tr '\\0' a",
     "the model was stopped: it printed over 1050880 bytes"},
    {"huge", THIRD_ROW("$6 = \"99999999999999999999999\""),
     "-huge-1.csv:3: not a number: '99999999999999999999999'"},
    {"negative", THIRD_ROW("$6 = -5"), "-negative-1.csv:3: not a number: '-5'"},
    {"timeless", THIRD_ROW("$3 = $4 = $6 = 0"),
     "a time before the model's process was started, or after it ended: 1 request, "
     "first /0/1, by "},
    {"late", THIRD_ROW("$6 = sprintf(\"%.0f\", $6 + 7350000000)"),
     "a time before the model's process was started, or after it ended: 1 request, "
     "first /0/1, by 7."},
    {"backwards", THIRD_ROW("$4 = sprintf(\"%.0f\", $3 - 1)"),
     "a clock went backwards"},
    {"unanswered", THIRD_ROW("$7 = 404"),
     "an answer without success (not 2xx) is reported as a success: 1 request, "},
    {"wordy", "head -c 300000000 /dev/zero >&2; exec $S \"$@\"", NULL},
    {"parent", "sleep 300 & exec $S \"$@\"", NULL},
    {"daemon", "setsid sh -c 'setsid sleep 300 & sleep 300' & exec $S \"$@\"", NULL},
    {"murderer",
     "kill -KILL $(" API ")\n"
     "exec $S \"$@\"",
     "the mock API died during the trial, killed by signal 9 (Killed)"},
    {"thief", "rm results/latest/events/*.log; exec $S \"$@\"",
     "cannot open the API's log "},
    {"cutter",
     "for log in results/latest/events/*.log; do : >$log; done\n"
     "exec $S \"$@\"",
     "the mock API died during the trial, killed by signal 7 (Bus error)"},
    {.name = NULL},
};

const struct bad_model bad_models_that_hang[] = {
    {"stopped", "kill -STOP $$", "the model was ended after "},
    {"deaf", "trap '' TERM INT HUP; while :; do sleep 1; done",
     "the model was ended after "},
    {"closed", "exec >&-; exec sleep 300", "the model was ended after "},
    {"slow", "while :; do echo x; sleep 60; done", "the model was ended after "},
    {"stopper",
     "kill -STOP $(" API ")\n"
     "exec $S \"$@\"",
     "the model was ended after "},
    /* This one ends by itself, and its row says that it waited for six seconds more. */
    {"sleeper", THIRD_ROW("$6 = sprintf(\"%.0f\", $6 + 6000000000)") "; sleep 7",
     "the model says that it had an answer long after the API gave it: 1 request, "
     "first /0/1, by 6"},
    {.name = NULL},
};

void bad_models_write(const struct bad_model models[]) {
    for (; models->name; models++) {
        char text[2000];
        snprintf(text, sizeof text,
                 "#!/bin/sh\n[ \"$1\" = --describe ] && exit 1\n"
                 "S=" TEST_BIN "/simul-model-sequential\n%s\n",
                 models->script);
        program_write(models->name, text);
    }
}

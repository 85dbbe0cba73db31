/* The command line of a model; it is the same for every model. */
#ifndef SIMUL_MODELS_RUNTIME_ARGUMENTS_H
#define SIMUL_MODELS_RUNTIME_ARGUMENTS_H

#include "models/runtime/workload.h"

#include "base/options.h"

struct arguments {
    struct workload workload; /* events and ready_ns are not set here */
    const char *url_file;
    char *url_text; /* the file's lines, owned; workload.urls points into it */
    bool describe;
    bool help;
};

extern const struct option_row arguments_options[];

/* Reads and checks a command line, and the URL file if one is named. Fails (input).
 * Call arguments_close() in any case. */
bool arguments_parse(struct arguments *arguments, int argc, char *argv[],
                     struct error *error);
void arguments_close(struct arguments *arguments);

#endif

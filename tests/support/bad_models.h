/* Models that break the protocol or disturb the harness, for tests of whole programs.
 * They are written into the current folder, as ./<name>, and know no --describe. */
#ifndef SIMUL_TESTS_SUPPORT_BAD_MODELS_H
#define SIMUL_TESTS_SUPPORT_BAD_MODELS_H

struct bad_model {
    const char *name;
    const char *script; /* run without --describe; $S is simul-model-sequential */
    const char *reason; /* must be a reason of its trial; NULL: the trial is valid */
};

/* Models that end by themselves, or that the harness ends at once. The last has no
 * name. */
extern const struct bad_model bad_models[];

/* Models that the harness has to end after a time limit. The last has no name. */
extern const struct bad_model bad_models_that_hang[];

/* Writes all models of a list. */
void bad_models_write(const struct bad_model models[]);

#endif

/* Models that do what no model should, for tests of whole programs. They are written
 * into the current folder, as ./<name>, and don't describe themselves. */
#ifndef SIMUL_TESTS_SUPPORT_BAD_MODELS_H
#define SIMUL_TESTS_SUPPORT_BAD_MODELS_H

struct bad_model {
    const char *name;
    const char *script; /* what follows --describe; $S is simul-model-sequential */
    const char *reason; /* that its trial must be given; NULL: the trial is valid */
};

/* Those that end by themselves, or are ended at once; ended by one without a name. */
extern const struct bad_model bad_models[];

/* Those that the harness has to end, after its patience. */
extern const struct bad_model bad_models_that_hang[];

/* Writes them all. */
void bad_models_write(const struct bad_model models[]);

#endif

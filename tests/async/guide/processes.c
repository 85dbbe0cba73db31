/* docs/async/guide.md: a subprocess. */
#include <simul/async.h>

static bool program(void *argument, void **value, struct async_error *error) {
    static const char words[] = "pear\napple\npear\n";
    struct async_process *sort;
    if (!async_create_subprocess_exec(
            (const char *[]){"sort", "-u", NULL},
            &(struct async_process_options){.standard_input = ASYNC_PIPE,
                                            .standard_output = ASYNC_PIPE},
            &sort, error)) {
        return false;
    }
    struct async_bytes output = {0};
    int code = -1;
    bool ok =
        async_process_communicate(sort, words, sizeof words - 1, &output, NULL, error);
    if (ok && async_process_returncode(sort, &code)) {
        printf("%ssort: %d\n", output.data, code);
    }
    async_bytes_free(&output);
    async_process_release(sort); /* kills it if it still runs */
    return ok;
}

int main(void) {
    struct async_error error = {0};
    if (!async_run(async_coroutine(program, NULL), NULL, &error)) {
        fprintf(stderr, "%s: %s\n", async_error_name(error.kind), error.message);
        return 1;
    }
    return 0;
}

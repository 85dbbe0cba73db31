/* async/loop/report.c: the default exception handler. */
#include "tests/async/support.h"

static char printed[1024];

/* Releases a failed future, under the default handler. `printed` gets the stderr. */
static void print_one(void) {
    struct async_loop *loop = new_loop();
    struct async_awaitable *future = async_create_future(loop);
    struct async_error error;
    async_fail(&error, 0, "lost words");
    async_set_exception(future, &error, NULL);
    FILE *file = tmpfile();
    fflush(stderr);
    int before = dup(STDERR_FILENO);
    dup2(fileno(file), STDERR_FILENO);
    async_release(future);
    async_loop_free(loop);
    fflush(stderr);
    dup2(before, STDERR_FILENO);
    close(before);
    rewind(file);
    printed[fread(printed, 1, sizeof printed - 1, file)] = '\0';
    fclose(file);
}

Test(async_report, the_default_handler_prints_event_future_and_error_to_stderr) {
    print_one();
    cr_expect_str_eq(printed, "async: Future exception was never retrieved\n"
                              "  <Future finished exception=Exception('lost words')>\n"
                              "  Exception: lost words\n");
}

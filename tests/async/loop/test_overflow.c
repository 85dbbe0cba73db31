/* async/loop/overflow.c: a stack overflow ends the program and names the task. */
#include "tests/async/support.h"

#include <signal.h>
#include <sys/wait.h>

#if defined(__SANITIZE_ADDRESS__)
enum { HAS_ADDRESS_SANITIZER = 1 };
#else
enum { HAS_ADDRESS_SANITIZER = 0 };
#endif

static int use_stack(int depth) {
    volatile char page[2048];
    page[0] = (char)depth;
    return depth > 0 ? use_stack(depth - 1) + page[0] : 0;
}

ASYNC_FUNCTION(recurse) {
    async_set_name(async_current_task(), "deep");
    *value = (void *)(intptr_t)use_stack(*(int *)argument);
    return true;
}

/* Runs recurse() in a process of its own. Returns its status; `output` gets its
 * stderr. */
static int run_in_child(int depth, char *output, size_t output_bytes) {
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        signal(SIGSEGV, SIG_DFL); /* Criterion has set its own handler */
        sigaltstack(&(stack_t){.ss_flags = SS_DISABLE}, NULL);
        dup2(ends[1], STDERR_FILENO);
        alarm(HANG_S);
        struct async_error error;
        _exit(async_run(async_coroutine(recurse, &depth), NULL, &error) ? 0 : 1);
    }
    close(ends[1]);
    size_t used = 0;
    for (ssize_t got;
         (got = read(ends[0], output + used, output_bytes - 1 - used)) > 0;) {
        used += (size_t)got;
    }
    output[used] = '\0';
    close(ends[0]);
    int status;
    cr_assert_eq(waitpid(child, &status, 0), child);
    return status;
}

Test(async_overflow, it_ends_by_the_signal_and_names_the_task) {
    if (HAS_ADDRESS_SANITIZER) {
        cr_skip("AddressSanitizer has its own message");
    }
    char output[4096];
    int status = run_in_child(1000, output, sizeof output);
    cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV, "status %d", status);
    cr_expect_not_null(strstr(output, "stack overflow in task 'deep' (recurse() at "),
                       "%s", output);
}

Test(async_overflow, a_deep_call_that_fits_is_no_overflow) {
    char output[4096];
    int status = run_in_child(40, output, sizeof output);
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 0, "%s", output);
    cr_expect_str_empty(output);
}

static void own_handler(int signal_number) {
    (void)signal_number;
}

ASYNC_FUNCTION(look_at_handler) {
    return sigaction(SIGSEGV, NULL, argument) == 0;
}

Test(async_overflow, a_handler_of_the_program_stays) {
    signal(SIGSEGV, own_handler);
    struct sigaction during;
    run_well(look_at_handler, &during);
    cr_expect_eq(during.sa_handler, own_handler);
}

Test(async_overflow, after_the_run_the_handler_is_as_before) {
    signal(SIGSEGV, SIG_DFL);
    struct sigaction now;
    run_well(look_at_handler, &now);
    cr_assert_eq(sigaction(SIGSEGV, NULL, &now), 0);
    cr_expect_eq(now.sa_handler, SIG_DFL);
}

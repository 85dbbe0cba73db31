/* async as it is installed: a program of somebody else's, with nothing but the
 * installed headers, the archive and what simul-async.pc names. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#    define SANITIZE "-fsanitize=address,undefined"
#else
#    define SANITIZE ""
#endif

#define ASYNC_BUILD TEST_BUILD "/async"

static const char program[] =
    "#include <simul/async.h>\n"
    "static bool say(void *word, void **value, struct async_error *error) {\n"
    "    *value = word;\n"
    "    return async_sleep(NS_PER_MS, error);\n"
    "}\n"
    "int main(void) {\n"
    "    void *value;\n"
    "    struct async_error error;\n"
    "    bool ok = async_run(async_coroutine(say, \"hello\"), &value, &error);\n"
    "    return ok && puts(value) >= 0 ? 0 : 1;\n"
    "}\n";

static int shell(const char *command, char *output, size_t output_bytes) {
    FILE *pipe = popen(command, "r");
    cr_assert_not_null(pipe);
    output[fread(output, 1, output_bytes - 1, pipe)] = '\0';
    int status = pclose(pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Test(async_archive, a_program_builds_with_the_installed_headers_and_runs) {
    alarm(100);
    char folder[] = "/tmp/simul-archive-XXXXXX";
    cr_assert_not_null(mkdtemp(folder));
    char path[64];
    snprintf(path, sizeof path, "%s/program.c", folder);
    FILE *file = fopen(path, "w");
    cr_assert(fputs(program, file) >= 0 && fclose(file) == 0);
    char command[1024];
    snprintf(
        command, sizeof command,
        "cd %s && cc -std=c17 -Wall -Wextra -Werror %s -I%s/include program.c"
        " -o program $(sed -n 's/^Libs: -L[^ ]* -lsimul-async//p' %s/simul-async.pc"
        " | sed 's,^,%s/libsimul-async.a ,') -luv 2>&1 && ./program",
        folder, SANITIZE, ASYNC_BUILD, ASYNC_BUILD, ASYNC_BUILD);
    char output[4096];
    int status = shell(command, output, sizeof output);
    cr_expect_eq(status, 0, "%s", output);
    cr_expect_str_eq(output, "hello\n");
    snprintf(command, sizeof command, "rm -r %s", folder);
    cr_expect_eq(shell(command, output, sizeof output), 0);
}

/* The installed library: an outside program builds with nothing but the installed
 * headers, the archive and the libraries that simul-async.pc names. */
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

/* The same from C++: each installed header, and each macro. */
static const char program_in_cpp[] =
    "#include <simul/async.h>\n"
    "#include <simul/http.h>\n"
    "#include <simul/curl.h>\n"
    "static bool say(void *word, void **value, struct async_error *error) {\n"
    "    *value = word;\n"
    "    return async_sleep(NS_PER_MS, error);\n"
    "}\n"
    "static bool say_length(void *word, void **value, struct async_error *error) {\n"
    "    return async_await(async_coroutine(say, *(char **)word), value, error);\n"
    "}\n"
    "static bool greet(void *, void **value, struct async_error *error) {\n"
    "    struct async_outcome outcomes[2];\n"
    "    const char *word = \"from C++\";\n"
    "    bool ok = async_gather(\n"
    "        ASYNC_LIST(async_coroutine(say, \"hello\"),\n"
    "                   async_coroutine_copy(say_length, &word, sizeof word)),\n"
    "        false, outcomes, error);\n"
    "    if (ok) printf(\"%s %s\\n\", static_cast<char *>(outcomes[0].value),\n"
    "                   static_cast<char *>(outcomes[1].value));\n"
    "    *value = nullptr;\n"
    "    return ok && async_gather(nullptr, 0, false, nullptr, error);\n"
    "}\n"
    "static bool serve(struct async_reader *, struct async_writer *, void *,\n"
    "                  struct async_error *) {\n"
    "    return true;\n"
    "}\n"
    "static bool listen_once(void *, void **, struct async_error *error) {\n"
    "    struct async_server *server;\n"
    "    if (!async_start_server(serve, nullptr, \"127.0.0.1\", 0, nullptr, &server,\n"
    "                            error)) return false;\n"
    "    async_server_close(server);\n"
    "    async_server_release(server);\n"
    "    return true;\n"
    "}\n"
    "int main() {\n"
    "    struct async_error error = {};\n"
    "    struct async_http_response response = {};\n"
    "    bool ok = async_run(async_coroutine(greet, nullptr), nullptr, &error) &&\n"
    "              async_run(async_coroutine(listen_once, nullptr), nullptr, &error);\n"
    "    return ok && response.status == 0 ? 0 : 1;\n"
    "}\n";

static int shell(const char *command, char *output, size_t output_bytes) {
    FILE *pipe = popen(command, "r");
    cr_assert_not_null(pipe);
    output[fread(output, 1, output_bytes - 1, pipe)] = '\0';
    int status = pclose(pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Builds the text against the installed files, without warnings, and runs it. */
static void expect_output(const char *text, const char *compiler, const char *file,
                          const char *expected) {
    alarm(100);
    char folder[] = "/tmp/simul-archive-XXXXXX";
    cr_assert_not_null(mkdtemp(folder));
    char path[64];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    FILE *stream = fopen(path, "w");
    cr_assert(fputs(text, stream) >= 0 && fclose(stream) == 0);
    char command[1024];
    snprintf(
        command, sizeof command,
        "cd %s && %s -Wall -Wextra -Werror %s -I%s/include %s"
        " -o program $(sed -n 's/^Libs: -L[^ ]* -lsimul-async//p' %s/simul-async.pc"
        " | sed 's,^,%s/libsimul-async.a ,') -luv 2>&1 && ./program",
        folder, compiler, SANITIZE, ASYNC_BUILD, file, ASYNC_BUILD, ASYNC_BUILD);
    char output[4096];
    int status = shell(command, output, sizeof output);
    cr_expect_eq(status, 0, "%s", output);
    cr_expect_str_eq(output, expected);
    snprintf(command, sizeof command, "rm -r %s", folder);
    cr_expect_eq(shell(command, output, sizeof output), 0);
}

Test(async_archive, a_program_builds_with_the_installed_headers_and_runs) {
    expect_output(program, "cc -std=c17", "program.c", "hello\n");
}

Test(async_archive, a_program_in_cpp_builds_and_runs_too) {
    char version[256];
    if (shell("c++ --version 2>&1", version, sizeof version) != 0) {
        cr_skip_test("there is no c++");
    }
    expect_output(program_in_cpp, "c++ -std=c++17 -pedantic", "program.cpp",
                  "hello from C++\n");
}

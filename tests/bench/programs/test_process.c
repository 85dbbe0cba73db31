/* bench/programs/process.c: child processes, and that none of them is left running. */
#include "bench/programs/process.h"
#include "base/clock.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int64_t soon(void) {
    return clock_now_ns() + 20 * NS_PER_S;
}

static void start_plan(struct process *process, struct process_plan plan) {
    struct error error = {.kind = ERROR_NONE};
    cr_assert(process_start(process, &plan, &error), "%s", error.message);
}

static void start_shell(struct process *process, const char *script) {
    const char *argv[] = {"/bin/sh", "-c", script, NULL};
    start_plan(process, (struct process_plan){
                            .argv = argv, .stdout_fd = -1, .cgroup_fds = {-1, -1}});
}

/* Runs a script to its end. */
static void run_shell(struct process *process, const char *script) {
    start_shell(process, script);
    cr_assert_eq(process_wait(process, soon()), PROCESS_EXITED, "'%s' does not end",
                 script);
}

static int count_descriptors(void) {
    DIR *directory = opendir("/proc/self/fd");
    cr_assert_not_null(directory, "no /proc");
    int count = 0;
    while (readdir(directory)) {
        count++;
    }
    closedir(directory);
    return count;
}

Test(process, an_end_is_explained) {
    static const struct {
        const char *script;
        const char *explained;
        bool succeeded;
    } cases[] = {
        {"exit 0", "exit code 0", true},
        {"exit 3", "exit code 3", false},
        {"exit 255", "exit code 255", false},
        {"kill -KILL $$", "killed by signal 9 (Killed)", false},
        {"kill -TERM $$", "killed by signal 15 (Terminated)", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct process process;
        char text[100];
        run_shell(&process, cases[i].script);
        process_explain(&process, text, sizeof text);
        cr_expect_str_eq(text, cases[i].explained, "'%s': %s", cases[i].script, text);
        cr_expect_eq(process_succeeded(&process), cases[i].succeeded, "'%s'",
                     cases[i].script);
        process_close(&process);
    }
}

Test(process, a_running_one_has_not_succeeded) {
    struct process process;
    char text[100];
    start_shell(&process, "exec sleep 1000");
    process_explain(&process, text, sizeof text);
    cr_expect_str_eq(text, "still running");
    cr_expect_not(process_succeeded(&process));
    process_close(&process);
}

Test(process, stdin_is_at_its_end) {
    struct process process;
    run_shell(&process, "readlink /proc/self/fd/0; cat; echo over");
    cr_expect_str_eq(process.out, "/dev/null\nover\n");
    process_close(&process);
}

Test(process, stdout_and_stderr_are_kept_apart) {
    struct process process;
    run_shell(&process, "echo out; echo err >&2; printf more");
    cr_expect_str_eq(process.out, "out\nmore");
    cr_expect_eq(process.out_bytes, 8);
    cr_expect_str_eq(process.err, "err\n");
    process_close(&process);
}

Test(process, a_megabyte_comes_whole) {
    struct process process;
    run_shell(&process, "head -c 1000000 /dev/zero | tr '\\0' x; echo");
    cr_assert_eq(process.out_bytes, 1000001, "%zu bytes", process.out_bytes);
    cr_expect_eq(strspn(process.out, "x"), 1000000);
    process_close(&process);
}

Test(process, stdout_is_cut_at_its_limit_and_the_child_goes_on) {
    const char *argv[] = {
        "/bin/sh", "-c",
        "head -c 1000000 /dev/zero | tr '\\0' x; echo done >&2; exit 3", NULL};
    struct process process;
    start_plan(&process, (struct process_plan){.argv = argv,
                                               .stdout_fd = -1,
                                               .cgroup_fds = {-1, -1},
                                               .most_out_bytes = 1000});
    cr_assert_eq(process_wait(&process, soon()), PROCESS_EXITED);
    cr_expect_eq(process.out_bytes, 1000, "%zu bytes", process.out_bytes);
    cr_expect_eq(strlen(process.out), 1000);
    cr_expect_str_eq(process.err, "done\n");
    cr_expect_eq(WEXITSTATUS(process.status), 3);
    process_close(&process);
}

Test(process, stdout_can_go_elsewhere) {
    const char *argv[] = {"/bin/sh", "-c", "echo elsewhere", NULL};
    struct process process;
    char text[32] = "";
    int fd = memfd_create("stdout", MFD_CLOEXEC);
    start_plan(&process, (struct process_plan){
                             .argv = argv, .stdout_fd = fd, .cgroup_fds = {-1, -1}});
    cr_assert_eq(process_wait(&process, soon()), PROCESS_EXITED);
    cr_expect_eq(pread(fd, text, sizeof text - 1, 0), 10);
    cr_expect_str_eq(text, "elsewhere\n");
    cr_expect_null(process.out);
    process_close(&process);
    cr_expect_neq(fcntl(fd, F_GETFD), -1, "the caller's descriptor was closed");
    close(fd);
}

Test(process, it_enters_its_cgroup_before_it_runs) {
    const char *argv[] = {"/bin/sh", "-c", "exit 0", NULL};
    struct process process;
    char text[8] = "";
    int fd = memfd_create("cgroup.procs", MFD_CLOEXEC);
    start_plan(&process, (struct process_plan){
                             .argv = argv, .stdout_fd = -1, .cgroup_fds = {fd, -1}});
    cr_assert_eq(process_wait(&process, soon()), PROCESS_EXITED);
    cr_expect_eq(pread(fd, text, sizeof text - 1, 0), 1);
    cr_expect_str_eq(text, "0");
    process_close(&process);
    close(fd);
}

Test(process, the_end_of_a_long_stderr_is_kept) {
    struct process process;
    char line[100];
    run_shell(&process, "i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); done "
                        ">&2; echo the reason >&2");
    cr_expect_eq(process.err_bytes, PROCESS_STDERR_BYTES);
    process_last_line(&process, line, sizeof line);
    cr_expect_str_eq(line, "the reason");
    process_close(&process);
}

Test(process, one_write_beyond_the_room_for_stderr_keeps_its_end) {
    struct process process;
    char line[100];
    run_shell(&process, "{ head -c 20000 /dev/zero | tr '\\0' x; printf '\\nend\\n'; } "
                        ">&2");
    process_last_line(&process, line, sizeof line);
    cr_expect_str_eq(line, "end");
    process_close(&process);
}

Test(process, a_last_line_has_no_control_characters) {
    static const struct {
        const char *err;
        const char *line;
    } cases[] = {
        {"", ""},
        {"\n \n\t\n", ""},
        {"one", "one"},
        {"one\ntwo\n", "two"},
        {"one\ntwo\r\n\n  \n", "two"},
        {"a\tb\033[31mred\a\177", "a?b?[31mred??"},
        {"line\rover it", "line?over it"},
        {"\303\274ber", "\303\274ber"}, /* UTF-8 stays */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct process process = {.err_bytes = strlen(cases[i].err)};
        char line[100];
        strcpy(process.err, cases[i].err);
        process_last_line(&process, line, sizeof line);
        cr_expect_str_eq(line, cases[i].line, "case %zu: '%s'", i, line);
    }
}

Test(process, a_last_line_is_cut_to_its_room) {
    struct process process = {.err = "12345678\n", .err_bytes = 9};
    char line[5];
    process_last_line(&process, line, sizeof line);
    cr_expect_str_eq(line, "1234");
}

Test(process, a_deadline_ends_the_wait_and_not_the_program) {
    struct process process;
    start_shell(&process, "exec sleep 1000");
    int64_t deadline_ns = clock_now_ns() + 20 * NS_PER_MS;
    cr_expect_eq(process_wait(&process, deadline_ns), PROCESS_TIMED_OUT);
    cr_expect_geq(clock_now_ns(), deadline_ns);
    cr_expect_eq(kill(process.pid, 0), 0, "it was ended");
    process_signal(&process, SIGTERM);
    cr_expect_eq(process_wait(&process, soon()), PROCESS_EXITED);
    cr_expect(WIFSIGNALED(process.status));
    process_close(&process);
}

Test(process, a_line_ends_the_wait_and_not_the_program) {
    struct process process;
    start_shell(&process, "printf 'half '; echo line; exec sleep 1000");
    cr_expect_eq(process_wait_line(&process, soon()), PROCESS_EXITED);
    cr_expect_gt(process.pid, 0, "it was ended");
    cr_expect_str_eq(process.out, "half line\n");
    process_close(&process);
}

Test(process, without_a_line_the_wait_ends_with_the_program_or_the_deadline) {
    struct process process;
    start_shell(&process, "printf half");
    cr_expect_eq(process_wait_line(&process, soon()), PROCESS_EXITED);
    cr_expect_eq(process.pid, 0);
    cr_expect_str_eq(process.out, "half");
    process_close(&process);
    start_shell(&process, "printf half; exec sleep 1000");
    cr_expect_eq(process_wait_line(&process, clock_now_ns() + 10 * NS_PER_MS),
                 PROCESS_TIMED_OUT);
    process_close(&process);
}

Test(process, a_program_that_cannot_be_executed_is_named) {
    static const struct {
        const char *path;
        const char *reason;
    } cases[] = {
        {"/no/such/program", "No such file"},
        {"simul-no-such-program", "No such file"},
        {"/etc/passwd", "Permission denied"},
        {"/etc", "Permission denied"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct process process;
        struct error error = {.kind = ERROR_NONE};
        const char *argv[] = {cases[i].path, NULL};
        struct process_plan plan = {
            .argv = argv, .stdout_fd = -1, .cgroup_fds = {-1, -1}};
        cr_expect_not(process_start(&process, &plan, &error), "%s", cases[i].path);
        cr_expect_eq(error.kind, ERROR_INPUT, "%s", cases[i].path);
        cr_expect(strstr(error.message, cases[i].path) &&
                      strstr(error.message, cases[i].reason),
                  "%s: '%s'", cases[i].path, error.message);
        process_close(&process);
    }
    cr_expect_eq(waitpid(-1, NULL, WNOHANG), -1, "a child is left");
}

Test(process, a_name_is_looked_for_in_the_path) {
    const char *argv[] = {"true", NULL};
    struct process process;
    start_plan(&process, (struct process_plan){
                             .argv = argv, .stdout_fd = -1, .cgroup_fds = {-1, -1}});
    cr_expect_eq(process_wait(&process, soon()), PROCESS_EXITED);
    cr_expect(process_succeeded(&process));
    process_close(&process);
}

/* A process that a script leaves behind becomes our child, so waitpid() says how it
 * ended. */
static int status_of_grandchild(const struct process *process) {
    pid_t grandchild = (pid_t)strtol(process->out ? process->out : "0", NULL, 10);
    int status = 0;
    cr_assert_gt(grandchild, 0, "the script named no grandchild");
    cr_assert_eq(waitpid(grandchild, &status, 0), grandchild);
    return status;
}

Test(process, closing_kills_grandchildren) {
    alarm(30); /* ends a test that hangs */
    struct process process;
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    start_shell(&process, "trap '' TERM; sleep 1000 & echo $!; wait");
    process_wait_line(&process, soon());
    struct process copy = process;
    char out[32];
    snprintf(out, sizeof out, "%s", process.out);
    copy.out = out;
    process_close(&process);
    int status = status_of_grandchild(&copy);
    cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

Test(process, processes_that_a_program_leaves_end_with_it) {
    alarm(30); /* ends a test that hangs */
    struct process process;
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    run_shell(&process, "sleep 1000 & echo $!"); /* sleep keeps the pipes open */
    int status = status_of_grandchild(&process);
    cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    cr_expect(process_succeeded(&process));
    process_close(&process);
}

Test(process, it_ends_with_the_program_that_started_it) {
    alarm(30); /* ends a test that hangs */
    int pid_pipe[2];
    pid_t child = 0;
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    cr_assert_eq(pipe(pid_pipe), 0);
    pid_t parent = fork();
    if (parent == 0) {
        struct process process;
        start_shell(&process, "exec sleep 1000");
        ssize_t written = write(pid_pipe[1], &process.pid, sizeof process.pid);
        _exit(written > 0 ? 0 : 1);
    }
    cr_assert_eq(read(pid_pipe[0], &child, sizeof child), (ssize_t)sizeof child);
    int status = 0;
    cr_expect_eq(waitpid(parent, &status, 0), parent);
    cr_expect_eq(waitpid(child, &status, 0), child);
    cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

Test(process, a_signal_reaches_its_whole_group) {
    alarm(30); /* ends a test that hangs */
    struct process process;
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    start_shell(&process, "sleep 1000 & echo $!; wait");
    process_wait_line(&process, soon());
    process_signal(&process, SIGTERM);
    cr_expect_eq(process_wait(&process, soon()), PROCESS_EXITED);
    int status = status_of_grandchild(&process);
    cr_expect(WIFSIGNALED(status));
    process_close(&process);
}

Test(process, signals_are_as_a_program_expects_them) {
    struct process process;
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    signal(SIGPIPE, SIG_IGN);
    run_shell(&process, "kill -PIPE $$; exit 7");
    cr_expect(WIFSIGNALED(process.status) && WTERMSIG(process.status) == SIGPIPE);
    process_close(&process);
}

Test(process, many_processes_leave_nothing_behind) {
    static const char *const scripts[] = {"exit 0", "exit 1", "echo x; echo y >&2",
                                          "exec sleep 1000", "sleep 1000 & exit 0"};
    int before = count_descriptors();
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++) {
        struct process process;
        start_shell(&process, scripts[i]);
        if (!strstr(scripts[i], "exec")) {
            process_wait(&process, soon());
        }
        process_close(&process);
        process_close(&process);
        cr_expect_eq(process.pid, 0);
        cr_expect_eq(waitpid(-1, NULL, WNOHANG), -1, "'%s' left a child", scripts[i]);
        cr_expect_eq(errno, ECHILD);
    }
    cr_expect_eq(count_descriptors(), before, "%d descriptors, before it were %d",
                 count_descriptors(), before);
}

Test(process, its_use_of_the_machine_is_recorded) {
    struct process process;
    run_shell(&process, "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done");
    cr_expect_gt(process.usage.ru_maxrss, 0);
    cr_expect_gt(
        process.usage.ru_utime.tv_sec * 1000000 + process.usage.ru_utime.tv_usec, 0);
    process_close(&process);
}

Test(process, it_works_in_its_folder_with_its_environment_only) {
    struct process process;
    char variable[] = "ONLY=this";
    char *environment[] = {variable, NULL};
    const char *argv[] = {"/bin/sh", "-c", "pwd; /usr/bin/env | grep -c =; echo $ONLY",
                          NULL};
    setenv("OTHER", "that", 1);
    start_plan(&process, (struct process_plan){.argv = argv,
                                               .folder = "/usr",
                                               .environment = environment,
                                               .stdout_fd = -1,
                                               .cgroup_fds = {-1, -1}});
    cr_assert_eq(process_wait(&process, soon()), PROCESS_EXITED);
    cr_expect(strncmp(process.out, "/usr\n", 5) == 0, "%s", process.out);
    cr_expect(strstr(process.out, "\nthis\n") != NULL, "%s", process.out);
    cr_expect(strstr(process.out, "that") == NULL, "%s", process.out);
    process_close(&process);
}

Test(process, without_its_folder_it_does_not_start) {
    struct process process;
    struct error error = {.kind = ERROR_NONE};
    const char *argv[] = {"/bin/true", NULL};
    struct process_plan plan = {
        .argv = argv, .folder = "/nowhere", .stdout_fd = -1, .cgroup_fds = {-1, -1}};
    cr_expect_not(process_start(&process, &plan, &error));
    cr_expect(strstr(error.message, "No such file or directory") != NULL, "%s",
              error.message);
}

/* A watch that looks every millisecond and ends the program at its third look. */
struct onlooker {
    struct process *process;
    int looks;
    int64_t next_ns;
    bool was_early;
};

static int64_t look(void *context) {
    struct onlooker *onlooker = context;
    int64_t now_ns = clock_now_ns();
    onlooker->was_early = onlooker->was_early || now_ns < onlooker->next_ns;
    if (++onlooker->looks == 3) {
        process_signal(onlooker->process, SIGTERM);
        return INT64_MAX;
    }
    onlooker->next_ns = now_ns + NS_PER_MS;
    return onlooker->next_ns;
}

Test(process, a_watch_is_called_at_the_time_that_it_asked_for) {
    struct process process;
    start_shell(&process, "exec sleep 1000");
    struct onlooker onlooker = {.process = &process};
    struct process_watch watch = {.look = look, .context = &onlooker};
    cr_expect_eq(process_wait_watched(&process, soon(), &watch), PROCESS_EXITED);
    cr_expect_eq(onlooker.looks, 3);
    cr_expect_not(onlooker.was_early);
    process_close(&process);
}

static int64_t look_seldom(void *context) {
    ++*(int *)context;
    return INT64_MAX;
}

Test(process, a_watch_does_not_move_the_deadline) {
    struct process process;
    int looks = 0;
    struct process_watch watch = {.look = look_seldom, .context = &looks};
    start_shell(&process, "exec sleep 1000");
    int64_t deadline_ns = clock_now_ns() + 5 * NS_PER_MS;
    cr_expect_eq(process_wait_watched(&process, deadline_ns, &watch),
                 PROCESS_TIMED_OUT);
    cr_expect_geq(clock_now_ns(), deadline_ns);
    cr_expect_eq(looks, 1);
    process_close(&process);
}

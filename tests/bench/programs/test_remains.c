/* bench/programs/remains.c: what is in the list is cleared away, and nothing else. */
#include "bench/programs/remains.h"
#include "bench/programs/mark.h"
#include "tests/support/folder.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <sys/wait.h>

static char folder[PATH_MAX];
static struct remains remains;
static char mark[MARK_BYTES]; /* no process has it */

static void enter(void) {
    folder_make(folder);
    cr_assert_eq(chdir(folder), 0);
    mark_make(mark);
}

static void leave(void) {
    remains_close(&remains);
    cr_assert_eq(chdir("/"), 0);
    folder_remove(folder);
}

TestSuite(remains, .init = enter, .fini = leave);

static void write_file(const char *name, const char *text) {
    char path[PATH_MAX];
    folder_write(folder, name, text, strlen(text), path);
}

static bool exists(const char *name) {
    struct stat status;
    return lstat(name, &status) == 0;
}

Test(remains, files_links_and_empty_folders_go) {
    write_file("file", "text");
    cr_assert_eq(mkdir("empty", 0755), 0);
    cr_assert_eq(symlink("/nowhere", "link"), 0);
    remains_add(&remains, "ffile");
    remains_add(&remains, "fempty");
    remains_add(&remains, "flink");
    remains_add(&remains, "fnot there");
    remains_clear_away(&remains, mark);
    cr_expect_eq(folder_count(folder, ""), 0);
}

Test(remains, a_folder_goes_after_its_files_unless_others_are_in_it) {
    cr_assert_eq(mkdir("run", 0755), 0);
    cr_assert_eq(mkdir("mine", 0755), 0);
    write_file("run/file", "");
    write_file("mine/file", "");
    write_file("mine/note", "of the user");
    remains_add(&remains, "frun");
    remains_add(&remains, "frun/file");
    remains_add(&remains, "fmine");
    remains_add(&remains, "fmine/file");
    remains_clear_away(&remains, mark);
    cr_expect_not(exists("run"));
    cr_expect_not(exists("mine/file"));
    cr_expect(exists("mine/note"));
}

/* A link in a tree goes, and what it leads to stays. */
Test(remains, a_tree_goes_with_everything_in_it) {
    cr_assert_eq(mkdir("tree", 0755), 0);
    cr_assert_eq(mkdir("tree/below", 0755), 0);
    cr_assert_eq(mkdir("other", 0755), 0);
    write_file("tree/below/file", "");
    write_file("other/file", "");
    cr_assert_eq(symlink("../other", "tree/link"), 0);
    remains_add(&remains, "ttree");
    remains_clear_away(&remains, mark);
    cr_expect_not(exists("tree"));
    cr_expect(exists("other/file"));
}

Test(remains, what_is_dropped_stays) {
    write_file("first", "");
    write_file("second", "");
    remains_add(&remains, "ffirst");
    remains_add(&remains, "fsecond");
    remains_drop(&remains, "ffirst");
    remains_drop(&remains, "fnever added");
    remains_drop(&remains, "tsecond"); /* another kind */
    remains_clear_away(&remains, mark);
    cr_expect(exists("first"));
    cr_expect_not(exists("second"));
}

Test(remains, a_ledger_that_has_grown_by_a_line_finishes_what_was_added_before) {
    static const struct {
        const char *ledger; /* the text of the file, which had 4 bytes */
        bool is_finished;
    } cases[] = {
        {"one\ntwo\n", true}, {"one\n", false}, {"one\ntw", false},
        {"", false},          {NULL, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        remains_close(&remains);
        unlink("ledger of a run");
        if (cases[i].ledger) {
            write_file("ledger of a run", cases[i].ledger);
        }
        write_file("before", "");
        write_file("after", "");
        remains_add(&remains, "fbefore");
        remains_add(&remains, "l4 ledger of a run");
        remains_add(&remains, "fafter");
        remains_clear_away(&remains, mark);
        cr_expect_eq(exists("before"), cases[i].is_finished, "case %zu", i);
        cr_expect_not(exists("after"), "case %zu", i);
    }
}

Test(remains, a_ledger_replaces_the_one_before_it) {
    write_file("first", "one\n");
    write_file("second", "");
    write_file("file", "");
    remains_add(&remains, "ffile");
    remains_add(&remains, "l0 first");
    remains_add(&remains, "l0 second");
    cr_expect_eq(remains.count, 2);
    remains_clear_away(&remains, mark);
    cr_expect_not(exists("file"));
}

Test(remains, a_process_group_is_killed) {
    alarm(30); /* ends a test that hangs */
    char what[20];
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        setpgid(0, 0);
        pause();
        _exit(0);
    }
    setpgid(pid, pid);
    snprintf(what, sizeof what, "g%d", (int)pid);
    remains_add(&remains, what);
    remains_clear_away(&remains, mark);
    cr_expect_eq(waitpid(pid, &status, 0), pid);
    cr_expect(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

/* kill(-1) would reach every process, and kill(0) this one. */
Test(remains, a_group_without_a_number_is_no_group) {
    remains_add(&remains, "g");
    remains_add(&remains, "g0");
    remains_add(&remains, "g1");
    remains_add(&remains, "g-5");
    remains_clear_away(&remains, mark);
}

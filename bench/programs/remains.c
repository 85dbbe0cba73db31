/* The list of what would be left, and its removal. */
#include "bench/programs/remains.h"
#include "base/clock.h"
#include "bench/programs/mark.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const int64_t patience_ns = 2 * NS_PER_S;

static void drop_at(struct remains *remains, size_t i) {
    free(remains->list[i]);
    memmove(&remains->list[i], &remains->list[i + 1],
            (remains->count - i - 1) * sizeof *remains->list);
    remains->count--;
}

void remains_add(struct remains *remains, const char *what) {
    for (size_t i = remains->count; what[0] == REMAIN_LEDGER && i > 0; i--) {
        if (remains->list[i - 1][0] == REMAIN_LEDGER) {
            drop_at(remains, i - 1);
        }
    }
    char **list = realloc(remains->list, (remains->count + 1) * sizeof *list);
    char *copy = list ? strdup(what) : NULL;
    remains->list = list ? list : remains->list;
    if (copy) {
        remains->list[remains->count++] = copy;
    }
}

void remains_drop(struct remains *remains, const char *what) {
    size_t i = remains->count;
    while (i > 0 && strcmp(remains->list[i - 1], what) != 0) {
        i--;
    }
    if (i > 0) {
        drop_at(remains, i - 1);
    }
}

void remains_close(struct remains *remains) {
    while (remains->count > 0) {
        free(remains->list[--remains->count]);
    }
    free(remains->list);
    *remains = (struct remains){.list = NULL};
}

/* Kills the processes of a control group, and returns how many are in it. */
static int kill_cgroup(const char *group) {
    char path[PATH_MAX];
    int count = 0;
    int pid;
    FILE *file = NULL;
    if (snprintf(path, sizeof path, "%s/cgroup.procs", group) < (int)sizeof path) {
        file = fopen(path, "re");
    }
    while (file && fscanf(file, "%d", &pid) == 1) {
        /* 0: a process of another PID namespace; kill(0) would be our own group */
        count += pid > 0 && kill(pid, SIGKILL) == 0;
    }
    if (file) {
        fclose(file);
    }
    return count;
}

/* Calls kill() for each group only once: the number of a group that has ended may be
 * given to another one. */
static void kill_groups(const struct remains *remains) {
    for (size_t i = 0; i < remains->count; i++) {
        int number = atoi(remains->list[i] + 1);
        if (remains->list[i][0] == REMAIN_GROUP && number > 1) {
            kill(-number, SIGKILL);
        }
    }
}

/* A process may start another one just before it is killed, and has no environment for a
 * moment while it executes a program. So this repeats until none was found twice. */
static void kill_processes(const struct remains *remains, const char *mark) {
    int64_t deadline_ns = clock_now_ns() + patience_ns;
    kill_groups(remains);
    for (int quiet = 0; quiet < 2 && clock_now_ns() < deadline_ns; quiet++) {
        int found = mark_kill(mark);
        for (size_t i = 0; i < remains->count; i++) {
            const char *what = remains->list[i];
            found += what[0] == REMAIN_CGROUP ? kill_cgroup(what + 1) : 0;
        }
        quiet = found > 0 ? -1 : quiet;
        clock_sleep_until_ns(clock_now_ns() + 2 * NS_PER_MS);
    }
}

/* A group is busy until its last process has ended. */
static void remove_cgroup(const char *group) {
    int64_t deadline_ns = clock_now_ns() + patience_ns;
    while (rmdir(group) != 0 && errno == EBUSY && clock_now_ns() < deadline_ns) {
        clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
    }
}

static int remove_entry(const char *path, const struct stat *status, int kind,
                        struct FTW *place) {
    (void)status, (void)kind, (void)place;
    remove(path);
    return 0;
}

/* True if the ledger's new line is whole. The kernel may cut a write short if the
 * process is killed during it. */
static bool has_grown(const char *ledger) {
    int length = 0;
    long long size = 0;
    char last = '\0';
    if (sscanf(ledger, "%lld %n", &size, &length) != 1) {
        return false;
    }
    FILE *file = fopen(ledger + length, "re");
    if (file && fseek(file, -1, SEEK_END) == 0 && ftell(file) >= size) {
        last = (char)fgetc(file);
    }
    if (file) {
        fclose(file);
    }
    return last == '\n';
}

void remains_clear_away(const struct remains *remains, const char *mark) {
    kill_processes(remains, mark);
    bool is_finished = false;
    for (size_t i = remains->count; i > 0; i--) {
        const char *what = remains->list[i - 1];
        if (what[0] == REMAIN_CGROUP) {
            remove_cgroup(what + 1);
        } else if (what[0] == REMAIN_LEDGER) {
            is_finished = is_finished || has_grown(what + 1);
        } else if (what[0] == REMAIN_FILE && !is_finished) {
            remove(what + 1);
        } else if (what[0] == REMAIN_TREE && !is_finished) {
            nftw(what + 1, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
        }
    }
}

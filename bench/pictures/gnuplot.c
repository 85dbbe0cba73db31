/* Runs one gnuplot for a picture in all formats: three cost little more than one. */
#include "bench/pictures/gnuplot.h"
#include "base/clock.h"
#include "bench/pictures/svg.h"
#include "bench/programs/paths.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int64_t patience_ns = 60 * NS_PER_S;
static const int64_t most_picture_bytes = INT64_C(256) << 20;

const char *const gnuplot_format_names[GNUPLOT_FORMATS] = {"svg", "png", "pdf",
                                                           "thumb.png"};

/* Skips a folder of PATH that is empty or relative, so that a program in the user's
 * working folder is not run by accident. */
bool gnuplot_find(char path[static PATH_MAX], struct error *error) {
    const char *folders = getenv("PATH");
    struct error too_long;
    while (folders && *folders) {
        char folder[PATH_MAX];
        int length = (int)strcspn(folders, ":");
        snprintf(folder, sizeof folder, "%.*s", length, folders);
        if (folder[0] == '/' && paths_join(path, folder, "gnuplot", &too_long) &&
            access(path, X_OK) == 0) {
            return true;
        }
        folders += length + (folders[length] == ':');
    }
    return error_failed(error, "no pictures: gnuplot is not installed (on Debian: "
                               "apt-get install gnuplot-nox fonts-inter)");
}

/* gnuplot obeys variables that begin with GNU, FIT_ or GDFONT, and those of the
 * terminal and the locale. They are left out: texts are always UTF-8, and numbers have
 * a point. */
static bool is_heeded(const char *variable) {
    static const char *const prefixes[] = {"GNU",  "FIT_",   "GDFONT", "LC_",
                                           "LANG", "PAGER=", "SHELL="};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (!strncmp(variable, prefixes[i], strlen(prefixes[i]))) {
            return true;
        }
    }
    return false;
}

/* The environment without these variables; the texts are borrowed. NULL: out of memory.
 */
static char **make_environment(void) {
    size_t count = 0;
    while (environ && environ[count]) {
        count++;
    }
    char **environment = calloc(count + 2, sizeof *environment);
    size_t kept = 0;
    for (size_t i = 0; environment && i < count; i++) {
        if (!is_heeded(environ[i])) {
            environment[kept++] = environ[i];
        }
    }
    if (environment) {
        static char locale[] = "LC_ALL=C.UTF-8";
        environment[kept] = locale;
    }
    return environment;
}

bool gnuplot_start(struct gnuplot *gnuplot, const char *program, const char *folder,
                   const char *name, const char *stem, unsigned formats,
                   struct error *error) {
    char templates[PATH_MAX];
    char template[PATH_MAX];
    char file[64];
    char list[32] = "";
    *gnuplot = (struct gnuplot){.formats = formats};
    snprintf(gnuplot->folder, sizeof gnuplot->folder, "%s", folder);
    snprintf(gnuplot->stem, sizeof gnuplot->stem, "%s", stem);
    snprintf(file, sizeof file, "%s.gp", name);
    if (!paths_plots(templates, error) ||
        !paths_join(template, templates, file, error)) {
        return false;
    }
    for (int i = 0; i < GNUPLOT_FORMATS; i++) {
        if (formats & 1u << i) {
            strcat(list, list[0] ? " " : "");
            strcat(list, gnuplot_format_names[i]);
        }
    }
    char **environment = make_environment();
    if (!environment) {
        return error_failed(error, "out of memory for gnuplot");
    }
    struct process_plan plan = {
        .argv = (const char *const[]){program, "-d", "-c", template, stem, list, NULL},
        .folder = gnuplot->folder,
        .environment = environment,
        .stdout_fd = -1,
        .cgroup_fds = {-1, -1},
        .most_file_bytes = most_picture_bytes,
    };
    bool ok = process_start(&gnuplot->process, &plan, error);
    free(environment);
    return ok;
}

/* gnuplot does not notice a full disk: a picture is complete if its last bytes are
 * there. */
static bool is_whole(const char *path, int format) {
    static const char *const ends[GNUPLOT_FORMATS] = {"</svg>", "IEND", "%%EOF",
                                                      "IEND"};
    char tail[64] = "";
    FILE *file = fopen(path, "re");
    if (!file) {
        return false;
    }
    size_t count = fseek(file, -32, SEEK_END) == 0 ? fread(tail, 1, 32, file) : 0;
    fclose(file);
    return memmem(tail, count, ends[format], strlen(ends[format])) != NULL;
}

static bool check_pictures(const struct gnuplot *gnuplot, struct error *error) {
    for (int i = 0; i < GNUPLOT_FORMATS; i++) {
        char file[PATH_MAX];
        char path[PATH_MAX];
        snprintf(file, sizeof file, "%s.%s", gnuplot->stem, gnuplot_format_names[i]);
        if (!(gnuplot->formats & 1u << i)) {
            continue;
        }
        if (!paths_join(path, gnuplot->folder, file, error)) {
            return false;
        }
        if (!is_whole(path, i)) {
            return error_failed(error,
                                "gnuplot could not write all of %s; is the disk "
                                "full?",
                                file);
        }
        if (1u << i == FORMAT_SVG && !svg_finish(path, error)) {
            return false;
        }
    }
    return true;
}

bool gnuplot_finish(struct gnuplot *gnuplot, struct error *error) {
    struct process *process = &gnuplot->process;
    enum process_end end = process_wait(process, clock_now_ns() + patience_ns);
    if (end == PROCESS_INTERRUPTED) {
        return false;
    }
    if (end == PROCESS_TIMED_OUT) {
        return error_failed(error, "gnuplot took over %d s for %s",
                            (int)(patience_ns / NS_PER_S), gnuplot->stem);
    }
    if (!process_succeeded(process)) {
        char how[100];
        char line[300];
        process_explain(process, how, sizeof how);
        process_last_line(process, line, sizeof line);
        return error_failed(error, "gnuplot could not draw %s, %s%s%s", gnuplot->stem,
                            how, line[0] ? ": " : "", line);
    }
    return check_pictures(gnuplot, error);
}

void gnuplot_close(struct gnuplot *gnuplot) {
    if (gnuplot->stem[0]) {
        process_close(&gnuplot->process);
    }
    *gnuplot = (struct gnuplot){.formats = 0};
}

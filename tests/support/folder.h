/* A temporary folder for one test: makes it, writes to it, lists it, and removes it
 * with everything in it. */
#ifndef SIMUL_TESTS_SUPPORT_FOLDER_H
#define SIMUL_TESTS_SUPPORT_FOLDER_H

#include <criterion/criterion.h>
#include <dirent.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static inline void folder_make(char path[static PATH_MAX]) {
    snprintf(path, PATH_MAX, "/tmp/simul-test-XXXXXX");
    cr_assert(mkdtemp(path) != NULL);
}

static inline int folder_remove_entry(const char *path, const struct stat *status,
                                      int kind, struct FTW *place) {
    (void)status, (void)kind, (void)place;
    return remove(path);
}

static inline void folder_remove(const char *path) {
    nftw(path, folder_remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/* Writes a file in the folder, and its path into `path`. */
static inline void folder_write(const char *folder, const char *name, const char *bytes,
                                size_t count, char path[static PATH_MAX]) {
    cr_assert(snprintf(path, PATH_MAX, "%s/%s", folder, name) < PATH_MAX);
    FILE *file = fopen(path, "w");
    cr_assert(file != NULL);
    cr_assert_eq(fwrite(bytes, 1, count, file), count);
    cr_assert_eq(fclose(file), 0);
}

/* The same for a script, which becomes executable. */
static inline void folder_write_script(const char *folder, const char *name,
                                       const char *text, char path[static PATH_MAX]) {
    folder_write(folder, name, text, strlen(text), path);
    cr_assert_eq(chmod(path, 0755), 0);
}

/* The text of a whole file, which the caller frees. */
static inline char *folder_read(const char *path) {
    FILE *file = fopen(path, "r");
    cr_assert(file != NULL, "%s", path);
    char *text = NULL;
    size_t count = 0;
    char part[4096];
    for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0; count += got) {
        text = realloc(text, count + got + 1);
        cr_assert(text != NULL);
        memcpy(text + count, part, got);
    }
    fclose(file);
    if (!text) {
        text = malloc(1);
        cr_assert(text != NULL);
    }
    text[count] = '\0';
    return text;
}

/* How many names of the folder have this ending; "" counts all. */
static inline int folder_count(const char *path, const char *ending) {
    DIR *folder = opendir(path);
    cr_assert(folder != NULL, "%s", path);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        size_t length = strlen(entry->d_name);
        size_t wanted = strlen(ending);
        bool is_self = !strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..");
        count += !is_self && length >= wanted &&
                 !strcmp(entry->d_name + length - wanted, ending);
    }
    closedir(folder);
    return count;
}

#endif

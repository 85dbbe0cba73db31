#include "tests/async/support/descriptors.h"

#include "async/async.h"

#include <dirent.h>

int count_descriptors(void) {
    DIR *directory = opendir("/proc/self/fd");
    int count = 0;
    while (directory && readdir(directory)) {
        count++;
    }
    closedir(directory);
    return count;
}

void expect_descriptors(int before) {
    int now = count_descriptors();
    for (int i = 0; i < 5000 && now != before; i++) {
        clock_sleep_until_ns(clock_now_ns() + NS_PER_MS);
        now = count_descriptors();
    }
    cr_expect_eq(now, before, "%d descriptors are open, %d were before", now, before);
}

void open_what_stays(void) {
    struct async_error error;
    async_loop_free(async_new_event_loop(&error));
}

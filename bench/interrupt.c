/* Signals as a readable descriptor. The flags are the program's only globals: a
 * signal handler has nowhere else to put them. */
#include "bench/interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static volatile sig_atomic_t signal_number = 0;
static volatile sig_atomic_t event_fd = -1;
static volatile sig_atomic_t continued = 0;

static void on_signal(int number) {
    int saved_errno = errno;
    signal(SIGINT, SIG_DFL); /* whichever comes second ends the program */
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    signal_number = number;
    ssize_t written = write(event_fd, &(uint64_t){1}, sizeof(uint64_t));
    (void)written; /* it can't be full, and there is nobody to tell */
    errno = saved_errno;
}

static void on_continue(int number) {
    (void)number;
    continued = 1;
}

bool interrupt_install(struct error *error) {
    if (event_fd >= 0) {
        return true;
    }
    int fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (fd < 0) {
        return error_failed(error, "cannot watch for signals: %s", strerror(errno));
    }
    event_fd = fd;
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    action.sa_handler = on_continue;
    action.sa_flags = SA_RESTART;
    sigaction(SIGCONT, &action, NULL);
    return true;
}

int interrupt_fd(void) {
    return event_fd;
}

int interrupt_signal(void) {
    return signal_number;
}

bool interrupt_take_continued(void) {
    bool taken = continued;
    continued = 0;
    return taken;
}

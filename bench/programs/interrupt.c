/* Signals as a readable descriptor. The flags are globals, because a signal handler can
 * reach no other state. */
#include "bench/programs/interrupt.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

static volatile sig_atomic_t signal_number = 0;
static volatile sig_atomic_t is_acknowledged = 0;
static volatile sig_atomic_t event_fd = -1;
static volatile sig_atomic_t continued = 0;

static const int watched[] = {SIGINT, SIGTERM, SIGHUP};
enum { WATCHED_COUNT = sizeof watched / sizeof watched[0] };

static void on_signal(int number) {
    if (signal_number != 0) {
        return; /* a second Ctrl-C means the same as the first */
    }
    int saved_errno = errno;
    signal_number = number;
    ssize_t written = write(event_fd, &(uint64_t){1}, sizeof(uint64_t));
    (void)written; /* the counter can't be full, and a handler can't report an error */
    errno = saved_errno;
}

static void on_continue(int number) {
    (void)number;
    continued = 1;
}

/* Replaces the action `from` by `to`; any other action stays. */
static void replace(int number, void (*from)(int), void (*to)(int)) {
    struct sigaction now;
    struct sigaction action = {.sa_handler = to};
    if (sigaction(number, NULL, &now) == 0 && now.sa_handler == from) {
        sigaction(number, &action, NULL);
    }
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
    /* A shell starts a script's background command with SIGINT ignored. A SIGINT that
     * is sent to it all the same shall end it. */
    signal(SIGINT, SIG_DFL);
    interrupt_hold();
    struct sigaction action = {.sa_handler = on_continue, .sa_flags = SA_RESTART};
    sigaction(SIGCONT, &action, NULL);
    return true;
}

int interrupt_signal(void) {
    return signal_number;
}

bool interrupt_is_pending(void) {
    return signal_number != 0 && !is_acknowledged;
}

int interrupt_fd(void) {
    return event_fd;
}

void interrupt_acknowledge(void) {
    uint64_t count;
    if (interrupt_is_pending()) {
        is_acknowledged = 1;
        ssize_t got = read(event_fd, &count, sizeof count);
        (void)got; /* read only so that later polls do not return at once */
    }
}

void interrupt_release(void) {
    for (int i = 0; i < WATCHED_COUNT; i++) {
        replace(watched[i], on_signal, SIG_DFL);
    }
}

void interrupt_hold(void) {
    for (int i = 0; event_fd >= 0 && i < WATCHED_COUNT; i++) {
        replace(watched[i], SIG_DFL, on_signal);
    }
}

bool interrupt_take_continued(void) {
    bool taken = continued;
    continued = 0;
    return taken;
}

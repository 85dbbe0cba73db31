/* The open descriptors of this process. */
#include "base/descriptors.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/socket.h>

void descriptors_raise_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

bool descriptors_require(int count, struct error *error) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_max < (rlim_t)count) {
        return error_input(error,
                           "simul itself needs %d descriptors (open files), %d can "
                           "be had; as root, raise the limit (ulimit -n %d)",
                           count, (int)limit.rlim_max, count);
    }
    return true;
}

int descriptors_open_socket(int family, int type, int protocol, int *reason) {
    int fd = socket(family, type | SOCK_CLOEXEC, protocol);
    *reason = fd < 0 ? errno : 0;
    return fd;
}

/* Advice to a user whose call has reached a limit of the system. */
#include "base/advice.h"

#include <errno.h>

const char *advice_for(int reason) {
    switch (reason) {
    case ENOSPC:
    case EDQUOT:
        return "; make room there, or write elsewhere";
    case EFBIG:
        return "; raise the limit of a file's size (ulimit -f)";
    case EMFILE:
        return "; raise the limit (ulimit -n)";
    case ENFILE:
        return "; raise the system's limit (sysctl fs.file-max)";
    case EAGAIN:
        return "; raise the limit of processes (ulimit -u), or end some";
    default:
        return "";
    }
}

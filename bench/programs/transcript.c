/* Keeps the stderr of a process in a file. It is bounded, so that a program that prints
 * without end does not fill the disk. */
#include "bench/programs/transcript.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

/* False: the file can't be written. */
static bool write_all(int fd, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);
        if (written <= 0) {
            return false;
        }
        bytes += written;
        count -= (size_t)written;
    }
    return true;
}

void transcript_append(struct transcript *transcript, const char *bytes, size_t count) {
    if (!transcript->path || count == 0) {
        return;
    }
    if (transcript->bytes == 0) {
        transcript->fd =
            open(transcript->path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    }
    int64_t room = TRANSCRIPT_BYTES - transcript->bytes;
    transcript->bytes += (int64_t)count;
    if (transcript->fd >= 0 && room > 0) {
        write_all(transcript->fd, bytes, count < (size_t)room ? count : (size_t)room);
    }
}

void transcript_close(struct transcript *transcript, const char *end, size_t count) {
    if (!transcript->path || transcript->bytes == 0 || transcript->fd < 0) {
        return;
    }
    int64_t beyond = transcript->bytes - TRANSCRIPT_BYTES;
    if (beyond > 0) {
        size_t kept = (int64_t)count < beyond ? count : (size_t)beyond;
        dprintf(transcript->fd, "\n[%" PRId64 " bytes are left out here]\n",
                beyond - (int64_t)kept);
        write_all(transcript->fd, end + count - kept, kept);
    }
    close(transcript->fd);
    *transcript = (struct transcript){.path = NULL};
}

/* The witness log: a file of fixed-size records in a shared mapping. */
#include "base/witness.h"
#include "base/advice.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char magic[8] = "simulwit";
enum { VERSION = 2 };

static bool map(struct witness *witness, int fd, size_t bytes, int protection) {
    void *memory = mmap(NULL, bytes, protection, MAP_SHARED, fd, 0);
    if (memory == MAP_FAILED) {
        return false;
    }
    witness->header = memory;
    witness->records = (struct witness_record *)(witness->header + 1);
    witness->mapped_bytes = bytes;
    return true;
}

bool witness_create(struct witness *witness, const char *path, uint64_t capacity,
                    struct error *error) {
    *witness = (struct witness){.header = NULL};
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) {
        return error_input(error, "cannot create the log %s: %s%s", path,
                           strerror(errno), advice_for(errno));
    }
    size_t bytes =
        sizeof(struct witness_header) + capacity * sizeof(struct witness_record);
    int failed = posix_fallocate(fd, 0, (off_t)bytes);
    if (!failed && !map(witness, fd, bytes, PROT_READ | PROT_WRITE)) {
        failed = errno;
    }
    close(fd);
    if (failed) {
        return error_input(error, "cannot reserve %zu bytes for the log %s: %s%s",
                           bytes, path, strerror(failed), advice_for(failed));
    }
    *witness->header = (struct witness_header){
        .version = VERSION,
        .record_bytes = sizeof(struct witness_record),
        .capacity = capacity,
    };
    memcpy(witness->header->magic, magic, sizeof magic);
    return true;
}

bool witness_open(struct witness *witness, const char *path, struct error *error) {
    *witness = (struct witness){.header = NULL};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return error_failed(error, "cannot open the API's log %s: %s", path,
                            strerror(errno));
    }
    struct stat status;
    bool mapped = fstat(fd, &status) == 0 &&
                  (size_t)status.st_size >= sizeof(struct witness_header) &&
                  map(witness, fd, (size_t)status.st_size, PROT_READ);
    close(fd);
    const struct witness_header *header = witness->header;
    if (!mapped || memcmp(header->magic, magic, sizeof magic) != 0 ||
        header->version != VERSION ||
        header->record_bytes != sizeof(struct witness_record) ||
        header->capacity >
            (witness->mapped_bytes - sizeof *header) / sizeof(struct witness_record)) {
        witness_close(witness);
        return error_failed(error, "%s is no log of the mock API", path);
    }
    return true;
}

void witness_close(struct witness *witness) {
    if (witness->header) {
        munmap(witness->header, witness->mapped_bytes);
    }
    *witness = (struct witness){.header = NULL};
}

struct witness_record *witness_next(struct witness *witness) {
    if (!witness->header) {
        return NULL;
    }
    uint64_t index = witness->header->count++;
    return index < witness->header->capacity ? &witness->records[index] : NULL;
}

int64_t witness_latest_ns(const struct witness *witness) {
    int64_t latest_ns = 0;
    for (uint64_t i = 0; i < witness_count(witness); i++) {
        const struct witness_record *record = &witness->records[i];
        int64_t at_ns = record->answered_ns > record->arrival_ns ? record->answered_ns
                                                                 : record->arrival_ns;
        latest_ns = at_ns > latest_ns ? at_ns : latest_ns;
    }
    return latest_ns;
}

uint64_t witness_count(const struct witness *witness) {
    if (!witness->header) {
        return 0;
    }
    uint64_t count = witness->header->count;
    return count < witness->header->capacity ? count : witness->header->capacity;
}

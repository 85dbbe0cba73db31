/* The witness: one record a request, written by the mock API as it happens and
 * read by the harness, through a file that both map. It tells lanes from
 * figures, and true from false. */
#ifndef SIMUL_BASE_WITNESS_H
#define SIMUL_BASE_WITNESS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A status of our own (nginx's convention): the client hung up before its answer. */
#define WITNESS_HUNG_UP 499

/* All times on CLOCK_MONOTONIC in nanoseconds, 0 while they have not come. */
struct witness_record {
    int64_t arrival_ns;        /* the request's head was read */
    int64_t send_begin_ns;     /* it got its sender slot */
    int64_t send_end_ns;       /* and gave it back */
    int64_t response_begin_ns; /* it got an answer slot */
    int64_t response_due_ns;   /* the answer is due: what was promised */
    int64_t answered_ns;       /* the answer was handed to the kernel */
    int32_t conversation;      /* -1: the path names none */
    int32_t round;
    int32_t status; /* 0 while under way */
    uint32_t bytes; /* of the answer, head and body */
};

/* What a request is doing, as its record tells. The mock API, the live view and the
 * pictures each know more phases than these; their own begin at PHASE_COUNT. */
enum phase {
    PHASE_NONE,     /* no request is under way */
    PHASE_QUEUE,    /* it waits for its turn or for a sender slot */
    PHASE_SEND,     /* it is sent */
    PHASE_BACKLOG,  /* it waits for an answer slot */
    PHASE_RESPONSE, /* it is answered */
    PHASE_COUNT,
};

struct witness_header {
    char magic[8];
    uint32_t version;
    uint32_t record_bytes;
    uint64_t capacity; /* records that the file has room for */
    uint64_t count;    /* requests seen; beyond the capacity they are counted only */
    uint64_t dropped;  /* connections that did not fit into the queue, at the end */
    uint64_t retransmitted; /* segments, of connections that are closed */
};

/* A mapped log. Zeroed: closed. */
struct witness {
    struct witness_header *header;
    struct witness_record *records;
    size_t mapped_bytes;
};

/* Creates the file, with its blocks reserved so that a full disk
 * shows here. Fails (input). */
bool witness_create(struct witness *witness, const char *path, uint64_t capacity,
                    struct error *error);

/* Maps an existing log for reading. Fails where it is no such log. */
bool witness_open(struct witness *witness, const char *path, struct error *error);

void witness_close(struct witness *witness);

/* The next record to fill; NULL where the log is full or closed. */
struct witness_record *witness_next(struct witness *witness);

/* How many records can be read. */
uint64_t witness_count(const struct witness *witness);

#endif

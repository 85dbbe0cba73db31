/* The witness log: one record for each request. The mock API writes it while it works;
 * the harness reads it through a file that both map. The live lanes are drawn from it,
 * and the times that a model reports are checked against it. */
#ifndef SIMUL_BASE_WITNESS_H
#define SIMUL_BASE_WITNESS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The client hung up before its answer. HTTP has no such status; nginx uses it too. */
#define WITNESS_HUNG_UP 499

/* All times are on CLOCK_MONOTONIC in nanoseconds; 0: not reached yet. */
struct witness_record {
    int64_t arrival_ns;        /* the request's head was read */
    int64_t send_begin_ns;     /* the request got a sender */
    int64_t send_end_ns;       /* the request gave the sender back */
    int64_t response_begin_ns; /* the request got its answer slot */
    int64_t response_due_ns;   /* the time at which the answer is due */
    int64_t answered_ns;       /* the answer was handed to the kernel */
    int32_t conversation;      /* -1: the path names none */
    int32_t round;
    int32_t status; /* 0: still under way */
    uint32_t bytes; /* of the answer, head and body */
};

/* The phases of a request that its record shows. The mock API, the live view and the
 * pictures each have further phases of their own, which begin at PHASE_COUNT. */
enum phase {
    PHASE_NONE,     /* no request is under way */
    PHASE_QUEUE,    /* the request waits for its turn or for a sender */
    PHASE_SEND,     /* the request is being sent */
    PHASE_BACKLOG,  /* the request waits for an answer slot */
    PHASE_RESPONSE, /* the request is being answered */
    PHASE_COUNT,
};

struct witness_header {
    char magic[8];
    uint32_t version;
    uint32_t record_bytes;
    uint64_t capacity; /* records that the file has room for */
    uint64_t count;    /* requests seen; beyond the capacity, they are only counted */
    uint64_t dropped;  /* connections that the listen queue had no room for */
    uint64_t retransmitted; /* TCP segments; counted when a connection closes */
};

/* A mapped log; a zeroed one is closed. */
struct witness {
    struct witness_header *header;
    struct witness_record *records;
    size_t mapped_bytes;
};

/* Creates the file and reserves its blocks, so that a full disk is reported here. Fails
 * (input). */
bool witness_create(struct witness *witness, const char *path, uint64_t capacity,
                    struct error *error);

/* Maps an existing log for reading. Fails if the file is no such log. */
bool witness_open(struct witness *witness, const char *path, struct error *error);

void witness_close(struct witness *witness);

/* Counts a request and returns its record, to be filled; NULL if the log is full or
 * closed. */
struct witness_record *witness_next(struct witness *witness);

/* The number of records that can be read. */
uint64_t witness_count(const struct witness *witness);

/* When the last request arrived or was answered; 0: none has. O(records). */
int64_t witness_latest_ns(const struct witness *witness);

#endif

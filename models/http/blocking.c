/* A client that blocks its thread, on curl's easy interface. */
#include "models/http/blocking.h"
#include "models/http/transfer.h"

/* Enough for curl with TLS. It is address space: untouched pages cost no memory. */
enum { STACK_BYTES = 256 * 1024 };

void blocking_converse(const struct workload *workload, int32_t conversation) {
    struct transfer transfer;
    if (!transfer_open(&transfer, workload, conversation)) {
        workload_fail_conversation(workload, conversation, EVENT_LIMIT);
        return;
    }
    for (int32_t round = 0; round < workload->rounds; round++) {
        transfer_begin(&transfer, round);
        CURLcode code = curl_easy_perform(transfer.easy); /* the thread waits here */
        transfer_end(&transfer, code);
    }
    transfer_close(&transfer);
}

bool blocking_start_thread(pthread_t *thread, void *(*run)(void *), void *argument) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    bool ok = pthread_create(thread, &attributes, run, argument) == 0;
    pthread_attr_destroy(&attributes);
    return ok;
}

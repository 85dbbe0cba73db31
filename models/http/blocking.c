/* A client that blocks its thread, on curl's easy interface. */
#include "models/http/blocking.h"
#include "models/http/transfer.h"
#include "models/http/waking.h"

/* Enough for curl with TLS. It is address space: untouched pages cost no memory. */
enum { STACK_BYTES = 256 * 1024 };

/* Does what curl_easy_perform() does, and wakes curl while it connects. */
static CURLcode perform_waking(CURLM *multi, struct transfer *transfer) {
    int running = 1;
    int left;
    curl_multi_remove_handle(multi, transfer->easy); /* if it is there, from before */
    CURLMcode code = curl_multi_add_handle(multi, transfer->easy);
    while (!code && running > 0) {
        code = curl_multi_perform(multi, &running);
        if (!code && running > 0) {
            int most_ms = transfer_needs_waking(transfer) ? WAKING_MS : 1000;
            code = curl_multi_poll(multi, NULL, 0, most_ms, NULL);
        }
    }
    const CURLMsg *message = curl_multi_info_read(multi, &left);
    return message ? message->data.result : CURLE_OUT_OF_MEMORY;
}

static CURLcode perform(CURLM *multi, struct transfer *transfer) {
    return multi ? perform_waking(multi, transfer) : curl_easy_perform(transfer->easy);
}

void blocking_converse(const struct workload *workload, int32_t conversation) {
    struct transfer transfer;
    if (!transfer_open(&transfer, workload, conversation)) {
        workload_fail_conversation(workload, conversation, EVENT_LIMIT);
        return;
    }
    CURLM *multi = transfer.has_name ? curl_multi_init() : NULL;
    for (int32_t round = 0; round < workload->rounds; round++) {
        transfer_begin(&transfer, round);
        CURLcode code = perform(multi, &transfer); /* the thread waits here */
        transfer_end(&transfer, code);
    }
    transfer_close(&transfer);
    curl_multi_cleanup(multi);
}

bool blocking_start_thread(pthread_t *thread, void *(*run)(void *), void *argument) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    bool ok = pthread_create(thread, &attributes, run, argument) == 0;
    pthread_attr_destroy(&attributes);
    return ok;
}

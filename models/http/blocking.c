/* A client that blocks its thread, on curl's easy interface. */
#include "models/http/blocking.h"
#include "models/http/transfer.h"

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

/* One request after the other: the caller waits for every answer.
 *
 *   conversation 0  send=response==>
 *   conversation 1                  send=response==>
 *   conversation 2                                  send=response==>
 */
#include "models/http/blocking.h"
#include "models/model.h"

static bool run(const struct workload *workload, struct error *error) {
    (void)error;
    for (int32_t i = 0; i < workload->conversations; i++) {
        blocking_converse(workload, i);
    }
    return true;
}

const struct model model = {
    .summary = "one request after the other, waiting for each answer",
    .holds = HOLDS_ONE,
    .send_holds = SEND_HOLDS_CALLER,
    .needs = {.descriptors = 10,
              .descriptors_per_caller = 3,
              .bytes_per_caller = 72 * 1024},
    .run = run,
};

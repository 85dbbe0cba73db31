/* models/http/blocking.c: the client that blocks its thread. */
#include "models/http/blocking.h"
#include "tests/support/http_clients.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void converse(const struct workload *workload) {
    for (int32_t i = 0; i < workload->conversations; i++) {
        blocking_converse(workload, i);
    }
}

Test(blocking, names_each_failure) {
    http_client_names_each_failure(converse);
}

Test(blocking, names_a_refusal) {
    http_client_names_a_refusal(converse);
}

Test(blocking, names_an_unknown_host) {
    http_client_names_an_unknown_host(converse);
}

Test(blocking, goes_on_after_a_failure) {
    http_client_goes_on_after_a_failure(converse);
}

Test(blocking, times_out_never_early) {
    http_client_times_out_never_early(converse);
}

Test(blocking, records_the_times_of_the_api) {
    http_client_records_the_times_of_the_api(converse);
}

Test(blocking, keeps_its_own_send) {
    http_client_keeps_its_own_send(converse);
}

Test(blocking, keeps_one_connection_a_conversation) {
    http_client_keeps_one_connection_a_conversation(converse);
}

Test(blocking, closes_after_each_request) {
    http_client_closes_after_each_request(converse);
}

Test(blocking, leaves_no_descriptor) {
    http_client_leaves_no_descriptor(converse);
}

Test(blocking, uses_its_warm_connection) {
    http_client_uses_its_warm_connection(converse);
}

Test(blocking, opens_a_closed_connection_anew) {
    http_client_opens_a_closed_connection_anew(converse);
}

Test(blocking, opens_a_closed_warm_connection_anew) {
    http_client_opens_a_closed_warm_connection_anew(converse);
}

Test(blocking, sends_each_request_once) {
    http_client_sends_each_request_once(converse);
}

Test(blocking, opens_anew_what_it_closed_itself) {
    http_client_opens_anew_what_it_closed_itself(converse);
}

Test(blocking, names_a_lack_of_descriptors) {
    http_client_names_a_lack_of_descriptors(converse);
}

Test(blocking, reaches_a_host_by_its_name) {
    http_client_reaches_a_host_by_its_name(converse);
}

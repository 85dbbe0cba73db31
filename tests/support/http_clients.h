/* The claims that must be true of every HTTP client of the models: of the blocking one,
 * the one on a loop, and the one for coroutines. */
#ifndef SIMUL_TESTS_SUPPORT_HTTP_CLIENTS_H
#define SIMUL_TESTS_SUPPORT_HTTP_CLIENTS_H

#include "models/runtime/workload.h"

/* Does all conversations of a workload, as a model does. */
typedef void http_client_converse(const struct workload *workload);

/* Gives a workload its events, its warm sockets and its start, and runs it. The caller
 * frees workload->events. */
void http_client_run(struct workload *workload, http_client_converse *converse);

/* Each function fails the test if its name is not true of the client. */
void http_client_names_each_failure(http_client_converse *converse);
void http_client_names_a_refusal(http_client_converse *converse);
void http_client_names_an_unknown_host(http_client_converse *converse);
void http_client_reaches_a_host_by_its_name(http_client_converse *converse);
void http_client_names_a_lack_of_descriptors(http_client_converse *converse);
void http_client_goes_on_after_a_failure(http_client_converse *converse);
void http_client_times_out_never_early(http_client_converse *converse);
void http_client_records_the_times_of_the_api(http_client_converse *converse);
void http_client_keeps_its_own_send(http_client_converse *converse);
void http_client_keeps_one_connection_a_conversation(http_client_converse *converse);
void http_client_closes_after_each_request(http_client_converse *converse);
void http_client_uses_its_warm_connection(http_client_converse *converse);
void http_client_opens_a_closed_connection_anew(http_client_converse *converse);
void http_client_opens_a_closed_warm_connection_anew(http_client_converse *converse);
void http_client_sends_each_request_once(http_client_converse *converse);
void http_client_opens_anew_what_it_closed_itself(http_client_converse *converse);
void http_client_leaves_no_descriptor(http_client_converse *converse);

#endif

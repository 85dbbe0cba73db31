/* simul run --url-file, as a whole program: every shipped model and the one in Python
 * send requests to the user's own API, which works or does not. */
#include "tests/support/foreign.h"
#include "tests/support/program.h"
#include "tests/support/rogue.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PYTHON TEST_SOURCE "/models/other/sequential.py"
#define IN_C   "sequential,threads,thread-pool,event-loop,coroutines"
#if TEST_OTHER_LANGUAGES
#    define EVERY IN_C "," PYTHON "," TEST_SOURCE "/models/other/asyncio_streams.py"
#else
#    define EVERY IN_C
#endif

enum {
    MODELS = TEST_OTHER_LANGUAGES ? 7 : 5,
    URLS = 3,
    ROUNDS = 2,
    REQUESTS = URLS * ROUNDS
};

TestSuite(url_file_run, .init = program_enter, .fini = program_leave);

static void write_urls(const char *url) {
    char text[1000];
    snprintf(text, sizeof text, "%s/a\n%s/b\n%s/c\n", url, url, url);
    program_write("own.txt", text);
}

Test(url_file_run, a_failed_url_is_named_with_its_line_and_kind) {
    program_write("own.txt", "# mine\nhttp://127.0.0.1:1/a\n\nhttp://127.0.0.1:1/b\n");
    struct outcome run = program_expect(
        0, "simul run --no-plots --url-file own.txt --blocks 2 --models sequential");
    cr_expect(program_holds(run.out, " 4 of 4 requests failed, in 2 of 2 trials"), "%s",
              run.out);
    cr_expect(program_holds(run.out, "\n  own.txt:2: http://127.0.0.1:1/a: refused\n"
                                     "  own.txt:4: http://127.0.0.1:1/b: refused\n"),
              "%s", run.out);
    program_expect_schema("results/latest/summary.json");
    /* A URL may hold a key, so it stands in the owner's file only. */
    program_expect(1, "grep -l 127.0.0.1:1/ results/latest/*.json*");
    program_expect(0, "rm results/latest/urls-0.txt");
    run = program_expect(0, "simul summary results/latest");
    cr_expect(program_holds(run.out, "\n  own.txt:2: refused\n"), "%s", run.out);
}

/* Asserts that all requests of every model ended with this error ("": none) and this
 * status (-1: any). */
static void expect_all(const char *what, const char *error, int status) {
    json_t *trials = program_json_lines("results/latest/trials.jsonl");
    char wanted[100];
    char found[200];
    size_t i;
    json_t *trial;
    cr_expect_eq(json_array_size(trials), MODELS, "%s: %zu trials", what,
                 json_array_size(trials));
    json_array_foreach(trials, i, trial) {
        const char *model = json_string_value(json_object_get(trial, "model"));
        json_t *requests = json_object_get(trial, "requests");
        if (*error) {
            snprintf(wanted, sizeof wanted, "{\"ok\":0,\"%s\":%d}", error, REQUESTS);
        } else {
            snprintf(wanted, sizeof wanted, "{\"ok\":%d}", REQUESTS);
        }
        snprintf(found, sizeof found, "%s",
                 program_text(json_object_get(requests, "by_error")));
        cr_expect_str_eq(found, wanted, "%s: %s: %s, not %s", what, model, found,
                         wanted);
        cr_expect(json_is_true(json_object_get(trial, "valid")), "%s: %s: %s", what,
                  model, program_text(json_object_get(trial, "reasons")));
        snprintf(wanted, sizeof wanted, "{\"%d\":%d}", status, REQUESTS);
        snprintf(found, sizeof found, "%s",
                 program_text(json_object_get(requests, "by_status")));
        cr_expect(status < 0 || !strcmp(found, wanted), "%s: %s: %s, not %s", what,
                  model, found, wanted);
    }
}

static struct outcome run_every(const char *options) {
    return program_expect(0,
                          "RES_OPTIONS='timeout:1 attempts:1' simul run --no-plots "
                          "--url-file own.txt --rounds 2 --blocks 1 --models %s %s",
                          EVERY, options);
}

/* Runs all models against one server. */
static void expect_way(const char *way, const char *options, const char *error,
                       int status) {
    struct foreign foreign;
    foreign_start(&foreign, way);
    write_urls(foreign.url);
    run_every(options);
    foreign_stop(&foreign);
    expect_all(way, error, status);
}

Test(url_file_run, a_good_answer_is_good_however_it_is_framed) {
    static const struct {
        const char *way;
        int status;
    } cases[] = {
        {"answers", 200},   {"204", 204},        {"HTTP/1.0", 200},
        {"chunked", 200},   {"says close", 200}, {"leaves", 200},
        {"100 first", 200}, {"gzip", 200},       {"odd timing", 200},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        expect_way(cases[i].way, "", "", cases[i].status);
    }
}

Test(url_file_run, an_answer_that_breaks_off_is_told_from_nonsense) {
    expect_way("closes", "", "truncated", 0);
    expect_way("half a body", "", "truncated", 200);
    expect_way("half a chunk", "", "truncated", 200);
    expect_way("no last chunk", "", "truncated", 200);
    expect_way("resets", "", "reset", 0);
    expect_way("resets midway", "", "reset", -1); /* before or after the status */
    expect_way("no HTTP", "", "protocol", 0);
    expect_way("zero bytes", "", "protocol", 0);
}

Test(url_file_run, an_answer_that_is_not_2xx_has_failed) {
    static const int statuses[] = {301, 304, 404, 429, 500};
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        char way[16];
        snprintf(way, sizeof way, "%d", statuses[i]);
        expect_way(way, "", "status", statuses[i]);
    }
}

Test(url_file_run, a_timeout_is_for_the_whole_request) {
    expect_way("silent", "--timeout 50ms", "timeout", 0);
    expect_way("stops midway", "--timeout 50ms", "timeout", 200);
    expect_way("drips", "--timeout 100ms", "timeout", -1);
    expect_way("endless body", "--timeout 100ms", "timeout", -1);
}

Test(url_file_run, a_slow_drip_is_no_failure_by_itself) {
    expect_way("drips", "", "", 200);
}

Test(url_file_run, a_head_without_an_end_is_given_up_soon) {
    static const char *const ways[] = {"endless line", "endless heads", "endless 100s"};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        struct foreign foreign;
        foreign_start(&foreign, ways[i]);
        write_urls(foreign.url);
        program_expect(
            0, "simul run --no-plots --url-file own.txt --rounds 2 --blocks 1 --models "
               "sequential,threads,thread-pool,event-loop,coroutines --timeout 20s");
        foreign_stop(&foreign);
        json_t *trials = program_json_lines("results/latest/trials.jsonl");
        size_t k;
        json_t *trial;
        json_array_foreach(trials, k, trial) {
            json_t *requests = json_object_get(trial, "requests");
            const char *found = program_text(json_object_get(requests, "by_error"));
            cr_expect_str_eq(found, "{\"ok\":0,\"protocol\":6}", "%s: %s", ways[i],
                             found);
        }
        cr_expect_leq(foreign.most_sent, 16 << 20, "%s: took %ld bytes", ways[i],
                      (long)foreign.most_sent);
    }
}

/* What a trial or a model says of its requests. */
static const char *requests_of(const json_t *object) {
    return program_text(json_object_get(object, "requests"));
}

Test(url_file_run, a_request_whose_connection_is_lost_is_not_sent_again) {
    static const char lost[] =
        "{\"by_error\":{\"ok\":3,\"truncated\":3},\"by_status\":{\"0\":3,\"200\":3}}";
    struct foreign foreign;
    foreign_start(&foreign, "leaves at the second");
    write_urls(foreign.url);
    run_every("");
    foreign_stop(&foreign);
    cr_expect_eq(foreign.requests, REQUESTS * MODELS, "%d requests", foreign.requests);
    json_t *trials = program_json_lines("results/latest/trials.jsonl");
    size_t i;
    json_t *trial;
    json_array_foreach(trials, i, trial) {
        cr_expect_str_eq(requests_of(trial), lost, "%s: %s",
                         program_text(json_object_get(trial, "model")),
                         requests_of(trial));
    }
}

Test(url_file_run, connections_that_were_opened_anew_are_told) {
    static const char reopened[] =
        "{\"by_error\":{\"ok\":6},\"by_status\":{\"200\":6},\"reopened\":3}";
    struct foreign foreign;
    foreign_start(&foreign, "says close");
    write_urls(foreign.url);
    struct outcome run = run_every("");
    foreign_stop(&foreign);
    cr_expect_eq(foreign.requests, REQUESTS * MODELS, "%d requests", foreign.requests);
    json_t *trials = program_json_lines("results/latest/trials.jsonl");
    size_t i;
    json_t *trial;
    json_array_foreach(trials, i, trial) {
        char remark[200];
        snprintf(remark, sizeof remark,
                 "\n%s: the server had closed the connection before 3 of 6 requests; "
                 "each opened a new one, in its own time\n",
                 json_string_value(json_object_get(trial, "model")));
        cr_expect(program_holds(run.out, remark), "%s", run.out);
        cr_expect_str_eq(requests_of(trial), reopened, "%s", requests_of(trial));
    }
    program_expect_schema("results/latest/summary.json");
    program_expect(0, "grep -q '\"reopened\": *3' results/latest/summary.json");
    struct outcome again = program_expect(0, "simul summary");
    cr_expect_str_eq(again.out, run.out);
}

Test(url_file_run, a_port_without_a_server_is_refused) {
    char url[64];
    int fd = rogue_nobody(url);
    write_urls(url);
    run_every("");
    close(fd);
    expect_all("nobody", "refused", 0);
}

Test(url_file_run, an_unknown_name_is_not_resolved) {
    write_urls("http://name.invalid");
    run_every("");
    expect_all("name.invalid", "resolve", 0);
}

Test(url_file_run, a_plain_port_speaks_no_tls) {
    struct foreign foreign;
    char url[64];
    foreign_start(&foreign, "no HTTP");
    snprintf(url, sizeof url, "https%s", strchr(foreign.url, ':'));
    write_urls(url);
    run_every("");
    foreign_stop(&foreign);
    expect_all("https to a plain port", "tls", 0);
}

static const char tls_server[] =
    "#!/usr/bin/env python3\n"
    "import http.server, os, ssl, sys\n"
    "class Handler(http.server.BaseHTTPRequestHandler):\n"
    "    protocol_version = 'HTTP/1.1'\n"
    "    def do_GET(self):\n"
    "        self.send_response(200)\n"
    "        self.send_header('Content-Length', '2')\n"
    "        self.end_headers()\n"
    "        self.wfile.write(b'ok')\n"
    "    def log_message(self, *words): pass\n"
    "class Server(http.server.ThreadingHTTPServer):\n"
    "    daemon_threads = True\n"
    "    def handle_error(self, *words): pass\n"
    "    def finish_request(self, request, address):\n" /* shakes hands in its thread */
    "        request = context.wrap_socket(request, server_side=True)\n"
    "        super().finish_request(request, address)\n"
    "context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)\n"
    "context.load_cert_chain(sys.argv[1])\n"
    "server = Server(('127.0.0.1', 0), Handler)\n"
    "with open('port.new', 'w') as file:\n"
    "    file.write('https://127.0.0.1:%d' % server.server_port)\n"
    "os.rename('port.new', 'port')\n" /* complete as soon as it exists */
    "print('ready', flush=True)\n"
    "server.serve_forever()\n";

/* Makes a certificate of 127.0.0.1 (a name would need a resolver), which clients trust
 * only if they are told to; `dates` are options of openssl. */
static void make_certificate(const char *dates) {
    program_write("ca.cnf", "[ca]\ndefault_ca = own\n[own]\ndatabase = index\n"
                            "new_certs_dir = .\nserial = serial\ndefault_md = sha256\n"
                            "policy = any\nx509_extensions = names\n[any]\n"
                            "commonName = supplied\n[names]\n"
                            "subjectAltName = IP:127.0.0.1\n"
                            "basicConstraints = CA:TRUE\n[req]\n"
                            "distinguished_name = dn\n[dn]\n");
    program_expect(0,
                   ": >index && rm -f index.attr && echo 01 >serial && "
                   "openssl req -config ca.cnf -newkey ec -pkeyopt "
                   "ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -subj "
                   "/CN=loopback -out request.pem 2>made.log && "
                   "openssl ca -batch -config ca.cnf -selfsign -keyfile key.pem "
                   "-in request.pem -out own.pem %s 2>>made.log && cat key.pem own.pem "
                   ">server.pem",
                   dates);
}

/* Runs all models against a TLS server with that certificate. */
static void expect_tls(const char *what, const char *dates, const char *environment,
                       const char *options, const char *error, int status) {
    struct process server;
    make_certificate(dates);
    program_write("tls_server.py", tls_server);
    unlink("port");
    program_start(&server, "exec ./tls_server.py server.pem");
    for (int i = 0; i < 2000 && access("port", F_OK) != 0; i++) {
        usleep(5000);
    }
    char *url = program_read("port");
    write_urls(url);
    setenv("SSL_CERT_FILE", environment, 1);
    run_every(options);
    unsetenv("SSL_CERT_FILE");
    process_close(&server);
    expect_all(what, error, status);
}

/* The tickets of TLS, which come unasked, are not the end of a connection. */
Test(url_file_run, https_works_with_a_certificate_that_is_trusted) {
    static const char *const options[] = {"--connections keep", "--connections warm"};
    for (int i = 0; i < 2; i++) {
        expect_tls(options[i], "-days 2", "own.pem", options[i], "", 200);
        program_expect(1, "grep reopened results/latest/trials.jsonl");
    }
}

Test(url_file_run, an_untrusted_certificate_is_a_failure_of_tls) {
    expect_tls("self-signed", "-days 2", "", "", "tls", 0);
}

Test(url_file_run, an_expired_certificate_is_a_failure_of_tls) {
    expect_tls("expired", "-startdate 20200101000000Z -enddate 20200201000000Z",
               "own.pem", "", "tls", 0);
}

Test(url_file_run, too_many_descriptors_are_a_failure_of_kind_limit) {
    struct foreign foreign;
    char line[100];
    char *text = NULL;
    size_t bytes = 0;
    foreign_start(&foreign, "silent");
    FILE *file = open_memstream(&text, &bytes);
    for (int i = 0; i < 100; i++) {
        snprintf(line, sizeof line, "%s/%d\n", foreign.url, i);
        fputs(line, file);
    }
    fclose(file);
    program_write("own.txt", text);
    free(text);
    /* A run is refused before it begins; a model that is run alone goes as far as it
     * can. */
    struct outcome refused = program_expect(
        2, "prlimit --nofile=64 simul run --no-plots --url-file own.txt --models "
           "threads,event-loop");
    cr_expect(strstr(refused.err, "threads needs"), "%s", refused.err);
    for (int i = 0; i < 2; i++) {
        struct outcome rows =
            program_expect(0,
                           "prlimit --nofile=64 simul-model-%s --url-file own.txt "
                           "--conversations 100 --timeout 500000000 | cut -d, -f8 | "
                           "sort | uniq -c | tr -s ' '",
                           i == 0 ? "threads" : "event-loop");
        int limit = 0;
        int timeout = 0;
        cr_assert_eq(sscanf(rows.out, " 1 error %d limit %d timeout", &limit, &timeout),
                     2, "%s", rows.out);
        cr_expect_eq(limit + timeout, 100, "%s", rows.out);
    }
    foreign_stop(&foreign);
}

Test(url_file_run, the_run_says_its_load_first_and_keeps_all_that_was_asked) {
    struct foreign foreign;
    char announced[300];
    foreign_start(&foreign, "answers");
    write_urls(foreign.url);
    struct outcome run = program_expect(
        0, "simul run --no-plots --url-file own.txt --rounds 2 --blocks 2 --workers 2 "
           "--models thread-pool,null --conversations 2");
    foreign_stop(&foreign);
    snprintf(
        announced, sizeof announced,
        "own: 8 requests to %s (2 URLs x 2 rounds x 1 model x 2 blocks), at most 2 at "
        "a time\n[1/4]",
        foreign.url + 7);
    cr_expect(strstr(run.err, announced) == run.err, "%s", run.err);
    cr_expect_eq(foreign.requests, 8);
    char kept[200];
    snprintf(kept, sizeof kept, "%s/a\n%s/b\n", foreign.url, foreign.url);
    cr_expect_str_eq(program_read("results/latest/urls-0.txt"), kept);
    cr_expect_eq(program_matches("results/latest/events/*.api.csv"), 0);
    json_t *record = program_json_file("results/latest/run.json");
    json_t *point = json_array_get(json_object_get(record, "points"), 0);
    cr_expect_str_eq(program_text(json_object_get(point, "urls")), "\"urls-0.txt\"");
    program_expect_schema("results/latest/summary.json");
    struct outcome again = program_expect(0, "simul summary");
    cr_expect_str_eq(again.out, run.out);
    program_expect(0, "rm own.txt && simul summary --format json >found.json && "
                      "cmp found.json results/latest/summary.json");
}

Test(url_file_run, failures_are_in_table_and_summary_and_no_model_is_the_fastest) {
    struct foreign good;
    struct foreign bad;
    char text[400];
    foreign_start(&good, "answers");
    foreign_start(&bad, "429");
    snprintf(text, sizeof text, "%s/a\n%s/b\n%s/c\n", good.url, bad.url, good.url);
    program_write("own.txt", text);
    struct outcome run = program_expect(0, "simul run --no-plots --url-file own.txt "
                                           "--models sequential,threads --blocks 2");
    foreign_stop(&good);
    foreign_stop(&bad);
    cr_expect(program_holds(run.out,
                            "\nthreads: 2 of 6 requests failed, in 2 of 2 trials, "
                            "over after "),
              "%s", run.out);
    cr_expect(program_holds(run.out, " s: 2 status (429 x 2)\n"), "%s", run.out);
    cr_expect(program_holds(run.err, ", 1 of 3 requests failed (1 status)\n"), "%s",
              run.err);
    program_expect_schema("results/latest/summary.json");
    json_t *summary = program_json_file("results/latest/summary.json");
    json_t *models = json_object_get(json_array_get(summary, 0), "models");
    json_t *threads = program_pick(models, "name", "threads");
    cr_expect(json_is_null(json_object_get(threads, "speedup")));
    cr_expect_str_eq(program_text(json_object_get(threads, "requests")),
                     "{\"ok\":4,\"failed\":2,\"by_error\":{\"ok\":4,\"status\":2},"
                     "\"by_status\":{\"200\":4,\"429\":2}}");
}

Test(url_file_run, a_scenario_file_can_name_the_url_file) {
    struct foreign foreign;
    foreign_start(&foreign, "answers");
    program_expect(0, "mkdir kept");
    write_urls(foreign.url);
    program_write("kept/mine.yaml", "name: mine\nurl_file: ../own.txt\nblocks: 1\n"
                                    "models: [event-loop]\nclaims:\n"
                                    "  - {model: event-loop, total: 1s, source: me}\n");
    struct outcome run = program_expect(0, "simul run --no-plots kept/mine.yaml");
    foreign_stop(&foreign);
    cr_expect(program_holds(run.out, "mine: 3 conversations x 1 round, a URL each of "
                                     "kept/../own.txt, in real time"),
              "%s", run.out);
    cr_expect(program_holds(run.out,
                            "note: not judged: 1 s of event-loop, by me: nothing "
                            "is predicted for it"),
              "%s", run.out);
    cr_expect_eq(foreign.requests, 3);
}

Test(url_file_run, a_list_may_come_through_a_pipe) {
    struct foreign foreign;
    foreign_start(&foreign, "answers");
    program_expect(
        0,
        "for i in 1 2 3; do echo %s/$i; done | simul run --no-plots --url-file "
        "/dev/stdin --blocks 1 --models threads",
        foreign.url);
    foreign_stop(&foreign);
    cr_expect_eq(foreign.requests, 3);
}

Test(url_file_run, bad_input_is_refused_before_anything_is_sent) {
    static const char *const cases[][2] = {
        {"run --url-file none.txt", "cannot open the URL file none.txt: No such file"},
        {"run --url-file .", "cannot read the URL file .: Is a directory"},
        {"run --url-file /dev/zero", "/dev/zero:1:1: a control character (0x00)"},
        {"run --url-file /dev/null", "/dev/null: no URL in it; write one URL a line"},
        {"run --url-file bad.txt", "bad.txt:2:8: '!' in the host"},
        {"run --url-file ''", "--url-file: the path is empty"},
        {"run --url-file own.txt urls",
         "--url-file makes a scenario of its own; leave 'urls'"},
        {"run --url-file own.txt --url-file own.txt", "--url-file takes one file"},
        {"run --url-file own.txt --speed 2", "own: 'speed' is for the mock API"},
        {"run --url-file own.txt --send 5s", "own: 'send' is for the mock API"},
        {"run --url-file own.txt --response 5s", "own: 'response' is for the mock API"},
        {"run --url-file own.txt --senders client",
         "own: 'senders' is for the mock API"},
        {"run --url-file own.txt --slots 0", "own: 'slots' is for the mock API"},
        {"run --url-file own.txt --conversations 4",
         "4 conversations need as many URLs"},
        {"run --url-file own.txt --rounds 1000000 --blocks 100",
         "in all are over 10000000, the most for an API of your own; lower"},
        {"predict --url-file own.txt", "nothing can be predicted for own.txt"},
        {"predict urls mine.yaml", "nothing can be predicted for ./own.txt"},
    };
    struct foreign foreign;
    foreign_start(&foreign, "answers");
    write_urls(foreign.url);
    program_write("bad.txt", "http://a\nhttp://!\n");
    program_write("mine.yaml", "name: mine\nurl_file: ./own.txt\n");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct outcome run = program_expect(2, "simul %s", cases[i][0]);
        cr_expect(program_holds(run.err, cases[i][1]), "%s: %s", cases[i][0], run.err);
        cr_expect_str_empty(run.out, "%s: %s", cases[i][0], run.out);
    }
    foreign_stop(&foreign);
    cr_expect_eq(foreign.connections, 0);
    cr_expect_eq(program_matches("results"), 0, "a directory was made");
}

Test(url_file_run, a_url_is_text_wherever_it_goes) {
    struct foreign foreign;
    char text[200];
    foreign_start(&foreign, "answers");
    snprintf(text, sizeof text, "%s/$(touch${IFS}x);`touch${IFS}y`|'\"<>&%%0a\n",
             foreign.url);
    program_write("$(touch z)'.txt", text);
    program_expect(0,
                   "simul run --url-file '$(touch z)'\\''.txt' --blocks 1 --models "
                   "event-loop,%s",
                   PYTHON);
    foreign_stop(&foreign);
    cr_expect_eq(foreign.requests, 2);
    cr_expect_eq(program_matches("[xyz]"), 0, "a URL was obeyed");
    program_expect_schema("results/latest/summary.json");
}

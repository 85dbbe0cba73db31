/* bench/results/environment.c: the machine and the build, as far as they can be found
 * out. */
#include "bench/results/environment.h"

#include <criterion/criterion.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>

static const char *text_at(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    cr_assert(text != NULL, "%s", key);
    return text;
}

Test(environment, has_every_key_that_a_run_records) {
    static const char *const keys[] = {
        "kernel",         "cpu",    "affinity",  "clock_source",
        "timer_slack_ns", "limits", "libraries", "version",
        "commit",         "build",  "simul",     "mock_api",
    };
    json_t *environment = environment_describe();
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        cr_assert(json_object_get(environment, keys[i]) != NULL, "%s", keys[i]);
    }
    json_decref(environment);
}

Test(environment, names_the_kernel_and_its_clock) {
    json_t *environment = environment_describe();
    struct utsname kernel;
    cr_assert_eq(uname(&kernel), 0);
    cr_assert(strstr(text_at(environment, "kernel"), kernel.release) != NULL);
    cr_assert(strstr(text_at(environment, "kernel"), kernel.machine) != NULL);
    cr_assert_neq(text_at(environment, "clock_source")[0], '\0');
    json_decref(environment);
}

Test(environment, lists_the_processors_that_it_may_use) {
    cpu_set_t set;
    cr_assert_eq(sched_getaffinity(0, sizeof set, &set), 0);
    json_t *environment = environment_describe();
    json_t *affinity = json_object_get(environment, "affinity");
    cr_assert_eq(json_array_size(affinity), (size_t)CPU_COUNT(&set));
    for (size_t i = 0; i < json_array_size(affinity); i++) {
        cr_assert(
            CPU_ISSET((int)json_integer_value(json_array_get(affinity, i)), &set));
    }
    json_decref(environment);
}

Test(environment, tells_the_limit_of_descriptors) {
    struct rlimit limits;
    cr_assert_eq(getrlimit(RLIMIT_NOFILE, &limits), 0);
    limits.rlim_cur = limits.rlim_max = limits.rlim_max > 900 ? 900 : limits.rlim_max;
    cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limits), 0);
    json_t *environment = environment_describe();
    json_t *limit = json_object_get(environment, "limits");
    cr_assert_eq((rlim_t)json_integer_value(json_object_get(limit, "descriptors")),
                 limits.rlim_max);
    json_decref(environment);
}

Test(environment, tells_builds_apart_by_their_programs) {
    json_t *environment = environment_describe();
    const char *simul = text_at(environment, "simul");
    const char *mock_api = text_at(environment, "mock_api");
    cr_assert_eq(strncmp(simul, "fnv1a64:", 8), 0);
    cr_assert_eq(strlen(simul), 8 + 16);
    cr_assert_eq(strspn(simul + 8, "0123456789abcdef"), 16);
    cr_assert_str_neq(simul, mock_api);
    json_t *again = environment_describe();
    cr_assert_str_eq(text_at(again, "simul"), simul);
    json_decref(again);
    json_decref(environment);
}

Test(environment, names_the_versions_of_its_libraries) {
    static const char *const names[] = {"libuv", "libcurl", "libfyaml", "jansson"};
    json_t *environment = environment_describe();
    json_t *libraries = json_object_get(environment, "libraries");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *version = text_at(libraries, names[i]);
        cr_assert(strchr(version, '.') != NULL, "%s: %s", names[i], version);
    }
    json_decref(environment);
}

Test(environment, is_valid_json) {
    json_t *environment = environment_describe();
    char *text = json_dumps(environment, 0);
    json_error_t why;
    json_t *again = json_loads(text, 0, &why);
    cr_assert(again != NULL, "%s", why.text);
    cr_assert(json_equal(environment, again));
    json_decref(again);
    json_decref(environment);
    free(text);
}

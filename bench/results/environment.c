/* Describes the machine and the build of a run, from /proc, /sys and the build. */
#include "bench/results/environment.h"
#include "bench/programs/paths.h"

#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <time.h>

/* The first line of a file, or the value in the first line that begins with `key`; null
 * if there is none. */
static json_t *read_line(const char *path, const char *key) {
    char line[512];
    json_t *text = NULL;
    FILE *file = fopen(path, "re");
    while (file && !text && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        const char *value = line;
        if (key && strncmp(line, key, strlen(key)) != 0) {
            continue;
        }
        if (key) {
            value = strchr(line, ':');
            value = value ? value + 1 + strspn(value + 1, " \t") : "";
        }
        text = json_string(value);
    }
    if (file) {
        fclose(file);
    }
    return text ? text : json_null();
}

static json_t *limit(int resource) {
    struct rlimit limits;
    if (getrlimit(resource, &limits) != 0) {
        return json_null();
    }
    return limits.rlim_max == RLIM_INFINITY ? json_string("unlimited")
                                            : json_integer((json_int_t)limits.rlim_max);
}

static json_t *list_affinity(void) {
    cpu_set_t set;
    json_t *list = json_array();
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
            if (CPU_ISSET(cpu, &set)) {
                json_array_append_new(list, json_integer(cpu));
            }
        }
    }
    return list;
}

/* FNV-1a, 64 bits: it tells builds apart and is no proof against forgery. */
static json_t *hash_program(const char *name) {
    char folder[PATH_MAX];
    char path[PATH_MAX];
    char text[32];
    struct error error;
    unsigned char bytes[65536];
    if (!paths_programs(folder, &error) || !paths_join(path, folder, name, &error)) {
        return json_null();
    }
    FILE *file = fopen(path, "re");
    if (!file) {
        return json_null();
    }
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    size_t count;
    while ((count = fread(bytes, 1, sizeof bytes, file)) > 0) {
        for (size_t i = 0; i < count; i++) {
            hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
        }
    }
    fclose(file);
    snprintf(text, sizeof text, "fnv1a64:%016" PRIx64, hash);
    return json_string(text);
}

static json_t *describe_libraries(void) {
    json_t *libraries = json_object();
    json_object_set_new(libraries, "libuv", json_string(SIMUL_LIBUV_VERSION));
    json_object_set_new(libraries, "libcurl", json_string(SIMUL_LIBCURL_VERSION));
    json_object_set_new(libraries, "libfyaml", json_string(SIMUL_LIBFYAML_VERSION));
    json_object_set_new(libraries, "jansson", json_string(jansson_version_str()));
    return libraries;
}

static json_t *describe_limits(void) {
    json_t *limits = json_object();
    json_object_set_new(limits, "descriptors", limit(RLIMIT_NOFILE));
    json_object_set_new(limits, "processes", limit(RLIMIT_NPROC));
    json_object_set_new(limits, "threads",
                        read_line("/proc/sys/kernel/threads-max", NULL));
    json_object_set_new(limits, "maps", read_line("/proc/sys/vm/max_map_count", NULL));
    json_object_set_new(limits, "ports",
                        read_line("/proc/sys/net/ipv4/ip_local_port_range", NULL));
    json_object_set_new(limits, "accept_queue",
                        read_line("/proc/sys/net/core/somaxconn", NULL));
    return limits;
}

json_t *environment_describe(void) {
    struct utsname kernel;
    char text[300] = "";
    if (uname(&kernel) == 0) {
        snprintf(text, sizeof text, "%.60s %.80s %.80s %.40s", kernel.sysname,
                 kernel.release, kernel.version, kernel.machine);
    }
    json_t *environment = json_object();
    json_object_set_new(environment, "kernel", json_string(text));
    json_object_set_new(environment, "cpu", read_line("/proc/cpuinfo", "model name"));
    json_object_set_new(environment, "affinity", list_affinity());
    json_object_set_new(
        environment, "clock_source",
        read_line("/sys/devices/system/clocksource/clocksource0/current_clocksource",
                  NULL));
    json_object_set_new(environment, "timer_slack_ns",
                        json_integer(prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0)));
    json_object_set_new(environment, "limits", describe_limits());
    json_object_set_new(environment, "libraries", describe_libraries());
    json_object_set_new(environment, "version", json_string(SIMUL_VERSION));
    json_object_set_new(environment, "commit", json_string(SIMUL_COMMIT));
    json_object_set_new(environment, "build", json_string(SIMUL_BUILD));
    json_object_set_new(environment, "simul", hash_program("simul"));
    json_object_set_new(environment, "mock_api", hash_program("simul-mock-api"));
    return environment;
}

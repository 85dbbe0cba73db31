/* The main of every lesson: its options, its run, its timeline, its closing
 * sentence. */
#include "base/clock.h"
#include "base/options.h"
#include "lessons/lesson.h"
#include "lessons/runtime/canvas.h"
#include "lessons/runtime/picture.h"
#include "lessons/runtime/slow_server.h"
#include "lessons/runtime/stage.h"
#include "lessons/runtime/timeline.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TOTAL_BYTES = 256 };

struct arguments {
    double speed;
    const char *picture;
    bool wants_source;
    bool wants_description;
};

static bool set_speed(void *target, const struct option_row *row, const char *text,
                      struct error *error) {
    (void)row;
    char *end;
    double speed = strtod(text, &end);
    if (!*text || !strchr("0123456789.", *text) || strpbrk(text, "xX") || *end ||
        !(speed >= 0.01 && speed <= 1000)) {
        return error_input(error,
                           "'%.40s' is not a number from 0.01 to 1000; 10 runs ten "
                           "times faster than life",
                           text);
    }
    ((struct arguments *)target)->speed = speed;
    return true;
}

static bool set_picture(void *target, const struct option_row *row, const char *text,
                        struct error *error) {
    (void)row;
    enum canvas_format format;
    if (!canvas_format_of(text, &format)) {
        return error_input(error, "'%.200s' does not end with .svg, .png or .pdf",
                           text);
    }
    ((struct arguments *)target)->picture = text;
    return true;
}

static bool set_source(void *target, const struct option_row *row, const char *text,
                       struct error *error) {
    (void)row, (void)text, (void)error;
    ((struct arguments *)target)->wants_source = true;
    return true;
}

static bool set_describe(void *target, const struct option_row *row, const char *text,
                         struct error *error) {
    (void)row, (void)text, (void)error;
    ((struct arguments *)target)->wants_description = true;
    return true;
}

static const struct option_row rows[] = {
    {"speed", "X", "how many times faster than life (1)", set_speed},
    {"picture", "FILE", "draw its timeline for a slide, too: .svg, .png, .pdf",
     set_picture},
    {"source", NULL, "print the program, and do not run it", set_source},
    {"describe", NULL, "print what it shows, as JSON", set_describe},
    {.name = NULL},
};

/* The lesson's own source is built in, so that --source prints what runs. */
extern const char lesson_source[];
extern const size_t lesson_source_bytes;

static void print_help(void) {
    printf("simul lesson " LESSON_NAME ": %s\n\nusage: simul lesson " LESSON_NAME
           " [OPTION...]\n\n",
           lesson.shows);
    options_print(rows, stdout);
}

static void describe(void) {
    printf("{\"name\": \"" LESSON_NAME "\", \"place\": %d, \"shows\": \"%s\", "
           "\"total_s\": %g, \"instead_s\": %g}\n",
           lesson.place, lesson.shows, lesson.total_s, lesson.instead_s);
}

/* Compares the measured time with the promised one and with the other way. */
static void say_total(double total_s, char text[static TOTAL_BYTES]) {
    char late[TOTAL_BYTES / 2] = "";
    char instead[TOTAL_BYTES / 3] = "";
    if (lesson.total_s > 0 && total_s > lesson.total_s * 1.01) {
        snprintf(late, sizeof late,
                 ", %g s were promised: this machine is busy, or --speed is too high",
                 lesson.total_s);
    }
    if (lesson.instead_s > 0) {
        snprintf(instead, sizeof instead, "; %s it would be %g s: %.0f %% less",
                 lesson.instead, lesson.instead_s,
                 (1 - total_s / lesson.instead_s) * 100);
    }
    snprintf(text, TOTAL_BYTES, "%.2f s in all%s%s.", total_s, late, instead);
}

static void print_speed(const struct page *page, double speed) {
    char text[96];
    if (!(speed < 1 || speed > 1)) {
        return;
    }
    if (lesson.only_computes) {
        snprintf(
            text, sizeof text,
            "it only computes, so --speed makes it no faster: its seconds are real");
    } else if (speed < 1) {
        snprintf(text, sizeof text, "%.4g times slower than life", 1 / speed);
    } else {
        snprintf(text, sizeof text, "%g times faster than life", speed);
    }
    page_write(page, 0, text);
    putchar('\n');
}

static void print_head(const struct page *page, double speed) {
    printf("%s" LESSON_NAME "%s: ", page_ink(page, PAGE_STRONG),
           page_ink(page, PAGE_PLAIN));
    page_write(page, sizeof LESSON_NAME + 1, lesson.shows);
    putchar('\n');
    print_speed(page, speed);
    putchar('\n');
    fflush(stdout);
}

/* Prints the timeline, the total and the sentence; writes the picture if one is
 * wanted. */
static bool present(const struct spans *spans, const struct page *page,
                    const char *picture, struct error *error) {
    char total[TOTAL_BYTES];
    putchar('\n');
    timeline_print(spans, page);
    putchar('\n');
    say_total(spans->total_s, total);
    page_write(page, 0, total);
    printf("\n%s", page_ink(page, PAGE_STRONG));
    page_write(page, 0, lesson.remember);
    printf("%s\n", page_ink(page, PAGE_PLAIN));
    char words[TOTAL_BYTES];
    snprintf(words, sizeof words, LESSON_NAME ": %s", lesson.shows);
    struct caption caption = {lesson.remember, words, total, lesson.instead,
                              lesson.instead_s};
    return !picture || picture_write(spans, &caption, picture, error);
}

static bool perform(const struct arguments *arguments, struct error *error) {
    struct async_error failure = {.kind = ASYNC_OK};
    if (arguments->picture && !picture_check(arguments->picture, error)) {
        return false;
    }
    clock_set_timer_slack();
    /* This takes time that is no part of the lesson, so it comes before the start. */
    curl_global_init(CURL_GLOBAL_DEFAULT);
    stage_open(lesson.only_computes ? 1 : arguments->speed);
    const struct page *page = stage_page();
    print_head(page, arguments->speed);
    stage_start();
    bool ok = lesson.run
                  ? lesson.run(&failure)
                  : async_run(async_coroutine(lesson.program, NULL), NULL, &failure);
    const struct spans *spans = stage_close();
    slow_server_stop();
    curl_global_cleanup();
    if (!ok) {
        return error_failed(error, "%s: %s", async_error_name(failure.kind),
                            failure.message);
    }
    return present(spans, page, arguments->picture, error);
}

static bool dispatch(int argc, char *argv[], struct error *error) {
    struct arguments arguments = {.speed = 1};
    int operands = 0;
    bool help = false;
    if (!options_parse(rows, &arguments, argc, argv, &operands, &help, error)) {
        return false;
    }
    if (help) {
        print_help();
    } else if (operands > 0) {
        return error_input(error, "'%.60s' is no option; a lesson takes options only",
                           argv[1]);
    } else if (arguments.wants_description) {
        describe();
    } else if (arguments.wants_source) {
        fwrite(lesson_source, 1, lesson_source_bytes, stdout);
    } else {
        return perform(&arguments, error);
    }
    return true;
}

int main(int argc, char *argv[]) {
    struct error error = {.kind = ERROR_NONE};
    bool ok = dispatch(argc, argv, &error);
    if (ok && (fflush(stdout) != 0 || ferror(stdout))) {
        ok = error_failed(&error, "cannot write to stdout");
    }
    if (!ok) {
        fprintf(stderr, "simul: lesson " LESSON_NAME ": %s\n", error.message);
    }
    return ok ? 0 : error.kind == ERROR_INPUT ? 2 : 1;
}

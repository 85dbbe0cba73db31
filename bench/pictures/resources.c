/* Draws the picture "resources": what each model takes of the machine. Models that are
 * equally fast may differ in their threads, their memory and their processor time. */
#include "bench/pictures/finding.h"
#include "bench/pictures/legend.h"
#include "bench/pictures/picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum resource { MEMORY, THREADS, PROCESSOR_TIME, RESOURCES };

/* Pixels. */
enum {
    MOST_MODELS = 12,
    PLOT_BOTTOM = 40,
    NAME_GAP = 24,
    COLUMN_GAP = 50,
    LABEL_GAP = 12,
    MOST_BAR = 60,
};

static const char *const headings[RESOURCES] = {"memory", "threads", "processor time"};

static int count_pages(const struct subject *subject) {
    return picture_pages(subject, MOST_MODELS);
}

/* NaN: it is not known. */
static double amount_of(const struct summary_model *model, enum resource resource) {
    const struct summary_resources *resources = &model->resources;
    return resource == MEMORY    ? resources->peak_memory_bytes
           : resource == THREADS ? resources->peak_threads
                                 : resources->user_s + resources->system_s;
}

/* Writes "8.1 MiB", "13", "12.3 ms"; "not known". Returns `text`. */
static const char *write_amount(double amount, enum resource resource,
                                char text[static AXIS_TEXT_BYTES]) {
    const double mib = 1 << 20;
    if (!isfinite(amount)) {
        snprintf(text, AXIS_TEXT_BYTES, "not known");
    } else if (resource == MEMORY && amount >= 1024 * mib) {
        snprintf(text, AXIS_TEXT_BYTES, "%.1f GiB", amount / mib / 1024);
    } else if (resource == MEMORY) {
        snprintf(text, AXIS_TEXT_BYTES, "%.1f MiB", amount / mib);
    } else if (resource == THREADS) {
        snprintf(text, AXIS_TEXT_BYTES, "%.0f", amount);
    } else {
        axis_seconds(amount, text);
    }
    return text;
}

/* Draws a model's bar in one column, which is as wide as the largest amount. */
static void draw_amount(double amount, enum resource resource, double most, double left,
                        double width, double middle, double height,
                        struct sheet *sheet) {
    char text[AXIS_TEXT_BYTES];
    double right = left;
    if (amount > 0) {
        right = left + fmax(width * amount / most, 2);
        sheet_block(sheet, COURSE_BODY, left, middle - height / 2, right,
                    middle + height / 2);
    }
    sheet_text(sheet, isfinite(amount) ? TEXT_VALUE : TEXT_NOTE, right + LABEL_GAP,
               middle, write_amount(amount, resource, text));
}

static double find_most(const struct subject *subject, enum resource resource) {
    double most = 0;
    for (size_t i = 0; i < subject->point->entry_count; i++) {
        most = fmax(most, amount_of(&subject->summary->models[i], resource));
    }
    return most > 0 ? most : 1;
}

/* The room that the widest figure of a column needs. */
static double label_width(const struct subject *subject, enum resource resource,
                          const struct sheet *sheet) {
    double widest = 0;
    for (size_t i = 0; i < subject->point->entry_count; i++) {
        char text[AXIS_TEXT_BYTES];
        double amount = amount_of(&subject->summary->models[i], resource);
        write_amount(amount, resource, text);
        widest = fmax(widest, sheet_width(sheet, TEXT_VALUE, text));
    }
    return LABEL_GAP + widest;
}

/* The names of the models, and one column for each resource. */
static void draw_columns(const struct subject *subject, int page, double top,
                         struct sheet *sheet) {
    size_t end;
    size_t first = picture_page_models(subject, MOST_MODELS, page, &end);
    double left = SHEET_MARGIN + picture_names_width(subject, sheet) + NAME_GAP;
    double column = (SHEET_WIDTH - SHEET_MARGIN - left) / RESOURCES;
    double pitch = (top - PLOT_BOTTOM) / (double)(end - first);
    double height = fmin(pitch * 0.6, MOST_BAR);
    for (size_t place = first; place < end; place++) {
        size_t entry = picture_entry(subject, place);
        const struct summary_model *model = &subject->summary->models[entry];
        double middle = top - ((double)(place - first) + 0.5) * pitch;
        picture_name(subject, entry, left - NAME_GAP, middle, sheet);
        if (!isfinite(model->measured.median_s)) {
            picture_excuse(model, left + LABEL_GAP, middle, sheet);
            continue;
        }
        for (int i = 0; i < RESOURCES; i++) {
            enum resource resource = (enum resource)i;
            double width = column - COLUMN_GAP - label_width(subject, resource, sheet);
            draw_amount(amount_of(model, resource), resource,
                        find_most(subject, resource), left + i * column, width, middle,
                        height, sheet);
        }
    }
    for (int i = 0; i < RESOURCES; i++) {
        sheet_text(sheet, TEXT_HEADING, left + i * column, top + 20, headings[i]);
        sheet_line(sheet, LINE_FRAME, left + i * column, PLOT_BOTTOM, left + i * column,
                   top);
    }
}

/* Writes "threads: 13 threads, 9.2 MiB". */
static void write_part(const struct summary_model *model, char *text, size_t size) {
    char memory[AXIS_TEXT_BYTES];
    char time[AXIS_TEXT_BYTES];
    double threads = amount_of(model, THREADS);
    bool is_known = isfinite(threads);
    if (is_known) {
        snprintf(text, size, "%.30s: %.0f thread%s, %s", model->name, threads,
                 threads == 1 ? "" : "s",
                 write_amount(amount_of(model, MEMORY), MEMORY, memory));
    } else {
        snprintf(text, size, "%.30s: %s of processor time", model->name,
                 write_amount(amount_of(model, PROCESSOR_TIME), PROCESSOR_TIME, time));
    }
}

/* Compares the model with the most threads with the one with the fewest, of those that
 * are about as fast as the fastest. */
static void write_title(const struct summary_point *point,
                        char text[static FINDING_BYTES]) {
    const double as_fast = 1.05;
    const struct summary_model *fastest = finding_fastest(point);
    /* Of several with as few threads, it is the fastest. */
    const struct summary_model *fewest =
        fastest && isfinite(amount_of(fastest, THREADS)) ? fastest : NULL;
    const struct summary_model *most = fewest;
    double limit_s = fastest ? fastest->measured.median_s * as_fast : INFINITY;
    for (size_t i = 0; i < point->model_count; i++) {
        const struct summary_model *model = &point->models[i];
        double threads = amount_of(model, THREADS);
        if (!isfinite(threads) || !(model->measured.median_s <= limit_s)) {
            continue;
        }
        fewest = !fewest || threads < amount_of(fewest, THREADS) ? model : fewest;
        most = !most || threads > amount_of(most, THREADS) ? model : most;
    }
    if (!fewest) {
        finding_speed(point, text);
        return;
    }
    char part[2][120];
    write_part(fewest, part[0], sizeof part[0]);
    write_part(most, part[1], sizeof part[1]);
    bool differ = amount_of(fewest, THREADS) < amount_of(most, THREADS);
    snprintf(text, FINDING_BYTES, "%s%s%s%s", fastest && differ ? "Equally fast, " : "",
             part[0], differ ? "; " : "", differ ? part[1] : "");
}

static bool draw(const struct subject *subject, int page, struct sheet *sheet,
                 struct error *error) {
    struct legend legend = {.count = 0};
    char title[FINDING_BYTES];
    char setting[FINDING_BYTES];
    char pace[FINDING_BYTES];
    (void)error;
    write_title(subject->summary, title);
    double y = sheet_head(sheet, title, finding_setting(subject->summary, setting),
                          finding_pace(subject->summary, pace));
    sheet->text_px[TEXT_NAME] = sheet->text_px[TEXT_VALUE] = 26;
    legend_add(
        &legend, LEGEND_NOTE,
        "of the model's processes, the median of its complete trials; at the peak, "
        "or in real time");
    legend_draw(&legend, y - 22, sheet);
    draw_columns(subject, page, y - 96, sheet);
    return true;
}

const struct picture picture_resources = {
    .name = "resources",
    .summary = "the memory, the threads and the processor time of each model",
    .applies = picture_applies_always,
    .count_pages = count_pages,
    .draw = draw,
};

/* Draws legends. */
#include "bench/pictures/legend.h"

#include <stdio.h>

/* Pixels. */
enum { SIDE = 24, FIELD = 40, TEXT_GAP = 10, ITEM_GAP = 34, LEAST_PX = 16 };

void legend_add(struct legend *legend, enum legend_kind kind, const char *text) {
    if (legend->count < LEGEND_MOST) {
        struct legend_item *item = &legend->items[legend->count++];
        item->kind = kind;
        snprintf(item->text, sizeof item->text, "%s", text);
    }
}

void legend_add_phases(struct legend *legend, const char *const texts[COURSE_PHASES]) {
    for (int phase = 0; phase < COURSE_PHASES; phase++) {
        if (texts[phase] && legend->count < LEGEND_MOST) {
            legend->items[legend->count].phase = (enum phase)phase;
            legend_add(legend, LEGEND_PHASE, texts[phase]);
        }
    }
}

void legend_add_fields(struct legend *legend, bool has_failed, bool has_density) {
    if (has_density) {
        legend_add(legend, LEGEND_DENSITY, "height: part of the time");
    }
    if (has_failed) {
        legend_add(legend, LEGEND_HATCH, "requests failed: no result");
    }
}

static double field_width(const struct legend_item *item) {
    return item->kind == LEGEND_PHASE  ? SIDE + TEXT_GAP
           : item->kind == LEGEND_NOTE ? 0
                                       : FIELD + TEXT_GAP;
}

/* The width without the texts. */
static double fields_width(const struct legend *legend) {
    double width = 0;
    for (int i = 0; i < legend->count; i++) {
        width += field_width(&legend->items[i]) + (i > 0 ? ITEM_GAP : 0);
    }
    return width;
}

static void choose_size(const struct legend *legend, struct sheet *sheet) {
    double room = SHEET_WIDTH - 2 * SHEET_MARGIN - fields_width(legend);
    double width = 0;
    for (int i = 0; i < legend->count; i++) {
        width += sheet_width(sheet, TEXT_LEGEND, legend->items[i].text);
    }
    int *px = &sheet->text_px[TEXT_LEGEND];
    if (width > room) {
        int fits = (int)(*px * room / width);
        *px = fits > LEAST_PX ? fits : LEAST_PX;
    }
}

static void draw_field(const struct legend_item *item, double x, double y,
                       struct sheet *sheet) {
    if (item->kind == LEGEND_PHASE) {
        sheet_block(sheet, item->phase, x, y - SIDE / 2.0, x + SIDE, y + SIDE / 2.0);
    } else if (item->kind == LEGEND_HATCH) {
        sheet_block(sheet, PHASE_RESPONSE, x, y - 12, x + FIELD, y + 12);
        sheet_hatch(sheet, x, y - 12, x + FIELD, y + 12);
    } else if (item->kind != LEGEND_NOTE) {
        if (item->kind == LEGEND_DENSITY) {
            sheet_block(sheet, PHASE_SEND, x, y - 10, x + FIELD, y - 4);
        }
        sheet_frame(sheet, x, y - 10, x + FIELD, y + 10);
    }
}

void legend_draw(const struct legend *legend, double y, struct sheet *sheet) {
    double x = SHEET_MARGIN;
    choose_size(legend, sheet);
    for (int i = 0; i < legend->count; i++) {
        const struct legend_item *item = &legend->items[i];
        draw_field(item, x, y, sheet);
        x += field_width(item);
        sheet_text(sheet, TEXT_LEGEND, x, y, item->text);
        x += sheet_width(sheet, TEXT_LEGEND, item->text) + ITEM_GAP;
    }
}

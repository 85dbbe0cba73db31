/* Linear and logarithmic axes. */
#include "bench/pictures/scale.h"

#include <math.h>

/* The axis is logarithmic if the largest figure is more than so many times the
 * smallest, whose bar would be too thin to be seen on a linear axis. */
static const double most_linear_ratio = 250;

/* The distance of the tics' texts below the grid, in pixels. */
enum { TIC_GAP = 24 };

struct scale scale_for(double shortest_s, double longest_s) {
    struct scale scale = {.longest_s = longest_s > 0 ? longest_s : 1};
    scale.is_log = scale.longest_s / shortest_s > most_linear_ratio;
    scale.from_s = pow(10, floor(log10(shortest_s) - 0.2));
    scale.axis = axis_for(scale.longest_s, 8);
    return scale;
}

double scale_length(const struct scale *scale, double s) {
    return scale->is_log ? log10(s / scale->from_s) : s;
}

double scale_x(const struct scale *scale, double s) {
    return scale->left + scale->px * scale_length(scale, s);
}

/* Draws the powers of ten, each with its own unit. */
static void draw_decades(const struct scale *scale, double bottom, double top,
                         struct sheet *sheet) {
    double end_s = scale->longest_s * 1.0001;
    for (double s = scale->from_s; s <= end_s; s *= 10) {
        char text[AXIS_TEXT_BYTES];
        struct axis axis = axis_for(s, 1);
        double x = scale_x(scale, s);
        sheet_grid(sheet, x, bottom, top);
        if (axis.unit_s > 1) { /* 100 000 s are not told apart in days */
            axis = (struct axis){.unit = "s", .unit_s = 1};
        }
        sheet_text(sheet, TEXT_TIC, x, bottom - TIC_GAP, axis_tic(&axis, s, text));
    }
}

void scale_draw(const struct scale *scale, double bottom, double top,
                struct sheet *sheet) {
    if (scale->is_log) {
        draw_decades(scale, bottom, top, sheet);
    } else {
        sheet_axis(sheet, &scale->axis, scale->longest_s, scale->left, scale->px,
                   bottom, top);
    }
}

/* Writes figures for tables and pictures. */
#include "bench/table/cell.h"
#include "base/thousands.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* No run takes 10^13 s, but a wrong file may say so: its figure has to fit, too. */
void cell_write_number(double seconds, char cell[static CELL_BYTES]) {
    if (fabs(seconds) >= 1e13) {
        snprintf(cell, CELL_BYTES, "%.3e", seconds);
        return;
    }
    int decimals = seconds < 10 ? 3 : seconds < 100 ? 2 : 1;
    for (double least = 1; seconds > 0 && seconds < least && decimals < 6;
         least /= 10) {
        decimals++; /* for quick APIs; microseconds are enough */
    }
    snprintf(cell, CELL_BYTES, "%.*f", decimals, seconds);
    thousands_group(cell);
}

void cell_write_seconds(double seconds, char cell[static CELL_BYTES]) {
    if (!isfinite(seconds)) {
        strcpy(cell, "-");
        return;
    }
    cell_write_number(seconds, cell);
    strcat(cell, " s");
}

void cell_write_printed(double seconds, char cell[static CELL_BYTES]) {
    if (!isfinite(seconds)) {
        strcpy(cell, "-");
        return;
    }
    snprintf(cell, CELL_BYTES, "%.10g", seconds);
    thousands_group(cell);
    strcat(cell, " s");
}

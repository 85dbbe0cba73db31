/* A figure as a text, for tables and pictures. */
#ifndef SIMUL_BENCH_TABLE_CELL_H
#define SIMUL_BENCH_TABLE_CELL_H

/* The room for any of these texts. */
enum { CELL_BYTES = 80 };

/* Writes seconds with four significant digits, but at least with tenths, and with
 * thousands in groups: "1.235", "43,200.0". */
void cell_write_number(double seconds, char cell[static CELL_BYTES]);

/* Writes the same with the unit, or "-" if the figure is not known. */
void cell_write_seconds(double seconds, char cell[static CELL_BYTES]);

/* Writes a printed figure with the digits that were printed, "43,200 s", or "-". */
void cell_write_printed(double seconds, char cell[static CELL_BYTES]);

#endif

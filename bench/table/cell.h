/* A figure as the tables and pictures say it. */
#ifndef SIMUL_BENCH_TABLE_CELL_H
#define SIMUL_BENCH_TABLE_CELL_H

/* Room for any of them. */
enum { CELL_BYTES = 80 };

/* Seconds with four significant digits and never less than tenths, as the lecture's
 * figures need, and thousands in groups: "1.235", "43,200.0". */
void cell_write_number(double seconds, char cell[static CELL_BYTES]);

/* The same with its unit; "-" where there is no figure. */
void cell_write_seconds(double seconds, char cell[static CELL_BYTES]);

/* As it was printed: "43,200 s". "-" where it was not. */
void cell_write_printed(double seconds, char cell[static CELL_BYTES]);

#endif

/* Large numbers with commas: 43,200. */
#ifndef SIMUL_BASE_THOUSANDS_H
#define SIMUL_BASE_THOUSANDS_H

/* Puts commas into the number at the beginning of a text, between groups of three
 * digits: 43200 s becomes 43,200 s. The buffer must have room for the commas. */
void thousands_group(char *text);

#endif

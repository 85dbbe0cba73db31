/* Large numbers with commas: 43,200. */
#ifndef SIMUL_BASE_THOUSANDS_H
#define SIMUL_BASE_THOUSANDS_H

/* Puts a comma after every three digits, from the right, of the digits that the text
 * begins with: 43200 s becomes 43,200 s. The caller has room for the commas. */
void thousands_group(char *text);

#endif

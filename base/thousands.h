/* Thousands in groups, as people read them. */
#ifndef SIMUL_BASE_THOUSANDS_H
#define SIMUL_BASE_THOUSANDS_H

/* Makes 43200 at the beginning of the text 43,200; there is room for that. */
void thousands_group(char *text);

#endif

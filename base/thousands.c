/* Inserts the commas in place, from the right; the text after the digits moves
 * along. */
#include "base/thousands.h"

#include <string.h>

void thousands_group(char *text) {
    size_t digits = strspn(text, "0123456789");
    for (size_t at = digits; at > 3; at -= 3) {
        size_t place = at - 3;
        memmove(text + place + 1, text + place, strlen(text + place) + 1);
        text[place] = ',';
    }
}

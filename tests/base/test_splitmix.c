/* base/splitmix.c: the published sequence. */
#include "base/splitmix.h"

#include <criterion/criterion.h>

/* The first numbers of the seed 1234567, as the reference implementation
 * (Vigna, 2015) prints them. */
Test(splitmix, gives_the_published_sequence) {
    static const uint64_t expected[] = {
        UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
        UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
        UINT64_C(16408922859458223821)};
    uint64_t state = 1234567;
    for (int i = 0; i < 5; i++) {
        cr_expect_eq(splitmix_next(&state), expected[i], "number %d", i);
    }
}

Test(splitmix, the_hash_of_a_seed_is_its_first_number) {
    uint64_t state = 99;
    cr_expect_eq(splitmix_hash(99), splitmix_next(&state));
}

/* The lessons take as long as they promise, not longer. This runs alone: tests/CMakeLists.txt. */
#include "tests/support/lesson_times.h"
#include "tests/support/program.h"

#include <math.h>

TestSuite(lesson_times, .init = program_enter, .fini = program_leave);

enum { TRIES = 12 };

/* Other processes may use the machine, so one of some tries has to be undisturbed. */
Test(lesson_times, are_kept_within_a_hundredth) {
    for (int i = 0; i < LESSON_TIMES; i++) {
        const struct lesson_time *time = &lesson_times[i];
        double least_s = INFINITY;
        for (int k = 0; k < TRIES && !(least_s <= time->total_s * 1.01); k++) {
            struct outcome run =
                program_expect(0, "simul lesson %s --speed 10", time->name);
            least_s = fmin(least_s, lesson_total_s(run.out));
        }
        cr_expect_leq(least_s, time->total_s * 1.01, "%s takes %g s, not %g s",
                      time->name, least_s, time->total_s);
    }
}

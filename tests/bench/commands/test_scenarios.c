/* simul scenarios, as a whole program. */
#include "tests/support/program.h"

#include <criterion/criterion.h>

TestSuite(command_scenarios, .init = program_enter, .fini = program_leave);

Test(command_scenarios, the_shipped_ones_are_listed_and_sorted) {
    program_expect(0,
                   "simul scenarios | cut -d' ' -f1 >listed && "
                   "cd %s/bench/scenarios && ls *.yaml | sed 's/.yaml$//' | "
                   "LC_ALL=C sort | cmp - \"$OLDPWD/listed\"",
                   TEST_SOURCE);
}

Test(command_scenarios, each_has_its_title) {
    struct outcome list = program_expect(0, "simul scenarios");
    cr_assert(program_holds(
        list.out, "\nurls             12 URLs, 5 s to send, 55 s to answer\n"));
}

Test(command_scenarios, a_name_prints_the_file_itself) {
    program_expect(0,
                   "for name in $(simul scenarios | cut -d' ' -f1); do "
                   "simul scenarios $name | cmp - %s/bench/scenarios/$name.yaml || "
                   "exit 9; done",
                   TEST_SOURCE);
}

Test(command_scenarios, a_printed_file_is_a_scenario_that_loads) {
    program_expect(0, "simul scenarios chess >mine.yaml && simul predict chess >a && "
                      "simul predict mine.yaml >b && cmp a b");
}

Test(command_scenarios, a_file_in_this_folder_needs_no_slash) {
    program_expect(0, "simul scenarios urls >mine.yaml && "
                      "simul scenarios mine.yaml | cmp - mine.yaml");
}

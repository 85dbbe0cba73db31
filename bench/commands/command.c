/* How a command ends. */
#include "bench/commands/command.h"
#include "bench/programs/interrupt.h"

int command_exit_code(bool ok, struct error *error) {
    if (interrupt_is_pending()) {
        *error = (struct error){.kind = ERROR_NONE}; /* a stop on request is no error */
        return EXIT_SIGNALLED + interrupt_signal();
    }
    return ok ? EXIT_DONE : EXIT_FAILED;
}

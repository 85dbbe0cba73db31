/* What a scenario asks for, in a line. */
#include "bench/setting.h"
#include "bench/field.h"

#include <string.h>

bool setting_is_own_api(const json_t *setting) {
    return json_is_string(json_object_get(setting, "url_file"));
}

void setting_print(const json_t *setting, FILE *out) {
    const char *senders = field_text(setting, "senders");
    int conversations = (int)field_number(setting, "conversations");
    int rounds = (int)field_number(setting, "rounds");
    int slots = (int)field_number(setting, "slots");
    fprintf(out, "%s: %d conversation%s x %d round%s, ", field_text(setting, "name"),
            conversations, conversations == 1 ? "" : "s", rounds,
            rounds == 1 ? "" : "s");
    if (setting_is_own_api(setting)) {
        double timeout_s = field_number(setting, "timeout_s");
        fprintf(out, "a URL each of %s, in real time", field_text(setting, "url_file"));
        if (timeout_s > 0) {
            fprintf(out, ", at most %.10g s a request", timeout_s);
        }
        putc('\n', out);
        return;
    }
    fprintf(out, "send %s, response %s, ", field_text(setting, "send"),
            field_text(setting, "response"));
    if (!strcmp(senders, "1")) {
        fputs("one sender", out);
    } else if (!strcmp(senders, "client")) {
        fputs("the client's own send", out);
    } else {
        fprintf(out, "%s senders", senders);
    }
    if (slots > 0) {
        fprintf(out, ", %d answer slot%s", slots, slots == 1 ? "" : "s");
    }
    double speed = field_number(setting, "speed");
    if (speed == 1) {
        fputs(", in real time\n", out);
    } else {
        fprintf(out, ", %.10g times faster than life\n", speed);
    }
}

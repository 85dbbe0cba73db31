/* bench/pictures/story.c: the words of pictures. */
#include "bench/pictures/story.h"
#include "tests/support/lecture.h"

#include <criterion/criterion.h>

static struct plan plan;

/* A shipped scenario; close it by plan_close(). */
static const struct scenario *open_scenario(const char *name) {
    lecture_plan(&plan, name);
    return &plan.points[0].scenario;
}

Test(story, a_title_does_not_decide_the_story) {
    struct scenario scenario;
    scenario_init(&scenario);
    strcpy(scenario.name, "chess");
    strcpy(scenario.title, "A chess exhibition");
    cr_expect_str_eq(story_of(&scenario)->sender, "sender");
}

Test(story, chess_has_a_story_of_its_own) {
    static const char *const senders[][2] = {{"urls", "sender"},
                                             {"chess", "master"},
                                             {"chess-12", "master"},
                                             {"chess-clones", "masters"},
                                             {"urls-unlimited", "senders"}};
    for (size_t i = 0; i < sizeof senders / sizeof senders[0]; i++) {
        cr_expect_str_eq(story_of(open_scenario(senders[i][0]))->sender, senders[i][1]);
        plan_close(&plan);
    }
}

Test(story, only_one_sender_is_called_the_sender) {
    static const char *const rows[][4] = {
        {"urls", "sender idle", "waits for the sender", "waits for its turn"},
        {"urls-unlimited", "nothing sent", "connecting and waiting for the client",
         "waits for its turn"},
        {"urls-client", "nothing sent", "connecting and waiting for the client",
         "waits for its turn"},
        {"chess", "master idle", "the board waits", "the board waits"},
        {"chess-clones", "no master moves", "connecting and waiting for the client",
         "the board waits"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct scenario *scenario = open_scenario(rows[i][0]);
        char idle[AXIS_TEXT_BYTES];
        cr_expect_str_eq(story_idle(scenario, idle), rows[i][1]);
        cr_expect_str_eq(story_waits(scenario, false), rows[i][2]);
        cr_expect_str_eq(story_waits(scenario, true), rows[i][3]);
        plan_close(&plan);
    }
}

/* Chooses the words of a picture. */
#include "bench/pictures/story.h"

#include <stdio.h>

static const struct story conversations = {
    .title = "Sender",
    .sender = "sender",
    .one = "conversation",
    .many = "conversations",
    .average = "average",
    .in_line = "Not standing in line",
    .sends = "send",
    .responds = "response",
    .over = "all done",
    .unsent = "nothing sent",
    .whole = "All of it: the sender's time, and an average conversation's",
    .answer = "answer",
    .answers = "answers",
};

static const struct story chess = {
    .title = "Master",
    .sender = "master",
    .one = "board",
    .many = "boards",
    .average = "board",
    .in_line = "From board to board",
    .sends = "the master moves",
    .responds = "the opponent thinks",
    .over = "game over",
    .unsent = "no master moves",
    .whole = "The whole exhibition: the master's time, and an average board's",
    .answer = "pair of moves",
    .answers = "pairs of moves",
};

/* If there are several senders, or if each client sends by itself. */
static const struct story many_senders = {
    .title = "Senders",
    .sender = "senders",
    .one = "conversation",
    .many = "conversations",
    .average = "average",
    .in_line = "Not standing in line",
    .sends = "send",
    .responds = "response",
    .over = "all done",
    .unsent = "nothing sent",
    .whole = "All of it: when something is sent, and an average conversation's time",
    .answer = "answer",
    .answers = "answers",
};

static const struct story many_masters = {
    .title = "Masters",
    .sender = "masters",
    .one = "board",
    .many = "boards",
    .average = "board",
    .in_line = "From board to board",
    .sends = "a master moves",
    .responds = "the opponent thinks",
    .over = "game over",
    .unsent = "no master moves",
    .whole = "The whole exhibition: when a master moves, and an average board's time",
    .answer = "pair of moves",
    .answers = "pairs of moves",
};

const struct story *story_of(const struct scenario *scenario) {
    bool is_one = story_has_one_sender(scenario);
    return scenario->story == STORY_CHESS ? (is_one ? &chess : &many_masters)
                                          : (is_one ? &conversations : &many_senders);
}

bool story_has_one_sender(const struct scenario *scenario) {
    return scenario->senders == SENDERS_COUNT && scenario->sender_count == 1 &&
           !scenario->url_file;
}

const char *story_idle(const struct scenario *scenario,
                       char text[static AXIS_TEXT_BYTES]) {
    const struct story *story = story_of(scenario);
    bool is_one = story_has_one_sender(scenario);
    snprintf(text, AXIS_TEXT_BYTES, "%s%s", is_one ? story->sender : story->unsent,
             is_one ? " idle" : "");
    return text;
}

const char *story_waits(const struct scenario *scenario, bool from_ready) {
    if (scenario->story == STORY_CHESS &&
        (from_ready || scenario->senders == SENDERS_COUNT)) {
        return "the board waits";
    }
    if (from_ready) {
        return "waits for its turn";
    }
    if (scenario->url_file) {
        return "waits in the API's queue";
    }
    if (scenario->senders != SENDERS_COUNT) {
        return "connecting and waiting for the client";
    }
    return scenario->sender_count == 1 ? "waits for the sender" : "waits for a sender";
}

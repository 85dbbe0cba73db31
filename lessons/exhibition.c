/* A master plays four boards. While one opponent thinks, she moves at the next board.
 * Each board is a coroutine; the master is a lock. */
#include "lessons/lesson.h"
#include "lessons/board.h"
enum { BOARDS = 4, ROUNDS = 4 };
static const char *const games[BOARDS][2 * ROUNDS] = {
    {"e2e4", "e7e5", "f1c4", "b8c6", "d1h5", "g8f6", "h5f7#"},
    {"e2e4", "e7e5", "d1f3", "b8c6", "f1c4", "d7d6", "f3f7#"},
    {"e2e4", "e7e5", "f1c4", "f8c5", "d1h5", "g8f6", "h5f7#"},
    {"e2e4", "e7e5", "f1c4", "d7d6", "d1f3", "b8c6", "f3f7#"}};
static struct board boards[BOARDS];
static struct async_lock master;
static bool move(const struct board *board, struct async_error *error) {
    if (!async_lock_acquire(&master, error)) {
        return false;
    }
    bool ok = lesson_act_in("master", 0.5, board->number, error);
    async_lock_release(&master, NULL);
    return ok;
}

static bool play(void *argument, void **value, struct async_error *error) {
    struct board *board = argument;
    const char *const *game = games[board - boards];
    (void)value;
    for (int i = 0; game[i]; i++) {
        bool is_hers = i % 2 == 0;
        if (is_hers ? !move(board, error) : !lesson_sleep(1.5, "thinks", error)) {
            return false;
        }
        board_move(board, game[i]);
        lesson_say("%s: %s%s", board->name, is_hers ? "" : "... ", game[i]);
        if (is_hers && board == &boards[BOARDS - 1]) {
            boards_show(boards, BOARDS); /* she has been at each of them */
        }
    }
    return true;
}

static bool program(void *argument, void **value, struct async_error *error) {
    struct async_awaitable *tasks[BOARDS];
    (void)argument, (void)value;
    for (int i = 0; i < BOARDS; i++) {
        board_set_up(&boards[i], i + 1);
        tasks[i] = lesson_start(play, &boards[i], boards[i].name);
    }
    return async_gather(tasks, BOARDS, false, NULL, error);
}

const struct lesson lesson = {
    .place = 100,
    .shows = "a chess master plays four boards, a move at each",
    .total_s = 8,
    .instead = "board after board",
    .instead_s = 26,
    .remember = "She never waits for an opponent while there is a board to move at.",
    .program = program,
};

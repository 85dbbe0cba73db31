/* async/loop/default.c: the default loop of a thread, and which loops the thread owns. A
 * double free ends the program; a loop that is never freed leaves descriptors open. */
#include "tests/async/support.h"

#include <pthread.h>

static void run_in_thread(void *(*function)(void *argument), void *argument) {
    pthread_t thread;
    cr_assert_eq(pthread_create(&thread, NULL, function, argument), 0);
    pthread_join(thread, NULL);
}

Test(async_default, get_event_loop_makes_one_and_then_returns_the_same) {
    struct async_error error;
    struct async_loop *loop = async_get_event_loop(&error);
    cr_assert_not_null(loop);
    cr_expect_eq(async_get_event_loop(&error), loop);
    async_loop_free(loop);
    struct async_loop *next = async_get_event_loop(&error);
    cr_expect_not(async_loop_is_closed(next));
    async_loop_free(next);
}

Test(async_default, get_event_loop_returns_the_loop_that_was_set) {
    struct async_error error;
    struct async_loop *loop = new_loop();
    async_set_event_loop(loop);
    cr_expect_eq(async_get_event_loop(&error), loop);
    async_set_event_loop(NULL);
    struct async_loop *own = async_get_event_loop(&error);
    cr_expect_neq(own, loop);
    async_loop_free(own);
    async_loop_free(loop);
}

Test(async_default, a_loop_that_is_not_set_any_more_is_still_the_threads) {
    open_what_stays();
    int before = count_descriptors();
    struct async_error error;
    struct async_loop *first = async_get_event_loop(&error);
    struct async_loop *other = new_loop();
    async_set_event_loop(other);
    async_set_event_loop(NULL);
    struct async_loop *second = async_get_event_loop(&error);
    cr_expect(second != first && second != other);
    async_loop_free(first);
    async_loop_free(second);
    async_loop_free(other);
    expect_descriptors(before);
}

/* -- Several threads --------------------------------------------------------------- */

static void *make_two_and_forget(void *main_loop) {
    struct async_error error;
    struct async_loop *loop = async_get_event_loop(&error);
    cr_assert_not_null(loop);
    cr_expect_neq(loop, main_loop);
    async_set_event_loop(NULL);
    cr_expect_neq(async_get_event_loop(&error), loop);
    return NULL;
}

Test(async_default, each_thread_has_its_own_loops_which_end_with_it) {
    struct async_error error;
    struct async_loop *loop = async_get_event_loop(&error);
    int before = count_descriptors();
    run_in_thread(make_two_and_forget, loop);
    expect_descriptors(before);
    cr_expect_eq(async_get_event_loop(&error), loop);
    async_loop_free(loop);
}

/* Two threads, of which the first waits for the second. */
struct meeting {
    pthread_barrier_t barrier;
    struct async_loop *loop; /* the default of the first */
    bool is_made_there;
    bool has_another_default; /* after the second has freed the loop */
};

static void *lose_the_default(void *argument) {
    struct meeting *meeting = argument;
    struct async_error error;
    if (meeting->is_made_there) {
        meeting->loop = async_get_event_loop(&error);
    } else {
        async_set_event_loop(meeting->loop);
    }
    struct async_loop *before = meeting->loop;
    pthread_barrier_wait(&meeting->barrier);
    pthread_barrier_wait(&meeting->barrier); /* the loop is freed now */
    struct async_loop *after = async_get_event_loop(&error);
    meeting->has_another_default =
        !async_loop_is_closed(after) && before == meeting->loop;
    return NULL;
}

Test(async_default, a_loop_may_be_freed_in_another_thread_than_its_own) {
    open_what_stays();
    int before = count_descriptors();
    for (int is_made_there = 0; is_made_there < 2; is_made_there++) {
        struct meeting meeting = {.is_made_there = is_made_there};
        pthread_t thread;
        meeting.loop = is_made_there ? NULL : new_loop();
        pthread_barrier_init(&meeting.barrier, NULL, 2);
        pthread_create(&thread, NULL, lose_the_default, &meeting);
        pthread_barrier_wait(&meeting.barrier);
        async_loop_free(meeting.loop);
        pthread_barrier_wait(&meeting.barrier);
        pthread_join(thread, NULL);
        cr_expect(meeting.has_another_default);
        pthread_barrier_destroy(&meeting.barrier);
    }
    expect_descriptors(before);
}

/* -- All short sequences ----------------------------------------------------------- */

/* A and B are places for two loops that the program knows: one that it made or got stays
 * in its place until it is freed, or until the thread that owns it ends. */
enum step { GET, SET_A, SET_B, SET_NULL, FREE_A, FREE_B, NEW, RUN, END, STEPS };
enum { LONGEST = 5 };

static const char *const step_names[] = {"get",       "set(A)",  "set(B)",
                                         "set(NULL)", "free(A)", "free(B)",
                                         "new",       "run(A)",  "thread ends"};

/* What the rule in loop.h says about the loops at one moment. */
struct place {
    struct async_loop *loop; /* NULL: empty */
    bool is_threads;         /* owned by the thread; else by the program */
};
struct world {
    struct place places[2];
    struct async_loop *set;
};

struct sequence {
    enum step steps[LONGEST];
    int length;
    int done;
    struct world world;
};

static struct place *empty_place(struct world *world) {
    struct place *places = world->places;
    return !places[0].loop ? &places[0] : !places[1].loop ? &places[1] : NULL;
}

static void keep(struct world *world, struct async_loop *loop, bool is_threads) {
    struct place *place = empty_place(world);
    if (place) {
        *place = (struct place){.loop = loop, .is_threads = is_threads};
    }
}

static bool is_legal(struct world *world, enum step step) {
    switch (step) {
    case SET_A:
    case FREE_A:
    case RUN:
        return world->places[0].loop;
    case SET_B:
    case FREE_B:
        return world->places[1].loop;
    case NEW:
        return empty_place(world);
    default:
        return true;
    }
}

ASYNC_FUNCTION(see_the_running_loop) {
    cr_expect_eq(async_get_event_loop(error), argument);
    return async_sleep(0, error);
}

static void get(struct world *world) {
    struct async_error error = {.kind = ASYNC_OK};
    struct async_loop *loop = async_get_event_loop(&error);
    cr_assert_not_null(loop, "%s", error.message);
    if (world->set) {
        cr_assert_eq(loop, world->set, "get returns another loop than the one set");
        return;
    }
    cr_assert(loop != world->places[0].loop && loop != world->places[1].loop,
              "get returns a loop that is not set");
    world->set = loop;
    keep(world, loop, true);
}

static void free_place(struct world *world, struct place *place) {
    async_loop_free(place->loop);
    world->set = world->set == place->loop ? NULL : world->set;
    place->loop = NULL;
}

static void take_step(struct world *world, enum step step) {
    struct async_error error = {.kind = ASYNC_OK};
    switch (step) {
    case GET:
        get(world);
        break;
    case SET_A:
    case SET_B:
    case SET_NULL:
        world->set = step == SET_NULL ? NULL : world->places[step - SET_A].loop;
        async_set_event_loop(world->set);
        break;
    case FREE_A:
    case FREE_B:
        free_place(world, &world->places[step - FREE_A]);
        break;
    case NEW:
        keep(world, async_new_event_loop(&error), false);
        break;
    default:
        run_in(world->places[0].loop, see_the_running_loop, world->places[0].loop);
    }
}

/* The steps up to the end of a thread. */
static void *take_steps(void *argument) {
    struct sequence *sequence = argument;
    const struct place *places = sequence->world.places;
    for (; sequence->done < sequence->length; sequence->done++) {
        if (sequence->steps[sequence->done] == END) {
            break;
        }
        take_step(&sequence->world, sequence->steps[sequence->done]);
        for (int i = 0; i < 2; i++) {
            cr_assert(!places[i].loop || !async_loop_is_closed(places[i].loop),
                      "a loop is closed, but its owner has not freed it");
        }
    }
    return NULL;
}

static void end_thread(struct world *world) {
    world->set = NULL;
    for (int i = 0; i < 2; i++) {
        if (world->places[i].is_threads) {
            world->places[i] = (struct place){.loop = NULL};
        }
    }
}

static void describe(const struct sequence *sequence, char text[], size_t bytes) {
    FILE *stream = fmemopen(text, bytes, "w");
    for (int i = 0; i < sequence->length; i++) {
        fprintf(stream, "%s%s", i > 0 ? ", " : "", step_names[sequence->steps[i]]);
    }
    fclose(stream);
}

/* Returns the world after the last step. Then the last thread ends, and the program frees
 * what it owns. */
static struct world run_sequence(struct sequence sequence, int descriptors) {
    struct world last;
    do {
        run_in_thread(take_steps, &sequence);
        last = sequence.world;
        end_thread(&sequence.world);
    } while (sequence.done++ < sequence.length);
    for (int i = 0; i < 2; i++) {
        async_loop_free(sequence.world.places[i].loop);
    }
    char text[200];
    int now = count_descriptors();
    describe(&sequence, text, sizeof text);
    cr_assert_eq(now, descriptors, "%d descriptors are open, not %d, after: %s", now,
                 descriptors, text);
    return last;
}

/* Runs the sequence and all legal ones that begin with it. Returns their number. */
static int run_all(struct sequence sequence, int descriptors) {
    struct world last = run_sequence(sequence, descriptors);
    int count = 1;
    if (sequence.length == LONGEST) {
        return count;
    }
    for (int step = 0; step < STEPS; step++) {
        if (is_legal(&last, (enum step)step)) {
            struct sequence longer = sequence;
            longer.steps[longer.length++] = (enum step)step;
            count += run_all(longer, descriptors);
        }
    }
    return count;
}

Test(async_default, in_all_short_sequences_each_loop_is_freed_once) {
    open_what_stays();
    int count = run_all((struct sequence){.length = 0}, count_descriptors());
    cr_expect_gt(count, 5000, "only %d sequences are legal", count);
}

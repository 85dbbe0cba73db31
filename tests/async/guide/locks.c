/* docs/async/guide.md: one task at a time. */
#include <simul/async.h>

struct account {
    struct async_lock lock; /* zeroed means unlocked */
    int balance;
};

static bool deposit(void *argument, void **value, struct async_error *error) {
    struct account *account = argument;
    if (!async_lock_acquire(&account->lock, error)) {
        return false;
    }
    int before = account->balance;
    bool ok = async_sleep(NS_PER_MS, error); /* other tasks run here */
    if (ok) {
        account->balance = before + 10;
    }
    async_lock_release(&account->lock, NULL);
    return ok;
}

static bool program(void *argument, void **value, struct async_error *error) {
    struct account account = {.balance = 100};
    bool ok = async_gather(ASYNC_LIST(async_coroutine(deposit, &account),
                                      async_coroutine(deposit, &account),
                                      async_coroutine(deposit, &account)),
                           true, NULL, error);
    printf("balance %d\n", account.balance);
    return ok;
}

int main(void) {
    struct async_error error = {0};
    if (!async_run(async_coroutine(program, NULL), NULL, &error)) {
        fprintf(stderr, "%s: %s\n", async_error_name(error.kind), error.message);
        return 1;
    }
    return 0;
}

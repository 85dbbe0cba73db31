"""The order of callbacks, tasks and timers, by turns of the loop and by its clock."""
import asyncio

from pair import main, now_ms, pair, settle, trace, turns


def say(word):
    trace(word, "at", now_ms())


def soon(word):
    return asyncio.get_running_loop().call_soon(say, word)


def later(ms, word):
    return asyncio.get_running_loop().call_later(ms / 1000, say, word)


async def count(name, number):
    for i in range(1, number + 1):
        trace(name, i)
        await asyncio.sleep(0)


@pair
async def callbacks_come_in_the_order_of_call_soon():
    for word in "abc":
        soon(word)
    trace("body")
    await turns(1)


@pair
async def a_callback_added_by_a_callback_comes_in_the_next_batch():
    def say_and_add(word):
        say(word)
        soon("added")

    asyncio.get_running_loop().call_soon(say_and_add, "first")
    soon("second")
    await turns(1)
    trace("a turn later")
    await turns(1)
    trace("two turns later")


@pair
async def a_cancelled_handle_is_not_called():
    soon("a")
    handle = soon("b")
    soon("c")
    handle.cancel()
    await turns(1)


@pair
async def a_handle_is_cancelled_by_a_callback_of_its_own_batch():
    def cancel_handle():
        trace("cancelling")
        handle.cancel()

    asyncio.get_running_loop().call_soon(cancel_handle)
    handle = soon("never")
    soon("c")
    await turns(2)


@pair
async def timers_come_in_the_order_of_their_times():
    later(3, "three")
    later(1, "one")
    later(2, "two")
    await asyncio.sleep(0.004)
    trace("body at", now_ms())


@pair
async def a_timer_of_no_delay_comes_after_ready_callbacks():
    later(0, "timer")
    soon("soon")
    await turns(1)
    trace("a turn later")
    await turns(1)


@pair
async def a_timer_of_the_past_is_called_at_once():
    later(-5, "past")
    await turns(2)
    trace("two turns later at", now_ms())


@pair
async def a_cancelled_timer_takes_no_time():
    handle = later(9, "never")
    later(2, "two")
    await asyncio.sleep(0.001)
    handle.cancel()
    await asyncio.sleep(0.003)
    trace("body at", now_ms())


@pair
async def call_at_takes_the_loops_own_time():
    loop = asyncio.get_running_loop()
    loop.call_at(loop.time() + 0.005, say, "at")
    later(4, "later")
    await asyncio.sleep(0.006)


@pair
async def sleep_zero_yields_exactly_once():
    await asyncio.gather(count("a", 3), count("b", 2), count("c", 3))


@pair
async def a_negative_sleep_is_a_sleep_of_zero():
    soon("soon")
    await asyncio.sleep(-1)
    trace("body at", now_ms())


@pair
async def a_task_begins_at_the_next_turn():
    task = asyncio.create_task(count("task", 1))
    trace("made")
    await turns(1)
    trace("a turn later, done", int(task.done()))
    await turns(1)
    trace("two turns later, done", int(task.done()))


@pair
async def tasks_and_callbacks_share_one_order():
    a = asyncio.create_task(count("a", 2))
    soon("soon")
    b = asyncio.create_task(count("b", 2))
    await settle("a", a)
    await settle("b", b)


@pair
async def a_task_that_is_awaited_wakes_its_waiter_a_turn_later():
    task = asyncio.create_task(count("task", 1))
    await turns(1)
    soon("before its end")
    await settle("task", task)


@pair
async def a_done_future_is_awaited_without_a_turn():
    task = asyncio.create_task(count("task", 1))
    await turns(3)
    soon("a turn")
    await settle("task", task)
    await turns(1)


@pair
async def a_coroutine_is_awaited_without_a_turn():
    soon("a turn")
    trace("before")
    await count("inside", 0)
    trace("after")
    await turns(1)


@pair
async def two_coroutines_that_are_awaited_run_one_after_the_other():
    await count("a", 2)
    await count("b", 2)


@pair
async def call_soon_threadsafe_shares_this_order():
    loop = asyncio.get_running_loop()
    loop.call_soon_threadsafe(say, "a")
    loop.call_soon_threadsafe(say, "b")
    await turns(1)
    soon("c")
    await turns(1)


async def spawn(name, number):
    trace(name, number)
    if number > 0:
        spawned.add(asyncio.create_task(spawn(name, number - 1)))


spawned = set()  # the loop holds only a weak reference


@pair
async def a_task_that_makes_a_task_does_not_starve_the_others():
    spawned.add(asyncio.create_task(spawn("a", 2)))
    spawned.add(asyncio.create_task(spawn("b", 2)))
    await count("body", 3)


@pair
async def tasks_that_await_one_future_go_on_in_the_order_of_asking():
    async def await_it(name):
        await settle(name, future)

    future = asyncio.get_running_loop().create_future()
    a = asyncio.create_task(await_it("a"))
    b = asyncio.create_task(await_it("b"))
    await turns(1)
    future.set_result(None)
    soon("behind them")
    await turns(1)
    await settle("b", b)
    await settle("a", a)


main()

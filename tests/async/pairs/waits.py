"""wait() and wait_for(): conditions, time limits, and events at the moment of the limit."""
import asyncio

from pair import kind, main, now_ms, pair, settle, trace, turns


async def nap(name, ms):
    try:
        await asyncio.sleep(ms / 1000)
    except BaseException as error:
        trace(name, kind(error), "at", now_ms())
        raise
    trace(name, "woke at", now_ms())
    return name


async def fail_later(name, ms):
    await nap(name, ms)
    raise ValueError(name)


async def swallow(name, ms):
    try:
        await nap(name, ms)
    except BaseException:
        pass
    await asyncio.sleep(0.002)
    return name


async def fail_at_the_cancellation(name, ms):
    try:
        await nap(name, ms)
    except BaseException:
        raise ValueError(name) from None


def start(function, *arguments):
    return asyncio.create_task(function(*arguments))


def create_future():
    return asyncio.get_running_loop().create_future()


def cancel_it(task):
    trace("cancel", int(task.cancel()), "at", now_ms())


async def trace_wait(middle, timeout, when):
    tasks = [start(nap, "a", 5), start(middle, "b", 2), start(nap, "c", 9)]
    done, _ = await asyncio.wait(tasks, timeout=timeout, return_when=when)
    trace(len(done), "done at", now_ms())
    for name, task in zip("abc", tasks):
        trace(name, "done", int(task.done()))
    for name, task in zip("abc", tasks):
        await settle(name, task)


@pair
async def first_completed_waits_for_the_first():
    await trace_wait(nap, None, asyncio.FIRST_COMPLETED)


@pair
async def first_exception_waits_for_the_first_failure():
    await trace_wait(fail_later, None, asyncio.FIRST_EXCEPTION)


@pair
async def first_exception_without_a_failure_waits_for_all():
    await trace_wait(nap, None, asyncio.FIRST_EXCEPTION)


@pair
async def all_completed_ignores_a_failure():
    await trace_wait(fail_later, None, asyncio.ALL_COMPLETED)


@pair
async def a_timeout_is_no_failure_and_cancels_nothing():
    await trace_wait(nap, 0.003, asyncio.ALL_COMPLETED)


@pair
async def a_cancelled_task_is_no_exception():
    a, b = start(nap, "a", 5), start(nap, "b", 3)
    await turns(1)
    a.cancel()
    done, _ = await asyncio.wait([a, b], return_when=asyncio.FIRST_EXCEPTION)
    trace(len(done), "done at", now_ms())


@pair
async def a_done_future_takes_one_turn():
    a, b = create_future(), start(nap, "b", 5)
    a.set_result(None)
    asyncio.get_running_loop().call_soon(cancel_it, b)
    done, _ = await asyncio.wait([a, b], return_when=asyncio.FIRST_COMPLETED)
    trace(len(done), "done")
    await settle("b", b)


@pair
async def a_cancelled_wait_cancels_no_task():
    a = start(nap, "a", 5)
    waiter = start(asyncio.wait, [a])
    await asyncio.sleep(0.001)
    waiter.cancel()
    await settle("waiter", waiter)
    await settle("a", a)


@pair
async def an_empty_list_is_refused():
    await asyncio.wait([])


async def trace_wait_for(awaitable, timeout):
    try:
        result = await asyncio.wait_for(awaitable, timeout)
    except BaseException as error:
        trace(kind(error), "at", now_ms())
        raise
    trace(result, "at", now_ms())


async def survive(coroutine):
    try:
        await coroutine
    except BaseException:
        pass


@pair
async def in_time_it_has_the_result():
    await trace_wait_for(nap("a", 2), 0.005)
    await asyncio.sleep(0.009)


@pair
async def a_late_coroutine_is_cancelled():
    await survive(trace_wait_for(nap("a", 5), 0.002))


@pair
async def a_failure_in_time_is_passed_on():
    await survive(trace_wait_for(fail_later("a", 2), 0.005))


@pair
async def without_a_limit_it_is_an_await():
    await trace_wait_for(nap("a", 2), None)


@pair
async def a_coroutine_that_swallows_the_timeout_has_a_result():
    await trace_wait_for(swallow("a", 5), 0.002)


@pair
async def a_failure_at_the_timeout_is_the_failure():
    await survive(trace_wait_for(fail_at_the_cancellation("a", 5), 0.002))


@pair
async def a_limit_of_zero_begins_nothing():
    await survive(trace_wait_for(nap("a", 0), 0))


@pair
async def a_negative_limit_is_a_limit_of_zero():
    await survive(trace_wait_for(nap("a", 0), -1))


@pair
async def a_limit_of_zero_takes_a_done_future():
    a = start(nap, "a", 1)
    await asyncio.sleep(0.002)
    await trace_wait_for(a, 0)


def at(ms, callback, *arguments):
    """For at most two timers of one moment: the heap keeps the order of two, but not of three."""
    asyncio.get_running_loop().call_later(ms / 1000, callback, *arguments)


@pair
async def a_result_right_after_the_timeout_is_in_time():
    future = create_future()
    waiter = start(trace_wait_for, future, 0.003)
    await turns(1)
    at(3, future.set_result, "set")
    await settle("waiter", waiter)


@pair
async def a_result_right_before_the_timeout_is_in_time():
    future = create_future()
    at(3, future.set_result, "set")
    await settle("waiter", start(trace_wait_for, future, 0.003))


@pair
async def a_cancellation_right_after_the_timeout_is_no_timeout():
    future = create_future()
    waiter = start(trace_wait_for, future, 0.003)
    await turns(1)
    at(3, cancel_it, waiter)
    await settle("waiter", waiter)
    trace("inner cancelled", int(future.cancelled()))


@pair
async def a_cancellation_right_before_the_timeout_is_no_timeout():
    future = create_future()
    waiter = start(trace_wait_for, future, 0.003)
    at(3, cancel_it, waiter)
    await settle("waiter", waiter)
    trace("inner cancelled", int(future.cancelled()))


@pair
async def with_a_result_and_then_a_cancellation_the_result_wins():
    future = create_future()
    waiter = start(trace_wait_for, future, 0.005)
    await turns(1)
    future.set_result("set")
    cancel_it(waiter)
    await settle("waiter", waiter)


@pair
async def with_a_cancellation_and_then_a_result_the_result_wins():
    future = create_future()
    waiter = start(trace_wait_for, future, 0.005)
    await turns(1)
    cancel_it(waiter)
    future.set_result("set")
    await settle("waiter", waiter)


@pair
async def a_cancellation_from_outside_cancels_the_inner_task_first():
    waiter = start(trace_wait_for, nap("a", 9), 0.005)
    await asyncio.sleep(0.002)
    cancel_it(waiter)
    await settle("waiter", waiter)


@pair
async def it_is_cancelled_even_if_the_inner_task_swallows_it():
    waiter = start(trace_wait_for, swallow("a", 9), 0.005)
    await asyncio.sleep(0.002)
    cancel_it(waiter)
    await settle("waiter", waiter)


@pair
async def a_cancellation_ends_the_wait_for_a_late_inner_task():
    waiter = start(trace_wait_for, swallow("a", 9), 0.002)
    await asyncio.sleep(0.003)
    cancel_it(waiter)
    await settle("waiter", waiter)
    trace("waiter ended at", now_ms())
    await asyncio.sleep(0.005)


@pair
async def a_future_cancelled_by_another_task_is_no_timeout():
    future = create_future()
    waiter = start(trace_wait_for, future, 0.005)
    await turns(1)
    future.cancel()
    await settle("waiter", waiter)


async def trace_outer(inner_ms, outer_ms):
    inner = trace_wait_for(nap("a", 9), inner_ms / 1000)
    try:
        await asyncio.wait_for(inner, outer_ms / 1000)
    except BaseException as error:
        trace("outer", kind(error), "at", now_ms())


@pair
async def an_inner_limit_ends_before_the_outer_limit():
    await trace_outer(2, 5)


@pair
async def the_outer_limit_cancels_the_inner_wait():
    await trace_outer(5, 2)


main()

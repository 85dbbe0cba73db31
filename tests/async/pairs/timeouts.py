"""Timeouts and shields: a time limit, a cancellation from outside, and the blocks that each
reaches."""
import asyncio
from contextlib import asynccontextmanager, suppress

from pair import kind, main, now_ms, pair, settle, trace, turns


async def nap(name, ms):
    try:
        await asyncio.sleep(ms / 1000)
    except BaseException as error:
        trace(name, kind(error), "at", now_ms())
        raise
    trace(name, "woke at", now_ms())


async def fail_later(name, ms):
    await nap(name, ms)
    raise ValueError(name)


def trace_left(name, end, timeout):
    trace(f"{name} {end} at {now_ms()}, expired {timeout.expired():d},",
          f"cancelling {asyncio.current_task().cancelling()}")


@asynccontextmanager
async def limit(ms, name="timeout"):
    timeout = asyncio.timeout(None if ms is None else ms / 1000)
    try:
        async with timeout:
            yield timeout
    except BaseException as error:
        trace_left(name, kind(error), timeout)
        raise
    trace_left(name, "done", timeout)


def survive():
    return suppress(BaseException)


def cancel_it(task):
    trace("cancel", int(task.cancel()), "at", now_ms())


def time():
    return asyncio.get_running_loop().time()


@pair
async def a_block_in_time_is_left_alone():
    async with limit(5):
        await nap("a", 2)
    await nap("afterwards", 9)


@pair
async def a_late_block_fails():
    with survive():
        async with limit(2):
            await nap("a", 5)
    await nap("afterwards", 1)


async def nest(outer_ms, inner_ms):
    async with limit(outer_ms, "outer"):
        async with limit(inner_ms, "inner"):
            await nap("a", 9)


@pair
async def of_two_nested_the_inner_expires_first():
    with survive():
        await nest(5, 2)


@pair
async def of_two_nested_the_outer_expires_first():
    with survive():
        await nest(2, 5)


@pair
async def of_two_in_one_turn_the_outer_counts():
    with survive():
        await nest(2, 2)


@pair
async def it_may_be_moved_to_later():
    with survive():
        async with limit(3) as timeout:
            await nap("a", 2)
            timeout.reschedule(time() + 0.005)
            await nap("b", 4)
            await nap("c", 4)


@pair
async def it_may_be_removed():
    async with limit(3) as timeout:
        timeout.reschedule(None)
        await nap("a", 9)


@pair
async def without_a_limit_it_may_get_one():
    with survive():
        async with limit(None) as timeout:
            await nap("a", 2)
            timeout.reschedule(time())
            await nap("b", 2)


@pair
async def an_ended_timeout_cannot_be_moved():
    async with limit(3) as timeout:
        pass
    try:
        timeout.reschedule(0)
    except BaseException as error:
        trace(kind(error))
        trace(error)


@pair
async def a_timeout_of_zero_expires_at_the_first_wait():
    with survive():
        async with limit(0):
            trace("body")
            await nap("a", 2)


@pair
async def without_a_wait_it_never_expires():
    async with limit(-1):
        pass
    await nap("afterwards", 1)


@pair
async def a_failure_of_the_body_is_not_hidden():
    with survive():
        async with limit(5):
            await fail_later("a", 2)


@pair
async def a_block_that_swallows_it_is_done_but_it_has_expired():
    async with limit(2):
        try:
            await nap("a", 5)
        except BaseException:
            trace("swallowed 1")
    await nap("afterwards", 1)


@pair
async def a_cleanup_after_it_has_no_limit():
    with survive():
        async with limit(2):
            try:
                await nap("a", 5)
            finally:
                await nap("cleanup", 9)


@pair
async def in_a_cleanup_it_limits_the_cleanup():
    try:
        await fail_later("a", 1)
    finally:
        with survive():
            async with limit(2):
                await nap("cleanup", 9)


async def nap_in_time(name, ms):
    async with limit(ms):
        await nap(name, 9)


@pair
async def a_cancellation_from_outside_is_no_timeout():
    task = asyncio.create_task(nap_in_time("a", 5))
    await asyncio.sleep(0.002)
    cancel_it(task)
    await settle("task", task)


@pair
async def a_cancellation_right_after_it_is_no_timeout():
    task = asyncio.create_task(nap_in_time("a", 2))
    await turns(1)
    asyncio.get_running_loop().call_later(0.002, cancel_it, task)
    await settle("task", task)


async def shield_it(name, inner):
    try:
        await asyncio.shield(inner)
    except BaseException as error:
        trace(name, kind(error))
        raise
    trace(name, "done")


async def shield_a_task(function, cancels_inner):
    inner = asyncio.create_task(function("inner", 5))
    outer = asyncio.create_task(shield_it("outer", inner))
    await asyncio.sleep(0.002)
    cancel_it(inner if cancels_inner else outer)
    await settle("outer", outer)
    if inner.done():
        trace("inner is done")
    await asyncio.sleep(0.005)
    trace(f"inner done {inner.done():d}, cancelled {inner.cancelled():d}")


@pair
async def a_shielded_task_goes_on_if_its_waiter_is_cancelled():
    await shield_a_task(nap, False)


@pair
async def a_shielded_task_that_is_cancelled_cancels_its_waiter():
    await shield_a_task(nap, True)


@pair
async def a_failure_of_a_shielded_task_without_a_waiter_is_reported():
    await shield_a_task(fail_later, False)


@pair
async def a_failure_of_a_shielded_task_fails_its_waiter():
    await settle("outer", asyncio.create_task(shield_it("outer", fail_later("inner", 2))))


@pair
async def a_shield_in_wait_for_outlives_the_limit():
    inner = asyncio.create_task(nap("inner", 5))
    try:
        await asyncio.wait_for(asyncio.shield(inner), 0.002)
    except BaseException as error:
        trace(kind(error), "at", now_ms())
    await settle("inner", inner)


@pair
async def a_shield_of_a_done_future_is_the_future():
    inner = asyncio.get_running_loop().create_future()
    inner.set_result(None)
    trace("itself", int(asyncio.shield(inner) is inner))


main()

"""asyncio.TaskGroup: one failure ends all tasks; cancellations from inside and from outside.

Python keeps the tasks of a group in a set, so it cancels several in no certain order. Here at
most one of them still runs when a group is cancelled.
"""
import asyncio

from pair import kind, main, now_ms, pair, settle, trace, turns


async def nap(name, ms):
    try:
        await asyncio.sleep(ms / 1000)
    except BaseException as error:
        trace(name, kind(error), "at", now_ms())
        raise
    trace(name, "woke at", now_ms())


async def fail(name, ms):
    await nap(name, ms)
    raise ValueError(name)


async def fail_in_cleanup(name, ms):
    try:
        await nap(name, ms)
    except asyncio.CancelledError:
        await asyncio.sleep(0.002)
        raise RuntimeError(name)


def trace_error(error):
    if isinstance(error, ExceptionGroup):
        trace("group of", len(error.exceptions), "at", now_ms())
        for one in error.exceptions:
            trace("-", kind(one))
    else:
        trace(kind(error), "at", now_ms())


@pair
async def it_ends_when_all_have_ended():
    async with asyncio.TaskGroup() as group:
        group.create_task(nap("a", 5))
        group.create_task(nap("b", 2))
        trace("body ends")
    trace("group ends at", now_ms())


@pair
async def one_failure_cancels_the_others():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(nap("a", 5))
            group.create_task(fail("b", 2))
    except BaseException as error:
        trace_error(error)


@pair
async def one_failure_cancels_the_wait_of_the_body():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail("a", 2))
            await nap("body", 9)
            trace("never said")
    except BaseException as error:
        trace_error(error)
    trace("cancelling", asyncio.current_task().cancelling())
    await nap("afterwards", 1)


@pair
async def a_failing_body_cancels_all():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(nap("a", 5))
            await asyncio.sleep(0.001)
            raise RuntimeError("body")
    except BaseException as error:
        trace_error(error)


@pair
async def failures_in_cleanup_are_counted_too():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail_in_cleanup("a", 5))
            await asyncio.sleep(0.001)
            raise OSError("body")
    except BaseException as error:
        trace_error(error)


@pair
async def two_failures_in_one_turn_are_two_errors():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail("a", 0))
            group.create_task(fail("b", 0))
    except BaseException as error:
        trace_error(error)


@pair
async def a_cancelled_task_has_not_failed():
    async with asyncio.TaskGroup() as group:
        a = group.create_task(nap("a", 5))
        group.create_task(nap("b", 7))
        await asyncio.sleep(0.001)
        a.cancel()
    trace("group ends at", now_ms())


async def run_group(ms):
    async with asyncio.TaskGroup() as group:
        group.create_task(nap("a", 5))
        await nap("body", ms)


@pair
async def a_cancellation_in_the_body_cancels_its_tasks():
    parent = asyncio.create_task(run_group(9))
    await asyncio.sleep(0.002)
    parent.cancel()
    await settle("parent", parent)


@pair
async def a_cancellation_while_it_waits_cancels_its_tasks():
    parent = asyncio.create_task(run_group(1))
    await asyncio.sleep(0.002)
    parent.cancel()
    await settle("parent", parent)


@pair
async def after_two_cancellations_it_still_waits_for_its_tasks():
    async def stubborn():
        try:
            await nap("stubborn", 20)
        finally:
            await nap("cleanup", 6)

    async def run():
        async with asyncio.TaskGroup() as group:
            group.create_task(stubborn())

    parent = asyncio.create_task(run())
    await asyncio.sleep(0.002)
    parent.cancel()
    await asyncio.sleep(0.001)
    parent.cancel()
    await settle("parent", parent)
    trace("cancelling", parent.cancelling(), "at", now_ms())


@pair
async def a_failure_in_an_inner_group_ends_the_outer_one():
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(nap("outer", 9))
            try:
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(nap("inner", 8))
                    inner.create_task(fail("b", 2))
            except BaseException as error:
                trace_error(error)
                raise
    except BaseException as error:
        trace_error(error)


@pair
async def a_failure_in_the_outer_group_goes_through_the_inner_one():
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(fail("outer", 2))
            try:
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(nap("inner", 8))
            except BaseException as error:
                trace_error(error)
                raise
    except BaseException as error:
        trace_error(error)
    trace("cancelling", asyncio.current_task().cancelling())


@pair
async def a_finished_group_takes_no_task():
    async with asyncio.TaskGroup() as group:
        group.create_task(nap("a", 1))
    coroutine = nap("b", 1)
    try:
        group.create_task(coroutine)
    except BaseException as error:
        trace(kind(error))
        coroutine.close()


@pair
async def a_failed_group_takes_no_task():
    async def late(group):
        try:
            await asyncio.sleep(0.005)
        except asyncio.CancelledError:
            coroutine = nap("b", 1)
            try:
                group.create_task(coroutine)
            except BaseException as error:
                trace(kind(error))
                coroutine.close()
            raise

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(late(group))
            group.create_task(fail("a", 1))
    except BaseException as error:
        trace_error(error)


@pair
async def a_task_may_start_another_while_the_group_waits():
    async def breed(group):
        await asyncio.sleep(0.001)
        group.create_task(nap("child", 4))
        trace("parent ends")

    async with asyncio.TaskGroup() as group:
        group.create_task(breed(group))
        trace("body ends")
    trace("group ends at", now_ms())


@pair
async def a_timeout_around_a_group_is_a_timeout():
    try:
        async with asyncio.timeout(0.003):
            async with asyncio.TaskGroup() as group:
                group.create_task(nap("a", 9))
                await nap("body", 8)
    except BaseException as error:
        trace_error(error)
    trace("cancelling", asyncio.current_task().cancelling())


@pair
async def an_empty_group_waits_for_nothing():
    soon = asyncio.get_running_loop().call_soon(trace, "a turn")
    async with asyncio.TaskGroup():
        trace("body")
    soon.cancel()
    trace("group ends")


@pair
async def a_body_that_swallows_the_cancellation_still_fails():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail("a", 1))
            try:
                await asyncio.sleep(0.005)
            except asyncio.CancelledError:
                trace("swallowed")
            await nap("body", 1)
    except BaseException as error:
        trace_error(error)
    trace("cancelling", asyncio.current_task().cancelling())


main()

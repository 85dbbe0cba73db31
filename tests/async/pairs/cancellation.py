"""Cancellation: the tasks that it reaches, its messages, and how it is counted."""
import asyncio

from pair import kind, main, now_ms, pair, settle, trace, turns


async def nap(name, ms):
    trace(name, "begins")
    try:
        await asyncio.sleep(ms / 1000)
    except BaseException as error:
        trace(name, kind(error), "at", now_ms())
        raise
    trace(name, "woke at", now_ms())


def start(name, ms):
    return asyncio.create_task(nap(name, ms))


async def await_it(name, awaitable):
    try:
        await awaitable
    except BaseException as error:
        trace(name, kind(error))
        raise
    trace(name, "done")


def trace_ended(task):
    trace(f"done {task.done():d}, cancelled {task.cancelled():d}")


def trace_count(when, task):
    trace(f"{when}: cancelling {task.cancelling()}")


async def settle_with_message(name, task):
    try:
        await task
    except BaseException as error:
        trace(name, f"{kind(error)}({error})")


def cancel(task):
    trace("cancel", int(task.cancel()))


@pair
async def a_task_cancelled_before_its_start_never_begins():
    task = start("task", 5)
    cancel(task)
    trace_ended(task)
    await settle("task", task)


@pair
async def a_task_that_waits_is_cancelled_there():
    task = start("task", 5)
    await asyncio.sleep(0.002)
    cancel(task)
    trace_ended(task)
    await turns(1)
    trace_ended(task)
    await settle("task", task)


async def clean_up(name, ms):
    try:
        await nap(name, ms)
    except BaseException:
        try:
            await asyncio.sleep(0.002)
        except BaseException:
            pass
        trace(name, "cleaned up at", now_ms())
        raise


@pair
async def it_may_be_caught_and_raised_again():
    task = asyncio.create_task(clean_up("task", 5))
    await asyncio.sleep(0.001)
    task.cancel()
    await asyncio.sleep(0.001)
    trace_ended(task)
    await asyncio.sleep(0.005)
    trace_ended(task)
    await settle("task", task)


async def swallow(name, ms):
    try:
        await nap(name, ms)
    except BaseException:
        trace(name, "goes on")
    await asyncio.sleep(0.001)
    return "a result"


@pair
async def it_may_be_swallowed():
    task = asyncio.create_task(swallow("task", 5))
    await asyncio.sleep(0.001)
    cancel(task)
    trace(await task, "at", now_ms())
    trace_count("after it", task)
    trace_ended(task)


@pair
async def two_before_the_task_runs_are_met_once():
    task = asyncio.create_task(swallow("task", 5))
    await turns(1)
    cancel(task)
    cancel(task)
    trace_count("twice", task)
    await settle("task", task)


@pair
async def a_second_cancellation_meets_the_cleanup():
    task = asyncio.create_task(clean_up("task", 9))
    await asyncio.sleep(0.002)
    task.cancel()
    await asyncio.sleep(0.001)
    task.cancel()
    await settle("task", task)
    trace("at", now_ms())


@pair
async def a_done_task_cannot_be_cancelled():
    task = start("task", 1)
    await asyncio.sleep(0.002)
    cancel(task)
    trace_ended(task)
    trace_count("afterwards", task)
    await settle("task", task)


@pair
async def a_message_comes_with_it():
    waiting = start("waiting", 5)
    await turns(1)
    unborn = start("unborn", 5)
    waiting.cancel("enough")
    unborn.cancel("not now")
    await settle_with_message("waiting", waiting)
    await settle_with_message("unborn", unborn)


@pair
async def of_two_messages_in_one_wait_the_first_counts():
    task = start("task", 5)
    await turns(1)
    task.cancel("first")
    task.cancel("second")
    await settle_with_message("task", task)


@pair
async def of_two_messages_before_the_start_the_last_counts():
    task = start("task", 5)
    task.cancel("first")
    task.cancel("second")
    await settle_with_message("task", task)


@pair
async def it_reaches_the_task_that_is_awaited():
    inner = start("inner", 5)
    middle = asyncio.create_task(await_it("middle", inner))
    outer = asyncio.create_task(await_it("outer", middle))
    await turns(2)
    outer.cancel("all of you")
    await settle_with_message("outer", outer)
    trace_ended(inner)
    trace_ended(middle)
    trace_count("inner", inner)


@pair
async def it_reaches_the_future_that_is_awaited():
    future = asyncio.get_running_loop().create_future()
    a = asyncio.create_task(await_it("a", future))
    b = asyncio.create_task(await_it("b", future))
    await turns(1)
    a.cancel()
    trace_ended(future)
    await settle("a", a)
    await settle("b", b)


async def gather_two(name):
    await await_it(name, asyncio.gather(nap("one", 5), nap("two", 5)))


@pair
async def it_reaches_all_gathered_tasks():
    task = asyncio.create_task(gather_two("gatherer"))
    await asyncio.sleep(0.002)
    task.cancel()
    await settle("task", task)


@pair
async def an_awaited_task_that_swallows_it_saves_its_waiter():
    inner = asyncio.create_task(swallow("inner", 5))
    outer = asyncio.create_task(await_it("outer", inner))
    await turns(2)
    outer.cancel()
    await settle("outer", outer)


@pair
async def a_cancelled_task_cancels_the_task_that_awaits_it():
    inner = start("inner", 5)
    outer = asyncio.create_task(await_it("outer", inner))
    await turns(2)
    inner.cancel()
    await settle("outer", outer)
    trace_count("outer was", inner)


async def cancel_itself(name, ms=None):
    me = asyncio.current_task()
    cancel(me)
    trace_count("still running", me)
    if ms is None:
        trace(name, "done")
    else:
        await await_it(name, asyncio.sleep(ms / 1000))


@pair
async def a_task_that_cancels_itself_fails_at_its_next_wait():
    await settle("task", asyncio.create_task(cancel_itself("task", 5)))
    trace("at", now_ms())


@pair
async def a_task_that_cancels_itself_and_returns_is_done():
    task = asyncio.create_task(cancel_itself("task"))
    await turns(2)
    trace_ended(task)
    await settle("task", task)


@pair
async def a_task_that_was_woken_already_is_cancelled_too():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(await_it("task", future))
    await turns(1)
    future.set_result(None)
    cancel(task)
    await settle("task", task)
    trace_ended(future)


async def take_back(name, ms):
    me = asyncio.current_task()
    try:
        await nap(name, ms)
    except BaseException:
        trace_count("caught", me)
        trace("uncancel", me.uncancel())
    await asyncio.sleep(0.001)
    trace_count("went on", me)
    trace("uncancel", me.uncancel())


@pair
async def uncancel_counts_down_and_not_below_zero():
    task = asyncio.create_task(take_back("task", 5))
    trace_count("before", task)
    await turns(1)
    task.cancel()
    trace_count("after", task)
    await settle("task", task)


async def turn_into_a_failure(name, ms):
    try:
        await nap(name, ms)
    except BaseException:
        raise ValueError("instead") from None


@pair
async def a_failure_raised_instead_is_a_failure():
    task = asyncio.create_task(turn_into_a_failure("task", 5))
    await turns(1)
    task.cancel()
    await turns(2)
    trace_ended(task)
    await settle("task", task)


@pair
async def a_body_that_raises_it_itself_is_cancelled():
    raise asyncio.CancelledError


main()

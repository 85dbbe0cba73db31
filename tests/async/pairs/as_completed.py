"""asyncio.as_completed: tasks in the order of their ends, failures, time limits."""
import asyncio

from pair import kind, main, now_ms, pair, settle, trace, turns


async def nap(name, ms):
    await asyncio.sleep(ms / 1000)
    return name


async def fail(name, ms):
    await asyncio.sleep(ms / 1000)
    raise ValueError(name)


async def trace_all(awaitables, timeout=None):
    for next_one in asyncio.as_completed(awaitables, timeout=timeout):
        try:
            trace(await next_one, "at", now_ms())
        except Exception as error:
            trace(kind(error), "at", now_ms())


def start(*arguments):
    return asyncio.create_task(nap(*arguments))


@pair
async def tasks_come_in_the_order_of_their_ends():
    await trace_all([nap("a", 5), nap("b", 2), nap("c", 9), nap("d", 3)])


@pair
async def a_failed_task_comes_in_order_and_ends_no_other():
    await trace_all([nap("a", 5), fail("b", 2), nap("c", 9)])


@pair
async def a_late_task_times_out_and_goes_on():
    a, b, c = start("a", 2), start("b", 8), start("c", 9)
    await trace_all([a, b, c], timeout=0.005)
    trace("done", int(a.done()), int(b.done()), int(c.done()))
    await settle("b", b)
    await settle("c", c)
    trace("at", now_ms())


@pair
async def tasks_in_time_are_not_timed_out():
    await trace_all([nap("a", 2), nap("b", 4)], timeout=0.005)
    await asyncio.sleep(0.01)
    trace("at", now_ms())


@pair
async def a_task_given_twice_comes_once():
    a = start("a", 3)
    await trace_all([a, a, a])


@pair
async def a_done_task_comes_at_once():
    a, b = start("a", 1), start("b", 2)
    await asyncio.sleep(0.005)
    await trace_all([b, start("c", 1)])
    await trace_all([a])


@pair
async def without_tasks_it_ends_at_once():
    await trace_all([])
    trace("at", now_ms())


@pair
async def a_cancelled_task_comes_too():
    a, b = start("a", 3), start("b", 5)
    await turns(2)
    a.cancel()
    for next_one in asyncio.as_completed([a]):
        await settle("a", next_one)
    await trace_all([b])


@pair
async def the_tasks_go_on_if_the_waiting_task_is_cancelled():
    a, b = start("a", 3), start("b", 5)
    waiting = asyncio.create_task(trace_all([a, b]))
    await asyncio.sleep(0.004)
    waiting.cancel()
    await settle("waiting", waiting)
    await settle("b", b)
    trace("at", now_ms())


@pair
async def leaving_early_leaves_the_tasks_running():
    a, b = start("a", 3), start("b", 5)
    for next_one in asyncio.as_completed([a, b]):
        trace(await next_one)
        next_one.close()
        break
    trace("b runs", int(not b.done()))
    await settle("b", b)


main()

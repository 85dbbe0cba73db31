"""Gathers: results in the given order, failures and cancellations."""
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


def start(name, ms):
    return asyncio.create_task(nap(name, ms))


async def trace_gather(*awaitables, return_exceptions=False):
    """Traces the results or the failure, and does not raise it."""
    try:
        results = await asyncio.gather(*awaitables, return_exceptions=return_exceptions)
    except BaseException as error:
        trace("gather", kind(error), "at", now_ms())
        return
    for result in results:
        trace("-", kind(result) if isinstance(result, BaseException) else result)
    trace("gather done at", now_ms())


@pair
async def results_have_the_given_order():
    await trace_gather(nap("a", 3), nap("b", 1), nap("c", 2))


@pair
async def the_first_failure_is_passed_on_while_the_others_go_on():
    await trace_gather(nap("a", 5), fail_later("b", 2), nap("c", 1))
    await asyncio.sleep(0.005)


@pair
async def a_second_failure_is_not_reported():
    await trace_gather(fail_later("a", 2), fail_later("b", 3))
    await asyncio.sleep(0.005)


@pair
async def failures_may_be_results():
    await trace_gather(nap("a", 3), fail_later("b", 1), fail_later("c", 2),
                       return_exceptions=True)


@pair
async def an_awaitable_may_be_given_twice():
    a = start("a", 2)
    await trace_gather(a, nap("b", 1), a)


@pair
async def a_gather_of_none_is_done():
    gathered = asyncio.gather()
    trace("done", int(gathered.done()))
    await settle("gather", gathered)


@pair
async def a_gather_of_done_futures_takes_two_turns():
    a = start("a", 0)
    await turns(3)
    gathered = asyncio.gather(a, a)
    for i in range(3):
        trace(f"turn {i}: done {gathered.done():d}")
        await turns(1)
    await settle("gather", gathered)


@pair
async def a_cancelled_child_is_a_failure():
    a, b = start("a", 5), start("b", 3)
    await turns(1)
    a.cancel()
    await trace_gather(a, b)
    await settle("b", b)


@pair
async def a_cancelled_child_may_be_a_result():
    a = start("a", 5)
    await turns(1)
    a.cancel()
    await trace_gather(a, nap("b", 3), return_exceptions=True)


@pair
async def cancelling_it_cancels_the_children():
    gathered = asyncio.gather(nap("a", 5), nap("b", 5))
    await asyncio.sleep(0.002)
    trace(f"cancel {gathered.cancel():d}, done {gathered.done():d}")
    await turns(1)
    trace(f"a turn later: done {gathered.done():d}")
    await settle("gather", gathered)


@pair
async def a_cancelled_gather_has_no_results_even_with_return_exceptions():
    gathered = asyncio.gather(nap("a", 5), nap("b", 1), return_exceptions=True)
    await asyncio.sleep(0.002)
    gathered.cancel()
    await settle("gather", gathered)


async def swallow(name, ms):
    try:
        await nap(name, ms)
    except BaseException:
        pass


@pair
async def it_is_cancelled_even_if_a_child_swallows_it():
    gathered = asyncio.gather(swallow("a", 5))
    await asyncio.sleep(0.002)
    gathered.cancel()
    await settle("gather", gathered)


@pair
async def a_failed_gather_cannot_be_cancelled():
    gathered = asyncio.gather(nap("a", 5), fail_later("b", 1))
    await asyncio.sleep(0.002)
    trace("cancel", int(gathered.cancel()))
    await settle("gather", gathered)
    await asyncio.sleep(0.005)


@pair
async def gathers_nest():
    inner = asyncio.gather(nap("a", 4), nap("b", 5))
    outer = asyncio.gather(inner, nap("c", 3))
    await asyncio.sleep(0.001)
    outer.cancel()
    await settle("outer", outer)
    await settle("inner", inner)


@pair
async def a_failure_passes_through_two_gathers():
    inner = asyncio.gather(fail_later("a", 1), nap("b", 3))
    await trace_gather(inner, nap("c", 2))
    await asyncio.sleep(0.005)


@pair
async def of_two_failures_in_one_turn_the_first_counts():
    loop = asyncio.get_running_loop()
    a, b = loop.create_future(), loop.create_future()
    gathered = asyncio.gather(a, b)
    b.set_exception(RuntimeError())
    a.set_exception(ValueError())
    await settle("gather", gathered)


main()

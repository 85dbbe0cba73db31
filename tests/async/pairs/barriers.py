"""asyncio.Barrier: filling, draining, broken, reset."""
import asyncio

from pair import kind, main, now_ms, pair, settle, trace, turns


async def wait(name, barrier, ms=0):
    await asyncio.sleep(ms / 1000)
    try:
        index = await barrier.wait()
    except BaseException as error:
        trace(name, kind(error))
        raise
    trace(name, "passed as", index, "at", now_ms())


def start(name, barrier):
    return asyncio.create_task(wait(name, barrier))


def look(barrier):
    trace("waiting", barrier.n_waiting, "of", barrier.parties, "broken", int(barrier.broken))


@pair
async def all_go_on_when_the_last_party_has_come():
    barrier = asyncio.Barrier(3)
    a = asyncio.create_task(wait("a", barrier, 2))
    b = asyncio.create_task(wait("b", barrier, 7))
    c = asyncio.create_task(wait("c", barrier, 4))
    await asyncio.sleep(0.005)
    look(barrier)
    for name, task in (("a", a), ("b", b), ("c", c)):
        await settle(name, task)
    look(barrier)


@pair
async def no_party_laps_the_others():
    barrier = asyncio.Barrier(2)

    async def run(name):
        for lap in range(3):
            trace(name, "lap", lap)
            await wait(name, barrier)

    await asyncio.gather(run("a"), run("b"))


@pair
async def the_next_round_waits_until_this_one_has_left():
    barrier = asyncio.Barrier(2)
    tasks = [start(name, barrier) for name in "abcde"]
    for name, task in zip("abcd", tasks):
        await settle(name, task)
    look(barrier)
    tasks[4].cancel()
    await settle("e", tasks[4])
    look(barrier)


@pair
async def abort_breaks_it_for_waiting_and_later_tasks():
    barrier = asyncio.Barrier(3)
    a, b = start("a", barrier), start("b", barrier)
    await turns(3)
    await barrier.abort()
    look(barrier)
    await settle("a", a)
    await settle("b", b)
    await settle("c", wait("c", barrier))
    await barrier.reset()
    look(barrier)


@pair
async def reset_fails_waiting_tasks_and_makes_it_new():
    barrier = asyncio.Barrier(2)
    a = start("a", barrier)
    await turns(3)
    await barrier.reset()
    look(barrier)
    b = start("b", barrier)
    await settle("a", a)
    c = start("c", barrier)
    await settle("b", b)
    await settle("c", c)


@pair
async def a_cancelled_task_does_not_count():
    barrier = asyncio.Barrier(2)
    a = start("a", barrier)
    await turns(3)
    look(barrier)
    a.cancel()
    await settle("a", a)
    look(barrier)
    b = start("b", barrier)
    await turns(5)
    trace("b waits", int(not b.done()))
    c = start("c", barrier)
    await settle("b", b)
    await settle("c", c)


@pair
async def a_task_cancelled_after_the_last_has_come_fails_alone():
    barrier = asyncio.Barrier(3)
    a, b, c = start("a", barrier), start("b", barrier), start("c", barrier)
    await turns(2)
    a.cancel()
    for name, task in zip("abc", (a, b, c)):
        await settle(name, task)
    look(barrier)


@pair
async def without_parties_it_is_refused():
    try:
        asyncio.Barrier(0)
    except BaseException as error:
        trace(kind(error), error)


main()

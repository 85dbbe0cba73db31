"""asyncio.Lock: the order of the tasks that get one, and cancelled tasks."""
import asyncio

from pair import kind, main, now_ms, pair, settle, trace, turns


async def use(name, lock, ms):
    try:
        await lock.acquire()
    except BaseException as error:
        trace(name, kind(error))
        raise
    trace(name, "acquired at", now_ms())
    await asyncio.sleep(ms / 1000)
    lock.release()
    trace(name, "released")


def start(function, *arguments):
    return asyncio.create_task(function(*arguments))


@pair
async def a_free_lock_is_taken_without_a_turn():
    lock = asyncio.Lock()
    soon = asyncio.get_running_loop().call_soon(trace, "a turn")
    await lock.acquire()
    trace("locked", int(lock.locked()))
    lock.release()
    trace("locked", int(lock.locked()))
    soon.cancel()


@pair
async def tasks_get_it_in_the_order_of_asking():
    lock = asyncio.Lock()
    tasks = [start(use, name, lock, ms) for name, ms in (("a", 3), ("b", 1), ("c", 2))]
    for name, task in zip("abc", tasks):
        await settle(name, task)


@pair
async def a_task_that_asks_again_waits_behind_the_others():
    lock = asyncio.Lock()

    async def greedy():
        for _ in range(3):
            await use("greedy", lock, 1)

    tasks = [start(greedy), start(use, "b", lock, 1), start(use, "c", lock, 1)]
    await asyncio.gather(*tasks)


@pair
async def a_cancelled_waiter_is_skipped():
    lock = asyncio.Lock()
    await lock.acquire()
    b, c = start(use, "b", lock, 1), start(use, "c", lock, 1)
    await turns(2)
    b.cancel()
    await settle("b", b)
    lock.release()
    await settle("c", c)


@pair
async def a_woken_task_that_is_cancelled_passes_it_on():
    lock = asyncio.Lock()
    await lock.acquire()
    b, c = start(use, "b", lock, 1), start(use, "c", lock, 1)
    await turns(2)
    lock.release()
    b.cancel()
    await settle("b", b)
    await settle("c", c)


@pair
async def a_release_skips_a_task_cancelled_before():
    lock = asyncio.Lock()
    await lock.acquire()
    b, c = start(use, "b", lock, 1), start(use, "c", lock, 1)
    await turns(2)
    b.cancel()
    lock.release()
    await settle("b", b)
    await settle("c", c)


@pair
async def a_newcomer_takes_it_if_all_waiting_are_cancelled():
    lock = asyncio.Lock()
    await lock.acquire()
    b, c = start(use, "b", lock, 1), start(use, "c", lock, 1)
    await turns(2)
    b.cancel()
    c.cancel()
    lock.release()
    await lock.acquire()
    trace("newcomer acquired")
    await settle("b", b)
    await settle("c", c)
    lock.release()
    trace("locked", int(lock.locked()))


@pair
async def a_newcomer_waits_behind_a_woken_task():
    lock = asyncio.Lock()
    await lock.acquire()
    b = start(use, "b", lock, 1)
    await turns(2)
    lock.release()
    trace("locked", int(lock.locked()))
    await use("newcomer", lock, 1)
    await settle("b", b)


@pair
async def the_last_woken_task_that_is_cancelled_leaves_it_free():
    lock = asyncio.Lock()
    await lock.acquire()
    b = start(use, "b", lock, 1)
    await turns(2)
    lock.release()
    b.cancel()
    await settle("b", b)
    trace("locked", int(lock.locked()))
    await use("a", lock, 1)


@pair
async def a_task_that_timed_out_does_not_get_it_later():
    lock = asyncio.Lock()
    await lock.acquire()
    try:
        await asyncio.wait_for(lock.acquire(), 0.005)
    except BaseException as error:
        trace(kind(error), "at", now_ms())
    lock.release()
    await turns(3)
    trace("locked", int(lock.locked()))


@pair
async def releasing_a_free_lock_is_refused():
    lock = asyncio.Lock()
    try:
        lock.release()
    except BaseException as error:
        trace(kind(error), error)


main()

"""asyncio.Semaphore: a limited number of tasks, in order, and no place is lost."""
import asyncio

from pair import kind, main, now_ms, pair, settle, trace, turns


async def use(name, semaphore, ms):
    try:
        await semaphore.acquire()
    except BaseException as error:
        trace(name, kind(error))
        raise
    trace(name, "acquired at", now_ms())
    await asyncio.sleep(ms / 1000)
    semaphore.release()


def start(name, semaphore, ms=1):
    return asyncio.create_task(use(name, semaphore, ms))


@pair
async def its_number_of_tasks_enter_in_the_order_of_asking():
    semaphore = asyncio.Semaphore(2)
    lengths = [("a", 5), ("b", 3), ("c", 4), ("d", 6), ("e", 1)]
    await asyncio.gather(*(use(name, semaphore, ms) for name, ms in lengths))
    trace("locked", int(semaphore.locked()))


@pair
async def a_task_that_asks_again_waits_behind_the_others():
    semaphore = asyncio.Semaphore(1)

    async def greedy():
        for _ in range(3):
            await use("greedy", semaphore, 1)

    await asyncio.gather(greedy(), use("b", semaphore, 1), use("c", semaphore, 1))


@pair
async def a_released_place_goes_to_the_first_waiting_task_at_once():
    semaphore = asyncio.Semaphore(0)
    a = start("a", semaphore)
    await turns(2)
    semaphore.release()
    trace("locked", int(semaphore.locked()))
    b = start("b", semaphore)
    await settle("a", a)
    await settle("b", b)


@pair
async def a_cancelled_waiter_is_skipped():
    semaphore = asyncio.Semaphore(0)
    a, b, c = start("a", semaphore), start("b", semaphore), start("c", semaphore)
    await turns(2)
    a.cancel()
    semaphore.release()
    await settle("a", a)
    await settle("b", b)
    await settle("c", c)


@pair
async def a_woken_task_that_is_cancelled_passes_its_place_on():
    semaphore = asyncio.Semaphore(0)
    a, b = start("a", semaphore), start("b", semaphore)
    await turns(2)
    semaphore.release()
    a.cancel()
    await settle("a", a)
    await settle("b", b)
    trace("locked", int(semaphore.locked()))


@pair
async def the_last_woken_task_that_is_cancelled_gives_it_back():
    semaphore = asyncio.Semaphore(0)
    a = start("a", semaphore)
    await turns(2)
    semaphore.release()
    a.cancel()
    await settle("a", a)
    trace("locked", int(semaphore.locked()))
    await semaphore.acquire()
    trace("locked", int(semaphore.locked()))


@pair
async def several_releases_at_once_wake_several():
    semaphore = asyncio.Semaphore(0)
    tasks = [start(name, semaphore) for name in "abc"]
    await turns(2)
    semaphore.release()
    semaphore.release()
    semaphore.release()
    semaphore.release()
    trace("locked", int(semaphore.locked()))
    for name, task in zip("abc", tasks):
        await settle(name, task)
    trace("locked", int(semaphore.locked()))


@pair
async def a_newcomer_enters_if_all_waiting_are_cancelled():
    semaphore = asyncio.Semaphore(0)
    a, b = start("a", semaphore), start("b", semaphore)
    await turns(2)
    a.cancel()
    b.cancel()
    semaphore.release()
    trace("locked", int(semaphore.locked()))
    await semaphore.acquire()
    trace("newcomer acquired")
    await settle("a", a)
    await settle("b", b)


@pair
async def a_bounded_semaphore_refuses_a_release_too_many():
    semaphore = asyncio.BoundedSemaphore(2)
    await semaphore.acquire()
    semaphore.release()
    try:
        semaphore.release()
    except BaseException as error:
        trace(kind(error), error)
    await semaphore.acquire()
    await semaphore.acquire()
    trace("locked", int(semaphore.locked()))


@pair
async def an_unbounded_semaphore_grows():
    semaphore = asyncio.Semaphore(0)
    for _ in range(3):
        semaphore.release()
    for _ in range(3):
        await semaphore.acquire()
        trace("locked", int(semaphore.locked()))


main()

"""asyncio.Semaphore: so many, in order, and none is lost."""
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
async def so_many_at_a_time_in_the_order_of_asking():
    semaphore = asyncio.Semaphore(2)
    lengths = [("a", 5), ("b", 3), ("c", 4), ("d", 6), ("e", 1)]
    await asyncio.gather(*(use(name, semaphore, ms) for name, ms in lengths))
    trace("locked", int(semaphore.locked()))


@pair
async def who_releases_and_asks_again_stands_behind_the_waiting():
    semaphore = asyncio.Semaphore(1)

    async def greedy():
        for _ in range(3):
            await use("greedy", semaphore, 1)

    await asyncio.gather(greedy(), use("b", semaphore, 1), use("c", semaphore, 1))


@pair
async def what_is_given_back_belongs_to_the_first_in_line_at_once():
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
async def cancelled_when_it_had_got_it_it_goes_to_the_next():
    semaphore = asyncio.Semaphore(0)
    a, b = start("a", semaphore), start("b", semaphore)
    await turns(2)
    semaphore.release()
    a.cancel()
    await settle("a", a)
    await settle("b", b)
    trace("locked", int(semaphore.locked()))


@pair
async def the_last_one_cancelled_when_it_had_got_it_gives_it_back():
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
async def where_all_who_wait_are_cancelled_a_newcomer_takes_it():
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
async def a_bounded_one_refuses_what_it_never_gave():
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
async def an_unbounded_one_grows():
    semaphore = asyncio.Semaphore(0)
    for _ in range(3):
        semaphore.release()
    for _ in range(3):
        await semaphore.acquire()
        trace("locked", int(semaphore.locked()))


main()

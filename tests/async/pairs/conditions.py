"""asyncio.Condition: notifications and cancellations, and the lock that each wait returns with."""
import asyncio

from pair import kind, main, now_ms, pair, settle, trace, turns


async def wait(name, condition):
    async with condition:
        trace(name, "waits")
        try:
            await condition.wait()
        except BaseException as error:
            trace(name, kind(error), "locked", int(condition.locked()))
            raise
        trace(name, "notified at", now_ms())


def start(*names, condition):
    return [asyncio.create_task(wait(name, condition)) for name in names]


async def notify(condition, count):
    async with condition:
        condition.notify(count)
        trace("notified", count)


@pair
async def without_the_lock_every_call_is_refused():
    condition = asyncio.Condition()
    try:
        await condition.wait()
    except RuntimeError as error:
        trace("RuntimeError", error)
    for function in (condition.notify, condition.notify_all, condition.release):
        try:
            function()
        except RuntimeError as error:
            trace("RuntimeError", error)


@pair
async def notify_wakes_the_given_number_in_the_order_of_waiting():
    condition = asyncio.Condition()
    a, b, c, d = start("a", "b", "c", "d", condition=condition)
    await turns(2)
    await notify(condition, 2)
    await settle("a", a)
    await settle("b", b)
    await turns(3)
    trace("c waits", int(not c.done()))
    await notify(condition, 5)
    await settle("c", c)
    await settle("d", d)
    await notify(condition, 1)


@pair
async def notified_tasks_go_on_when_the_lock_is_released():
    condition = asyncio.Condition()
    a, b = start("a", "b", condition=condition)
    await turns(2)
    async with condition:
        condition.notify_all()
        await asyncio.sleep(0.007)
        trace("releasing at", now_ms())
    await settle("a", a)
    await settle("b", b)


@pair
async def a_cancelled_task_takes_the_lock_before_it_fails():
    condition = asyncio.Condition()
    a, = start("a", condition=condition)
    await turns(2)
    await condition.acquire()
    a.cancel()
    await asyncio.sleep(0.004)
    trace("releasing at", now_ms())
    condition.release()
    await settle("a", a)
    trace("locked", int(condition.locked()))


@pair
async def a_task_cancelled_twice_still_takes_the_lock():
    condition = asyncio.Condition()
    a, = start("a", condition=condition)
    await turns(2)
    await condition.acquire()
    for _ in range(3):
        a.cancel()
        await asyncio.sleep(0.002)
        trace("done", int(a.done()), "at", now_ms())
    condition.release()
    await settle("a", a)
    trace("locked", int(condition.locked()))


@pair
async def a_task_notified_and_cancelled_fails_with_the_lock():
    condition = asyncio.Condition()
    a, = start("a", condition=condition)
    await turns(2)
    async with condition:
        condition.notify()
        await turns(2)
        a.cancel()
        trace("cancelled")
    await settle("a", a)
    trace("locked", int(condition.locked()))


@pair
async def a_cancelled_task_takes_no_notification():
    condition = asyncio.Condition()
    a, b, c = start("a", "b", "c", condition=condition)
    await turns(2)
    async with condition:
        a.cancel()
        condition.notify(1)
    await settle("a", a)
    await settle("b", b)
    trace("c waits", int(not c.done()))
    await notify(condition, 1)
    await settle("c", c)


@pair
async def wait_for_tests_its_predicate_at_each_notification():
    condition = asyncio.Condition()
    guests = 0

    def are_there():
        trace("looks", guests)
        return guests >= 2

    async def host():
        async with condition:
            trace("result", int(await condition.wait_for(are_there)))
            trace("again", int(await condition.wait_for(are_there)))

    task = asyncio.create_task(host())
    for _ in range(3):
        await turns(3)
        async with condition:
            guests += 1
            condition.notify_all()
    await settle("host", task)


@pair
async def two_conditions_may_share_a_lock():
    lock = asyncio.Lock()
    full, empty = asyncio.Condition(lock), asyncio.Condition(lock)
    a, = start("a", condition=full)
    b, = start("b", condition=empty)
    await turns(2)
    await notify(empty, 5)
    await settle("b", b)
    trace("a waits", int(not a.done()))
    await lock.acquire()
    trace("locked", int(full.locked()), int(empty.locked()))
    full.notify()
    lock.release()
    await settle("a", a)


main()

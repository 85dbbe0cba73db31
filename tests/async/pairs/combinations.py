"""Limits, groups, shields and gathers inside each other, and cancellations at the moment of
another event."""
import asyncio

from pair import kind, main, now_ms, pair, settle, trace


def start(function, *arguments):
    return asyncio.create_task(function(*arguments))


async def nap(name, ms):
    try:
        await asyncio.sleep(ms / 1000)
    except BaseException as error:
        trace(name, kind(error), "at", now_ms())
        raise
    trace(name, "woke at", now_ms())
    return name


async def fail_later(name, ms):
    await asyncio.sleep(ms / 1000)
    raise ValueError(name)


async def swallow(name, ms):
    try:
        await asyncio.sleep(ms / 1000)
    except asyncio.CancelledError:
        trace(name, "swallows")
    try:
        await asyncio.sleep(0.003)
    finally:
        trace(name, "ends at", now_ms())
    return name


async def await_thing(name, thing):
    try:
        await thing
    except BaseException as error:
        trace(name, kind(error), f"'{error}'")
        raise
    trace(name, "done ''")


async def ending(name, awaitable):
    try:
        await awaitable
    except BaseException as error:
        trace(name, kind(error))
        raise
    trace(name, "done")


async def wait_for_shielded(name, task, ms):
    await ending(name, asyncio.wait_for(asyncio.shield(task), ms / 1000))


@pair
async def a_shield_in_wait_for_in_a_group_in_a_timeout():
    inner = start(nap, "inner", 50)
    try:
        async with asyncio.timeout(0.010) as timeout:
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(wait_for_shielded("a", inner, 30))
                    group.create_task(wait_for_shielded("b", inner, 5))
            except BaseException as error:
                trace("group", kind(error), "at", now_ms())
                raise
    except BaseException as error:
        trace("timeout", kind(error))
    trace("expired", int(timeout.expired()))
    await settle("inner", inner)


async def clean_up_twice():
    try:
        await asyncio.sleep(0.100)
    except BaseException as error:
        trace("first", kind(error))
        try:
            await asyncio.sleep(0.010)
        except BaseException as again:
            trace("second", kind(again), "at", now_ms())
            await asyncio.sleep(0.010)
            trace("over at", now_ms())
            raise
        trace("cleaned at", now_ms())
        raise


@pair
async def cancelled_while_wait_for_waits_for_a_cleanup():
    async def limit_cleanup():
        await asyncio.wait_for(clean_up_twice(), 0.005)

    task = start(limit_cleanup)
    await asyncio.sleep(0.008)
    trace("cancel", int(task.cancel()))
    await asyncio.sleep(0)
    trace("cancel", int(task.cancel()))
    await settle("task", task)
    trace("at", now_ms())
    await asyncio.sleep(0.050)


@pair
async def a_shield_of_a_shield_keeps_the_inner_task_twice():
    task = start(fail_later, "x", 5)
    inner = asyncio.shield(task)
    outer = asyncio.shield(inner)
    waiter = start(await_thing, "w", outer)
    await asyncio.sleep(0.001)
    waiter.cancel()
    await settle("waiter", waiter)
    trace("outer", int(outer.cancelled()), "inner", int(inner.done()),
          "task", int(task.done()))
    await settle("inner", inner)
    await settle("task", task)


async def have_children(name, group, height, refused):
    trace(name)
    try:
        if height > 0:
            child = ["leaf", "twig", "branch"][height - 1]
            group.create_task(have_children(child, group, height - 1, refused))
        await asyncio.sleep(0.005)
    except asyncio.CancelledError:
        late = nap("late", 1)
        try:
            group.create_task(late)
        except RuntimeError:
            late.close()
            refused.append(name)
        raise


@pair
async def a_failure_ends_the_children_of_children():
    refused = []
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(have_children("trunk", group, 3, refused))
            group.create_task(fail_later("axe", 4))
    except* ValueError as failures:
        trace(len(failures.exceptions), "failed at", now_ms())
    trace(len(refused), "made no more")


@pair
async def a_cancelled_gather_waits_for_a_child_that_swallows_it():
    gather = asyncio.gather(nap("a", 9), swallow("b", 9), return_exceptions=True)
    waiter = start(await_thing, "w", gather)
    await asyncio.sleep(0.003)
    trace("cancel", int(gather.cancel()))
    trace("done", int(gather.done()), "cancelled", int(gather.cancelled()))
    await settle("waiter", waiter)
    trace("cancelled", f"{int(gather.cancelled())}, again", int(gather.cancel()))
    await settle("gather", gather)


async def cancel_thing(name, thing, ms):
    await asyncio.sleep(ms / 1000)
    trace(name, int(thing.cancel()))


@pair
async def a_wait_and_its_task_are_cancelled_at_once():
    both = [start(nap, "a", 50), start(swallow, "b", 50)]
    wait = start(ending, "wait", asyncio.wait(both))
    one = start(cancel_thing, "cancel a", both[0], 2)
    two = start(cancel_thing, "cancel wait", wait, 2)
    await settle("wait", wait)
    await settle("one", one)
    await settle("two", two)
    await settle("a", both[0])
    both[1].cancel()
    await settle("b", both[1])


def cancel_waiter(task):
    def callback(future):
        trace("cancel", int(task.cancel("too late?")), "of a done", int(future.done()))
    return callback


@pair
async def a_callback_cancels_a_task_that_the_same_future_woke():
    future = asyncio.get_running_loop().create_future()
    before = start(await_thing, "a", future)
    await asyncio.sleep(0)
    future.add_done_callback(cancel_waiter(before))
    behind = start(await_thing, "b", future)
    future.add_done_callback(cancel_waiter(behind))
    await asyncio.sleep(0)
    future.set_result(None)
    await settle("a", before)
    await settle("b", behind)


async def work(name, queue, ms):
    while True:
        item = await queue.get()
        trace(name, "got", item, "at", now_ms())
        try:
            await asyncio.sleep(ms / 1000)
        finally:
            queue.task_done()


@pair
async def a_cancelled_worker_does_not_hold_up_a_join():
    queue = asyncio.Queue(3)
    workers = [start(work, name, queue, 4 + i) for i, name in enumerate("abc")]
    for item in "1234567":
        await queue.put(item)
    workers[1].cancel()
    await queue.join()
    trace("joined at", now_ms())
    for name, worker in zip("abc", workers):
        worker.cancel()
        await settle(name, worker)


main()

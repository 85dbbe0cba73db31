"""asyncio.Event: the tasks that are woken if the event is set, cleared or they are cancelled."""
import asyncio

from pair import kind, main, pair, settle, trace, turns


async def wait(name, event):
    try:
        await event.wait()
    except BaseException as error:
        trace(name, kind(error))
        raise
    trace(name, "woken, set", int(event.is_set()))


def start(name, event):
    return asyncio.create_task(wait(name, event))


@pair
async def set_wakes_all_in_the_order_of_waiting():
    event = asyncio.Event()
    a, b, c = start("a", event), start("b", event), start("c", event)
    await turns(2)
    trace("set", int(event.is_set()))
    event.set()
    trace("set", int(event.is_set()))
    await settle("c", c)
    await settle("b", b)
    await settle("a", a)


@pair
async def a_set_event_is_not_waited_for():
    event = asyncio.Event()
    event.set()
    soon = asyncio.get_running_loop().call_soon(trace, "a turn")
    await wait("main", event)
    soon.cancel()


@pair
async def set_and_cleared_at_once_it_still_wakes_all():
    event = asyncio.Event()
    a, b = start("a", event), start("b", event)
    await turns(2)
    event.set()
    event.clear()
    c = start("c", event)
    await settle("a", a)
    await settle("b", b)
    await turns(2)
    trace("c waits", int(not c.done()))
    event.set()
    await settle("c", c)


@pair
async def a_task_that_comes_after_the_clearing_waits():
    event = asyncio.Event()

    async def again(name):
        for _ in range(3):
            await wait(name, event)

    a = asyncio.create_task(again("a"))
    for step in range(3):
        await turns(3)
        trace("step", step)
        event.set()
        event.clear()
    await settle("a", a)


@pair
async def a_cancelled_task_does_not_hold_up_the_others():
    event = asyncio.Event()
    a, b, c = start("a", event), start("b", event), start("c", event)
    await turns(2)
    b.cancel()
    event.set()
    await settle("a", a)
    await settle("b", b)
    await settle("c", c)


@pair
async def a_task_woken_and_then_cancelled_is_cancelled():
    event = asyncio.Event()
    a, b = start("a", event), start("b", event)
    await turns(2)
    event.set()
    a.cancel()
    await settle("a", a)
    await settle("b", b)
    trace("set", int(event.is_set()))


main()

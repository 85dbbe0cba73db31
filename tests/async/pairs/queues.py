"""asyncio.Queue and its kin: order, limits, and cancelled waits."""
import asyncio

from pair import kind, main, now_ms, pair, settle, trace, turns


async def get(name, queue):
    try:
        item = await queue.get()
    except BaseException as error:
        trace(name, kind(error))
        raise
    trace(name, "got", item)


async def put(name, queue, item):
    try:
        await queue.put(item)
    except BaseException as error:
        trace(name, kind(error))
        raise
    trace(name, "put", item)


def start(function, *arguments):
    return asyncio.create_task(function(*arguments))


def look(queue):
    trace("size", queue.qsize(), "of", queue.maxsize, "empty", int(queue.empty()),
          "full", int(queue.full()))


def drain(queue):
    while not queue.empty():
        trace("item", queue.get_nowait())


@pair
async def first_in_is_first_out():
    queue = asyncio.Queue()
    for item in range(1, 40):
        queue.put_nowait(item)
        if item % 3 == 0:
            trace("item", await queue.get())
    look(queue)
    drain(queue)


@pair
async def last_in_is_first_out():
    queue = asyncio.LifoQueue()
    for item in range(1, 20):
        queue.put_nowait(item)
        if item % 4 == 0:
            trace("item", await queue.get())
    drain(queue)


@pair
async def the_least_item_is_first_out():
    queue = asyncio.PriorityQueue()
    for item in range(1, 40):
        queue.put_nowait(item * 17 % 23)
        if item % 5 == 0:
            trace("item", await queue.get())
    drain(queue)


@pair
async def full_and_empty_queues_make_tasks_wait():
    queue = asyncio.Queue(1)

    async def produce():
        for item in range(1, 6):
            await put("producer", queue, item)

    async def consume():
        for _ in range(5):
            await get("consumer", queue)

    await asyncio.gather(consume(), produce())
    look(queue)


@pair
async def a_limit_of_three():
    queue = asyncio.Queue(3)
    tasks = [start(put, f"p{item}", queue, item) for item in range(1, 6)]
    await turns(2)
    look(queue)
    for _ in range(5):
        await get("main", queue)
        look(queue)
    await asyncio.gather(*tasks)


@pair
async def full_and_empty_are_errors_of_the_nowait_calls():
    queue = asyncio.Queue(2)
    try:
        queue.get_nowait()
    except BaseException as error:
        trace(kind(error))
    queue.put_nowait(1)
    queue.put_nowait(2)
    try:
        queue.put_nowait(3)
    except BaseException as error:
        trace(kind(error))
    look(queue)


@pair
async def items_go_to_getters_in_the_order_of_waiting():
    queue = asyncio.Queue()
    tasks = [start(get, name, queue) for name in "abc"]
    await turns(2)
    for item in range(1, 4):
        queue.put_nowait(item)
    await asyncio.gather(*tasks)


@pair
async def a_cancelled_getter_takes_nothing():
    queue = asyncio.Queue()
    a, b = start(get, "a", queue), start(get, "b", queue)
    await turns(2)
    a.cancel()
    queue.put_nowait(1)
    await settle("a", a)
    await settle("b", b)


@pair
async def a_woken_getter_that_is_cancelled_wakes_the_next():
    queue = asyncio.Queue()
    a, b = start(get, "a", queue), start(get, "b", queue)
    await turns(2)
    queue.put_nowait(1)
    a.cancel()
    await settle("a", a)
    await settle("b", b)
    look(queue)


@pair
async def the_last_woken_getter_that_is_cancelled_leaves_the_item():
    queue = asyncio.Queue()
    a = start(get, "a", queue)
    await turns(2)
    queue.put_nowait(1)
    a.cancel()
    await settle("a", a)
    look(queue)
    await get("b", queue)


@pair
async def a_cancelled_putter_puts_nothing():
    queue = asyncio.Queue(1)
    queue.put_nowait(0)
    a, b = start(put, "a", queue, 1), start(put, "b", queue, 2)
    await turns(2)
    a.cancel()
    trace("item", queue.get_nowait())
    await settle("a", a)
    await settle("b", b)
    drain(queue)


@pair
async def a_woken_putter_that_is_cancelled_wakes_the_next():
    queue = asyncio.Queue(1)
    queue.put_nowait(0)
    a, b = start(put, "a", queue, 1), start(put, "b", queue, 2)
    await turns(2)
    trace("item", queue.get_nowait())
    a.cancel()
    await settle("a", a)
    await settle("b", b)
    drain(queue)


@pair
async def a_woken_getter_that_comes_too_late_waits_again():
    queue = asyncio.Queue()
    a, b = start(get, "a", queue), start(get, "b", queue)
    await turns(2)
    queue.put_nowait(1)
    trace("quicker", queue.get_nowait())
    await turns(3)
    queue.put_nowait(2)
    queue.put_nowait(3)
    await settle("a", a)
    await settle("b", b)


@pair
async def a_woken_putter_that_comes_too_late_waits_again():
    queue = asyncio.Queue(1)
    queue.put_nowait(0)
    a = start(put, "a", queue, 1)
    await turns(2)
    trace("item", queue.get_nowait())
    queue.put_nowait(2)
    await turns(3)
    trace("a waits", int(not a.done()))
    trace("item", queue.get_nowait())
    await settle("a", a)
    drain(queue)


@pair
async def waiting_for_an_item_may_time_out():
    queue = asyncio.Queue()
    await settle("late", asyncio.wait_for(queue.get(), 0.003))
    trace("at", now_ms())
    queue.put_nowait(1)
    look(queue)


@pair
async def join_waits_until_all_items_are_done():
    queue = asyncio.Queue()

    async def work(name):
        while True:
            item = await queue.get()
            await asyncio.sleep(item / 1000)
            trace(name, "did", item, "at", now_ms())
            queue.task_done()

    for item in (3, 1, 4, 8, 5, 9):
        queue.put_nowait(item)
    workers = [start(work, "a"), start(work, "b")]
    await queue.join()
    trace("joined at", now_ms())
    for worker in workers:
        worker.cancel()
    for name, worker in zip("ab", workers):
        await settle(name, worker)


@pair
async def join_on_an_idle_queue_does_not_wait():
    queue = asyncio.Queue()
    soon = asyncio.get_running_loop().call_soon(trace, "a turn")
    await queue.join()
    queue.put_nowait(1)
    queue.get_nowait()
    queue.task_done()
    await queue.join()
    trace("joined twice")
    soon.cancel()


@pair
async def join_waits_for_items_put_before_the_last_is_done():
    queue = asyncio.Queue()

    async def join(name):
        await queue.join()
        trace(name, "joined")

    queue.put_nowait(1)
    a = start(join, "a")
    await turns(2)
    queue.put_nowait(2)
    queue.task_done()
    await turns(2)
    trace("a waits", int(not a.done()))
    queue.task_done()
    queue.put_nowait(3)
    b = start(join, "b")
    await settle("a", a)
    await turns(2)
    trace("b waits", int(not b.done()))
    queue.task_done()
    await settle("b", b)


@pair
async def more_task_done_than_put_is_refused():
    queue = asyncio.Queue()
    queue.put_nowait(1)
    queue.task_done()
    try:
        queue.task_done()
    except BaseException as error:
        trace(kind(error), error)


main()

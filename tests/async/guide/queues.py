"""docs/async/guide.md: producers and consumers."""
import asyncio


async def work(queue):
    while True:
        order = await queue.get()
        print(order)
        queue.task_done()


async def program():
    queue = asyncio.Queue(2)
    worker = asyncio.create_task(work(queue))
    for order in ["soup", "bread", "wine", "cheese"]:
        await queue.put(order)
    await queue.join()
    worker.cancel()
    try:
        await worker
    except asyncio.CancelledError as ending:
        print("worker:", type(ending).__name__)


asyncio.run(program())

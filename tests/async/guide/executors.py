"""docs/async/guide.md: a call that blocks."""
import asyncio
import time


def block(count):
    time.sleep(0.050)
    return count + 1


async def tick():
    print("the loop goes on")


async def program():
    ticker = asyncio.create_task(tick())
    result = await asyncio.to_thread(block, 41)
    print("the thread says", result)
    await ticker


asyncio.run(program())

"""docs/async/guide.md: three ways to limit a wait."""
import asyncio


async def slow():
    await asyncio.sleep(1)


async def in_a_block():
    async with asyncio.timeout(0.010):
        await asyncio.sleep(0)
        await asyncio.sleep(1)


async def program():
    try:
        await asyncio.wait_for(slow(), 0.010)
    except TimeoutError as failure:
        print("wait_for:", type(failure).__name__)
    try:
        await in_a_block()
    except TimeoutError as failure:
        print("timeout:", type(failure).__name__)
    task = asyncio.create_task(slow())
    try:
        await asyncio.wait_for(asyncio.shield(task), 0.010)
    except TimeoutError as failure:
        print(f"shielded: {type(failure).__name__}, done {int(task.done())}")
    task.cancel()


asyncio.run(program())

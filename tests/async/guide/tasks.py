"""docs/async/guide.md: coroutines, tasks, and their results."""
import asyncio


async def say_after(delay, word):
    await asyncio.sleep(delay)
    print(word)
    return word


async def program():
    await say_after(0.020, "awaited")
    slow = asyncio.create_task(say_after(0.020, "slow"))
    fast = asyncio.create_task(say_after(0.010, "fast"))
    word = await slow
    await fast
    print("slow returned", word)


asyncio.run(program())

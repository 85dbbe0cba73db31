"""docs/async/guide.md: cancellation and cleanup."""
import asyncio


async def dine():
    print("takes the fork")
    try:
        await asyncio.sleep(1)
    finally:
        print("puts the fork back")


async def insist():
    try:
        await asyncio.sleep(1)
    except asyncio.CancelledError as error:
        print("no:", error)


async def end(task):
    task.cancel("closing time")
    kind = "None"
    try:
        await task
    except asyncio.CancelledError as error:
        kind = type(error).__name__
    print(f"{kind}, cancelled {int(task.cancelled())}")


async def program():
    guest = asyncio.create_task(dine())
    regular = asyncio.create_task(insist())
    late = asyncio.create_task(dine())
    late.cancel()  # it has not begun, so it never will
    await asyncio.sleep(0)
    await end(guest)
    await end(regular)
    await end(late)


asyncio.run(program())

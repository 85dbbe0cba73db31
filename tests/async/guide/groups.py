"""docs/async/guide.md: tasks that begin and end together."""
import asyncio


async def burn():
    await asyncio.sleep(0.001)
    raise Exception("burnt")


async def simmer():
    try:
        await asyncio.sleep(1)
    except BaseException as error:
        print("off the stove:", type(error).__name__)
        raise


async def dinner():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(simmer())
            group.create_task(burn())
    except* Exception as group:
        print(f"{len(group.exceptions)} failed: {group.exceptions[0]}")
        raise


async def program():
    try:
        await dinner()
    except ExceptionGroup as failure:
        print("dinner: 0", type(failure).__name__)


asyncio.run(program())

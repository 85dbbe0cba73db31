"""docs/async/guide.md: errors and exceptions."""
import asyncio


class NoSuchDish(Exception):
    pass


async def cook(dish):
    await asyncio.sleep(0)
    raise NoSuchDish(f"there is no {dish}")


async def program():
    try:
        await cook("soup")
    except NoSuchDish as failure:
        print("caught:", failure)
    task = asyncio.create_task(cook("bread"))
    try:
        await task
    except NoSuchDish:
        pass
    print("again:", int(task.exception() is not None))
    print("it is:", task.exception())


asyncio.run(program())

"""docs/async/guide.md: many coroutines at once."""
import asyncio


async def square(number):
    await asyncio.sleep(number / 1000)
    if number == 13:
        raise Exception("unlucky")
    return number * number


async def program():
    outcomes = await asyncio.gather(
        square(5), square(13), square(2), return_exceptions=True)
    for outcome in outcomes:
        print(outcome)


asyncio.run(program())

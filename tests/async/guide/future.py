"""docs/async/guide.md: a callback sets a future."""
import asyncio


def ring(bell):
    bell.set_result("ring")


def note(future):
    print("noted: done", int(future.done()))


async def program():
    loop = asyncio.get_running_loop()
    bell = loop.create_future()
    bell.add_done_callback(note)
    timer = loop.call_later(0.010, ring, bell)
    try:
        print(await bell)
    finally:
        timer.cancel()


asyncio.run(program())

"""run_in_executor and to_thread: results, failures, and the functions that a cancellation stops."""
import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from pair import kind, main, pair, settle, trace, turns


class Gate:
    def __init__(self):
        self.entered, self.opened = threading.Event(), threading.Event()
        self.passed = 0

    def enter(self):
        self.entered.set()
        self.opened.wait()
        self.passed += 1


@pair
async def a_result_comes_back():
    loop = asyncio.get_running_loop()
    trace(await loop.run_in_executor(None, lambda: 42))
    trace(await asyncio.to_thread(lambda number: number + 1, 42))


@pair
async def a_failure_comes_back():
    def fail():
        raise ValueError("no")

    loop = asyncio.get_running_loop()
    future = loop.run_in_executor(None, fail)
    await settle("a", future)
    trace(future.exception())
    await settle("b", asyncio.to_thread(fail))


@pair
async def callbacks_of_the_thread_come_before_its_result():
    loop = asyncio.get_running_loop()

    def call():
        loop.call_soon_threadsafe(trace, "first")
        loop.call_soon_threadsafe(trace, "second")

    await asyncio.to_thread(call)
    trace("result")


@pair
async def cancelling_does_not_stop_a_running_function():
    gate = Gate()
    future = asyncio.get_running_loop().run_in_executor(None, gate.enter)
    gate.entered.wait()
    trace("cancel", int(future.cancel()))
    await settle("a", future)
    trace("passed", gate.passed)
    gate.opened.set()
    while not gate.passed:
        await turns(1)
    trace("passed", gate.passed)


@pair
async def cancelling_stops_a_function_that_has_not_begun():
    gate = Gate()
    loop = asyncio.get_running_loop()
    executor = ThreadPoolExecutor(1)
    first = loop.run_in_executor(executor, gate.enter)
    second = loop.run_in_executor(executor, gate.enter)
    third = loop.run_in_executor(executor, lambda: None)
    gate.entered.wait()
    second.cancel()
    await turns(2)
    gate.opened.set()
    await settle("first", first)
    await settle("second", second)
    await settle("third", third)
    trace("passed", gate.passed)


@pair
async def a_cancelled_to_thread_returns_at_once():
    gate = Gate()
    task = asyncio.create_task(asyncio.to_thread(gate.enter))
    await turns(1)
    gate.entered.wait()
    task.cancel()
    await settle("a", task)
    trace("passed", gate.passed)
    gate.opened.set()


main()

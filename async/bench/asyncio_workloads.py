"""The workloads of simul-bench-async in Python's asyncio: asyncio_workloads.py WORKLOAD
COUNT. Each reads like its counterpart in tasks.c; change both or neither. outcome.h
explains `steps` and `check`."""
import asyncio
import json
import resource
import sys
import time
from pathlib import Path

DELAY_NS = 1000000


class Work:
    """The data that the tasks of a workload share."""

    def __init__(self, count):
        self.count = count
        self.last = -1  # the side that had the last turn
        self.steps = self.check = self.waiting = self.resident_bytes = 0
        self.lock, self.event = asyncio.Lock(), asyncio.Event()
        self.there, self.back = asyncio.Queue(1), asyncio.Queue(1)

    def enter(self):
        self.waiting += 1
        self.check = max(self.check, self.waiting)

    async def run_sides(self, function):
        """Runs two sides that alternate. Their loops count the turns themselves: the call
        of a method would add to asyncio's cost, while in C the function is inlined."""
        await asyncio.gather(function(self, 0), function(self, 1))


async def yield_often(work, side):
    for _ in range(work.count):
        work.check += work.last != side
        work.last = side
        await asyncio.sleep(0)
    work.steps += work.count


async def switch_pair(work):
    await work.run_sides(yield_often)


async def answer(number):
    return number


async def create_and_join(work):
    for i in range(work.count):
        work.check += await asyncio.create_task(answer(i))
        work.steps += 1


async def sleep_once(work):
    begin_ns = time.monotonic_ns()
    work.enter()
    await asyncio.sleep(DELAY_NS / 1e9)
    work.waiting -= 1
    work.steps += time.monotonic_ns() - begin_ns >= DELAY_NS


async def storm(work):
    tasks = [asyncio.create_task(sleep_once(work)) for _ in range(work.count)]
    for task in tasks:
        await task


def resident_bytes():
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * resource.getpagesize()


async def wait_once(work):
    work.enter()
    await work.event.wait()
    work.waiting -= 1
    work.steps += 1


async def idle(work):
    before_bytes = resident_bytes()
    tasks = [asyncio.create_task(wait_once(work)) for _ in range(work.count)]
    await asyncio.sleep(0)  # each task runs up to its wait
    work.resident_bytes = resident_bytes() - before_bytes
    work.event.set()
    for task in tasks:
        await task


async def return_items(work):
    for _ in range(work.count):
        await work.back.put(await work.there.get() + 1)


async def queue_ping_pong(work):
    task = asyncio.create_task(return_items(work))
    item = 0
    for _ in range(work.count):
        await work.there.put(item)
        item = await work.back.get() + 1
        work.steps += 1
    await task
    work.check = item


async def lock_often(work, side):
    for _ in range(work.count):
        await work.lock.acquire()
        work.check += work.last != side
        work.last = side
        work.lock.release()
    work.steps += work.count


async def release_first(work):
    await asyncio.sleep(0)
    work.lock.release()


async def lock_hand_over(work):
    await work.lock.acquire()
    starter = asyncio.create_task(release_first(work))
    await work.run_sides(lock_often)
    await starter


WORKLOADS = {"switch": switch_pair, "create": create_and_join, "storm": storm,
             "queue": queue_ping_pong, "lock": lock_hand_over, "idle": idle}


async def timed(name, count):
    work = Work(count)
    begin_ns = time.perf_counter_ns()
    await WORKLOADS[name](work)
    return {"steps": work.steps, "check": work.check,
            "elapsed_ns": time.perf_counter_ns() - begin_ns,
            "resident_bytes": work.resident_bytes}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(timed(sys.argv[1], int(sys.argv[2])))))

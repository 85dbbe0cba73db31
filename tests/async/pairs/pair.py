"""The Python side of all pairs: runs coroutines in virtual time, and prints their traces.

A theme (locks.py) holds coroutines marked with @pair. `locks.py` runs all of them, and
`locks.py NAME` one of them. Each runs in its own process, and a form feed and its name are
printed before its trace. So Python starts once a theme, and no pair sees the objects of another.
Time jumps to the next deadline instead of waiting for it, so a trace is the same in every
run. Avoid two deadlines of the same moment: they have no order in asyncio.
"""
import asyncio
import gc
import os
import selectors
import sys

HANG_S = 20
pairs = {}


def pair(function):
    pairs[function.__name__] = function
    return function


def trace(*words):
    print(*words)


def kind(error):
    return type(error).__name__


async def settle(name, awaitable):
    """Awaits it, and traces how it ended: "a done", "a CancelledError"."""
    try:
        await awaitable
    except BaseException as error:
        trace(name, kind(error))
    else:
        trace(name, "done")


async def turns(count):
    for _ in range(count):
        await asyncio.sleep(0)


class JumpingSelector(selectors.DefaultSelector):
    """Jumps ahead in time instead of sleeping. If the loop has no timer, waits for a descriptor,
    which another thread or another program makes ready."""

    now = 0.0

    def select(self, timeout=None):
        ready = super().select(0)
        if ready:
            return ready
        if timeout is not None:
            self.now += max(timeout, 0)
            return ready
        ready = super().select(HANG_S)
        if not ready:
            raise RuntimeError(f"the pair hangs: no descriptor was ready for {HANG_S} s")
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.selector = JumpingSelector()
        super().__init__(self.selector)
        self._clock_resolution = 1e-9

    def time(self):
        return self.selector.now


def now_ms():
    return round(asyncio.get_running_loop().time() * 1000)


def report(loop, context):
    trace("report:", context["message"])


def run(name):
    loop = VirtualLoop()
    loop.set_exception_handler(report)
    try:
        loop.run_until_complete(pairs[name]())
    except BaseException as error:
        trace("main", kind(error))
    left = len(asyncio.all_tasks(loop))
    if left:
        trace("left", left)


def main():
    names = sys.argv[1:] or pairs
    for name in names:
        if name not in pairs:
            sys.exit(f"{sys.argv[0]}: there is no pair {name!r}")
    gc.freeze()  # the collector of each process skips the objects made so far
    for name in names:
        print(f"\f{name}", flush=True)
        process = os.fork()
        if process == 0:
            run(name)
            gc.collect()  # reports tasks that are left
            sys.stdout.flush()
            os._exit(0)  # faster than the shutdown of the interpreter
        _, status = os.waitpid(process, 0)
        if status:
            print(f"Python ended with {os.waitstatus_to_exitcode(status)}")

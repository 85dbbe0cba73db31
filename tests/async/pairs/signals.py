"""Signal handlers: when they are called, and the signals that are refused."""
import asyncio
import signal

from pair import main, pair, trace, turns


@pair
async def a_handler_is_called_by_the_loop():
    loop = asyncio.get_running_loop()
    called = loop.create_future()

    def handle(word):
        trace("handler", word)
        called.set_result(None)

    loop.add_signal_handler(signal.SIGUSR2, handle, "a")
    signal.raise_signal(signal.SIGUSR2)
    trace("raised")
    await called
    trace("removed", int(loop.remove_signal_handler(signal.SIGUSR2)))
    trace("removed", int(loop.remove_signal_handler(signal.SIGUSR2)))


@pair
async def the_second_handler_replaces_the_first():
    loop = asyncio.get_running_loop()
    called = loop.create_future()

    def handle(word):
        trace("handler", word)
        called.set_result(None)

    loop.add_signal_handler(signal.SIGUSR2, handle, "a")
    loop.add_signal_handler(signal.SIGUSR2, handle, "b")
    signal.raise_signal(signal.SIGUSR2)
    await called
    loop.remove_signal_handler(signal.SIGUSR2)


@pair
async def a_signal_that_cannot_be_caught_is_refused():
    loop = asyncio.get_running_loop()
    for number in (signal.SIGKILL, signal.SIGSTOP, 32, 1000, 0):
        try:
            loop.add_signal_handler(number, trace, "never")
        except Exception as error:
            trace(type(error).__name__, error)


main()

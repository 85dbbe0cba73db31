"""Loops: one at a time in a thread, run again, stopped, and closed. A pair that needs a loop that
does not run yet works in a thread without a loop."""
import asyncio

from pair import kind, main, pair, settle, trace, turns


async def count(name, number):
    try:
        for i in range(1, number + 1):
            trace(name, i)
            await asyncio.sleep(0)
    except BaseException as error:
        trace(name, kind(error))
        raise
    trace(name, "done")
    return name


def trace_refusal(name, function, *arguments):
    try:
        result = function(*arguments)
    except BaseException as error:
        trace(f"{name}: {kind(error)}")
        trace(error)
        return None
    trace(f"{name}: fine")
    return result


def stopper(loop):
    def stop():
        trace("stop")
        loop.stop()

    return stop


@pair
async def a_running_loop_cannot_be_run():
    loop = asyncio.get_running_loop()
    trace("running", int(loop.is_running()))
    trace_refusal("until complete", loop.run_until_complete, loop.create_future())
    trace_refusal("forever", loop.run_forever)


@pair
async def another_loop_cannot_run_inside_it():
    other = asyncio.new_event_loop()
    trace_refusal("forever", other.run_forever)
    other.close()


@pair
async def run_inside_it_is_refused():
    coroutine = count("never", 1)
    try:
        asyncio.run(coroutine)
    except BaseException as error:
        trace(kind(error))
    coroutine.close()


@pair
async def a_running_loop_cannot_be_closed():
    trace_refusal("close", asyncio.get_running_loop().close)


@pair
async def a_stopped_loop_finishes_its_batch_and_leaves_the_body():
    loop = asyncio.get_running_loop()
    loop.call_soon(stopper(loop))
    loop.call_soon(trace, "behind it")
    await turns(9)


@pair
async def the_tasks_of_a_loop_are_those_that_are_not_done():
    task = asyncio.create_task(count("a", 1))
    trace(len(asyncio.all_tasks()), "tasks")
    await settle("a", task)
    trace(len(asyncio.all_tasks()), "tasks")


def run_it_twice():
    loop = asyncio.new_event_loop()
    for _ in range(2):
        name = trace_refusal("run", loop.run_until_complete, count("a", 2))
        trace(f"{name}, running {loop.is_running():d}")
    loop.close()


@pair
async def a_loop_runs_again_after_its_end():
    await asyncio.to_thread(run_it_twice)


def stop_in_the_middle():
    loop = asyncio.new_event_loop()
    loop.call_soon(trace, "a")
    loop.call_soon(stopper(loop))
    loop.call_soon(trace, "b")
    task = loop.create_task(count("task", 2))
    trace_refusal("run", loop.run_forever)
    trace("done", int(task.done()))
    trace_refusal("run on", loop.run_until_complete, task)
    loop.close()


@pair
async def a_stopped_loop_goes_on_at_the_same_place():
    await asyncio.to_thread(stop_in_the_middle)


def stop_before_it_runs():
    loop = asyncio.new_event_loop()
    loop.call_soon(trace, "a")
    loop.stop()
    trace_refusal("run", loop.run_forever)
    loop.close()


@pair
async def a_loop_stopped_before_its_run_runs_one_turn():
    await asyncio.to_thread(stop_before_it_runs)


def stop_before_its_end():
    loop = asyncio.new_event_loop()
    loop.call_soon(stopper(loop))
    trace_refusal("run", loop.run_until_complete, loop.create_future())
    loop.close()


@pair
async def a_run_fails_if_it_is_stopped_before_the_future_is_done():
    await asyncio.to_thread(stop_before_its_end)


def use_after_close():
    loop = asyncio.new_event_loop()
    future = loop.create_future()
    trace_refusal("close", loop.close)
    trace_refusal("close again", loop.close)
    trace("closed", int(loop.is_closed()))
    trace_refusal("call_soon", loop.call_soon, trace, "never")
    trace_refusal("call_later", loop.call_later, 0, trace)
    trace_refusal("threadsafe", loop.call_soon_threadsafe, trace)
    coroutine = count("never", 1)
    try:
        loop.create_task(coroutine)
    except RuntimeError:
        trace("task made 0")
    coroutine.close()
    trace_refusal("run", loop.run_until_complete, future)
    trace_refusal("forever", loop.run_forever)


@pair
async def a_closed_loop_refuses_everything():
    await asyncio.to_thread(use_after_close)


async def clean_up(name):
    trace(name, "begins")
    try:
        await asyncio.sleep(1)
    except BaseException as error:
        trace(name, kind(error))
        await turns(2)
        trace(name, "has cleaned up")
        raise


kept = []  # the loop holds only a weak reference


async def leave_one_behind():
    kept.append(asyncio.create_task(clean_up("a")))
    await turns(1)
    trace("main ends")
    return "result"


def run_and_leave():
    result = asyncio.run(leave_one_behind())
    trace(f"{result}, a loop runs {asyncio._get_running_loop() is not None:d}")


@pair
async def run_cancels_the_tasks_left_and_waits_for_their_cleanup():
    await asyncio.to_thread(run_and_leave)


async def swallow(name):
    try:
        await clean_up(name)
    except BaseException:
        pass
    trace(name, "goes on")
    await turns(2)
    trace(name, "done")


async def leave_one_and_fail():
    kept.append(asyncio.create_task(swallow("a")))
    await turns(1)
    raise ValueError("main")


def run_and_fail():
    asyncio.run(leave_one_and_fail())


@pair
async def run_fails_after_the_tasks_left_have_ended():
    await asyncio.to_thread(run_and_fail)


main()

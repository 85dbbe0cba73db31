"""Futures: their single end, their callbacks, and failures that were not retrieved."""
import asyncio
from functools import partial

from pair import kind, main, pair, settle, trace, turns


def create_future():
    return asyncio.get_running_loop().create_future()


def say(word, future):
    trace(f"{word}: done {future.done():d}")


say_a, say_b = partial(say, "a"), partial(say, "b")


def trace_call(name, function, *arguments):
    try:
        function(*arguments)
    except BaseException as error:
        trace(f"{name}: {kind(error)}")
    else:
        trace(f"{name}: fine")


def trace_ended(future):
    trace(f"done {future.done():d}, cancelled {future.cancelled():d}")


def cancel(future):
    trace("cancel", int(future.cancel()))


@pair
async def callbacks_come_in_the_order_of_adding_a_turn_later():
    future = create_future()
    for callback in (say_a, say_b, say_a):
        future.add_done_callback(callback)
    future.set_result(None)
    trace("set")
    await turns(1)


@pair
async def a_done_future_calls_back_a_turn_later():
    future = create_future()
    future.set_result(None)
    future.add_done_callback(partial(say, "late"))
    trace("added")
    await turns(1)
    trace("a turn later")


@pair
async def removing_a_callback_removes_all_its_copies():
    future = create_future()
    for callback in (say_a, say_b, say_a):
        future.add_done_callback(callback)
    trace("removed", future.remove_done_callback(say_a))
    trace("removed", future.remove_done_callback(say_a))
    future.set_result(None)
    await turns(1)


@pair
async def a_scheduled_callback_cannot_be_removed():
    future = create_future()
    future.add_done_callback(say_a)
    future.set_result(None)
    trace("removed", future.remove_done_callback(say_a))
    await turns(1)


@pair
async def a_callback_added_by_a_callback_is_called_a_turn_later():
    def add_another(future):
        say("first", future)
        future.add_done_callback(partial(say, "another"))

    future = create_future()
    future.add_done_callback(add_another)
    future.add_done_callback(partial(say, "second"))
    future.set_result(None)
    await turns(1)
    trace("a turn later")
    await turns(1)


@pair
async def a_cancelled_future_calls_back_too():
    future = create_future()
    future.add_done_callback(say_a)
    cancel(future)
    cancel(future)
    trace_ended(future)
    await turns(1)


@pair
async def a_future_ends_once():
    future = create_future()
    trace_call("result", future.set_result, "a")
    trace_call("result again", future.set_result, "b")
    trace_call("exception", future.set_exception, ValueError("wrong"))
    cancel(future)
    trace(future.result())


@pair
async def a_cancelled_future_cannot_be_set():
    future = create_future()
    future.cancel()
    trace_call("set", future.set_result, None)
    trace_call("result", future.result)


@pair
async def a_pending_future_has_no_result():
    future = create_future()
    trace_ended(future)
    trace_call("result", future.result)


@pair
async def a_task_cannot_be_set():
    me = asyncio.current_task()
    trace_call("result", me.set_result, None)
    trace_call("exception", me.set_exception, ValueError("wrong"))


@pair
async def a_failure_is_raised_by_each_await():
    future = create_future()
    future.set_exception(ValueError("wrong"))
    await settle("first", future)
    await settle("second", future)
    trace("has failed", int(future.exception() is not None))


@pair
async def a_failure_that_was_not_retrieved_is_reported():
    future = create_future()
    future.set_exception(ValueError("wrong"))
    await turns(1)
    trace("before")
    del future
    trace("after")


@pair
async def a_retrieved_failure_is_not_reported():
    future = create_future()
    future.set_exception(ValueError("wrong"))
    trace("has failed", int(future.exception() is not None))
    del future
    trace("after")


async def fail(name):
    raise ValueError(name)


@pair
async def a_tasks_failure_that_was_not_retrieved_is_reported():
    task = asyncio.create_task(fail("task"))
    await turns(2)
    trace("done", int(task.done()))
    del task
    trace("after")


@pair
async def a_failure_after_a_cancellation_attempt_is_not_reported():
    future = create_future()
    future.set_exception(ValueError("wrong"))
    cancel(future)
    del future
    trace("after")


@pair
async def a_task_cannot_await_itself():
    async def await_itself():
        try:
            await asyncio.current_task()
        except BaseException as error:
            trace("inside", kind(error))
            raise

    await settle("task", asyncio.create_task(await_itself()))


@pair
async def a_future_of_another_loop_cannot_be_awaited():
    other = asyncio.new_event_loop()
    await settle("future", other.create_future())
    other.close()


@pair
async def a_done_future_of_another_loop_can_be_awaited():
    other = asyncio.new_event_loop()
    future = other.create_future()
    future.set_result(None)
    await settle("future", future)
    other.close()


main()

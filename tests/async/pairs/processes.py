"""Subprocesses: pipes, ends, signals."""
import asyncio
from asyncio.subprocess import PIPE

from pair import main, pair, trace


async def start(*arguments):
    return await asyncio.create_subprocess_exec(
        *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )


@pair
async def communicate_gives_both_outputs_and_the_end():
    process = await start("sh", "-c", "sort; echo done >&2; exit 3")
    trace("running", int(process.returncode is None))
    output, errors = await process.communicate(b"b\na\n")
    trace("output", output.decode(), "errors", errors.decode())
    trace("code", process.returncode)
    trace("wait", await process.wait())


@pair
async def a_program_that_does_not_read_its_input_is_no_failure():
    # asyncio reports the future of its stdin in some runs and not in others.
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    process = await start("true")
    output, _ = await process.communicate(bytes(2**20))
    trace("code", process.returncode, len(output))


@pair
async def a_signal_is_a_negative_exit_code():
    process = await asyncio.create_subprocess_exec("sleep", "1000")
    trace("stdin", int(process.stdin is not None))
    process.terminate()
    trace("code", await process.wait())
    try:
        process.kill()
    except ProcessLookupError:
        trace("no such process")


@pair
async def a_program_that_cannot_be_started_fails_with_errno():
    for program in ("/no/such/program", "/etc/passwd"):
        try:
            await start(program)
        except OSError as error:
            trace("OSError", error.errno)


@pair
async def its_pipes_are_streams():
    process = await start("cat")
    for word in (b"one\n", b"two\n"):
        process.stdin.write(word)
        await process.stdin.drain()
        trace("line", (await process.stdout.readline()).decode())
    process.stdin.close()
    await process.stdin.wait_closed()
    trace("closed")
    trace("rest", len(await process.stdout.read()), int(process.stdout.at_eof()))
    trace("code", await process.wait())


@pair
async def waiting_may_be_cancelled_and_repeated():
    process = await start("cat")
    try:
        await asyncio.wait_for(process.wait(), 1)
    except asyncio.TimeoutError:
        trace("TimeoutError, running", int(process.returncode is None))
    process.kill()
    trace("code", await process.wait())


main()

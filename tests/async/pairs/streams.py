"""asyncio's streams: ends, limits, waiting, and calls after close()."""
import asyncio
import socket

from pair import main, pair, trace, turns


def what(error):
    """The kind of an error as in C, in which every OSError has one kind and its errno."""
    return f"OSError {error.errno}" if isinstance(error, OSError) else type(error).__name__


async def open_line(limit=2**16):
    ours, theirs = socket.socketpair()
    reader, writer = await asyncio.open_connection(sock=ours, limit=limit)
    return reader, writer, theirs


async def show(reading):
    try:
        data = await reading
    except asyncio.IncompleteReadError as error:
        trace("IncompleteReadError:", error, "|", error.partial.decode())
    except asyncio.LimitOverrunError as error:
        trace("LimitOverrunError:", error, "|", error.consumed)
    except Exception as error:
        trace(what(error))
    else:
        trace("got", data.decode())


def hang_up(writer, peer):
    peer.close()
    writer.close()


@pair
async def read_gives_the_bytes_that_are_there_and_then_none():
    reader, writer, peer = await open_line()
    peer.send(b"abcdef")
    await show(reader.read(4))
    await show(reader.read(0))
    await show(reader.read(100))
    trace("at eof", int(reader.at_eof()))
    peer.close()
    await show(reader.read(100))
    trace("at eof", int(reader.at_eof()))
    await show(reader.read())
    hang_up(writer, peer)


@pair
async def an_end_leaves_readexactly_with_less():
    reader, writer, peer = await open_line()
    peer.send(b"0123456789")
    await show(reader.readexactly(8))
    peer.close()
    await show(reader.readexactly(3))
    await show(reader.readexactly(0))
    await show(reader.readexactly(1))
    hang_up(writer, peer)


@pair
async def an_end_leaves_readuntil_with_less():
    reader, writer, peer = await open_line()
    peer.send(b"one--two-")
    peer.close()
    await show(reader.readuntil(b"--"))
    await show(reader.readuntil(b"--"))
    await show(reader.readuntil(b"--"))
    await show(reader.readuntil(b""))
    hang_up(writer, peer)


@pair
async def readuntil_leaves_bytes_over_the_limit():
    reader, writer, peer = await open_line(limit=4)
    peer.send(b"123456\nab\n")
    await show(reader.readuntil())
    await show(reader.readexactly(7))
    await show(reader.readuntil())
    peer.send(b"1234567")
    await show(reader.readuntil())
    await show(reader.readexactly(7))
    hang_up(writer, peer)


@pair
async def readline_drops_a_line_over_the_limit():
    reader, writer, peer = await open_line(limit=4)
    peer.send(b"123456\nab\n")
    await show(reader.readline())
    await show(reader.readline())
    peer.send(b"12345678")
    await show(reader.readline())
    peer.send(b"x\nlast")
    peer.close()
    await show(reader.readline())
    await show(reader.readline())
    await show(reader.readline())
    hang_up(writer, peer)


@pair
async def one_task_reads_at_a_time():
    reader, writer, peer = await open_line()

    async def read():
        await show(reader.read(3))

    first = asyncio.create_task(read())
    await turns(1)
    await show(reader.read(3))
    peer.send(b"abc")
    await first
    hang_up(writer, peer)


@pair
async def a_cancelled_read_takes_no_bytes():
    reader, writer, peer = await open_line()
    first = asyncio.create_task(reader.readexactly(3))
    peer.send(b"ab")
    await turns(5)
    first.cancel()
    try:
        await first
    except asyncio.CancelledError:
        trace("CancelledError")
    peer.send(b"c")
    await show(reader.readexactly(3))
    hang_up(writer, peer)


@pair
async def after_close_writes_are_ignored_and_drain_fails():
    reader, writer, peer = await open_line()
    writer.close()
    writer.close()
    trace("closing", int(writer.is_closing()))
    writer.write(b"x")
    try:
        await writer.drain()
    except Exception as error:
        trace(type(error).__name__ == "ConnectionResetError" and "reset", error)
    await writer.wait_closed()
    trace("peer got", len(peer.recv(10)))
    await show(reader.read(1))
    hang_up(writer, peer)


@pair
async def nothing_is_written_after_the_end():
    reader, writer, peer = await open_line()
    writer.writelines([b"one ", b"", b"two"])
    trace("can", int(writer.can_write_eof()))
    writer.write_eof()
    writer.write_eof()
    trace("peer got", peer.recv(100).decode(), len(peer.recv(100)))
    try:
        writer.write(b"x")
    except Exception as error:
        trace(what(error), error)
    peer.send(b"still heard")
    await show(reader.read(100))
    hang_up(writer, peer)


@pair
async def drain_waits_for_the_peer():
    reader, writer, peer = await open_line()
    peer.setblocking(False)
    writer.write(bytes(2**20))

    async def drain(name):
        await writer.drain()
        trace(name, "drained")

    tasks = [asyncio.create_task(drain("a")), asyncio.create_task(drain("b"))]
    await turns(3)
    trace("waits", int(not tasks[0].done()))
    count = 0
    while count < 2**20:
        try:
            count += len(peer.recv(2**16))
        except BlockingIOError:
            await turns(1)
    await asyncio.gather(*tasks)
    trace("all", count)
    hang_up(writer, peer)


@pair
async def drain_fails_if_the_peer_closes():
    reader, writer, peer = await open_line()
    writer.write(bytes(2**20))

    async def drain():
        await writer.drain()

    task = asyncio.create_task(drain())
    await turns(3)
    peer.close()
    await show(task)
    try:
        await writer.wait_closed()
    except Exception as error:
        trace("closed", what(error))
    try:
        await writer.drain()
    except Exception as error:
        trace("again", what(error))
    await show(reader.read(1))
    hang_up(writer, peer)


@pair
async def a_server_gives_each_connection_a_task():
    async def receive(reader, writer):
        name = await reader.readline()
        trace("came", name.decode().strip())
        writer.write(b"hello " + name)
        writer.close()
        await writer.wait_closed()
        trace("went", name.decode().strip())

    server = await asyncio.start_server(receive, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    trace("serving", int(server.is_serving()))
    for name in (b"a\n", b"b\n"):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(name)
        await show(reader.readline())
        await show(reader.read())
        writer.close()
        await writer.wait_closed()
    server.close()
    trace("serving", int(server.is_serving()))
    try:
        await asyncio.open_connection("127.0.0.1", port)
    except Exception as error:
        trace(what(error))


main()

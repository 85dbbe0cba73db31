"""docs/async/guide.md: a TCP server and its client."""
import asyncio


async def echo(reader, writer):
    while line := await reader.readline():
        writer.write(line)
        await writer.drain()
    writer.close()


async def ask(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"hello\n")
    await writer.drain()
    line = await reader.readline()
    print("echo:", line.decode(), end="")
    writer.close()
    await writer.wait_closed()


async def program():
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    await ask(server.sockets[0].getsockname()[1])
    server.close()
    await server.wait_closed()


asyncio.run(program())

"""docs/async/guide.md: an HTTP request."""
import asyncio
import urllib.error
import urllib.request


async def answer(reader, writer):
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.0 404 Not Found\r\nX-Cook: Anna\r\n\r\nno soup")
    writer.close()


def get(url):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        return opener.open(url, timeout=10)
    except urllib.error.HTTPError as response:
        return response


async def fetch(url):
    response = await asyncio.to_thread(get, url)  # asyncio has no HTTP client
    with response:
        print(response.status, response.read().decode())
        print("cook:", response.headers["x-cook"])


async def program():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    await fetch(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    server.close()


asyncio.run(program())

#!/usr/bin/env python3
"""All conversations at once on Python's asyncio: a task each, and one thread.

    loop   0 1 2 . . . . 0 1 2       (a task runs until it awaits)
    0      send=response==>
    1      ....send=response==>

It uses the streams of the standard library: no package to install, and less code between
the socket and the clock than in aiohttp. (The file is not called asyncio.py, because
`import asyncio` would then find this file instead of the library.)
"""
import argparse
import asyncio
import asyncio.staggered
import contextlib
import errno
import http.client
import json
import re
import select
import socket
import ssl
import sys
import threading
import time
from urllib.parse import urlsplit, urlunsplit

DESCRIPTION = {
    "name": "asyncio-streams", "summary": "all at once on Python's asyncio, a task each",
    "holds": "all", "send_holds": "loop",
    "listed": True, "available": True, "why": "", "waits": True}


MOST_HEADER_BYTES = 256 * 1024


async def read_head(reader):  # passes over the heads of 1xx answers
    seen = 0
    while seen < MOST_HEADER_BYTES:
        head = await reader.readuntil(b"\r\n\r\n")
        seen += len(head)
        status_line, *lines = head.decode("latin-1").split("\r\n")[:-2]
        if not status_line.startswith("HTTP/1."):
            break
        status = int(status_line.split(" ")[1])
        if status >= 200:
            return status, {name.lower(): value.strip() for name, _, value in
                            (line.partition(":") for line in lines)}
    raise ValueError("this is no HTTP")


async def discard(reader, count):
    while count:
        block = await reader.read(min(count, 65536))
        if not block:
            raise EOFError
        count -= len(block)


async def discard_body(reader, status, headers):  # True: the connection can be kept
    if "chunked" in headers.get("transfer-encoding", "").lower():
        while size := int((await reader.readuntil(b"\n")).partition(b";")[0], 16):
            await discard(reader, size + 2)
        while (await reader.readuntil(b"\n")).strip():  # trailers, up to an empty line
            pass
    elif status in (204, 304):
        pass
    elif "content-length" in headers:
        await discard(reader, int(headers["content-length"]))
    else:
        while await reader.read(65536):
            pass
        return False
    return headers.get("connection", "").lower() != "close"


async def look_up(host, port):  # all addresses of a host
    def find(name, flags=0):
        return socket.getaddrinfo(name, port, type=socket.SOCK_STREAM, flags=flags)

    def note(method, value):
        if not found.done():
            method(value)

    def find_host():
        try:
            answer = found.set_result, find(host)
        except OSError as problem:
            answer = found.set_exception, problem
        with contextlib.suppress(RuntimeError):  # the loop may be closed by now
            loop.call_soon_threadsafe(note, *answer)

    if host == "localhost" or host.endswith(".localhost"):
        return find("::1") + find("127.0.0.1")  # by RFC 6761, as in curl
    with contextlib.suppress(socket.gaierror):
        return find(host, socket.AI_NUMERICHOST)
    # It is a name. asyncio's own threads would delay the end of the program.
    loop = asyncio.get_running_loop()
    found = loop.create_future()
    threading.Thread(target=find_host, daemon=True).start()
    return await found


async def try_each(addresses, end):
    """Tries one after the other; each gets half of the time that is left, the last all."""
    problem = TimeoutError()
    loop = asyncio.get_running_loop()
    while addresses:
        (family, kind, number, _, address), *addresses = addresses
        left = end - loop.time()
        connected = socket.socket(family, kind, number)
        try:
            connected.setblocking(False)
            async with asyncio.timeout(left / 2 if addresses else left):
                await loop.sock_connect(connected, address)
            return connected
        except OSError as failed:
            connected.close()
            problem = failed
        except BaseException:
            connected.close()
            raise
    raise problem


async def connect(host, port, seconds):
    """Connects a socket in curl's order: the second family of addresses follows the first
    after 200 ms, or if the first has failed."""
    addresses = await look_up(host, port)
    first = [one for one in addresses if one[0] == addresses[0][0]]
    second = [one for one in addresses if one[0] != addresses[0][0]]
    end = asyncio.get_running_loop().time() + seconds
    if not second:
        return await try_each(first, end)
    connected, _, problems = await asyncio.staggered.staggered_race(
        (lambda: try_each(first, end), lambda: try_each(second, end)), 0.2)
    if not connected:
        raise problems[-1]
    return connected


class Conversation:
    def __init__(self, number, options, sender):
        self.number, self.options, self.sender = number, options, sender
        self.reader = self.writer = None
        self.is_kept = False
        self.rows = []

    async def connect(self):
        url = self.options.url_of(self.number, 0)
        tls = url.scheme == "https"
        connected = await connect(url.hostname, url.port or (443 if tls else 80),
                                  self.options.timeout / 1e9 or 300)
        self.reader, self.writer = await asyncio.open_connection(
            sock=connected, ssl=tls or None, server_hostname=url.hostname if tls else None)

    async def warm(self):
        try:
            async with asyncio.timeout(self.options.timeout / 1e9 or None):
                await self.connect()
        except OSError as problem:
            url = self.options.url_of(self.number, 0)
            sys.exit(f"asyncio_streams.py: cannot connect to {url.netloc}: "
                     f"{str(problem) or 'timeout'}")
        self.is_kept = True

    async def is_closed(self):
        """No byte is due on an idle connection: what can be read is its end. (Or it is part
        of TLS, which the loop reads.)"""
        poller = select.poll()
        while not (self.writer.is_closing() or self.reader.at_eof()
                   or self.reader.exception() or self.reader._buffer):
            poller.register(self.writer.get_extra_info("socket"), select.POLLIN)
            if not poller.poll(0):
                return False
            await asyncio.sleep(0)
        return True

    def disconnect(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None

    async def send(self, url):
        if not self.writer:
            await self.connect()
        headers = f"Host: {url.netloc}\r\nAccept: */*\r\n"
        if self.options.url_file:
            headers += "User-Agent: simul\r\n"  # a foreign server can recognise this load
        if self.options.connections == "close":
            headers += "Connection: close\r\n"
        # The writer's buffer is empty, so the bytes go to the kernel at once.
        self.writer.write(f"GET {target_of(url)} HTTP/1.1\r\n{headers}\r\n".encode())

    async def receive(self, row):
        row["status"], headers = await read_head(self.reader)
        row["first_byte_ns"] = time.monotonic_ns()
        note_server_timing(row, headers.get("server-timing", ""))
        if not await discard_body(self.reader, row["status"], headers):
            self.disconnect()
        row["error"] = error_of_status(row["status"])

    async def ask(self, url, row, timeout):
        # A send that is the client's own work holds the loop, and so all conversations.
        # Sends go one after the other; each is on the wire before the next begins.
        async with self.sender:
            row.update(begin_ns=time.monotonic_ns(), status=0)
            if self.options.send_hold:
                hold_send(self.options)
                row["send_ns"] = time.monotonic_ns() - row["begin_ns"]
            if self.options.timeout:
                now = asyncio.get_running_loop().time()
                timeout.reschedule(now + self.options.timeout / 1e9)
            if self.writer and await self.is_closed():
                self.disconnect()
            row["reopened"] = int(self.is_kept and not self.writer)
            await self.send(url)
        await self.receive(row)
        self.is_kept = self.options.connections != "close"

    async def request(self, url, row):  # an error is recorded, not raised
        try:
            async with asyncio.timeout(None) as timeout:
                await self.ask(url, row, timeout)
        except Exception as problem:
            row["error"] = error_of(problem)
            self.disconnect()
            self.is_kept = False
        row["end_ns"] = time.monotonic_ns()

    async def converse(self, start_ns):
        ready_ns = start_ns
        for k in range(self.options.rounds):
            row = {"conversation": self.number, "round": k, "ready_ns": ready_ns}
            await self.request(self.options.url_of(self.number, k), row)
            ready_ns = row["end_ns"]
            self.rows.append(row)
        self.disconnect()


async def converse_all(options):
    sender = asyncio.Lock() if options.send_hold else contextlib.nullcontext()
    conversations = [Conversation(c, options, sender)
                     for c in range(options.conversations)]
    if options.connections == "warm":
        for conversation in conversations:
            await conversation.warm()
    start_ns = time.monotonic_ns()  # the common start; no socket exists yet, unless warm
    await asyncio.gather(*(one.converse(start_ns) for one in conversations))
    return [row for one in conversations for row in one.rows]


# -- The protocol: options, errors, rows ------------------------------------------------
# Every model in Python has this same text, so that one file is a whole model.
# docs/architecture.md describes the protocol.

COLUMNS = ("conversation round ready_ns begin_ns first_byte_ns end_ns status error "
           "queue_ns send_ns backlog_ns response_ns").split()
LIMITS = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.EADDRNOTAVAIL)
ERRORS = (  # the first match counts: some of these are subclasses of later ones
    ((http.client.RemoteDisconnected, http.client.IncompleteRead, EOFError),
     "truncated"),
    (ssl.SSLError, "tls"), (socket.gaierror, "resolve"), (TimeoutError, "timeout"),
    ((ConnectionResetError, BrokenPipeError), "reset"), (OSError, "refused"),
    (Exception, "protocol"))


def parse_options(description):
    """Reads the command line. --describe prints the description and ends the program; bad
    options end it with exit code 2 and one line."""
    parser = argparse.ArgumentParser(description=description["summary"])
    parser.print_usage = lambda file: None  # an error is one line
    one_of = parser.add_mutually_exclusive_group(required=True)
    one_of.add_argument("--describe", action="store_true")
    one_of.add_argument("--url", help="request (c, k) is GET URL/c/k")
    one_of.add_argument("--url-file", type=argparse.FileType(),
                        help="conversation c asks for line c")
    add = parser.add_argument
    numbers = {"conversations": None, "rounds": 1, "workers": 4, "cores": 1,
               "send-hold": 0, "timeout": 0}  # the last two in nanoseconds
    for name, default in numbers.items():
        add(f"--{name}", type=int, default=default)
    add("--send-work", choices=("sleep", "cpu"), default="sleep")
    add("--connections", choices=("keep", "close", "warm"), default="keep")
    options = parser.parse_args()
    if options.describe:
        print(json.dumps(description))
        sys.exit()
    lines = options.url_file.read().split() if options.url_file else []
    if options.conversations is None:
        options.conversations = max(1, len(lines))
    if (min(options.conversations, options.rounds, options.workers, options.cores) < 1
            or min(options.send_hold, options.timeout) < 0):
        parser.error("one of the numbers is too small")
    if options.url_file and options.conversations > len(lines):
        parser.error(f"the URL file has only {len(lines)} lines")
    options.url_of = lambda c, k: urlsplit(
        lines[c] if lines else f"{options.url}/{c}/{k}")
    return options


def hold_send(options):
    """Does the client's own part of a send: this thread sleeps or computes."""
    end_ns = time.thread_time_ns() + options.send_hold
    if options.send_work == "sleep":
        time.sleep(options.send_hold / 1e9)
    while options.send_work == "cpu" and time.thread_time_ns() < end_ns:
        pass


def note_server_timing(row, value):
    """Notes the phases that the API reports: queue;dur=0.000000, send;dur=5.000000"""
    for entry in value.split(","):
        name, _, milliseconds = entry.strip().partition(";dur=")
        if f"{name}_ns" in COLUMNS[-4:] and re.fullmatch(
                r"[0-9]{1,12}(\.[0-9]*)?", milliseconds):
            row.setdefault(f"{name}_ns", round(float(milliseconds) * 1e6))
            # (setdefault: the time of the client's own send stays)


def target_of(url):
    """The target as it stands in the request line."""
    return urlunsplit(("", "", url.path or "/", url.query, ""))


def error_of_status(status):
    """Redirects are not followed, so they are errors."""
    return "" if 200 <= status < 300 else "status"


def error_of(problem):
    """The protocol's word for an error."""
    if getattr(problem, "errno", 0) in LIMITS:
        return "limit"
    return next(word for kind, word in ERRORS if isinstance(problem, kind))


def print_rows(rows):
    is_reopened = any(row.get("reopened") for row in rows)
    columns = COLUMNS + ["reopened"] * is_reopened
    print(",".join(columns))
    for row in rows:
        print(",".join(str(row.get(column, "")) for column in columns))


if __name__ == "__main__":
    print_rows(asyncio.run(converse_all(parse_options(DESCRIPTION))))

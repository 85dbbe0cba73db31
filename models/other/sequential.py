#!/usr/bin/env python3
"""One request after the other, in Python: an example of a model in another language.

    conversation 0  send=response==>
    conversation 1                  send=response==>

It makes every request and prints one CSV row for each. Exit code 0: all rows are printed,
those of failed requests too; 2: bad options; any other: the trial is invalid.
"""
import argparse
import contextlib
import errno
import http.client
import json
import queue
import re
import signal
import socket
import ssl
import sys
import threading
import time
from urllib.parse import urlsplit, urlunsplit

DESCRIPTION = {  # holds: how many at once; send_holds: what the client's own send holds up
    "name": "sequential-python", "summary": "one request after the other, in Python",
    "holds": "one", "send_holds": "caller",  # or workers, all, cores; or loop
    "listed": True, "available": True, "why": "", "waits": True}


def in_thread(results, work, *arguments):  # no signal ends what waits in a thread
    def run():
        try:
            results.put(work(*arguments))
        except OSError as problem:
            results.put(problem)

    threading.Thread(target=run, daemon=True).start()


def look_up(host, port):  # all addresses of a host
    def find(name, flags=0):
        return socket.getaddrinfo(name, port, type=socket.SOCK_STREAM, flags=flags)

    if host == "localhost" or host.endswith(".localhost"):
        return find("::1") + find("127.0.0.1")  # by RFC 6761, as in curl
    try:
        return find(host, socket.AI_NUMERICHOST)
    except socket.gaierror:  # it is a name
        results = queue.SimpleQueue()
        in_thread(results, find, host)
        result = results.get()  # a signal ends this wait
    if isinstance(result, OSError):
        raise result
    return result


def try_each(addresses, end):
    """Tries one after the other; each gets half of the time that is left, the last all."""
    problem = TimeoutError()
    while addresses:
        (*_, address), *addresses = addresses
        left = max(0.001, end - time.monotonic())
        try:
            return socket.create_connection(address[:2], left / 2 if addresses else left)
        except OSError as failed:
            problem = failed
    raise problem


def race(first, second, end):
    """The second family of addresses follows after 200 ms, or if the first has failed."""
    results, result = queue.SimpleQueue(), None
    in_thread(results, try_each, first, end)
    with contextlib.suppress(queue.Empty):
        result = results.get(timeout=0.2)
    if not isinstance(result, socket.socket):
        in_thread(results, try_each, second, end)
        missing = 1 if result else 2
        while missing and not isinstance(result := results.get(), socket.socket):
            missing -= 1
    if isinstance(result, OSError):
        raise result
    return result


def connect(address, end):  # to one of a host's addresses, in curl's order
    addresses = look_up(*address)
    first = [one for one in addresses if one[0] == addresses[0][0]]
    second = [one for one in addresses if one[0] != addresses[0][0]]
    connected = race(first, second, end) if second else try_each(first, end)
    connected.settimeout(None)
    return connected


def connection_of(c, options):
    url = options.url_of(c, 0)
    seconds = options.timeout / 1e9 or 300  # as in curl
    kind = getattr(http.client, url.scheme.upper() + "Connection")  # or HTTPSConnection
    connection = kind(url.hostname, url.port)  # no socket yet; it sets TCP_NODELAY
    connection._create_connection = (
        lambda address, *_: connect(address, time.monotonic() + seconds))
    connection.is_kept = False
    return connection


def is_closed(idle):  # no byte is due on it: what can be read is its end
    idle.settimeout(0)
    try:
        idle.recv(1)
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    except OSError:
        return True
    finally:
        idle.settimeout(None)
    return True


def send(connection, url, row, options):  # returns the answer when its head has come
    headers = {"Connection": "close"} if options.connections == "close" else {}
    if options.url_file:
        headers["User-Agent"] = "simul"  # a foreign server can recognise this load
    if connection.sock and is_closed(connection.sock):
        connection.close()  # http.client opens another one
    row["reopened"] = int(connection.is_kept and not connection.sock)
    connection.request("GET", target_of(url), headers=headers)
    return connection.getresponse()


def ask(connection, url, row, options):
    answer = send(connection, url, row, options)
    row.update(first_byte_ns=time.monotonic_ns(), status=answer.status)
    note_server_timing(row, answer.getheader("Server-Timing", ""))
    while answer.read(65536):
        pass
    if answer.length:  # so many bytes are missing
        raise http.client.IncompleteRead(b"", answer.length)
    row["error"] = error_of_status(answer.status)
    connection.is_kept = options.connections != "close"


def time_out(number, frame):
    raise TimeoutError  # at any point of the request, even if bytes are still coming


@contextlib.contextmanager
def time_limit(options):
    try:
        signal.setitimer(signal.ITIMER_REAL, options.timeout / 1e9)  # 0: none
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def request(connection, url, row, options):  # an error is recorded, not raised
    row.update(begin_ns=time.monotonic_ns(), status=0)
    try:
        if options.send_hold:
            hold_send(options)
            row["send_ns"] = time.monotonic_ns() - row["begin_ns"]
        with time_limit(options):
            ask(connection, url, row, options)
    except Exception as problem:
        row["error"] = error_of(problem)
        connection.close()
        connection.is_kept = False
    row["end_ns"] = time.monotonic_ns()


def warm(connection, options):
    try:
        with time_limit(options):
            connection.connect()
    except OSError as problem:
        sys.exit(f"sequential.py: cannot connect to {connection.host} port "
                 f"{connection.port}: {str(problem) or 'timeout'}")
    connection.is_kept = True


def main():
    options = parse_options(DESCRIPTION)
    signal.signal(signal.SIGALRM, time_out)
    connections = (connection_of(c, options) for c in range(options.conversations))
    if options.connections == "warm":
        connections = list(connections)
        for connection in connections:
            warm(connection, options)
    rows = []
    start_ns = time.monotonic_ns()  # the common start; no socket exists yet, unless warm
    for c, connection in enumerate(connections):
        ready_ns = start_ns
        for k in range(options.rounds):
            row = {"conversation": c, "round": k, "ready_ns": ready_ns}
            request(connection, options.url_of(c, k), row, options)
            ready_ns = row["end_ns"]
            rows.append(row)
        connection.close()
    print_rows(rows)


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
    main()

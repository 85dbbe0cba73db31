#!/usr/bin/env python3
"""One request after the other, in Python: an example of a model in another language.

    conversation 0  send=response==>
    conversation 1                  send=response==>

It makes every request and prints one CSV row for each. Exit code 0: all rows are printed,
those of failed requests too; 2: bad options; any other: the trial is invalid.
"""
import http.client
import signal
import time

import protocol  # beside this file: options and rows

DESCRIPTION = {  # holds: how many at once; send_holds: what the client's own send holds up
    "name": "sequential-python", "summary": "one request after the other, in Python",
    "holds": "one", "send_holds": "caller",  # or workers, all, cores; or loop
    "listed": True, "available": True, "why": "", "waits": True}


def connection_of(c, options):
    url = options.url_of(c, 0)
    kind = getattr(http.client, url.scheme.upper() + "Connection")  # or HTTPSConnection
    return kind(url.hostname, url.port)  # no socket yet; http.client sets TCP_NODELAY


def send(connection, url, options):  # returns the answer when its head has come
    headers = {"Connection": "close"} if options.connections == "close" else {}
    if options.url_file:
        headers["User-Agent"] = "simul"  # a foreign server can recognise this load
    is_kept = connection.sock is not None
    try:
        connection.request("GET", protocol.target_of(url), headers=headers)
        return connection.getresponse()
    except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
        if not is_kept:
            raise
    connection.close()  # the server closed it after its last answer, so send once more
    return send(connection, url, options)


def ask(connection, url, row, options):
    answer = send(connection, url, options)
    row.update(first_byte_ns=time.monotonic_ns(), status=answer.status)
    protocol.note_server_timing(row, answer.getheader("Server-Timing", ""))
    while answer.read(65536):
        pass
    if answer.length:  # so many bytes are missing
        raise http.client.IncompleteRead(b"", answer.length)
    row["error"] = protocol.error_of_status(answer.status)


def time_out(number, frame):
    raise TimeoutError  # at any point of the request, even if bytes are still coming


def request(connection, url, row, options):  # an error is recorded, not raised
    row.update(begin_ns=time.monotonic_ns(), status=0)
    try:
        if options.send_hold:
            protocol.hold_send(options)
            row["send_ns"] = time.monotonic_ns() - row["begin_ns"]
        try:
            signal.setitimer(signal.ITIMER_REAL, options.timeout / 1e9)  # 0: none
            ask(connection, url, row, options)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except Exception as problem:
        row["error"] = protocol.error_of(problem)
        connection.close()
    row["end_ns"] = time.monotonic_ns()


def main():
    options = protocol.parse_options(DESCRIPTION)
    signal.signal(signal.SIGALRM, time_out)
    connections = (connection_of(c, options) for c in range(options.conversations))
    if options.connections == "warm":
        connections = list(connections)
        for connection in connections:
            connection.connect()
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
    protocol.print_rows(rows)


if __name__ == "__main__":
    main()

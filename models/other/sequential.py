#!/usr/bin/env python3
"""One request after the other, in Python: an example of a model in another language.

    conversation 0  send=response==>
    conversation 1                  send=response==>

It makes every request and prints one CSV row for each. Exit code 0: all rows are there,
failed requests too; 2: bad options; anything else: invalid.
"""
import http.client
import time
from urllib.parse import urlunsplit

import protocol  # beside this file: options and rows

DESCRIPTION = {  # holds: how many at once; send_holds: whom a send of our own holds up
    "name": "sequential-python", "summary": "one request after the other, in Python",
    "holds": "one", "send_holds": "caller",  # or workers, all, cores; or loop
    "listed": True, "available": True, "why": "", "waits": True}


def connection_of(c, options):
    url = options.url_of(c, 0)
    kind = getattr(http.client, url.scheme.upper() + "Connection")  # or HTTPSConnection
    # No socket yet; http.client sets TCP_NODELAY. The timeout is for each wait, and so
    # for the whole request, where the answer comes in one piece.
    return kind(url.hostname, url.port, timeout=options.timeout / 1e9 or None)


def ask(connection, url, row, options):
    headers = {"Connection": "close"} if options.connections == "close" else {}
    connection.request("GET", urlunsplit(("", "", *url[2:])), headers=headers)
    answer = connection.getresponse()
    row.update(first_byte_ns=time.monotonic_ns(), status=answer.status)
    protocol.note_server_timing(row, answer.getheader("Server-Timing", ""))
    answer.read()
    row["error"] = "status" if answer.status >= 400 else ""


def request(connection, url, row, options):  # what goes wrong is recorded, not raised
    row.update(begin_ns=time.monotonic_ns(), status=0)
    try:
        if options.send_hold:
            protocol.hold_send(options)
            row["send_ns"] = time.monotonic_ns() - row["begin_ns"]
        ask(connection, url, row, options)
    except Exception as problem:
        row["error"] = protocol.error_of(problem)
        connection.close()
    row["end_ns"] = time.monotonic_ns()


def main():
    options = protocol.parse_options(DESCRIPTION)
    connections = (connection_of(c, options) for c in range(options.conversations))
    if options.connections == "warm":
        connections = list(connections)
        for connection in connections:
            connection.connect()
    rows = []
    start_ns = time.monotonic_ns()  # all are ready; there is no socket yet, unless warm
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

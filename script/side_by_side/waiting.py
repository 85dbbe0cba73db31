"""The mock API while 10,000 requests wait in it at once."""
import csv
import struct
import time

from measure import percentile, private_bytes, summed_up
from processes import PROGRAMS, Client, Failed, MockApi
from report import Row

TITLE = "the mock API with 10,000 connections, each waiting 2 s for its answer"
CONNECTIONS = 10000
REPETITIONS = 9
WAIT_S = 2
HOW = ("the event-loop model sends the requests, each on a new connection, "
       f"{REPETITIONS} times; sent: by the API's log; received: by the client; memory: the "
       "private memory while all wait, minus that before")

HEADER = struct.Struct("=8sIIQQQQ")  # base/witness.h
RECORD = struct.Struct("=6q3iI")
VERSION = 2
ARRIVAL, DUE, ANSWERED, CONVERSATION, STATUS = 0, 4, 5, 6, 8


def read_log(log):
    """The API's records, one for each request."""
    with open(log, "rb") as file:
        magic, version, size, _, count, *_ = HEADER.unpack(file.read(HEADER.size))
        if (magic, version, size) != (b"simulwit", VERSION, RECORD.size):
            raise Failed(f"the API's log has version {version}, but this script reads version "
                         f"{VERSION}; adapt it to base/witness.h")
        records = list(RECORD.iter_unpack(file.read(count * size)))
    if len(records) != CONNECTIONS or any(one[STATUS] != 200 for one in records):
        raise Failed(f"not every one of {CONNECTIONS} requests was answered once, with 200")
    return records


def read_ends(rows):
    """When each conversation received its answer, as the client recorded it."""
    rows = list(csv.DictReader(rows.splitlines()))
    if len(rows) != CONNECTIONS or any(row["error"] for row in rows):
        raise Failed("not every request of the client succeeded")
    return {int(row["conversation"]): int(row["end_ns"]) for row in rows}


def observe(folder):
    log = f"{folder}/waiting.log"
    with MockApi(f"{WAIT_S}s", log, CONNECTIONS) as api:
        idle_bytes = private_bytes(api.pid)
        with Client(PROGRAMS / "simul-model-event-loop", "--url", api.url,
                    "--conversations", CONNECTIONS) as client:
            time.sleep(0.9 * WAIT_S)
            looked_ns = time.monotonic_ns()
            waiting_bytes = private_bytes(api.pid)
            end_ns = read_ends(client.output())
    records = read_log(log)
    if not max(one[ARRIVAL] for one in records) < looked_ns < min(
            one[DUE] for one in records):
        raise Failed("the requests never all waited at the same time; repeat it when the "
                     "machine is idle")
    sent_ns = [one[ANSWERED] - one[DUE] for one in records]
    seen_ns = [end_ns[one[CONVERSATION]] - one[DUE] for one in records]
    return {"sent p50": percentile(sent_ns, 0.5) / 1e6,
            "sent p99": percentile(sent_ns, 0.99) / 1e6,
            "seen p50": percentile(seen_ns, 0.5) / 1e6,
            "seen p99": percentile(seen_ns, 0.99) / 1e6,
            "earliest": min(sent_ns + seen_ns) / 1e3,
            "memory": (waiting_bytes - idle_bytes) / CONNECTIONS}


def run(folder):
    seen = [observe(folder) for _ in range(REPETITIONS)]

    def row(what, unit, name, **target):
        return Row(what, unit, summed_up([one[name] for one in seen]), **target)

    yield row("sent after it was due, the median", "ms", "sent p50", most=0.3)
    yield row("sent after it was due, 99th percentile", "ms", "sent p99", most=2.0)
    yield row("received after it was due, the median", "ms", "seen p50")
    yield row("received after it was due, 99th percentile", "ms", "seen p99")
    yield row("the earliest answer, after it was due", "us", "earliest", least=0.0)
    yield row("user memory a connection", "bytes", "memory", most=2048.0)

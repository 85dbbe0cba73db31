"""Clients that have all conversations under way at once: our event loop, Python's asyncio,
Node and h2load, each with the same API."""
import csv
import re

from measure import paired_ratio, shuffled, summed_up
from processes import OTHER_MODELS, PROGRAMS, Failed, MockApi, find, output_of
from report import Row

TITLE = "an event loop in C, compared with asyncio, Node and h2load"
RESPONSE_MS = 55
SIZES = {12: 30, 1000: 9, 5000: 7}  # conversations, and how many repetitions
HOW = ("each conversation connects and sends one request; its answer takes "
       f"{RESPONSE_MS} ms, which is the ideal makespan; excess = (makespan - ideal) / "
       "requests; in random order, the API on one core and the client on another")


def model(path):
    """A function that runs a model with simul's protocol and returns its makespan in ns."""
    def makespan_ns(url, conversations):
        said = output_of(path, "--url", url, "--conversations", conversations)
        rows = list(csv.DictReader(said.splitlines()))
        if len(rows) != conversations or any(row["error"] for row in rows):
            raise Failed(f"{path}: not every request succeeded")
        start_ns = int(rows[0]["ready_ns"])
        return max(int(row["end_ns"]) for row in rows) - start_ns
    return makespan_ns


def h2load(url, conversations):
    said = output_of(find("h2load"), "--h1", "-t1", f"-n{conversations}",
                     f"-c{conversations}", f"{url}/0/0")
    if f" {conversations} succeeded" not in said:
        raise Failed(f"h2load: not every request succeeded: {said}")
    number, unit = re.search(r"finished in ([\d.]+)(us|ms|s)", said).groups()
    return float(number) * {"us": 1e3, "ms": 1e6, "s": 1e9}[unit]


def clients():
    yield "event-loop", model(PROGRAMS / "simul-model-event-loop")
    yield "asyncio", model(OTHER_MODELS / "asyncio_streams.py")
    if find("node"):
        yield "Node", model(OTHER_MODELS / "node.mjs")
    if find("h2load"):
        yield "h2load", h2load


def compare(conversations, repetitions):
    ideal_ns = RESPONSE_MS * 1000000
    ask = dict(clients())
    makespans_ns = {name: [] for name in ask}
    for repetition in range(repetitions):
        for name in shuffled(ask, repetition):
            with MockApi(f"{RESPONSE_MS}ms") as api:
                makespan_ns = ask[name](api.url, conversations)
            if makespan_ns < ideal_ns:
                raise Failed(f"{name} ended before its answers were due")
            makespans_ns[name].append(makespan_ns)
    ours, *others = ask
    if conversations == min(SIZES):
        for name in ask:
            target = {"most": 1.02} if name == ours else {}
            yield Row(f"{conversations} conversations, makespan/ideal: {name}", "",
                      summed_up([ns / ideal_ns for ns in makespans_ns[name]]), **target)
    excess_us = {name: [(ns - ideal_ns) / conversations / 1000 for ns in sample]
                 for name, sample in makespans_ns.items()}
    for name in others:
        yield Row(f"{conversations} conversations, excess a request", "us",
                  summed_up(excess_us[ours]), name, summed_up(excess_us[name]),
                  paired_ratio(excess_us[ours], excess_us[name]))


def run(folder):
    del folder
    for conversations, repetitions in SIZES.items():
        yield from compare(conversations, repetitions)

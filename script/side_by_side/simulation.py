"""The simulation compared with one in Python: both simulate the same exhibition, and have
to find the same makespan."""
import heapq
import json
import time
from collections import deque

from measure import paired_ratio, summed_up
from processes import PROGRAMS, Failed, output_of
from report import Row

TITLE = "the discrete-event simulation, compared with one in Python (heapq)"
CONVERSATIONS, ROUNDS = 1000, 1000
SENDERS, SLOTS = 3, 20
SEND_S, RESPONSE_S = 5, 55
REPETITIONS = 3
HOW = (f"{CONVERSATIONS} conversations x {ROUNDS} rounds, {SENDERS} senders, {SLOTS} slots; "
       "the elapsed time of simul predict without its start; both must find the same "
       "makespan")


class Station:
    """A number of servers with one line: first come, first served."""

    def __init__(self, servers):
        self.free, self.line = servers, deque()

    def enter(self, who):
        if self.free:
            self.free -= 1
            return who
        self.line.append(who)
        return None

    def leave(self):
        if self.line:
            return self.line.popleft()
        self.free += 1
        return None


def simulate():
    """Simulates one event loop that has all conversations under way. Returns the makespan
    in seconds."""
    uplink, answers = Station(SENDERS), Station(SLOTS)
    rounds_left = [ROUNDS] * CONVERSATIONS
    agenda, order, now = [], 0, 0

    def schedule(who, is_send):
        nonlocal order
        if who is not None:
            order += 1  # events of the same instant keep the order of scheduling
            duration = SEND_S if is_send else RESPONSE_S
            heapq.heappush(agenda, (now + duration, order, who, is_send))

    for who in range(CONVERSATIONS):
        schedule(uplink.enter(who), True)
    while agenda:
        now, _, who, was_send = heapq.heappop(agenda)
        if was_send:
            schedule(uplink.leave(), True)
            schedule(answers.enter(who), False)
            continue
        schedule(answers.leave(), False)
        rounds_left[who] -= 1
        if rounds_left[who]:
            schedule(uplink.enter(who), True)
    return now


def predict(rounds):
    """The seconds that simul predict takes, and the makespan that it finds."""
    begin = time.perf_counter()
    said = output_of(
        PROGRAMS / "simul", "predict", "urls", "--models", "event-loop", "--format",
        "json", "--conversations", CONVERSATIONS, "--rounds", rounds, "--senders",
        SENDERS, "--slots", SLOTS, "--send", f"{SEND_S}s", "--response", f"{RESPONSE_S}s")
    took = time.perf_counter() - begin
    return took, json.loads(said)[0]["models"][0]["predicted"]["simulated_s"]


def run(folder):
    del folder
    requests = CONVERSATIONS * ROUNDS
    ours, pythons = [], []
    for _ in range(REPETITIONS):
        start, _ = predict(1)
        took, found = predict(ROUNDS)
        begin = time.perf_counter()
        reference = simulate()
        pythons.append(requests / (time.perf_counter() - begin))
        ours.append(requests / (took - start))
        if found != reference:
            raise Failed(f"simul predicts {found} s, the simulation in Python {reference} s")
    yield Row("requests simulated a second", "", summed_up(ours), "Python",
              summed_up(pythons), paired_ratio(ours, pythons))

"""Tasks of async compared with Python's asyncio and with POSIX threads: the cost of a
switch, a task, a sleep, a queue and a lock, and the memory of a task that waits."""
import json
import sys
from dataclasses import dataclass
from typing import Callable, Optional

from measure import paired_ratio, shuffled, summed_up
from processes import PROGRAMS, ROOT, Failed, output_of
from report import Row

TITLE = "tasks in C, compared with Python's asyncio and POSIX threads"
REPETITIONS = 5
PROGRAM = PROGRAMS / "simul-bench-async"
CONTESTANTS = {
    "tasks": (PROGRAM, "tasks"),
    "asyncio": (sys.executable, "-B", ROOT / "async/bench/asyncio_workloads.py"),
    "threads": (PROGRAM, "threads"),
}
HOW = ("the same work on the same core, in random order, in elapsed time; each program "
       "counts its steps, and a wrong count makes the part fail")


@dataclass
class Workload:
    """`proof` computes the right steps and check from the count (see outcome.h in
    async/bench). `least` is the target: how many times as fast as asyncio."""
    name: str
    what: str
    count: int
    proof: Callable
    least: Optional[float] = None
    has_threads: bool = True

    @property
    def contestants(self):
        return [name for name in CONTESTANTS if name != "threads" or self.has_threads]


WORKLOADS = [
    Workload("switch", "switch pairs a second", 100000, lambda n: (2 * n, 2 * n), 20),
    Workload("create", "tasks created and joined a second", 30000,
             lambda n: (n, n * (n - 1) // 2)),
    Workload("storm", "sleeps of 1 ms a second, 100,000 at once", 100000,
             lambda n: (n, n), 2, False),
    Workload("queue", "queue round trips a second", 50000, lambda n: (n, 2 * n), 20),
    Workload("lock", "pairs of lock hand-overs a second", 50000,
             lambda n: (2 * n, 2 * n), 20),
]
IDLE = Workload("idle", "memory of an idle task, 100,000 at once", 100000,
                lambda n: (n, n), has_threads=False)
IDLE_BYTES = 6 * 1024


def measure(workload, name):
    """The outcome of one run. Fails if the program did not do the work."""
    outcome = json.loads(output_of(*CONTESTANTS[name], workload.name, workload.count))
    steps, check = workload.proof(workload.count)
    if (outcome["steps"], outcome["check"]) != (steps, check):
        raise Failed(f"{workload.name}: {name} did {outcome['steps']} steps with check "
                     f"{outcome['check']}; {steps} steps and check {check} are right")
    return outcome


def repeat(workload, figure):
    """The samples of each contestant. Samples with the same index are of the same
    repetition."""
    samples = {name: [] for name in workload.contestants}
    for repetition in range(REPETITIONS):
        for name in shuffled(samples, repetition):
            samples[name].append(figure(measure(workload, name)))
    return samples


def compare(workload):
    rates = repeat(workload,
                   lambda outcome: workload.count * 1e9 / outcome["elapsed_ns"])
    ours = rates.pop("tasks")
    for name, others in rates.items():
        yield Row(workload.what, "", summed_up(ours), name, summed_up(others),
                  paired_ratio(ours, others),
                  least=workload.least if name == "asyncio" else None)


def run(folder):
    del folder
    for workload in WORKLOADS:
        yield from compare(workload)
    bytes_each = repeat(IDLE, lambda outcome: outcome["resident_bytes"] / IDLE.count)
    # There is no ratio: the target is for our own memory, so the range is that of ours.
    yield Row(IDLE.what, "bytes", summed_up(bytes_each["tasks"]), "asyncio",
              summed_up(bytes_each["asyncio"]), most=IDLE_BYTES)

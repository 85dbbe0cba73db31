"""Figures of processes and of samples, and the ratios of paired measurements."""
import os
import random
import resource
import statistics
from pathlib import Path


def processor_ns(pid):
    """The processor time that all threads of a process have used so far."""
    tasks = Path(f"/proc/{pid}/task")
    try:  # exact to the nanosecond
        return sum(int((task / "schedstat").read_text().split()[0])
                   for task in tasks.iterdir())
    except FileNotFoundError:  # a kernel without schedstat: utime and stime, in ticks
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks = int(fields[11]) + int(fields[12])
        return ticks * 1000000000 // os.sysconf("SC_CLK_TCK")


def private_bytes(pid):
    """The private memory of a process: the memory that would be free if it ended."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(1024 * int(line.split()[1]) for line in lines
               if line.startswith("Private_"))


def percentile(samples, share):
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def shuffled(names, seed):
    """The names in a random order that follows from the seed. With another seed for each
    repetition, no name is always first."""
    order = list(names)
    random.Random(seed).shuffle(order)
    return order


def summed_up(samples):
    return {"median": statistics.median(samples), "low": min(samples),
            "high": max(samples), "repetitions": len(samples)}


def paired_ratio(ours, peers):
    """The ratios of figures from the same repetition. A disturbance that slows both sides
    cancels out."""
    return summed_up([one / other for one, other in zip(ours, peers, strict=True)])


class Bystanders:
    """How many cores other programs kept busy. The machine may not be idle, and the reader
    of the figures has to know that."""

    def __init__(self):
        self.begin = self._now()

    @staticmethod
    def _now():
        jiffies = [int(field) for field in
                   Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
        busy = sum(jiffies) - jiffies[3] - jiffies[4]  # without idle and iowait
        own = sum(usage.ru_utime + usage.ru_stime for usage in
                  map(resource.getrusage, (resource.RUSAGE_SELF,
                                           resource.RUSAGE_CHILDREN)))
        tick = os.sysconf("SC_CLK_TCK")
        return sum(jiffies) / tick / os.cpu_count(), busy / tick - own

    def cores(self):
        elapsed_s, others_s = (now - begin for now, begin in zip(self._now(), self.begin))
        return max(0.0, others_s / elapsed_s) if elapsed_s > 0 else 0.0

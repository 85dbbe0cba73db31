"""The mock API compared with nginx: both answer 200 at once, on kept connections."""
import re

from measure import paired_ratio, processor_ns, shuffled, summed_up
from processes import Client, Failed, MockApi, Nginx, find, get
from report import Row

TITLE = "the mock API, compared with nginx (return 200, one worker)"
CONNECTIONS = 64
REPETITIONS = 16
SECONDS = 1
HOW = (f"wrk, {CONNECTIONS} kept connections, {REPETITIONS} rounds of {SECONDS} s each "
       "in random order; servers on one core, wrk on another")
TIMING = "queue;dur=0.000000, send;dur=0.000000, backlog;dur=0.000000, response;dur=0.000000"


def load(server):
    """The requests a second, and the server's processor time for each, in nanoseconds."""
    before_ns = processor_ns(server.pid)
    with Client(find("wrk"), "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s",
                f"{server.url}/3/0") as wrk:
        said = wrk.output()
    spent_ns = processor_ns(server.pid) - before_ns
    if "Non-2xx" in said or "Socket errors" in said:
        raise Failed(f"{type(server).__name__} did not answer every request: {said}")
    requests = int(re.search(r"(\d+) requests in", said)[1])
    return float(re.search(r"Requests/sec: +([\d.]+)", said)[1]), spent_ns / requests


def contestants(folder):
    with MockApi("0s") as api:
        headers, body = get(f"{api.url}/3/0")
    if headers["Server-Timing"] != TIMING:
        raise Failed(f"the mock API waited: {headers['Server-Timing']}")
    return {
        "plain": lambda: MockApi("0s"),
        "logging": lambda: MockApi("0s", f"{folder}/api.log"),
        # nginx sends the same body, and the Server-Timing header as a constant.
        "nginx": lambda: Nginx(folder, body.replace("\n", "\\n"),
                               {"Server-Timing": TIMING}),
    }


def run(folder):
    if not find("nginx") or not find("wrk"):
        raise Failed("this part needs nginx and wrk: apt-get install nginx-light wrk")
    servers = contestants(folder)
    rates = {name: [] for name in servers}
    costs = {name: [] for name in servers}
    for repetition in range(REPETITIONS):
        for name in shuffled(servers, repetition):
            with servers[name]() as server:
                rate, cost_ns = load(server)
            rates[name].append(rate)
            costs[name].append(cost_ns / 1000)
    for name, suffix in (("plain", ""), ("logging", ", with --log")):
        yield Row(f"processor time a request{suffix}", "us", summed_up(costs[name]),
                  "nginx", summed_up(costs["nginx"]),
                  paired_ratio(costs[name], costs["nginx"]), most=1.0)
        yield Row(f"requests a second{suffix}", "", summed_up(rates[name]),
                  "nginx", summed_up(rates["nginx"]),
                  paired_ratio(rates[name], rates["nginx"]), least=0.95)

"""script/bench: compares simul with other programs that do the same work, in one run.

    script/bench             every part, about five minutes
    script/bench PART...     only these parts

The programs are those of build/bin, or of the folder that SIMUL_PROGRAMS names.

A missed target is printed, and is no failure, because the machine may be busy. Exit code
0: every part was measured; 1: a part could not be measured; 2: bad input; 130, 143:
interrupted.
"""
import argparse
import json
import signal
import sys
import tempfile
import time
from pathlib import Path

import async_workloads
import environment
import measure
import peers
import report
import requests_a_second
import simulation
import waiting
from processes import ROOT, Failed, end_all

PARTS = {"requests": requests_a_second, "waiting": waiting, "peers": peers,
         "simulation": simulation, "async": async_workloads}

BUSY_CORES = 0.1  # if other programs use more than that, a missed target proves nothing


class Terminated(BaseException):
    """SIGTERM was received. Like KeyboardInterrupt it leaves every `with` block, and each
    block ends the process that it started."""


def on_sigterm(*_):
    raise Terminated


def parse_arguments():
    parser = argparse.ArgumentParser(
        prog="script/bench", description=__doc__.partition("\n")[0],
        epilog="parts: " + "; ".join(f"{name}: {part.TITLE}"
                                     for name, part in PARTS.items()))
    parser.add_argument("parts", nargs="*", metavar="PART", help=" or ".join(PARTS))
    parser.add_argument("--output", type=Path, default=ROOT / "results",
                        help="the folder that gets a new folder with bench.json (results)")
    arguments = parser.parse_args()
    for name in arguments.parts:
        if name not in PARTS:
            parser.error(f"there is no part '{name}'; they are: {', '.join(PARTS)}")
    return arguments


def make_folder(output):
    stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    for suffix in ("", *(f"-{i}" for i in range(2, 100))):
        folder = output / f"{stamp}-bench{suffix}"
        try:
            folder.mkdir(parents=True)
            return folder
        except FileExistsError:
            continue
    raise Failed(f"{output} has too many folders of this second; run it again")


def measure_part(name):
    """Measures one part and prints its table. Returns the part as JSON."""
    part = PARTS[name]
    print(f"\n{name}: {part.TITLE}\n{part.HOW}\n", flush=True)
    load, others = environment.load_average(), measure.Bystanders()
    result = {"name": name, "title": part.TITLE, "how": part.HOW, "rows": []}
    with tempfile.TemporaryDirectory(prefix="simul-bench-") as folder:
        try:
            rows = list(part.run(folder))
        except Failed as failure:
            print(f"not measured: {failure}")
            return {**result, "failed": str(failure)}
    print(*report.table(rows), sep="\n")
    result["rows"] = [row.as_json() for row in rows]
    result["load_average_before"] = load
    result["others_cores"] = round(others.cores(), 2)
    print(f"\nother programs kept {result['others_cores']:.2f} cores busy meanwhile; "
          f"the load average before was {load[0]}")
    if result["others_cores"] > BUSY_CORES and any(row.met is False for row in rows):
        print("they may be the reason for a missed target: repeat the part when the machine "
              "is idle")
    return result


def run():
    arguments = parse_arguments()
    machine = environment.describe()
    print(*environment.lines(machine), sep="\n")
    results = {"schema": 1, "command": ["script/bench", *sys.argv[1:]],
               "environment": machine, "parts": []}
    folder = make_folder(arguments.output)
    for name in dict.fromkeys(arguments.parts or PARTS):
        results["parts"].append(measure_part(name))
        # Written after every part, so that an interrupt loses only the part under way.
        (folder / "bench.json").write_text(json.dumps(results, indent=1) + "\n")
    print(f"\nresults: {folder / 'bench.json'}")
    return any("failed" in part for part in results["parts"])


def main():
    signal.signal(signal.SIGTERM, on_sigterm)
    try:
        return run()
    except KeyboardInterrupt:
        print("\nscript/bench: interrupted", file=sys.stderr)
        return 130
    except Terminated:
        print("\nscript/bench: terminated", file=sys.stderr)
        return 143
    except (Failed, OSError) as failure:
        print(f"script/bench: {failure}", file=sys.stderr)
        return 1
    finally:
        end_all()


if __name__ == "__main__":
    sys.exit(main())

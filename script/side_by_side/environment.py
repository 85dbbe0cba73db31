"""The environment that the figures depend on: the machine, the kernel, and the versions
of the programs that are compared."""
import os
import platform
import re
import subprocess
from pathlib import Path

from processes import CLIENT_CORE, PROGRAMS, ROOT, SERVER_CORE, find


def _first_line(*argv):
    try:
        done = subprocess.run(argv, capture_output=True, text=True, timeout=10,
                              check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = (done.stdout + done.stderr).splitlines()  # nginx -v writes to stderr
    return lines[0].strip() if lines else None


def _cpu():
    found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return found[1] if found else platform.machine()


def _version(program, option):
    path = find(program)
    line = _first_line(path, option) if path else None
    found = re.search(r"\d+(\.\d+)+", line or "")
    return found[0] if found else None


def load_average():
    return [round(one, 2) for one in os.getloadavg()]


def _clock():
    """The clock that the kernel uses; None if /sys does not have it, as in a bare chroot."""
    try:
        return Path("/sys/devices/system/clocksource/clocksource0/current_clocksource"
                    ).read_text().strip()
    except OSError:
        return None


def describe():
    return {
        "kernel": f"{platform.system()} {platform.release()}",
        "cpu": _cpu(), "cores": os.cpu_count(),
        "server_core": SERVER_CORE, "client_core": CLIENT_CORE,
        "clock": _clock(),
        "commit": _first_line("git", "-C", ROOT, "describe", "--always", "--dirty"),
        "versions": {
            "simul": _version(PROGRAMS / "simul", "--version"),
            "nginx": _version("nginx", "-v"), "wrk": _version("wrk", "-v"),
            "h2load": _version("h2load", "--version"),
            "node": _version("node", "--version"), "python": platform.python_version(),
        },
    }


def lines(machine):
    known = (f"{name} {version}" for name, version in machine["versions"].items()
             if version)
    yield f"{machine['cpu']}, {machine['cores']} cores, {machine['kernel']}"
    yield ", ".join(known)

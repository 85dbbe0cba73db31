"""Programs that are started for a measurement, and are always ended after it."""
import contextlib
import ctypes
import os
import select
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(os.environ.get("SIMUL_PROGRAMS", ROOT / "build" / "bin"))
OTHER_MODELS = ROOT / "models" / "other"
PATIENCE_S = 60  # the longest wait for something that should take a few seconds

_cores = sorted(os.sched_getaffinity(0))
SERVER_CORE, CLIENT_CORE = _cores[0], _cores[-1]  # the same if there is only one
_libc = ctypes.CDLL(None)
_running = set()


class Failed(Exception):
    """A measurement that could not be made. Its text says why."""


def find(program):
    """The path of a program, or None. nginx may lie where only the PATH of root looks."""
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin")


@contextlib.contextmanager
def _undisturbed():
    """Blocks Ctrl-C and SIGTERM, so that a process that was started is also noted in
    _running, and one that was noted is also ended."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield before
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(argv, core, **how):
    with _undisturbed() as signals:
        def prepare():
            signal.pthread_sigmask(signal.SIG_SETMASK, signals)
            os.sched_setaffinity(0, {core})
            _libc.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG: it ends when we end

        # In a process group of its own, so that Ctrl-C reaches only us, and we end it.
        process = subprocess.Popen(
            [str(word) for word in argv], process_group=0, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, text=True, preexec_fn=prepare, **how)
        _running.add(process)
        return process


def end(process):
    with _undisturbed():
        _running.discard(process)
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in filter(None, (process.stdout, process.stderr)):
            pipe.close()


def end_all():
    """Ends the processes that no `with` block has ended, because an interrupt came between
    the start of the process and its block."""
    for process in list(_running):
        end(process)


class Client:
    """A client program on the clients' core: `with Client(argv) as client`."""

    def __init__(self, *argv):
        self.argv = argv

    def __enter__(self):
        self.process = _start(self.argv, CLIENT_CORE, stderr=subprocess.PIPE)
        return self

    def __exit__(self, *_):
        end(self.process)

    def output(self):
        """Waits for its end and returns what it printed. Fails if its exit code is not 0."""
        try:
            out, err = self.process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            raise Failed(f"{self.argv[0]} did not end within {PATIENCE_S} s") from None
        if self.process.returncode != 0:
            last = (err.strip() or "no reason given").splitlines()[-1]
            raise Failed(f"{self.argv[0]}: exit code {self.process.returncode}: {last}")
        return out


def output_of(*argv):
    with Client(*argv) as client:
        return client.output()


class MockApi:
    """simul's API on the servers' core and a free port. `pid` is the serving process."""

    def __init__(self, response, log=None, log_capacity=1000000):
        self.argv = [PROGRAMS / "simul-mock-api", "--port", "0", "--send", "0s",
                     "--response", response, "--senders", "unlimited"]
        if log:
            self.argv += ["--log", log, "--log-capacity", log_capacity]

    def __enter__(self):
        self.process = _start(self.argv, SERVER_CORE)
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE_S)
        self.url = self.process.stdout.readline().strip() if ready else ""
        if not self.url:
            self.__exit__()
            raise Failed("the mock API did not start")
        self.pid = self.process.pid
        return self

    def __exit__(self, *_):
        end(self.process)


_NGINX = """
daemon off; worker_processes 1; worker_rlimit_nofile 15000;
pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 12000; }}
http {{
    access_log off; keepalive_requests 1000000000; keepalive_timeout 600s;
    client_body_temp_path {folder}/1; proxy_temp_path {folder}/2;
    fastcgi_temp_path {folder}/3; uwsgi_temp_path {folder}/4; scgi_temp_path {folder}/5;
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location / {{
            default_type application/json;
            {headers}
            return 200 '{body}';
        }}
    }}
}}
"""


class Nginx:
    """nginx with one worker, on the servers' core, which sends a fixed answer at once.
    `pid` is the worker's."""

    def __init__(self, folder, body, headers):
        self.folder, self.body, self.headers = folder, body, headers

    def __enter__(self):
        with socket.socket() as probe:  # finds a port that is free now
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        lines = [f'add_header {name} "{value}";' for name, value in self.headers.items()]
        settings = Path(self.folder, "nginx.conf")
        settings.write_text(_NGINX.format(folder=self.folder, port=port, body=self.body,
                                          headers=" ".join(lines)))
        self.process = _start([find("nginx"), "-c", settings, "-e", "stderr"],
                              SERVER_CORE, stderr=subprocess.DEVNULL)
        try:
            self._await_answer()
        except BaseException:
            end(self.process)
            raise
        return self

    def _await_answer(self):
        patience = time.monotonic() + PATIENCE_S
        while time.monotonic() < patience and self.process.poll() is None:
            try:
                get(self.url)
            except OSError:
                time.sleep(0.01)
                continue
            master = self.process.pid
            children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
            self.pid = int(children[0])
            return
        raise Failed("nginx did not start")

    def __exit__(self, *_):
        end(self.process)


def get(url):
    """Requests a URL once; returns the headers and the body of the answer."""
    with urllib.request.urlopen(url, timeout=5) as answer:
        return dict(answer.headers), answer.read().decode()

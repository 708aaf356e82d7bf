"""Runs a contender once and returns what it cost."""
import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Programs:
    """The programs in one build folder."""

    def __init__(self, build):
        self.build = pathlib.Path(build)

    def path(self, contender):
        return self.build / "bin" / "bench" / contender.program

    def exists(self, contender):
        return self.path(contender).exists()

    def memory(self):
        """Bytes that are allocated; the same in each run, except for a few hundred."""
        program = self.build / "bin" / "bench" / "whole_memory"
        return json.loads(subprocess.run([str(program)], capture_output=True, text=True, check=True).stdout)


def cores():
    """A core for the client and one for the server; the same one where there is only one."""
    usable = sorted(os.sched_getaffinity(0))
    return usable[0], usable[-1]


def pinned(core):
    """The prefix of a command that pins it to a processor; None: any."""
    return ["taskset", "--cpu-list", str(core)] if core is not None else []


@contextlib.contextmanager
def server_core_awake():
    """Keeps the server's processor from sleeping between two requests. Otherwise a client pays for waking it,
    the more often the longer it works on a response: on a virtual machine as much as a quarter of a call. A
    real server is behind a network card, which costs the client the same either way."""
    client, server = cores()
    if client == server or not hasattr(os, "SCHED_IDLE"):
        yield
        return
    with subprocess.Popen([*pinned(server), sys.executable, "-c", NEVER_SLEEPS]) as process:
        try:
            yield
        finally:
            process.kill()


# Gives way to whatever else wants to run, and ends with the process that started it.
NEVER_SLEEPS = """
import os
os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
parent = os.getppid()
while os.getppid() == parent:
    for _ in range(100000):
        pass
"""


def command(program, task, url, count, *more):
    return [str(program), task.argument, url, str(count), *map(str, task.more), *map(str, more)]


def run(program, task, url, *more, count=None, core=None):
    """The program's own figures, with `first_answer_ms` since just before it was started if it says when that
    was.

    count: how many calls; None: the task's own number. core: the processor to run on; None: any."""
    count = task.count if count is None else count
    started = time.monotonic_ns()
    done = subprocess.run([*pinned(core), *command(program, task, url, count, *more)],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{program.name} {task.label}: {done.stderr.strip()}")
    figures = json.loads(done.stdout)
    if "first_answer_ns" in figures:
        figures["first_answer_ms"] = (figures.pop("first_answer_ns") - started) / 1e6
    return figures


def valgrind(tool, pattern, program, task, url, count):
    """The total that a valgrind tool prints for one run."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["valgrind", f"--tool={tool}", f"--{tool}-out-file={folder}/out",
             *command(program, task, url, count)], capture_output=True, text=True, check=False)
    total = re.search(pattern, done.stderr)
    if done.returncode != 0 or total is None:
        raise RuntimeError(f"{program.name} {task.label} under {tool}: {done.stderr[-500:]}")
    return int(total.group(1).replace(",", ""))


def a_call(tool, pattern, program, task, url):
    """What one call adds: the difference between two counts, so that startup cancels out."""
    few, many = task.counted
    totals = [valgrind(tool, pattern, program, task, url, count) for count in (few, many)]
    return round((totals[1] - totals[0]) / (many - few))


def instructions(program, task, url):
    return a_call("callgrind", r"Collected : (\d+)", program, task, url)


def allocations(program, task, url):
    """Calls of malloc and related functions, from any library."""
    return a_call("dhat", r"Total:\s+[\d,]+ bytes in ([\d,]+) blocks", program, task, url)

"""Fills the tables of figures that the goals are compared with."""
import datetime
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys

from . import programs, weight
from .contenders import CONTENDERS, TASKS


class Measurement:
    """One run of the benchmarks: `results` is what is kept from it."""

    def __init__(self, binaries, url, rounds, tell=lambda text: print(text, file=sys.stderr)):
        self.binaries = binaries
        self.url = url
        self.rounds = rounds
        self.tell = tell
        self.client_core, _ = programs.cores()
        self.contenders = [one for one in CONTENDERS if binaries.exists(one)]
        self.library = next(one for one in CONTENDERS if one.name == "library")
        self.results = {"machine": machine(), "rounds": rounds}

    def everything(self):
        self.weight()  # first, because it needs the most tools that may be missing
        self.in_rounds()
        self.counts()
        self.first_answer()
        self.peak_memory_of_one_page()
        self.memory()
        self.throughput()
        return self.results

    def run(self, contender, task, *more, count=None, pinned=True):
        core = self.client_core if pinned else None
        return programs.run(self.binaries.path(contender), TASKS[task], self.url, *more, count=count,
                            core=core)

    def who_does(self, task, sdks=True):
        return [one for one in self.contenders if task in one.tasks and (sdks or not one.is_sdk)]

    def in_rounds(self):
        """User and system microseconds per call, elapsed microseconds, and peak memory. In each round all
        contenders run one after the other, so that a busy machine affects all alike; every other round
        runs in reverse order."""
        with programs.server_core_awake():
            for name, task in TASKS.items():
                self.tell(f"time and memory: {task.label}")
                for number in range(max(self.rounds // task.every, 1)):
                    self.round(name, task, self.who_does(name)[::-1 if number % 2 else 1])

    def round(self, name, task, contenders):
        for one in contenders:
            figures = self.run(one, name)
            self.keep("cpu_us", name, one, figures["cpu_us"] / task.count)
            self.keep("wall_us", name, one, figures["wall_us"] / task.count)
            self.keep("peak_kib", name, one, figures["peak_kib"])

    def keep(self, figure, task, contender, value):
        row = self.results.setdefault(figure, {}).setdefault(task, {})
        row.setdefault(contender.name, []).append(value)

    def counts(self):
        for figure, count in (("instructions", programs.instructions),
                              ("allocations", programs.allocations)):
            self.tell(f"{figure}, under valgrind")
            self.results[figure] = {
                name: {one.name: count(self.binaries.path(one), task, self.url)
                       for one in self.who_does(name, sdks=False)}
                for name, task in TASKS.items() if task.counted}

    def first_answer(self):
        self.tell("from the program's start to its first answer")
        for _ in range(self.rounds):
            for one in self.who_does("get", sdks=False):
                figures = self.run(one, "get", count=0)
                self.keep("first_answer_ms", "get", one, figures["first_answer_ms"])

    def peak_memory_of_one_page(self):
        self.results["peak_kib"]["walk"]["one_page"] = [
            self.run(self.library, "walk", count=1)["peak_kib"] for _ in range(3)]

    def memory(self):
        self.results["memory"] = self.binaries.memory()

    def throughput(self):
        self.tell("32 threads on one client, and on 32")
        table = self.results["calls_a_second"] = {}
        # A thousand calls take a twentieth of a second: without many rounds, chance decides.
        for count, rounds in ((1000, 5 * self.rounds), (20000, self.rounds)):
            rows = table[str(count)] = {"one_client": [], "own_clients": []}
            ways = {"one_client": ["shared"], "own_clients": []}
            for number in range(rounds):
                for name in list(ways)[::-1 if number % 2 else 1]:
                    figures = self.run(self.library, "get", 32, *ways[name], count=count,
                                       pinned=False)
                    rows[name].append(count / figures["wall_us"] * 1e6)

    def weight(self):
        self.tell("compile time and size")
        one_group = weight.HEAVIEST_RESOURCE_HEADER
        times = weight.compile_times([one_group, "segment/segment.hpp"], rounds=5)
        self.results["compile"] = {"ratio": {
            "resource_header": times[one_group], "everything": times["segment/segment.hpp"],
            "clean_build": weight.clean_build(self.binaries.build)}}
        self.results["size"] = {"kib": weight.sizes(self.binaries.build)}


def machine():
    """What the figures were measured with."""
    model = next((line.split(":", 1)[1].strip()
                  for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
                  if line.startswith("model name")), platform.machine())
    compiler = subprocess.run([os.environ.get("CXX", "c++"), "--version"], capture_output=True,
                              text=True, check=False).stdout.splitlines()
    return {"date": datetime.date.today().isoformat(), "processor": model,
            "processors": os.cpu_count(), "system": platform.system() + " " + platform.release(),
            "compiler": compiler[0] if compiler else "", "load": round(os.getloadavg()[0], 1)}


def middle(value):
    """The median of several rounds, or the one figure."""
    return statistics.median(value) if isinstance(value, list) else value


def ratio(ours, theirs):
    """The median of the rounds' ratios: each round is a pair."""
    if isinstance(ours, list):
        return statistics.median(a / b for a, b in zip(ours, theirs))
    return ours / theirs

"""Fills the tables of figures that the goals are read from."""
import datetime
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

from . import answers, programs
from .contenders import CONTENDERS, TASKS


class Measurement:
    """One run of the benchmarks: `results` is what is kept of it."""

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
        self.processor_time()
        self.counts()
        self.first_answer()
        self.peak_memory()
        self.throughput()
        self.size()
        self.compile_time()
        return self.results

    def run(self, contender, *arguments, pinned=True):
        core = self.client_core if pinned else None
        return programs.run(self.binaries.path(contender), *arguments, core=core)

    def processor_time(self):
        """User and system microseconds a call. In each round all go, one after the other, so that a
        busy machine harms all alike; every other round in the reverse order."""
        table = self.results["cpu_us"] = {}
        for task, count in TASKS.items():
            self.tell(f"processor time: {task}")
            rows = table[task] = {one.name: [] for one in self.contenders}
            for number in range(self.rounds):
                for one in self.contenders[::-1 if number % 2 else 1]:
                    figures = self.run(one, task, self.url, count)
                    rows[one.name].append(figures["cpu_us"] / count)

    def counts(self):
        for name, count in (("instructions", programs.instructions),
                            ("allocations", programs.allocations)):
            self.tell(f"{name}, under valgrind")
            self.results[name] = {
                task: {one.name: count(self.binaries.path(one), task, self.url)
                       for one in self.contenders}
                for task in ("get", "page1000")}

    def first_answer(self):
        self.tell("from the program's start to its first answer")
        rows = {one.name: [] for one in self.contenders}
        for _ in range(self.rounds):
            for one in self.contenders:
                rows[one.name].append(self.run(one, "get", self.url, 0)["first_answer_ms"])
        self.results["first_answer_ms"] = {"get": rows}

    def peak_memory(self):
        self.tell("peak memory of a walk")
        rows = {"all": [], "one_page": []}
        for _ in range(3):
            for name, pages in (("all", answers.PAGES_OF_THE_WALK), ("one_page", 1)):
                rows[name].append(self.run(self.library, "walk", self.url, pages)["peak_kib"])
        self.results["peak_kib"] = {"walk": rows}

    def throughput(self):
        self.tell("32 threads on one client, and on 32")
        table = self.results["calls_a_second"] = {}
        # A thousand calls take a twentieth of a second: many rounds, or chance decides.
        for count, rounds in ((1000, 5 * self.rounds), (20000, self.rounds)):
            rows = table[str(count)] = {"one_client": [], "own_clients": []}
            ways = {"one_client": ["shared"], "own_clients": []}
            for number in range(rounds):
                for name in list(ways)[::-1 if number % 2 else 1]:
                    figures = self.run(self.library, "get", self.url, count, 32, *ways[name],
                                       pinned=False)
                    rows[name].append(count / figures["wall_us"] * 1e6)

    def size(self):
        program = self.binaries.path(self.library).with_name("whole_one_operation")
        with tempfile.TemporaryDirectory() as folder:
            stripped = pathlib.Path(folder) / "stripped"
            subprocess.run(["strip", "-o", str(stripped), str(program)], check=True)
            self.results["size"] = {"kib": {"library": stripped.stat().st_size / 1024}}

    def compile_time(self):
        self.tell("compile time")
        done = subprocess.run([str(programs.ROOT / "bench" / "compile_time")], capture_output=True,
                              text=True, check=False)
        line = next(line for line in done.stdout.splitlines() if "ratio" in line)
        self.results["compile"] = {"ratio": {"library": float(line.split()[0])}}


def machine():
    """What the figures were measured on."""
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

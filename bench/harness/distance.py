"""What a program waits for where the API really is: TLS 1.3, HTTP/2, gzip, and a round trip of some
milliseconds. Each row runs for every contender and delay, in turns."""
import dataclasses
import os
import statistics
import sys

from . import far_server, programs
from .contenders import CONTENDERS, Task

DELAYS = (0, 20, 80)  # milliseconds of a round trip
THREADS = 32


@dataclasses.dataclass(frozen=True)
class Row:
    """`trips` is the minimum number of round trips that the network takes for all of it."""
    label: str
    task: Task
    trips: float
    contenders: tuple
    delays: tuple = DELAYS
    # The figure that is the row's time, and what it is a time of.
    figure: str = "wall_us"


# Those of the reader that is the default where it is found.
LIBRARY = "library_simdjson"
LIBRARY_ASYNC = "library_async_simdjson"
BLOCKING = ("bare", LIBRARY)
MULTI = ("bare_multi", LIBRARY_ASYNC)
# A warm call is also compared with the minimum cost of reading its response.
WARM = ("bare", "simdjson", LIBRARY)
# 1,000 in turns of 32; before that TCP and TLS of the connections that are not there yet.
IN_TURNS = 2 + 32

ROWS = {
    "first": Row("first call of a process", Task("", "get", 0), 3, BLOCKING, figure="first_call_us"),
    "warmed": Row("first call after `warm_up()`", Task("", "warmed", 0), 1, (LIBRARY,),
                  figure="first_call_us"),
    "warm": Row("10 calls on a warm connection", Task("", "get", 10), 10, BLOCKING),
    "page1000": Row("10 pages of 1000", Task("", "page1000", 10), 10, BLOCKING),
    "threads": Row("1,000 GETs by 32 threads", Task("", "get", 1000, (THREADS,)), IN_TURNS, BLOCKING),
    "at_once": Row("1,000 GETs, 32 at once on one thread", Task("", "max_concurrency", 1000, (THREADS,)),
                   IN_TURNS, MULTI),
    "create": Row("1,000 creations by 32 threads", Task("", "create", 1000, (THREADS,)), IN_TURNS,
                  BLOCKING),
    "walk": Row("walk over 10,000 items, no count named", Task("", "walk", 50), 10, BLOCKING),
    "walk_ahead": Row("the same with `prefetch()`", Task("", "walk_ahead", 50), 10, (LIBRARY,)),
    "walk100": Row("walk over 20,000 items (100 pages of 200)", Task("", "walk", 100), 20, BLOCKING, (80,)),
    "walk100_ahead": Row("the same with `prefetch()`", Task("", "walk_ahead", 100), 20, (LIBRARY,), (80,)),
    "long_walk": Row("walk over 100,000 items", Task("", "walk", 500), 100, BLOCKING, (20,)),
    "long_walk_ahead": Row("the same with `prefetch()`", Task("", "walk_ahead", 500), 100, (LIBRARY,),
                           (20,)),
}
WARM_CPU = Task("warm GET over TLS and HTTP/2", "get", 1000, counted=(20, 120))

# Title, what is measured, limit.
GOALS = (
    ("over TLS and HTTP/2: a warm GET's CPU over bare libcurl's", lambda r: r["warm_cpu"], 1.15),
    ("1,000 GETs at 80 ms, 32 threads: wall over the minimum",
     lambda r: over_least(r, "threads", LIBRARY, 80), 1.1),
    ("1,000 GETs at 80 ms, 32 at once: wall over the minimum",
     lambda r: over_least(r, "at_once", LIBRARY_ASYNC, 80), 1.1),
    ("walk of 20,000 items at 80 ms: pages of 1000 with prefetch over bare libcurl's pages of 200, "
     "wall",
     lambda r: wall(r, "walk100_ahead", LIBRARY, 80) / wall(r, "walk100", "bare", 80), 0.35),
)


class Distance:
    """One run: `results` is what is kept from it."""

    def __init__(self, binaries, rounds, tell=lambda text: print(text, file=sys.stderr)):
        self.binaries = binaries
        self.rounds = rounds
        self.tell = tell
        self.client_core, self.server_core = programs.cores()
        self.contenders = {one.name: one for one in CONTENDERS if binaries.exists(one)}
        self.results = {"rows": {}, "rounds": rounds}

    def everything(self):
        relay = self.binaries.build / "bin" / "bench" / "bench_relay"
        with far_server.running(relay, DELAYS, self.server_core) as server:
            os.environ["SEGMENT_BENCH_AUTHORITIES"] = server.authorities
            try:
                self.in_rounds(server)
                self.warm_cpu(server)
            finally:
                del os.environ["SEGMENT_BENCH_AUTHORITIES"]
        return self.results

    def in_rounds(self, server):
        for name, row in ROWS.items():
            self.tell(f"at a distance: {row.label}")
            for delay in row.delays:
                for number in range(self.rounds):
                    for one in row.contenders[::-1 if number % 2 else 1]:
                        self.measure(server, name, row, delay, one)

    def measure(self, server, name, row, delay, one):
        server.counts(delay)
        # One client for all threads; of bare libcurl each thread has its own.
        more = ["shared"] if one == LIBRARY and row.task.more else []
        figures = programs.run(self.binaries.path(self.contenders[one]), row.task, server.url(delay), *more)
        kept = self.results["rows"].setdefault(name, {}).setdefault(str(delay), {}).setdefault(one, [])
        kept.append({"ms": figures[row.figure] / 1000, "cpu_ms": figures["cpu_us"] / 1000,
                     **server.counts(delay)})

    def warm_cpu(self, server):
        """For one call, without distance."""
        self.tell("at a distance: processor time and instructions of a warm GET")
        binaries = {one: self.binaries.path(self.contenders[one]) for one in WARM}
        url = server.url(0)
        with programs.server_core_awake():
            rounds = [{one: programs.run(binaries[one], WARM_CPU, url, core=self.client_core)["cpu_us"]
                            / WARM_CPU.count for one in WARM[::-1 if number % 2 else 1]}
                      for number in range(5 * self.rounds)]
        self.results["warm_cpu"] = statistics.median(one[LIBRARY] / one["bare"] for one in rounds)
        self.results["warm_cpu_us"] = {one: statistics.median(each[one] for each in rounds) for one in WARM}
        self.results["warm_instructions"] = {one: programs.instructions(binaries[one], WARM_CPU, url)
                                             for one in WARM}


def middle(results, name, delay, one, figure):
    return statistics.median(run[figure] for run in results["rows"][name][str(delay)][one])


def wall(results, name, one, delay):
    return middle(results, name, delay, one, "ms")


def over_least(results, name, one, delay):
    return wall(results, name, one, delay) / (ROWS[name].trips * delay)


def goals(results):
    """The goals as lines of a table, each with whether it is reached."""
    for title, measure, limit in GOALS:
        value = measure(results)
        yield title, value, limit, value <= limit


def tables(results):
    lines = ["| goal | measured | limit | |", "| --- | ---: | ---: | --- |"]
    lines += [f"| {title} | {value:.4g} | at most {limit:g} | {'reached' if ok else '**not reached**'} |"
              for title, value, limit, ok in goals(results)]
    instructions = results["warm_instructions"]
    lines += ["", "| a warm GET over TLS and HTTP/2, a call | bare libcurl, no JSON | simdjson by hand "
              "| this library | over bare libcurl |", "| --- " + "| ---: " * 4 + "|",
              warm_line("CPU microseconds", results["warm_cpu_us"], "{:,.1f}", results["warm_cpu"]),
              warm_line("instructions", instructions, "{:,.0f}",
                        instructions[LIBRARY] / instructions["bare"]), "",
              "| milliseconds (minimum round trips: milliseconds) | delay | bare libcurl | this library "
              "| over the minimum | CPU ms | connections | full handshakes | requests | KiB |",
              "| --- " + "| ---: " * 9 + "|"]
    for name, row in ROWS.items():
        lines += [line_of(results, name, row, delay) for delay in row.delays]
    return "\n".join(lines)


def warm_line(label, values, form, over_bare):
    figures = " | ".join(form.format(values[one]) for one in WARM)
    return f"| {label} | {figures} | {over_bare:.3f} |"


def line_of(results, name, row, delay):
    ours = row.contenders[-1]
    figures = {figure: middle(results, name, delay, ours, figure)
               for figure in ("ms", "cpu_ms", "connections", "full_handshakes", "requests", "kib")}
    bare = f"{wall(results, name, row.contenders[0], delay):,.1f}" if len(row.contenders) > 1 else ""
    least = row.trips * delay
    over = f"{figures['ms'] / least:.2f}" if least else ""
    return (f"| {row.label} ({row.trips:g}: {least:,.0f}) | {delay} | {bare} | {figures['ms']:,.1f} | {over} "
            f"| {figures['cpu_ms']:,.1f} | {figures['connections']:g} | {figures['full_handshakes']:g} "
            f"| {figures['requests']:g} | {figures['kib']:,.0f} |")

"""Who is measured, and what for. One line more is one row more everywhere.

A front or a reader to come is a program of bench/whole with the same command line, or the same program
out of another build; then its goals are lines of GOALS.
"""
import dataclasses

# What every contender does, with how many calls one round of it makes.
TASKS = {"get": 2000, "page200": 40, "page1000": 16}


@dataclasses.dataclass(frozen=True)
class Contender:
    name: str
    label: str
    program: str
    # Where it is built, under the tree's root; None: with the others.
    build: str | None = None


CONTENDERS = (
    Contender("bare", "bare libcurl, no JSON", "whole_bare_libcurl"),
    Contender("library", "this library", "whole_library"),
    Contender("simdjson", "libcurl + simdjson by hand", "whole_simdjson_by_hand"),
    Contender("nlohmann", "libcurl + nlohmann DOM by hand", "whole_nlohmann_dom"),
)


@dataclasses.dataclass(frozen=True)
class Goal:
    """A figure that is to stay below (or, with `at_least`, above) a limit.

    `figure` names a table of the results, `task` its line; the value is `ours` over `theirs`, or
    `ours` alone."""
    title: str
    figure: str
    task: str
    ours: str
    theirs: str | None
    limit: float
    unit: str = ""
    at_least: bool = False


GOALS = (
    Goal("small GET: CPU over bare libcurl", "cpu_us", "get", "library", "bare", 1.5),
    Goal("small GET: instructions over bare libcurl", "instructions", "get", "library", "bare", 4.0),
    Goal("small GET: allocations over bare libcurl", "allocations", "get", "library", "bare", 2.5),
    Goal("page of 1000: CPU over simdjson by hand", "cpu_us", "page1000", "library", "simdjson", 4.0),
    Goal("walk of 100,000: peak memory over one page's", "peak_kib", "walk", "all", "one_page", 1.2),
    Goal("1000 calls, 32 threads: throughput over 32 clients", "calls_a_second", "1000",
         "one_client", "own_clients", 0.95, at_least=True),
    Goal("stripped program with one operation", "size", "kib", "library", None, 600.0, " KiB"),
    Goal("compile time of a header over nlohmann's", "compile", "ratio", "library", None, 0.35),
)

"""What is measured, and for which tasks. One more line adds a row to every table.

A new front or reader needs a program in bench/whole with the same command line, and lines in GOALS for its
goals.
"""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Task:
    """What a contender does: `count` calls (for a walk: pages) in one run."""
    label: str
    # The first argument of the program.
    argument: str
    count: int
    # What follows the count on the command line.
    more: tuple = ()
    # Two numbers of calls, whose difference gives the cost of one under valgrind; None: takes too long.
    counted: tuple | None = None
    # Only every so many rounds, because one run takes seconds.
    every: int = 1


TASKS = {
    "get": Task("small GET", "get", 2000, counted=(20, 120)),
    "create": Task("create, 1 KB each way", "create", 2000, counted=(20, 120)),
    "page200": Task("page of 200", "page200", 40),
    "page1000": Task("page of 1000", "page1000", 16, counted=(1, 3)),
    "walk": Task("walk over 500 pages of 200 (per page)", "walk", 500, every=5),
    "at_once_32": Task("small GET, 32 at once", "max_concurrency", 2000, (32,), counted=(64, 192)),
    "at_once_10000": Task("small GET, 10,000 started at once", "max_concurrency", 10000, (10000,), every=5),
}
IN_SEQUENCE = ("get", "create", "page200", "page1000", "walk")
BY_SDKS = ("get", "page200", "page1000")
AT_ONCE = ("at_once_32", "at_once_10000")


@dataclasses.dataclass(frozen=True)
class Contender:
    name: str
    label: str
    program: str
    tasks: tuple = IN_SEQUENCE
    # Segment's own, in another language: measured only from outside.
    is_sdk: bool = False


# A program that is not built is left out.
CONTENDERS = (
    Contender("bare", "bare libcurl, no JSON", "whole_bare_libcurl"),
    Contender("library_simdjson", "this library, simdjson", "whole_library_simdjson"),
    Contender("library", "this library, nlohmann", "whole_library"),
    Contender("simdjson", "libcurl + simdjson by hand", "whole_simdjson_by_hand"),
    Contender("nlohmann", "libcurl + nlohmann DOM by hand", "whole_nlohmann_dom"),
    Contender("go_sdk", "Segment's Go SDK", "whole_go_sdk", BY_SDKS, is_sdk=True),
    Contender("typescript_sdk", "Segment's TypeScript SDK", "whole_typescript_sdk", BY_SDKS, is_sdk=True),
    Contender("bare_multi", "bare curl_multi, no JSON", "whole_bare_multi", AT_ONCE),
    Contender("library_async_simdjson", "this library, simdjson, asynchronous",
              "whole_library_async_simdjson", AT_ONCE),
    Contender("library_async", "this library, nlohmann, asynchronous", "whole_library_async", AT_ONCE),
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


def small_get(figure, reader, ours, limit):
    words = {"cpu_us": "CPU", "instructions": "instructions", "allocations": "allocations"}
    return Goal(f"small GET, {reader}: {words[figure]} over bare libcurl", figure, "get", ours, "bare",
                limit)


GOALS = (
    small_get("cpu_us", "simdjson", "library_simdjson", 1.25),
    small_get("instructions", "simdjson", "library_simdjson", 2.0),
    small_get("allocations", "simdjson", "library_simdjson", 2.25),
    small_get("cpu_us", "nlohmann", "library", 1.4),
    small_get("instructions", "nlohmann", "library", 4.0),
    small_get("allocations", "nlohmann", "library", 2.5),
    Goal("32 at once, simdjson: CPU over bare curl_multi", "cpu_us", "at_once_32",
         "library_async_simdjson", "bare_multi", 1.4),
    Goal("32 at once, nlohmann: CPU over bare curl_multi", "cpu_us", "at_once_32", "library_async",
         "bare_multi", 1.65),
    Goal("page of 1000, simdjson: CPU over simdjson by hand", "cpu_us", "page1000",
         "library_simdjson", "simdjson", 1.15),
    Goal("page of 1000, nlohmann: CPU over simdjson by hand", "cpu_us", "page1000", "library",
         "simdjson", 1.5),
    Goal("page of 1000, nlohmann: CPU over the Go SDK", "cpu_us", "page1000", "library", "go_sdk", 0.2),
    Goal("page of 1000, nlohmann: CPU over the TypeScript SDK", "cpu_us", "page1000", "library",
         "typescript_sdk", 0.2),
    Goal("walk of 100,000: peak memory over one page's", "peak_kib", "walk", "library", "one_page",
         1.2),
    Goal("1000 calls, 32 threads: throughput over 32 clients", "calls_a_second", "1000",
         "one_client", "own_clients", 0.95, at_least=True),
    Goal("stripped program with one operation", "size", "kib", "one_operation", None, 600.0, " KiB"),
    Goal("compile time of a resource header over nlohmann's", "compile", "ratio", "resource_header",
         None, 0.35),
    Goal("compile time of everything over nlohmann's", "compile", "ratio", "everything", None, 0.7),
)

"""How heavy the library is for those who build with it: what its headers cost to compile, what the library
itself costs to compile, and what it adds to a program."""
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import resource
import shlex
import subprocess
import tempfile

from .programs import ROOT
from .versions import compiler

INCLUDE = ROOT / "include"
# Of the headers with the operations of one group, the one for which the compiler reads most.
HEAVIEST_RESOURCE_HEADER = "segment/api/activations.hpp"
HEAVIEST_GENERATED_HEADERS = {HEAVIEST_RESOURCE_HEADER, "segment/api/all.hpp"}
# Of a program's functions and tables, in bytes: smaller ones are not reported.
LISTED_FROM = 1024
SIZED_PROGRAMS = ("one_operation", "all_operations")

# The baseline for a header's cost: a unit with a library that is known to be slow to compile.
JSON_UNIT = """\
#include <nlohmann/json.hpp>

#include <iostream>

int main() {
  const auto value = nlohmann::json::parse("{\\"a\\": [1, 2, 3]}");
  std::cout << value.dump() << '\\n';
}
"""


def headers():
    """The public headers as users include them; the heaviest of the generated ones represents them, because
    they are all alike. The header whose purpose is to include nlohmann's is not among them."""
    found = {path.relative_to(INCLUDE).as_posix() for path in INCLUDE.rglob("*.hpp")}
    generated = {header for header in found if header.startswith("segment/api/")}
    return sorted(found - generated - {"segment/nlohmann.hpp"} | HEAVIEST_GENERATED_HEADERS)


def arguments(text, *more):
    return ([*compiler(), "-std=c++20", "-O2", "-I", str(INCLUDE), *more, "-x", "c++", "-"], text)


def processor_seconds(run):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compile_seconds(text):
    command, source = arguments(text, "-c", "-o", os.devnull)
    return processor_seconds(lambda: subprocess.run(command, input=source, text=True, check=True))


def compile_times(which, rounds):
    """The processor time of a unit with only the header, divided by that of the JSON unit. All are compiled
    in turns, so that a busy machine affects all alike; the fastest run of each counts."""
    units = {header: f"#include <{header}>\n" for header in which}
    units[None] = JSON_UNIT
    times = collections.defaultdict(list)
    for text in units.values():
        compile_seconds(text)  # warms the disk's cache
    for _ in range(rounds):
        for name, text in units.items():
            times[name].append(compile_seconds(text))
    return {header: min(times[header]) / min(times[None]) for header in which}


def preprocessed(text, *more):
    command, source = arguments(text, "-E", *more)
    return subprocess.run(command, input=source, text=True, check=True, capture_output=True).stdout


def bytes_by_file(text):
    """How much of what the compiler reads comes from each file."""
    amounts = collections.Counter()
    file = ""
    for line in preprocessed(text).splitlines():
        mark = re.match(r'# \d+ "([^"]*)"', line)
        if mark:
            file = mark.group(1)
        else:
            amounts[file] += len(line.strip())
    return amounts


def preprocessed_ratios(which):
    """The bytes that the compiler reads, divided by those of the JSON unit: they are not a time, but they
    never vary, and compile time follows them."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        units = [JSON_UNIT, *(f"#include <{header}>\n" for header in which)]
        base, *amounts = pool.map(lambda unit: len(preprocessed(unit, "-P")), units)
    return {header: amount / base for header, amount in zip(which, amounts)}


def sizes(build):
    """KiB of the stripped programs."""
    with tempfile.TemporaryDirectory() as folder:
        stripped = pathlib.Path(folder) / "stripped"
        kib = {}
        for name in SIZED_PROGRAMS:
            program = pathlib.Path(build) / "bin" / "bench" / f"whole_{name}"
            subprocess.run(["strip", "-o", str(stripped), str(program)], check=True)
            kib[name] = stripped.stat().st_size / 1024
    return kib


def bytes_by_symbol(build, name):
    """What each larger function and table of the library adds to a program, according to the linker's map:
    each is in its own section."""
    path = pathlib.Path(build) / "bin" / "bench" / f"whole_{name}.map"
    _, layout = path.read_text(encoding="utf-8").split("Linker script and memory map")
    amounts = collections.Counter()
    for symbol, address, size in re.findall(
            r"^ \.(?:text|rodata|data\.rel\.ro|data|bss)\.(?:local\.|startup\.|unlikely\.)*(\S+)"
            r"\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) \S*libsegment_public_api\.a\(", layout, re.MULTILINE):
        if int(address, 16) != 0:
            amounts[symbol] += int(size, 16)
    return collections.Counter({symbol: size for symbol, size in amounts.items() if size >= LISTED_FROM})


def demangled(names):
    done = subprocess.run(["c++filt"], input="\n".join(names), capture_output=True, text=True, check=True)
    return done.stdout.split("\n")


def clean_build(build):
    """Processor seconds that the library's own sources take to compile, divided by those of the JSON unit;
    a launcher such as ccache is bypassed."""
    folder = pathlib.Path(build)
    compiler = re.search(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", (folder / "CMakeCache.txt").read_text("utf-8"),
                         re.MULTILINE)[1]
    commands = []
    for entry in json.loads((folder / "compile_commands.json").read_text("utf-8")):
        words = shlex.split(entry["command"])
        if not re.search(r"segment_(public_api|operations|around_calls|profiles)\.dir", entry["command"]):
            continue
        words[words.index("-o") + 1] = os.devnull
        commands.append((words[words.index(compiler):], entry["directory"]))

    def compile_all():
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            list(pool.map(lambda one: subprocess.run(one[0], cwd=one[1], check=True), commands))

    base = min(compile_seconds(JSON_UNIT) for _ in range(3))
    return processor_seconds(compile_all) / base

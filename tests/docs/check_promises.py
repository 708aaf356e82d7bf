#!/usr/bin/env python3
"""Checks that every promise of docs/reliability.md names a test, and that tests named there, in docs/processes.md
and in CONTRIBUTING.md exist, so that no promise loses its proof.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
# TEST(Suite, Name), TEST_F and TEST_P, also across a line break.
TEST = re.compile(r"TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\s*\)")
NAMED = re.compile(r"`([A-Z]\w+)\.(\w+)`")
# A command that runs one test.
CHOSEN = re.compile(r"ctest [^`|]*-R (\w+)")


def main():
    tests = set()
    for path in (ROOT / "tests").rglob("*.cpp"):
        tests.update(TEST.findall(path.read_text(encoding="utf-8")))
    promises, missing = 0, []
    for number, line in enumerate((ROOT / "docs" / "reliability.md").read_text(encoding="utf-8").splitlines(), 1):
        if not line.startswith("| ") or line.startswith("| ---") or line.startswith(("| promise |", "| what |")):
            continue
        promises += 1
        named = NAMED.findall(line)
        if not named and "`scripts/" not in line and "`ctest " not in line:
            missing.append(f"line {number} names no test: {line}")
        missing += [f"line {number}: there is no test {suite}.{name}" for suite, name in named if (suite, name) not in tests]
    processes = (ROOT / "docs" / "processes.md").read_text(encoding="utf-8")
    missing += [f"docs/processes.md: there is no test {suite}.{name}"
                for suite, name in NAMED.findall(processes) if (suite, name) not in tests]
    names = {name for _, name in tests}
    missing += [f"CONTRIBUTING.md: there is no test {name}"
                for name in CHOSEN.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")) if name not in names]
    for row in missing:
        print(row, file=sys.stderr)
    print(f"{promises} promises, {len(missing)} without proof")
    return 1 if missing or not promises else 0


if __name__ == "__main__":
    sys.exit(main())

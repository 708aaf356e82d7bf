#!/usr/bin/env python3
"""Checks that docs/installing.md has every option of the build, and no other."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SWITCH = re.compile(r"^\s*(?:option|find_program)\((SEGMENT_\w+)|^\s*set\((SEGMENT_\w+) .* CACHE ", re.MULTILINE)
ROW = re.compile(r"^\| `(SEGMENT_\w+)` \|", re.MULTILINE)


def main():
    switches = {a or b for a, b in SWITCH.findall((ROOT / "cmake/options.cmake").read_text(encoding="utf-8"))}
    rows = set(ROW.findall((ROOT / "docs/installing.md").read_text(encoding="utf-8")))
    for name in sorted(switches - rows):
        print(f"docs/installing.md lacks {name}", file=sys.stderr)
    for name in sorted(rows - switches):
        print(f"docs/installing.md has {name}, which cmake/options.cmake has not", file=sys.stderr)
    print(f"{len(rows)} switches")
    return 1 if switches != rows or not rows else 0


if __name__ == "__main__":
    sys.exit(main())

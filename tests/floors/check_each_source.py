#!/usr/bin/env python3
"""Checks that each source of the library compiles by itself: batches hide an include that one forgot.

Usage: check_each_source.py BUILD_FOLDER"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def flags(build):
    """Those of the library, as the build compiles a batch of it."""
    commands = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    command = next(one["command"] for one in commands if "segment_public_api.dir" in one["command"])
    words = shlex.split(command)
    return words[:words.index("-o")]


def errors(source, compiler):
    done = subprocess.run([*compiler, "-fsyntax-only", str(source)], capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stderr


def main():
    compiler = flags(pathlib.Path(sys.argv[1]).resolve())
    sources = sorted((ROOT / "src").rglob("*.cpp"))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        failed = [text for text in pool.map(lambda source: errors(source, compiler), sources) if text]
    print(*failed, sep="\n", file=sys.stderr)
    print(f"{len(sources)} sources, {len(failed)} do not compile alone")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Compiles the ```cpp blocks of README.md and docs/**/*.md, so that the documents cannot lie.

A block with `int main` is compiled as it stands. Any other becomes the body of a function, after its
own #include lines, and sees what prelude.hpp declares (a `client`, for one). A block right after the
line `<!-- not compiled -->` is left out.

Usage: check_snippets.py --root FOLDER [--jobs N] -- COMPILER FLAG...
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

BLOCK = re.compile(
    r"^(?P<skip><!-- not compiled -->[ \t]*\n+)?^```cpp[ \t]*\n(?P<code>.*?)^```[ \t]*$", re.M | re.S)
PRELUDE = pathlib.Path(__file__).resolve().parent / "prelude.hpp"


def snippets(root):
    """Every block to compile: its place in the documents and its code."""
    for document in [root / "README.md", *sorted((root / "docs").rglob("*.md"))]:
        if not document.exists():
            continue
        text = document.read_text(encoding="utf-8")
        for block in BLOCK.finditer(text):
            if not block["skip"]:
                line = text.count("\n", 0, block.start("code")) + 1
                yield document.relative_to(root), line, block["code"]


def is_program(snippet):
    return re.search(r"\bint main\s*\(", snippet[2])


def program(document, line, code):
    """The translation unit of a whole program; its errors name the document and the line."""
    return f'#line {line} "{document}"\n{code}'


def bodies(blocks):
    """One translation unit for all that are no programs: most of its time goes into its headers."""
    includes, functions = [], []
    for number, (document, line, code) in enumerate(blocks):
        here = f'#line {line} "{document}"\n'
        lines = code.split("\n")
        is_include = [text.startswith("#include") for text in lines]
        includes.append(here + "\n".join(text if yes else "" for text, yes in zip(lines, is_include)))
        body = here + "\n".join("" if yes else text for text, yes in zip(lines, is_include))
        functions.append(f"void snippet_{number}();\nvoid snippet_{number}() {{\n{body}\n}}\n")
    return f'#include "{PRELUDE}"\n' + "\n".join(includes + functions)


def compile_one(command, folder, number, unit):
    """What the compiler said against a unit, or None."""
    source = pathlib.Path(folder) / f"unit_{number}.cpp"
    source.write_text(unit, encoding="utf-8")
    # A block shows one thing, and need not use all that it names.
    quiet = ["-Wno-unused-variable", "-Wno-unused-but-set-variable", "-Wno-unused-value"]
    result = subprocess.run([*command, *quiet, "-fsyntax-only", str(source)],
                            capture_output=True, text=True, check=False)
    return None if result.returncode == 0 else result.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()

    blocks = list(snippets(arguments.root))
    units = [bodies([block for block in blocks if not is_program(block)]),
             *(program(*block) for block in blocks if is_program(block))]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(arguments.jobs) as pool:
        jobs = [pool.submit(compile_one, arguments.command, folder, number, unit)
                for number, unit in enumerate(units)]
        failures = [said for said in (job.result() for job in jobs) if said is not None]

    for said in failures:
        print(said)
    if not failures:
        print(f"all {len(blocks)} snippets compile")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

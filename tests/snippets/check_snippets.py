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


def unit(document, line, code):
    """The translation unit of a block; its errors name the document and the line."""
    here = f'#line {line} "{document}"\n'
    if re.search(r"\bint main\s*\(", code):
        return here + code
    lines = code.split("\n")
    includes = [text if text.startswith("#include") else "" for text in lines]
    body = ["" if text.startswith("#include") else text for text in lines]
    return (f'#include "{PRELUDE}"\n' + here + "\n".join(includes) +
            "\nvoid snippet();\nvoid snippet() {\n" + here + "\n".join(body) + "\n}\n")


def compile_one(command, folder, number, snippet):
    """Returns the place of the block and what the compiler said against it, or None."""
    document, line, code = snippet
    source = pathlib.Path(folder) / f"snippet_{number}.cpp"
    source.write_text(unit(document, line, code), encoding="utf-8")
    # A block shows one thing, and need not use all that it names.
    quiet = ["-Wno-unused-variable", "-Wno-unused-but-set-variable", "-Wno-unused-value"]
    result = subprocess.run([*command, *quiet, "-fsyntax-only", str(source)],
                            capture_output=True, text=True, check=False)
    return f"{document}:{line}", None if result.returncode == 0 else result.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()

    blocks = list(snippets(arguments.root))
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(arguments.jobs) as pool:
        jobs = [pool.submit(compile_one, arguments.command, folder, number, block)
                for number, block in enumerate(blocks)]
        results = [job.result() for job in jobs]

    failed = [(place, said) for place, said in results if said is not None]
    for place, said in failed:
        print(f"{place} does not compile:\n{said}")
    print(f"{len(blocks) - len(failed)} of {len(blocks)} snippets compile")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

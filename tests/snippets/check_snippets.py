#!/usr/bin/env python3
"""Compiles the examples in the documents and in the public headers, so that they stay correct.

In README.md, sandbox/README.md and docs/**/*.md they are the ```cpp blocks. A block with `int main` is compiled as it
is. Any other becomes the body of a function, after its own #include lines, and can use what
prelude.hpp declares (a `client`, for instance). A block right after the line `<!-- not compiled -->` is
skipped.

In the comments of headers they are the paragraphs that are indented by four more spaces, or are
between \\code and \\endcode. Each becomes the body of a function that includes its header too, a
coroutine if it awaits something.

The example of each operation on the documentation site is compiled as well.

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
HEADERS = ["include", "sandbox/include", "parts/*/include"]
COMMENT = re.compile(r"^[ \t]*///(?P<text>.*)$")
PRELUDE = pathlib.Path(__file__).resolve().parent / "prelude.hpp"


def snippets(root):
    """Every block to compile: its document, its line and its code."""
    for document in [root / "README.md", root / "sandbox/README.md", *sorted((root / "docs").rglob("*.md"))]:
        if not document.exists():
            continue
        text = document.read_text(encoding="utf-8")
        for block in BLOCK.finditer(text):
            if not block["skip"]:
                line = text.count("\n", 0, block.start("code")) + 1
                yield document.relative_to(root), line, block["code"]


def is_begun(text, before):
    """Whether an example starts at a line of a comment, given the line before it."""
    return text.startswith("     ") and before is not None and not before.strip()


def examples(lines):
    """The examples in a header's comments: the number of the first line, and the code."""
    before, start, code, is_marked = None, 0, [], False
    for number, line in enumerate([*lines, ""], 1):
        comment = COMMENT.match(line)
        text = comment["text"] if comment else None
        is_code = text is not None and (is_marked or text.startswith("     ") or (code and not text.strip()))
        if text is not None and text.strip().startswith("\\endcode"):
            is_marked = is_code = False
        if code and not is_code:
            yield start, "\n".join(code)
            code = []
        elif is_code and (code or is_marked or is_begun(text, before)):
            start = start if code else number
            code.append(text)
        if text is not None and text.strip().startswith("\\code"):
            is_marked = True
        before = text


def header_snippets(root):
    """Every example of a public header, as a snippet that includes the header."""
    for folder in sorted(folder for pattern in HEADERS for folder in root.glob(pattern)):
        for header in sorted(folder.rglob("*.hpp")):
            for line, code in examples(header.read_text(encoding="utf-8").split("\n")):
                include = f'#include "{header.relative_to(folder)}"\n'
                yield header.relative_to(root), line - 1, include + code


def operation_snippets(root):
    """The example of each operation, named after its description."""
    sys.path[:0] = [str(root / "tools/site"), str(root / "tools/codegen")]
    from cpp import Cpp
    from examples import Examples
    from model import Model
    model = Model(root / "api")
    examples = Examples(model, Cpp(model))
    for group in model.groups:
        for operation in group.operations:
            yield pathlib.Path("api") / group.file / operation.id, 1, examples.cpp(operation)


def is_program(snippet):
    return re.search(r"\bint main\s*\(", snippet[2])


def program(document, line, code):
    """The translation unit of a whole program; its errors name the document and the line. A precompiled
    header comes first."""
    quick = re.search(r"^#include <segment/(segment|async)\.hpp>\n", code, re.MULTILINE)
    return f'{quick[0] if quick else ""}#line {line} "{document}"\n{code}'


def awaits(document, code):
    """Whether a header's example is the body of a coroutine; those in documents are whole coroutines."""
    return document.suffix == ".hpp" and "co_await" in code


def bodies(blocks):
    """One translation unit for all that are not programs: most of its time goes into its headers."""
    includes, functions = [], []
    for number, (document, line, code) in enumerate(blocks):
        here = f'#line {line} "{document}"\n'
        lines = code.split("\n")
        is_include = [text.startswith("#include") for text in lines]
        includes.append(here + "\n".join(text if yes else "" for text, yes in zip(lines, is_include)))
        body = here + "\n".join("" if yes else text for text, yes in zip(lines, is_include))
        result = "segment::Task<void>" if awaits(document, code) else "void"
        functions.append(f"{result} snippet_{number}();\n{result} snippet_{number}() {{\n{body}\n}}\n")
    return f'#include "{PRELUDE}"\n' + "\n".join(includes + functions)


def compile_one(command, folder, number, unit):
    """The compiler's errors in a unit, or None."""
    source = pathlib.Path(folder) / f"unit_{number}.cpp"
    source.write_text(unit, encoding="utf-8")
    # A block shows one thing, and need not use everything it names.
    quiet = ["-Wno-unused-variable", "-Wno-unused-but-set-variable", "-Wno-unused-value",
             "-Wno-deprecated-declarations"]
    result = subprocess.run([*command, *quiet, "-fsyntax-only", str(source)],
                            capture_output=True, text=True, check=False)
    return None if result.returncode == 0 else result.stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--root", type=pathlib.Path, required=True)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()

    blocks = [*snippets(arguments.root), *header_snippets(arguments.root),
              *operation_snippets(arguments.root)]
    units = [bodies([block for block in blocks if not is_program(block)]),
             *(program(*block) for block in blocks if is_program(block))]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(arguments.jobs) as pool:
        jobs = [pool.submit(compile_one, arguments.command, folder, number, unit)
                for number, unit in enumerate(units)]
        failures = [said for said in (job.result() for job in jobs) if said is not None]

    for said in failures:
        print(said)
    if not failures:
        print(f"all {len(blocks)} examples compile")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Writes the C++ that calls every typed method: make_driver.py --api FOLDER --out FOLDER

One file per resource group, so that two compilers can share the work.
"""
import argparse
import os
import sys

import jinja2

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(ROOT, "tools", "codegen"))

from cpp import Cpp, FILTERS  # noqa: E402
from model import DescriptionError, Model  # noqa: E402


def arguments_of(cpp, operation):
    """The arguments of a call of a method, from the given input."""
    out = []
    for index, row in enumerate(operation.arguments):
        value, given = cpp.value(row.type), f"given.path[{index}]"
        out.append(given if value == "std::string" else f"segment::{value}({given})")
    for part in ("query", "body"):
        struct = getattr(operation, part)
        if struct:
            out.append(f"input<segment::{struct.name}>(given.{part})")
    out.append("given.options")
    return ", ".join(out)


def write(path, text, keep_unchanged):
    if keep_unchanged and os.path.exists(path) and open(path, encoding="utf-8").read() == text:
        return
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--api", default=os.path.join(ROOT, "api"))
    parser.add_argument("--out", required=True)
    parser.add_argument("--keep-unchanged", action="store_true", help="leave files alone that would be the same")
    arguments = parser.parse_args()
    try:
        model = Model(arguments.api)
    except DescriptionError as error:
        sys.exit(f"error: {error}")
    cpp = Cpp(model)
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE), trim_blocks=True, lstrip_blocks=True,
                                     keep_trailing_newline=True, undefined=jinja2.StrictUndefined)
    environment.filters.update(FILTERS)
    os.makedirs(arguments.out, exist_ok=True)
    groups = [g for g in model.groups if g.operations]
    for group in groups:
        text = environment.get_template("group_calls.cpp.j2").render(group=group, arguments_of=lambda o: arguments_of(cpp, o))
        write(os.path.join(arguments.out, f"calls_{group.name}.cpp"), text, arguments.keep_unchanged)
    text = environment.get_template("every_call.cpp.j2").render(groups=groups)
    write(os.path.join(arguments.out, "every_call.cpp"), text, arguments.keep_unchanged)


if __name__ == "__main__":
    main()

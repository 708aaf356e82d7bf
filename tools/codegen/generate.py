#!/usr/bin/env python3
"""Generates the C++ of the API from its description.

    generate.py [--api FOLDER] [--out FOLDER] [--check]

--api    the description (default: api/ of this project)
--out    where include/, src/ and cli/ are (default: this project)
--check  writes nothing; exits with 1 and lists the files that differ
"""
import argparse
import os
import subprocess
import sys
import tempfile

import jinja2

from cpp import Cpp, FILTERS, first_sentence, quoted
from model import DescriptionError, Model

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
GENERATED_FOLDERS = ["include/segment/api", "src/api", "cli/generated"]


def render(model):
    """The text of every generated file, by its path."""
    cpp = Cpp(model)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(os.path.join(HERE, "templates")),
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, undefined=jinja2.StrictUndefined)
    environment.filters.update(FILTERS)
    environment.filters["comment"] = cpp.comment
    environment.filters["first_sentence"] = first_sentence
    environment.filters["text"] = quoted

    def template(name, **values):
        return environment.get_template(name).render(model=model, cpp=cpp, **values)

    files = {
        "include/segment/api/ids.hpp": template("ids.hpp.j2"),
        "include/segment/api/operations.hpp": template("operations.hpp.j2"),
        "include/segment/api/resources.hpp": template("resources.hpp.j2"),
        "include/segment/api/all.hpp": template("all.hpp.j2"),
        "src/api/operations.cpp": template("operations.cpp.j2"),
        "cli/generated/member_sentences.cpp": template("member_sentences.cpp.j2"),
        "cli/generated/operation_sentences.cpp": template("operation_sentences.cpp.j2"),
    }
    for group in model.groups:
        if cpp.has_types(group):
            files[f"include/segment/api/types/{group.name}.hpp"] = template("types.hpp.j2", group=group)
        if group.operations:
            files[f"include/segment/api/{group.name}.hpp"] = template("resource.hpp.j2", group=group)
        files[f"src/api/{group.name}.cpp"] = template("group.cpp.j2", group=group)
    return formatted(files)


def formatted(files):
    """The files as clang-format formats them, all in one call."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, text in files.items():
            paths[name] = os.path.join(folder, name)
            os.makedirs(os.path.dirname(paths[name]), exist_ok=True)
            with open(paths[name], "w", encoding="utf-8") as f:
                f.write(text)
        style = "--style=file:" + os.path.join(ROOT, ".clang-format")
        subprocess.run(["clang-format", style, "-i", *paths.values()], check=True)
        return {name: read(path) for name, path in paths.items()}


def existing(out):
    for folder in GENERATED_FOLDERS:
        for parent, _, names in os.walk(os.path.join(out, folder)):
            for name in names:
                yield os.path.relpath(os.path.join(parent, name), out)


def read(path):
    try:
        with open(path, encoding="utf-8") as f:
            return f.read()
    except FileNotFoundError:
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--api", default=os.path.join(ROOT, "api"))
    parser.add_argument("--out", default=ROOT)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    try:
        files = render(Model(arguments.api))
    except DescriptionError as error:
        sys.exit(f"error: {error}")

    different = [f for f, text in files.items() if read(os.path.join(arguments.out, f)) != text]
    stale = [f for f in existing(arguments.out) if f not in files]
    if arguments.check:
        for name in different:
            print(f"differs from what the description generates: {name}")
        for name in stale:
            print(f"is no longer generated: {name}")
        sys.exit(1 if different or stale else 0)
    for name in different:
        path = os.path.join(arguments.out, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(files[name])
    for name in stale:
        os.remove(os.path.join(arguments.out, name))
    print(f"{len(files)} files, {len(different)} written, {len(stale)} removed")


if __name__ == "__main__":
    main()

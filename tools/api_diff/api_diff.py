#!/usr/bin/env python3
"""Reports which differences between two descriptions of the API break a program that uses what is generated from them.

    api_diff.py OLD NEW

OLD, NEW  folders in the form of api/

What breaks comes first, then what may break because it was a preview, alpha or beta, then what is new. Exit code 0:
nothing breaks; 1: something does; 2: an input cannot be used.
"""
import argparse
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "codegen"))
sys.dont_write_bytecode = True

from model import DescriptionError  # noqa: E402
from surface import Surface  # noqa: E402

BREAKS, UNSTABLE, ADDS = "breaks", "may break: it was not stable", "new"


class Difference:
    """Collects lines by section."""

    def __init__(self, old, new):
        self.old, self.new = old, new
        self.lines = {BREAKS: [], UNSTABLE: [], ADDS: []}
        self.groups()
        self.methods()
        self.types()

    def breaks(self, stable, text):
        self.lines[BREAKS if stable else UNSTABLE].append(text)

    def adds(self, text):
        self.lines[ADDS].append(text)

    def groups(self):
        for name in self.new.groups - self.old.groups:
            self.adds(f"group {name}()")
        for name, stable in self.old.group_stability.items():
            if name not in self.new.groups:
                self.breaks(stable, f"group {name}() is gone")

    def methods(self):
        for name, was in self.old.methods.items():
            now = self.new.methods.get(name)
            if now is None:
                self.breaks(was.stable, f"{name} is gone")
                continue
            for what in ("arguments", "query", "body", "returns"):
                if getattr(was, what) != getattr(now, what):
                    self.breaks(was.stable and not self.is_harmless(what, was, now),
                                f"{name}: {what} was {getattr(was, what) or 'none'}, is {getattr(now, what) or 'none'}")
            for version in was.versions:
                if version not in now.versions:
                    self.breaks(was.stable and version[1:].isdigit(), f"{name}: there is no {version} any more")
            if now.deprecated and not was.deprecated:
                self.adds(f"{name} is deprecated: {now.deprecated}")
        for name in self.new.methods:
            if name not in self.old.methods:
                self.adds(name + (", a preview" if self.new.methods[name].preview else ""))

    @staticmethod
    def is_harmless(what, was, now):
        """A query that may be left out becomes one more overload."""
        return what == "query" and not was.query and not now.needs_query

    def types(self):
        for name, was in self.old.types.items():
            now = self.new.types.get(name)
            if now is None or now.kind != was.kind:
                self.breaks(was.stable, f"{was.kind} {name} is gone" if now is None else f"{name} was a {was.kind}, is a {now.kind}")
            else:
                self.parts(name, was, now)
        for name, now in self.new.types.items():
            if name not in self.old.types:
                self.adds(f"{now.kind} {name}")

    def parts(self, name, was, now):
        for part, what in was.parts.items():
            if part not in now.parts:
                self.breaks(was.stable, f"{name}::{part} is gone")
            elif now.parts[part] != what:
                self.breaks(was.stable, f"{name}::{part} was {what}, is {now.parts[part]}")
        if was.base != now.base:
            self.breaks(was.stable, f"{name}: its base was {was.base}, is {now.base}")
        if was.kind == "struct" and [p for p in now.parts if p in was.parts] != [p for p in was.parts if p in now.parts]:
            self.breaks(was.stable, f"the members of {name} stand in another order")
        for part, what in now.parts.items():
            if part in was.parts:
                continue
            if what.startswith("Required<") or was.kind == "union":
                self.breaks(was.stable, f"{name}::{part} is new, and needed" if was.kind == "struct" else f"{name} can also be {part}")
            else:
                self.adds(f"{name}::{part}")


def report(lines):
    out = []
    for section, rows in lines.items():
        if rows:
            out += [f"{section}:"] + [f"  {row}" for row in sorted(rows)]
    return out or ["nothing differs"]


def main(words=None):
    parser = argparse.ArgumentParser(description="Says what between two descriptions of the API breaks its users.")
    parser.add_argument("old", metavar="OLD")
    parser.add_argument("new", metavar="NEW")
    chosen = parser.parse_args(words)
    try:
        difference = Difference(Surface(chosen.old), Surface(chosen.new))
    except (DescriptionError, OSError) as error:
        print(f"api_diff.py: {error}", file=sys.stderr)
        return 2
    print("\n".join(report(difference.lines)))
    return 1 if difference.lines[BREAKS] else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Compares the project's description of the API with an OpenAPI document from Segment.

    compare.py OPENAPI.json [--api FOLDER] [--departures FILE] [--counts | --skeleton [--into FOLDER] | --changelog]

--api         the description (default: api/ of this project)
--departures  intended differences, with their reasons (default: departures.yaml next to this file; "" for none)
--counts      counts both sides instead
--skeleton    writes what is new in the format of api/ instead, without its sentences
--into        the folder that --skeleton adds it to: existing rows stay as they are; without it everything is printed
--changelog   drafts a section of the changelog instead

Each line is one difference: the description has the old state, the document the new one. Exit code 0: no differences;
1: differences, or departures that no longer match anything; 2: an input cannot be used.
"""
import argparse
import os
import signal
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True

from description import Description  # noqa: E402  (also makes the generator's modules known)
from changelog import changelog  # noqa: E402
from counts import table  # noqa: E402
from departures import Departures  # noqa: E402
from document import Document  # noqa: E402
from operations import compare, published  # noqa: E402
from shapes import Unusable  # noqa: E402
from skeleton import skeleton  # noqa: E402


def report(differences, stale):
    """The lines of the report, by group and operation."""
    lines = []
    for group in sorted({difference.group for difference in differences}):
        lines.append(group)
        for difference in sorted((d for d in differences if d.group == group), key=lambda d: d.where.split(" ")[0]):
            also = f"  (also {', '.join(difference.also)})" if difference.also else ""
            lines.append(f"  {difference.where}: {difference.text}{also}")
    if stale:
        lines.append("departures that met nothing (take them out of the departures file)")
        lines += [f"  {row}" for row in stale]
    lines.append(f"{len(differences)} differences, {len(stale)} stale departures")
    return lines


def previews(found):
    """What a person has to decide: the document itself may be a preview."""
    if not found:
        return []
    return ["previews that the document has; once it is the published one, take `preview` out of them"] + [f"  {name}" for name in found]


def arguments(words):
    parser = argparse.ArgumentParser(description="Compares the description of the API with an OpenAPI document.")
    parser.add_argument("document", metavar="OPENAPI.json")
    parser.add_argument("--api", metavar="FOLDER", default=os.path.join(ROOT, "api"))
    parser.add_argument("--departures", metavar="FILE", default=os.path.join(HERE, "departures.yaml"))
    others = parser.add_mutually_exclusive_group()
    for what in ("--counts", "--skeleton", "--changelog"):
        others.add_argument(what, action="store_true")
    parser.add_argument("--into", metavar="FOLDER")
    return parser.parse_args(words)


def instead(chosen, description, differences, found):
    try:
        print(skeleton(description, differences, chosen.into) if chosen.skeleton else "\n".join(changelog(differences, found)))
    except OSError as error:
        print(f"compare.py: {error}", file=sys.stderr)
        return 2
    return 0


def main(words=None):
    chosen = arguments(words)
    try:
        departures = Departures(chosen.departures)
        description = Description(chosen.api)
        ours = description.calls
        theirs = Document(chosen.document, departures.groups).calls
    except Unusable as error:
        print(f"compare.py: {error}", file=sys.stderr)
        return 2
    if chosen.counts:
        print("\n".join(table(ours, theirs)))
        return 0
    differences, stale = compare(ours, theirs, departures)
    if chosen.skeleton or chosen.changelog:
        return instead(chosen, description, differences, published(ours, theirs))
    print("\n".join(report(differences, stale) + previews(published(ours, theirs))))
    return 1 if differences or stale else 0


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `compare.py … | head` is not an error
    sys.exit(main())

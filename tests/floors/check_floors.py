"""Checks that no source of the library, or of the command line, includes a folder above its own.

The order of the folders is the numbered list in the README.md next to them. The command line is a user of the library:
it includes nothing from src, and names nothing that is not public.
"""

import pathlib
import re
import sys

LIBRARY = pathlib.Path("src")
COMMAND_LINE = pathlib.Path("cli")
LISTED = re.compile(r"^\d+\. `([a-z_/]+)`", re.MULTILINE)
INSIDE = re.compile(r"\bdetail::|segment/detail/")
INCLUDE = re.compile(r'^\s*#\s*include\s*"(?:(.+)/)?[^/"]+"', re.MULTILINE)


def listed_in(sources):
    return LISTED.findall((sources / "README.md").read_text())


def problems(sources):
    """What is wrong in a tree of sources."""
    floors = listed_in(sources)
    if not floors:
        yield f"{sources}/README.md lists no folders"
    files = sorted(file for file in sources.rglob("*.[ch]pp") if file.parent != sources)  # main.cpp stands above all
    folders = {str(file.parent.relative_to(sources)) for file in files}
    for folder in sorted(set(floors) - folders):
        yield f"{sources}/README.md lists {folder}, which has no sources"
    for folder in sorted(folders - set(floors)):
        yield f"{sources}/{folder} is not in the list of {sources}/README.md"
    for file in files:
        folder = str(file.parent.relative_to(sources))
        for included in INCLUDE.findall(file.read_text()):
            if included.split("/")[0] == "segment" or folder not in floors:
                continue
            if included not in floors:
                yield f"{file} includes a file of {included or 'its own folder'} without its path from {sources}"
            elif floors.index(included) > floors.index(folder):
                yield f"{file} includes {included}, which stands above {folder}"


def inside_of_the_library():
    """Where the command line uses what is not public."""
    for file in sorted(COMMAND_LINE.rglob("*.[ch]pp")):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if INSIDE.search(line):
                yield f"{file}:{number} reaches into the library: {line.strip()}"


def main():
    found = [*problems(LIBRARY), *problems(COMMAND_LINE), *inside_of_the_library()]
    for problem in found:
        print(problem)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()

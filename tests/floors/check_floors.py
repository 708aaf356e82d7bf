"""Checks that no source of the library, or of the command line, includes a folder that stands above its own.

The order of the folders is the numbered list of the README.md beside them. The command line stands on the library.
"""

import pathlib
import re
import sys

LIBRARY = pathlib.Path("src")
COMMAND_LINE = pathlib.Path("cli")
LISTED = re.compile(r"^\d+\. `([a-z_/]+)`", re.MULTILINE)
INCLUDE = re.compile(r'^\s*#\s*include\s*"(?:(.+)/)?[^/"]+"', re.MULTILINE)


def listed_in(sources):
    return LISTED.findall((sources / "README.md").read_text())


def problems(sources, below=()):
    """What is wrong in a tree of sources, which may include the folders below it too."""
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
            if included.split("/")[0] == "segment" or included in below or folder not in floors:
                continue
            if included not in floors:
                yield f"{file} includes a file of {included or 'its own folder'} without its path from {sources}"
            elif floors.index(included) > floors.index(folder):
                yield f"{file} includes {included}, which stands above {folder}"


def main():
    found = [*problems(LIBRARY), *problems(COMMAND_LINE, below=listed_in(LIBRARY))]
    for problem in found:
        print(problem)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()

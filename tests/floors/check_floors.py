"""Checks that no source of the library includes a folder that stands above its own.

The order of the folders is the numbered list of src/README.md.
"""

import pathlib
import re
import sys

SOURCES = pathlib.Path("src")
LISTED = re.compile(r"^\d+\. `([a-z_/]+)`", re.MULTILINE)
INCLUDE = re.compile(r'^\s*#\s*include\s*"(?:(.+)/)?[^/"]+"', re.MULTILINE)


def problems():
    floors = LISTED.findall((SOURCES / "README.md").read_text())
    if not floors:
        yield "src/README.md lists no folders"
    files = sorted(SOURCES.rglob("*.[ch]pp"))
    folders = {str(file.parent.relative_to(SOURCES)) for file in files}
    for folder in sorted(set(floors) - folders):
        yield f"src/README.md lists {folder}, which has no sources"
    for folder in sorted(folders - set(floors)):
        yield f"src/{folder} is not in the list of src/README.md"
    for file in files:
        folder = str(file.parent.relative_to(SOURCES))
        for included in INCLUDE.findall(file.read_text()):
            if included.split("/")[0] == "segment" or folder not in floors:
                continue
            if included not in floors:
                yield f"{file} includes a file of {included or 'its own folder'} without its path from src"
            elif floors.index(included) > floors.index(folder):
                yield f"{file} includes {included}, which stands above {folder}"


def main():
    found = list(problems())
    for problem in found:
        print(problem)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()

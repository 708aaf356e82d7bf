"""Adds rows to a file of the description as a person would: at the end of what they belong to, changing nothing else."""
from text import quoted, yaml_lines

SECTIONS = ["ids", "enums", "unions", "types", "queries", "operations"]  # in this order in a file
APART = {"types", "queries", "operations"}                               # entries of these have an empty line between them


def insert(text, sections):
    """The text with the rows of {section: {name: row}} in it, and those rows for which no place was found."""
    lines, rest = text.rstrip("\n").split("\n"), {}
    for section in [name for name in SECTIONS if name in sections]:
        for name, row in sections[section].items():
            if section == "ids":
                add_id(lines, name, row)
            elif "doc" in row:
                if block_of(lines, section) is None:
                    add_section(lines, section)
                merge(lines, block_of(lines, section), {name: row}, 1, section in APART)
            elif not add_to_type(lines, name, row):
                rest.setdefault(section, {})[name] = row
    return "\n".join(lines) + "\n", rest


def add_id(lines, name, row):
    """Ids are in alphabetical order."""
    start, end = block_of(lines, "ids")
    later = (i for i in range(start, end) if lines[i][:3].strip() and lines[i].strip() > name)
    at = next(later, end)
    lines[at:at] = yaml_lines({name: row}, 1)


def add_section(lines, name):
    """Before the sections that follow it, with an empty line on either side."""
    later = SECTIONS[SECTIONS.index(name) + 1:]
    found = next((i for i, line in enumerate(lines) if line.partition(":")[0] in later), None)
    if found is None:
        lines += ["", f"{name}:"]
    else:
        lines[found:found] = [f"{name}:", ""]


def add_to_type(lines, name, row):
    """To an existing type: in a section, or with its name in an operation's query or body."""
    for section in SECTIONS:
        outer = block_of(lines, section)
        own = block_of(lines, name, 1, *outer) if outer else None
        if own:
            merge(lines, own, row, 2)
            return True
    for i, line in enumerate(lines):
        if line.strip() == f"name: {name}" and line.startswith("      "):
            merge(lines, (i, behind(lines, i, 3, len(lines))), row, 3)
            return True
    return False


def merge(lines, block, rows, depth, apart=False):
    """Inserts rows into the lines of a block, [start, end)."""
    start, end = block
    for name, row in rows.items():
        before, own = len(lines), block_of(lines, name, depth, start, end)
        if own is None:
            lines[end:end] = [""] * (apart and end > start) + yaml_lines({name: row}, depth)
        elif isinstance(row, dict):
            merge(lines, own, row, depth + 1)
        end += len(lines) - before


def block_of(lines, name, depth=0, start=0, end=None):
    """The lines under a name, without empty ones at the end."""
    end = len(lines) if end is None else end
    for i in range(start, end):
        if lines[i].startswith("  " * depth + quoted(name) + ":"):
            return i + 1, behind(lines, i + 1, depth + 1, end)
    return None


def behind(lines, start, depth, end):
    """The index after the last line, from `start` on, that is indented this far."""
    last = start
    for i in range(start, end):
        if lines[i].strip() and not lines[i].startswith("  " * depth):
            break
        last = i + 1 if lines[i].strip() else last
    return last

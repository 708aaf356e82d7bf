"""Rows of the description as YAML, as a person writes them."""
import re

NO_NAMES = {"on", "off", "yes", "no", "true", "false", "null", "y", "n", "~"}


def quoted(text):
    """A text as YAML."""
    plain = re.fullmatch(r"[A-Za-z_/][\w /{}.<>!-]*", text) and text.lower() not in NO_NAMES and not text.endswith(" ")
    return text if plain and "{" not in text[:1] else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def in_a_row(value):
    """A value on the same line as its name."""
    if isinstance(value, list):
        return "[" + ", ".join(map(in_a_row, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(name)}: {in_a_row(one)}" for name, one in value.items()) + "}"
    return quoted(value) if isinstance(value, str) else str(value)


def yaml_lines(rows, depth=0):
    lines = []
    for name, value in rows.items():
        indent = "  " * depth
        if isinstance(value, dict) and name != "returns":
            lines += [f"{indent}{quoted(name)}:"] + yaml_lines(value, depth + 1)
            continue
        lines.append(f"{indent}{quoted(name)}: {value if name == 'call' else in_a_row(value)}")
    return lines

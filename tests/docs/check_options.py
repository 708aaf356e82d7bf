#!/usr/bin/env python3
"""Checks that docs/options.md has every option of the public headers with its default, and no other."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
STRUCT = re.compile(r"^struct (\w*Options|Timeouts|Redaction) \{\n(.*?)^\};", re.M | re.S)
MEMBER = re.compile(r"^  (?!//|static)([\w:<>(), *&]+?) (\w+)(?: = (.+?)|(\{.*\}))?;$", re.M)
SECTION = re.compile(r"^#+ `(\w+)`$(.*?)(?=^#+ |\Z)", re.M | re.S)
ROW = re.compile(r"^\| `(\w+)` \| ?(.*?) \|", re.M)
UNITS = {"milliseconds": "ms", "seconds": "s", "minutes": "min"}


def default_of(kind, initialiser):
    """The default as the table must show it; None if the table may say anything."""
    text = initialiser.strip("{}").replace("'", "")
    duration = re.fullmatch(r"(?:std::chrono::(\w+)\{)?(\d+)\}?", text)
    unit = duration and (duration[1] or kind.removeprefix("std::chrono::"))
    if unit in UNITS:
        return f"{duration[2]} {UNITS[unit]}"
    mebibytes = re.fullmatch(r"std::size_t\{(\d+)\} << 20U", initialiser)
    if mebibytes:
        return f"{mebibytes[1]} MiB"
    if re.fullmatch(r"\d+", text):
        return text
    named = re.fullmatch(r'(?:\w+::)?(\w+)|"(.*)"', text)
    return f"`{named[1] or named[2]}`" if named else None


def options():
    """Every option of the public headers: its struct, its name and its default."""
    for folder in ("include", "sandbox/include"):
        for header in sorted((ROOT / folder).rglob("*.hpp")):
            if "segment/api" in header.as_posix():
                continue
            for name, body in STRUCT.findall(header.read_text(encoding="utf-8")):
                for kind, member, value, braces in MEMBER.findall(body):
                    yield (name, member), default_of(kind, value or braces)


def rows():
    text = (ROOT / "docs/options.md").read_text(encoding="utf-8")
    for struct, section in SECTION.findall(text):
        for member, default in ROW.findall(section):
            yield (struct, member), default


def main():
    declared, documented = dict(options()), dict(rows())
    problems = [f"lacks {'::'.join(key)}" for key in declared if key not in documented]
    problems += [f"has {'::'.join(key)}, which no header has" for key in documented if key not in declared]
    problems += [f"says that {'::'.join(key)} is {documented[key]} by default, and it is {default}"
                 for key, default in declared.items()
                 if default and key in documented and not documented[key].startswith(default)]
    for problem in problems:
        print(f"docs/options.md {problem}", file=sys.stderr)
    print(f"{len(declared)} options")
    return 1 if problems or not declared else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Checks that the natvis file is well-formed and names members that exist, in the namespace of this version.

Visual Studio itself is not available here, so nothing is displayed with it.
"""
import pathlib
import re
import sys
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
SPACE = "{http://schemas.microsoft.com/vstudio/debugger/natvis/2010}"
HEADERS = {"Secret": "types/secret", "http::Header": "http/header", "http::HeaderView": "http/header",
           "http::Headers": "http/header", "Id": "types/id",
           "Timestamp": "types/timestamp", "Required": "types/required", "Nullable": "types/nullable",
           "OpenEnum": "types/open_enum", "Json": "types/json", "Json::Member": "types/json"}


def main():
    document = xml.etree.ElementTree.parse(ROOT / "debuggers/segment.natvis")
    version = (ROOT / "include/segment/version.hpp").read_text(encoding="utf-8")
    namespace = re.search(r"#define SEGMENT_ABI (v\d+_\d+)\n", version)[1]
    wrong, seen = [], set()
    for entry in document.iter(f"{SPACE}Type"):
        name = entry.get("Name")
        if not name.startswith(f"segment::{namespace}::"):
            wrong.append(f"{name} is not in segment::{namespace}")
            continue
        plain = name[len(f"segment::{namespace}::"):].removesuffix("<*>")
        seen.add(plain)
        header = (ROOT / f"include/segment/{HEADERS[plain]}.hpp").read_text(encoding="utf-8")
        text = " ".join([*(part.text or "" for part in entry.iter()),
                         *(part.get("Condition") or "" for part in entry.iter())])
        wrong += [f"{name} has no member {member}" for member in set(re.findall(r"\b[a-z]+_\b", text))
                  if not re.search(rf"\b{member}(\{{\}})?( = [^;]*)?;", header)]
    wrong += [f"there is nothing for {name}" for name in HEADERS.keys() - seen]
    print("\n".join(wrong) or f"{len(seen)} types")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

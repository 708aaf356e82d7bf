"""Checks that no source uses parts of a supported standard library that a supported compiler rejects. Otherwise only
scripts/matrix would notice, which is run by hand.
"""

import pathlib
import re
import sys

FOLDERS = ["include", "src", "parts", "cli", "examples", "sandbox"]
REFUSED = {
    re.compile(r"\b(stable_sort|stable_partition|inplace_merge)\b"): "clang 19 warns of it in libstdc++ 12",
    re.compile(r"\bviews::"): "clang 14 does not compile the views of libstdc++",
    re.compile(r"\branges::(subrange|unique|remove|remove_if|partition|rotate|search|search_n|find_end|equal_range)\b"):
        "clang 14 does not compile the subranges of libstdc++",
}
# Compiled without that warning.
EXCEPTIONS = {("sandbox", "clang 19 warns of it in libstdc++ 12")}


def main():
    found = 0
    for path in sorted(file for folder in FOLDERS for file in pathlib.Path(folder).rglob("*.[ch]pp")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for pattern, reason in REFUSED.items():
                if (path.parts[0], reason) not in EXCEPTIONS and pattern.search(line.split("//")[0]):
                    print(f"{path}:{number}: {reason}: {line.strip()}")
                    found += 1
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()

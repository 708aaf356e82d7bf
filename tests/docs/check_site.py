#!/usr/bin/env python3
"""Builds the documentation site and follows every link in it, without a browser (scripts/docs --check uses one).

Usage: check_site.py    (with a Python that has Python-Markdown and Pygments)
"""
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tools/site")]

import build  # noqa: E402
import check_links  # noqa: E402
import guides  # noqa: E402
from site_pages import plain  # noqa: E402


def problems():
    written = {path.stem for path in (ROOT / "docs").glob("*.md")}
    for name in sorted(written ^ set(guides.GUIDES)):
        yield f"docs/{name}.md and GUIDES in tools/site/guides.py differ"
    with tempfile.TemporaryDirectory() as folder:
        build.build(folder)
        yield from check_links.problems_of(folder)
        page = plain((pathlib.Path(folder) / "operations/sources/create.html").read_text(encoding="utf-8"))
        for part in ["createSource", "POST", "/sources", "v1, beta", "CreateSource", "metadataId", "required", "ValidationError",
                     "not idempotent", "segment sources create"]:
            if part not in page:
                yield f"the page of sources().create lacks {part}"


def main():
    found = list(problems())
    for problem in found:
        print(problem)
    if not found:
        print("every page is there, and every link leads somewhere")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Builds the documentation as a site that a browser opens from the disk: guides, operations, types, examples.

    build.py OUT
"""
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), "codegen")]

from model import Model  # noqa: E402

import guides  # noqa: E402
from headers import add_headers  # noqa: E402
from operations import Operations  # noqa: E402
from site_pages import ROOT, Page, Site  # noqa: E402

FIRST_EXAMPLE = """segment::Client client({.token = segment::Token::from_environment()});

for (const segment::Source& source : client.sources().list()) {  // every page, lazily
  std::cout << source.slug << '\\n';
}
segment::Source web = client.sources().create({
    .slug = "web", .enabled = true, .metadata_id = segment::SourceMetadataId{"IqDTy1TpoU"}});
"""


def build(out):
    site = Site()
    site.known["README.md"] = "index.html"
    version = re.search(r'_VERSION "([^"]+)"', guides.read("include/segment/version.hpp"))
    site.environment.globals["version"] = version[1]
    more = [add_headers(site), *guides.add_guides(site)]
    count = Operations(site, Model(os.path.join(ROOT, "api"))).add()
    site.navigation.append(("more", "More", more))
    groups = site.navigation[1][2][1:]
    body = site.template("index.html.j2", count=count, groups=groups, example=guides.code(FIRST_EXAMPLE, "cpp"))
    site.add(Page("index.html", "Segment Public API for C++", body, summary="A C++20 client library for Segment's Public API."))
    site.write(out)
    return len(site.pages)


if __name__ == "__main__":
    print(f"{build(sys.argv[1])} pages in {sys.argv[1]}")

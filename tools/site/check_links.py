#!/usr/bin/env python3
"""Reports broken links of a site, and whatever else can be found wrong with its pages without a browser.

    check_links.py SITE
"""
import collections
import html.parser
import json
import os
import sys
import urllib.parse


class PageReader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.links, self.ids, self.headings, self.language = [], collections.Counter(), [], None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if "id" in attributes:
            self.ids[attributes["id"]] += 1
        if tag == "html":
            self.language = attributes.get("lang")
        if tag in ("h1", "h2", "h3", "h4"):
            self.headings.append(int(tag[1]))
        target = attributes.get("href") if tag in ("a", "link") else attributes.get("src")
        if target:
            self.links.append(target)


def read_pages(site):
    pages = {}
    for folder, _, names in os.walk(site):
        for name in names:
            if name.endswith(".html"):
                path = os.path.join(folder, name)
                pages[path] = PageReader()
                with open(path, encoding="utf-8") as file:
                    pages[path].feed(file.read())
    return pages


def is_dead(pages, page, link):
    url = urllib.parse.urlsplit(link)
    if url.scheme:
        return False  # external: not checked here
    path = os.path.normpath(os.path.join(os.path.dirname(page), urllib.parse.unquote(url.path))) if url.path else page
    if path in pages:
        return bool(url.fragment) and urllib.parse.unquote(url.fragment) not in pages[path].ids
    return not os.path.isfile(path)


def problems_of(site):
    pages = read_pages(site)
    for path, page in pages.items():
        name = os.path.relpath(path, site)
        for link in page.links:
            if is_dead(pages, path, link):
                yield f"{name}: the link {link} leads nowhere"
        for twice in (name for name, times in page.ids.items() if times > 1):
            yield f"{name}: the id {twice} occurs more than once"
        if page.headings.count(1) != 1:
            yield f"{name}: there is not exactly one h1"
        if not page.language:
            yield f"{name}: the language is not named"
    with open(os.path.join(site, "assets/search_index.js"), encoding="utf-8") as file:
        index = json.loads(file.read().partition("= ")[2].rstrip(";\n"))
    for row in index:
        if is_dead(pages, os.path.join(site, "index.html"), row[2]):
            yield f"the search leads to {row[2]}, which is not there"
    if not pages:
        yield "there are no pages"


def main():
    problems = list(problems_of(sys.argv[1]))
    for problem in problems:
        print(problem)
    if not problems:
        print("every link leads somewhere")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

"""A page for each hand-written public header, and what it declares."""
import os
import re

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import CppLexer

from guides import accessible, read
from site_pages import ROOT, Entry, Page

# Where headers are, and which of them are generated (their pages are those of operations) or not for users.
FOLDERS = ["include", "sandbox/include", "parts/redis/include", "parts/prometheus/include", "parts/spdlog/include"]
LEFT_OUT = ("segment/api/", "segment/detail/")
DECLARED = re.compile(
    r"(?P<comment>(?:^///.*\n)+)(?:^template .*\n)?^(?P<line>(?:class|struct|enum class|using) (?:SEGMENT_EXPORT )?(?P<type>\w+)"
    r"|(?!namespace|static_assert|extern|friend)[\w\[:].*?\b(?P<function>\w+)\()", re.M)


def declarations(text):
    """What a header declares with a comment, outside of classes: (name, line, first sentence)."""
    for found in DECLARED.finditer(text):
        comment = " ".join(line[3:].strip() for line in found["comment"].strip().split("\n"))
        sentence = re.split(r"(?<=[.!?])\s", comment.strip())[0]
        if not sentence.startswith("\\"):
            yield found["type"] or found["function"], text.count("\n", 0, found.start("line")) + 1, sentence


def headers():
    for folder in FOLDERS:
        for parent, _, names in sorted(os.walk(os.path.join(ROOT, folder))):
            for name in sorted(names):
                path = os.path.relpath(os.path.join(parent, name), ROOT)
                include = os.path.relpath(path, folder)
                if name.endswith(".hpp") and not include.startswith(LEFT_OUT):
                    yield path, include


def add_headers(site):
    rows = []
    formatter = HtmlFormatter(cssclass="code", wrapcode=True, lineanchors="line", anchorlinenos=False)
    for path, include in headers():
        text = read(path)
        # An anchor, not a link without a name.
        shown = re.sub(r'<a id="(line-\d+)"[^>]*></a>', r'<span id="\1"></span>', highlight(text, CppLexer(stripnl=False), formatter))
        declared, seen = [], set()
        for name, line, sentence in declarations(text):
            if name not in seen:  # an overload is found next to the first
                seen.add(name)
                declared.append((name, line, sentence))
        page = f"headers/{include[len('segment/'):-len('.hpp')].replace('/', '_')}.html"
        body = site.template("header.html.j2", include=include, declared=declared, text=accessible(shown))
        crumbs = [("index.html", "Home"), ("headers/index.html", "Headers")]
        site.add(Page(page, include, body, section="more", crumbs=crumbs), path)
        site.find(Entry(include, "Header", page))
        for name, line, sentence in declared:
            if name[0].isupper():
                site.name(name, f"{page}#line-{line}")
            site.find(Entry(name, "Declaration", f"{page}#line-{line}", f"segment::{name}", sentence))
        rows.append((page.split("/")[1], include, declared))
    body = site.template("headers.html.j2", rows=rows)
    site.add(Page("headers/index.html", "Headers", body, section="more", crumbs=[("index.html", "Home")]), "include/segment")
    return "headers/index.html", "Headers"

"""Pages from the Markdown files and the examples of the repository."""
import os
import re

import markdown
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from site_pages import ROOT, Entry, Page, plain

# The guides, in the order of the navigation. Every file in docs/ is one, which a test checks.
GUIDES = [
    "getting_started", "recipes", "lists", "errors", "time_and_retries", "rate_limits", "async", "testing",
    "processes", "stability", "config_api", "helpers", "options", "observing", "fleet", "installing", "compilers",
    "compile_errors", "performance", "reliability", "architecture"]
OTHERS = [  # file, page
    ("cli/README.md", "command_line"), ("sandbox/README.md", "sandbox"), ("packaging/README.md", "packaging"),
    ("api/README.md", "description"), ("SECURITY.md", "security"), ("CHANGELOG.md", "changelog"),
    ("CONTRIBUTING.md", "contributing")]


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def slug(text, _separator="-"):
    """The anchor of a heading, as on GitHub."""
    return re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")


def code(text, language):
    lexer = get_lexer_by_name(language, stripnl=False)
    return accessible(highlight(text, lexer, HtmlFormatter(cssclass="code", wrapcode=True)))


def accessible(body):
    """Makes what scrolls sideways reachable by keyboard."""
    body = body.replace("<pre>", '<pre tabindex="0">')
    return body.replace("<table>", '<div class="table" tabindex="0"><table>').replace("</table>", "</table></div>")


def spaced(text):
    """Python-Markdown needs a blank line before a list, and four spaces before what belongs to an item."""
    lines, in_code = [], False
    for line in text.split("\n"):
        if line.startswith("```"):
            in_code = not in_code
        is_item = re.match(r"([-*]|\d+\.) ", line)
        before = lines[-1] if lines else ""
        if not in_code and is_item and before and not re.match(r"([-*]|\d+\.) |  ", before):
            lines.append("")
        lines.append(re.sub(r"^ {2,3}(?=\S)", "    ", line) if not in_code else line)
    return "\n".join(lines)


def converted(text):
    """The HTML of a Markdown text, and its headings."""
    text = re.sub(r"^<!-- .*? -->\n", "", text, flags=re.M)
    md = markdown.Markdown(
        extensions=["fenced_code", "codehilite", "tables", "toc", "sane_lists"],
        extension_configs={"toc": {"slugify": slug}, "codehilite": {"css_class": "code", "guess_lang": False}})
    return accessible(md.convert(spaced(text))), md.toc_tokens


def markdown_page(site, source, path, section, kind):
    body, headings = converted(read(source))
    site.take_images(source, path, body)
    title = plain(headings[0]["name"]) if headings else os.path.basename(source)
    contents = [(h["id"], plain(h["name"])) for h in (headings[0]["children"] if headings else [])]
    site.add(Page(path, title, body, contents, section, crumbs=[("index.html", "Home")]), source)
    parts = re.split(r'(?=<h[23] id="[^"]*">)', body)
    site.find(Entry(title, kind, path, text=plain(parts[0])))
    for part in parts[1:]:
        anchor, heading = re.match(r'<h[23] id="([^"]*)">(.*?)</h[23]>', part, re.S).groups()
        site.find(Entry(plain(heading), f"{kind}: {title}", f"{path}#{anchor}", text=plain(part)))
    return path, title


def add_guides(site):
    links = [markdown_page(site, f"docs/{name}.md", f"guides/{name}.html", "guides", "Guide") for name in GUIDES]
    site.navigation.append(("guides", "Guides", links))
    more = [markdown_page(site, source, f"more/{name}.html", "more", "More") for source, name in OTHERS]
    more += [add_examples(site), add_decisions(site)]
    return more


def add_examples(site):
    """A page for each program of examples/, and one that lists them."""
    rows = []
    for name in sorted(os.listdir(os.path.join(ROOT, "examples"))):
        if not name.endswith((".cpp", ".hpp", ".json")):
            continue
        text, path = read(f"examples/{name}"), f"examples/{name.replace('.', '_')}.html"
        comment = re.match(r"(?:#pragma once\n\n)?((?://.*\n)+)", text)
        summary = " ".join(line.lstrip("/ ") for line in comment[1].split("\n")).split("     ")[0].strip() if comment else ""
        body = f"<h1>{name}</h1>" + code(text, "json" if name.endswith("json") else "cpp")
        crumbs = [("index.html", "Home"), ("examples/index.html", "Examples")]
        site.add(Page(path, name, body, section="more", summary=summary, crumbs=crumbs), f"examples/{name}")
        site.find(Entry(name, "Example", path, text=summary))
        rows.append((path.split("/")[1], name, summary))
    body = site.template("examples.html.j2", rows=[row for row in rows if row[1].endswith(".cpp")])
    site.add(Page("examples/index.html", "Examples", body, section="more", crumbs=[("index.html", "Home")]), "examples")
    return "examples/index.html", "Examples"


def add_decisions(site):
    """The records of docs/adr, and a page that lists them."""
    rows = []
    for name in sorted(os.listdir(os.path.join(ROOT, "docs/adr"))):
        path = f"decisions/{name[:-3]}.html"
        _, title = markdown_page(site, f"docs/adr/{name}", path, "more", "Decision")
        site.pages[path].crumbs.append(("decisions/index.html", "Decisions"))
        rows.append((path.split("/")[1], title))
    body = site.template("decisions.html.j2", rows=rows)
    site.add(Page("decisions/index.html", "Decisions", body, section="more", crumbs=[("index.html", "Home")]), "docs/adr")
    return "decisions/index.html", "Decisions"

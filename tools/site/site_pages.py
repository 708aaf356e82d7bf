"""The site: its pages, how they link to each other, and what its search finds."""
import html
import json
import os
import posixpath
import re
import shutil
from dataclasses import dataclass, field

import jinja2
import markupsafe

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))


@dataclass
class Page:
    path: str                 # in the site: operations/sources/create.html
    title: str
    body: str                 # HTML
    contents: list = field(default_factory=list)  # (anchor, title) of its sections
    section: str = ""         # which part of the navigation is open
    summary: str = ""
    crumbs: list = field(default_factory=list)    # (path, title) of the pages above it


@dataclass
class Entry:
    """An entry that the search finds."""
    title: str
    kind: str
    path: str
    names: str = ""           # other names of it
    text: str = ""


def plain(text):
    """HTML as text: for the search, and for descriptions."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


class Site:
    def __init__(self):
        self.pages, self.entries, self.navigation = {}, [], []
        self.sources = {}     # a file of the repository -> the page made of it
        self.known = {}       # another -> the page that says the same
        self.names = {}       # in code, such as `ClientOptions` -> where it is explained
        self.images = {}      # in the site -> the file of the repository
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(os.path.join(HERE, "templates")), autoescape=True,
            trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined)
        self.environment.filters["inline"] = self.inline

    def add(self, page, source=None):
        self.pages[page.path] = page
        if source:
            self.sources[source] = page.path

    def find(self, entry):
        self.entries.append(entry)

    def template(self, name, **values):
        return self.environment.get_template(name).render(**values)

    @staticmethod
    def inline(text):
        """A sentence of the description, with its `code`."""
        escaped = html.escape(text or "", quote=False)
        return markupsafe.Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", escaped))

    def link_to(self, source, target):
        """Where a link in a file of the repository leads in the site; None if that is not a page."""
        path, _, anchor = target.partition("#")
        if re.match(r"[a-z]+:", target):
            return target
        if not path:
            return "#" + anchor
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        page = self.sources.get(wanted) or self.known.get(wanted)
        if page is None:
            return None
        here = posixpath.dirname(self.sources[source])
        return posixpath.relpath(page, here or ".") + ("#" + anchor if anchor else "")

    def linked(self, source, body):
        """Links between files of the repository become links between pages; the others stay as text."""
        def rewrite(match):
            target = self.link_to(source, html.unescape(match[1]))
            return match[2] if target is None else f'<a href="{html.escape(target)}">{match[2]}</a>'
        return re.sub(r'<a href="([^"]*)">(.*?)</a>', rewrite, body, flags=re.S)

    def name(self, name, path):
        """Registers where `name` leads in the text of every page; the first registration wins."""
        self.names.setdefault(name, path)

    def with_names(self, page):
        """A page's body in which each name in code links to its page, except in links, headings and code blocks."""
        def lead(match):
            method = re.match(r"(?:client\.)?(\w+\(\)\.\w+)", match[2] or "")
            target = self.names.get(method[1] if method else (match[2] or "").removeprefix("segment::"))
            if target is None or target.split("#")[0] == page.path:
                return match[0]
            return f'<a href="{posixpath.relpath(target, posixpath.dirname(page.path) or ".")}">{match[0]}</a>'
        return re.sub(r"<(a|h[1-6]|pre)\b.*?</\1>|<code>([^<]+)</code>", lead, page.body, flags=re.S)

    def take_images(self, source, path, body):
        """Copies the images of a page to where its HTML looks for them."""
        for name in re.findall(r'<img [^>]*src="([^":]+)"', body):
            image = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
            self.images[image] = posixpath.join(posixpath.dirname(source), name)

    def write(self, out):
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(os.path.join(HERE, "assets"), os.path.join(out, "assets"))
        for source, path in self.sources.items():
            self.pages[path].body = self.linked(source, self.pages[path].body)
        in_navigation = {path for _, _, links in self.navigation for path, _ in links}
        for page in self.pages.values():
            if page.section in ("guides", "operations"):
                page.body = self.with_names(page)
            root = "../" * page.path.count("/")
            text = self.template("page.html.j2", page=page, root=root, navigation=self.navigation,
                                 above=[] if page.path in in_navigation else [path for path, _ in page.crumbs[-1:]])
            path = os.path.join(out, page.path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        for image, source in self.images.items():
            shutil.copyfile(os.path.join(ROOT, source), os.path.join(out, image))
        rows = [[e.title, e.kind, e.path, e.names, e.text.replace("`", "")] for e in self.entries]
        with open(os.path.join(out, "assets/search_index.js"), "w", encoding="utf-8") as file:
            file.write("window.searchIndex = " + json.dumps(rows, ensure_ascii=False, separators=(",", ":")) + ";\n")

"""The made-up library of books: its description in api/, and two documents about it.

library-1 says what the description says; library-2 is the next release and differs in every way that the tool knows.
"""
import contextlib
import io
import json
import os
import sys
import tempfile
import unittest

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "tools", "compare"))

import compare as tool  # noqa: E402

API = os.path.join(HERE, "api")
FIRST = os.path.join(HERE, "library-1.openapi.json")
SECOND = os.path.join(HERE, "library-2.openapi.json")
DEPARTURES = os.path.join(HERE, "departures.yaml")
V2 = "application/vnd.segment.v2+json"


def run(*words):
    """The tool's exit code, its lines without indentation, and what it complains of."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = tool.main(list(words))
    return code, [line.strip() for line in out.getvalue().splitlines()], err.getvalue()


def library(document, departures=DEPARTURES, *more):
    return run(document, "--api", API, "--departures", departures, *more)


class WithFiles(unittest.TestCase):
    """For tests that need a document or a departures file of their own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def file(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def changed(self, change):
        """The first document after `change` was made to it."""
        with open(FIRST, encoding="utf-8") as file:
            data = json.load(file)
        change(data)
        return self.file("changed.json", json.dumps(data))


def skeletons(document, api=API):
    """What the tool writes for a document, by the name of the file and what is to be done with it."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        tool.main([document, "--api", api, "--departures", DEPARTURES, "--skeleton"])
    return dict(part.split("\n", 1) for part in out.getvalue().split("# api/")[1:])


def read(text):
    return yaml.safe_load(text)


def add_v2(data):
    """A second generation of two operations on books; one of them looks as before."""
    book = {"type": "object", "properties": {"id": {"type": "string"}, "title": {"type": "string"}}, "required": ["id", "title"]}
    data["components"]["schemas"]["BookV2"] = book
    answer = {"type": "object", "properties": {"data": {"type": "object", "required": ["book"],
                                                        "properties": {"book": {"$ref": "#/components/schemas/BookV2"}}}}}
    for path, verb in (("/books", "post"), ("/books/{bookId}", "delete")):
        item = data["paths"][path][verb]
        item["x-versions"].append("v2")
        status, = (status for status in item["responses"] if status.startswith("2"))
        content = item["responses"][status]["content"]
        content[V2] = {"schema": answer} if verb == "post" else next(iter(content.values()))
    body = data["paths"]["/books"]["post"]["requestBody"]["content"]
    body[V2] = next(iter(body.values()))

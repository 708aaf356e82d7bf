#!/usr/bin/env python3
"""Calls every operation through its typed method, in each of its versions, with inputs of every kind, against a small
server, and checks what went over the wire and what came back.

    run.py --driver PROGRAM [--api FOLDER] [--front FRONT]

--front  what the calls go through: blocking (the default), async or nothrow

The last line says how many calls passed, and how many failed.
"""
import argparse
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

from description import Description
from values import AWKWARD, Maker

HERE = os.path.dirname(os.path.abspath(__file__))
API = os.path.join(os.path.dirname(os.path.dirname(HERE)), "api")
MEDIA_TYPES = {"v1": "application/vnd.segment.v1+json", "v2": "application/vnd.segment.v2+json",
               "beta": "application/vnd.segment.v1beta+json", "alpha": "application/vnd.segment.v1alpha+json"}
KINDS = ["required", "full", "awkward", "nulls"]


class Server:
    """Responds with what it was given next, and keeps the request."""

    def __init__(self):
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one packet: two would wait for each other

            def answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length).decode()
                outer.requests.append((self.command, self.path, dict(self.headers), body))
                data = outer.answers.pop(0).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

            def log_message(self, *_):
                pass

        self.requests, self.answers = [], []
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def flatten(value, name=""):
    """The dotted query parameters of a nested value."""
    if isinstance(value, dict):
        return [pair for k, v in value.items() for pair in flatten(v, f"{name}.{k}" if name else k)]
    if isinstance(value, list):
        return [pair for i, v in enumerate(value) for pair in flatten(v, f"{name}.{i}")]
    text = value if isinstance(value, str) else compact(value)
    return [(name, text)]


def target(path, texts, query):
    for text in texts:
        head, rest = path.split("{", 1)
        path = head + quote(text, safe="") + rest.split("}", 1)[1]
    pairs = "&".join(f"{quote(n, safe='')}={quote(v, safe='')}" for n, v in flatten(query or {}))
    return path + ("?" + pairs if pairs else "")


class Run:
    def __init__(self, description, command):
        self.description, self.failed, self.passed = description, 0, 0
        self.server = Server()
        self.driver = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                       env={**os.environ, "SEGMENT_BASE_URL": self.server.url})

    def call(self, **case):
        self.driver.stdin.write(json.dumps(case) + "\n")
        self.driver.stdin.flush()
        line = self.driver.stdout.readline()
        return json.loads(line) if line else {"error": "the driver died"}

    def check(self, what, expected, got):
        if expected == got:
            return True
        print(f"{what}\n  expected {expected}\n  got      {got}")
        return False

    def operation(self, name, row, kind, version=None):
        """Calls an operation in its default version, or in another one."""
        verb, path = row["call"].split(" ")
        texts = [AWKWARD if kind == "awkward" else f"{p}-1" for p in row.get("path") or {}]
        query, body = self.description.query(row), self.description.body(row)
        query_value = Maker(self.description, kind).members(query) if query is not None else None
        body_value = Maker(self.description, kind).members(body) if body is not None else None
        answer = self.description.answer(row)
        answer_value = {"status": "SUCCESS"} if answer is None else Maker(self.description, kind).members(answer)
        self.server.requests.clear()
        self.server.answers[:] = [compact({"data": answer_value})]
        case = {"operation": name, "path": texts}
        if version:
            case["version"] = version
        if query_value is not None:
            case["query"] = query_value
        if body_value is not None:
            case["body"] = body_value
        got = self.call(**case)

        where = f"{name}, {version or 'its first version'}, {kind}"
        found = not self.description.says_nothing(row, answer_value)
        good = self.check(f"{where}: error", None, got.get("error")) if found else \
            self.check(f"{where}: the error says that nothing was found", True, "found nothing" in got.get("error", ""))
        good &= self.check(f"{where}: number of requests", 1, len(self.server.requests))
        if self.server.requests:
            method, url, headers, sent = self.server.requests[0]
            good &= self.check(f"{where}: verb", verb, method)
            good &= self.check(f"{where}: path and query", target(path, texts, query_value), url)
            good &= self.check(f"{where}: body", "" if body is None else compact(body_value), sent)
            media_type = MEDIA_TYPES[version or row["versions"][0]]
            good &= self.check(f"{where}: Accept", media_type, headers.get("Accept"))
            good &= self.check(f"{where}: Content-Type", None if body is None else media_type, headers.get("Content-Type"))
            good &= self.check(f"{where}: Authorization", "Bearer sgp_every_operation", headers.get("Authorization"))
        if found and kind != "required":
            good &= self.check(f"{where}: what was returned", compact(answer_value), got.get("returned"))
        self.count(good)

    def walk(self, name, row):
        answer = self.description.answer(row)
        items, = [k for k, (text, _, _) in answer.items() if text.startswith("list<")]
        self.walk_list(name, row, items, "pagination", operation=name, walk=True)

    def walk_list(self, where, row, items, pagination, **call):
        """Iterates over two pages of two items and one."""
        answer = self.description.answer(row)
        pages = []
        for i in range(2):
            page = Maker(self.description, "full").members(answer)
            page[pagination] = {**page[pagination], "next": (7 if "Numeric" in answer[pagination][0] else "next-1") if i == 0 else None}
            pages.append(page)
        pages[1][items] = pages[1][items][:1]
        pages[1][pagination].pop("next")
        self.server.requests.clear()
        self.server.answers[:] = [compact({"data": p}) for p in pages]
        query = self.description.query(row)
        given = Maker(self.description, "required").members(query)
        got = self.call(path=[f"{p}-1" for p in row.get("path") or {}], query=given, **call)
        good = self.check(f"{where}, walked: error", None, got.get("error"))
        good &= self.check(f"{where}, walked: items", compact(pages[0][items] + pages[1][items]), got.get("returned"))
        good &= self.check(f"{where}, walked: requests", 2, len(self.server.requests))
        self.count(good)

    def count(self, good):
        self.passed += good
        self.failed += not good

    def everything(self):
        for name, row in self.description.operations.items():
            for kind in KINDS:
                self.operation(name, row, kind)
            for version in row["versions"]:
                self.operation(name, row, "full", version)
            if "page" in row["returns"]:
                self.walk(name, row)
            for method, walk in (row.get("walks") or {}).items():
                self.walk_list(f"{name}, {method}", row, walk["list"], walk["list"] + "Pagination", operation=f"{name} {method}")
        self.driver.stdin.close()
        self.check("the driver's exit", 0, self.driver.wait())
        rows = self.description.operations
        print(f"{len(rows)} methods, {sum(len(row['versions']) for row in rows.values())} versions")
        print(f"{self.passed} passed, {self.failed} failed")
        return self.failed == 0 and self.driver.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--driver", required=True)
    parser.add_argument("--api", default=API)
    parser.add_argument("--front", choices=["blocking", "async", "nothrow"], default="blocking")
    arguments = parser.parse_args()
    command = [arguments.driver, arguments.front]
    sys.exit(0 if Run(Description(arguments.api), command).everything() else 1)


if __name__ == "__main__":
    main()

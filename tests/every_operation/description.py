"""Reads the description of the API for the small server: separately from the generator, on purpose, so that a mistake
there is not repeated here."""
import os
import re

import yaml


class Description:
    def __init__(self, folder):
        self.types, self.enums, self.unions, self.ids = {}, {}, {}, set()
        self.operations = {}  # "warehouses_v2/createWarehouse": row
        files = [yaml.safe_load(open(os.path.join(folder, f), encoding="utf-8")) for f in sorted(os.listdir(folder)) if f.endswith(".yaml")]
        for data in files:
            self.ids |= set(data.get("ids") or {})
            self.enums.update({k: list(v["values"]) for k, v in (data.get("enums") or {}).items()})
            self.unions.update({k: v["of"] for k, v in (data.get("unions") or {}).items()})
            for section in ("types", "queries"):
                self.types.update({k: rows(v["members"]) for k, v in (data.get(section) or {}).items()})
        for data in files:
            version = data.get("version")
            for name, row in (data.get("operations") or {}).items():
                group = f"{data['group']}_{version}" if version else data["group"]
                self.operations[f"{group}/{name}"] = {**row, "versions": [version] if version else row["versions"]}

    def query(self, row):
        """The rows of an operation's query, nested as in the API."""
        query = row.get("query")
        if query is None:
            return None
        return nested(self.types[query] if isinstance(query, str) else rows(query["members"]))

    def body(self, row):
        return rows(row["body"]["members"]) if "body" in row else None

    def answer(self, row):
        returns = row["returns"]
        if returns == "nothing":
            return None
        if "one" in returns:
            return rows(returns["one"])
        if "page" in returns:
            return rows(returns["page"])
        return rows(returns["members"]) if "members" in returns else self.types[returns["struct"]]

    @staticmethod
    def says_nothing(row, answer):
        """Whether a response leaves out the one thing that is returned, or has null in its place."""
        returns = row["returns"]
        if returns == "nothing" or "one" not in returns:
            return False
        (name, (_, _, nullable)), = rows(returns["one"]).items()
        return nullable and answer.get(name) is None


def rows(members):
    """name -> (type text without its marks, required, nullable)"""
    out = {}
    for name, row in members.items():
        text = row if isinstance(row, str) else row[0]
        match = re.fullmatch(r"(.+?)(!?)(\??)", text)
        out[name] = (match[1], bool(match[2]), bool(match[3]))
    return out


def nested(members):
    """`pagination.count` is the member `count` of the object `pagination`."""
    out = {}
    for name, row in members.items():
        if "." in name:
            head, step = name.split(".")
            out.setdefault(head, ({}, False, False))[0][step] = row
        else:
            out[name] = row
    return out

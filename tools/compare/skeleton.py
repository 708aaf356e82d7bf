"""Writes what is new in a document in the form of api/: names, types, limits and versions.

The sentences are a person's to write: where they are missing the generator refuses the file. What a text really is (an id, a
timestamp, a secret) is guessed by its name.
"""
import os
import re

from model import Enum, Struct
from naming import pascal, snake
from operations import looks_like
from rows import GAP
from shapes import all_versions, most_stable

VERBS = {"delete": "remove"}
SUCCESS = ["SUCCESS"]
SECTIONS = ["enums", "unions", "types", "operations"]
NO_NAMES = {"on", "off", "yes", "no", "true", "false", "null", "y", "n", "~"}


class Skeleton:
    """Collects rows by file; each file has its sections, and a group that is new has a head."""

    def __init__(self, description):
        self.model, self.shapes = description.model, description.shapes
        self.groups = {group.name: group for group in self.model.groups}
        self.files = {}    # group -> {section: {name: row}}
        self.heads = {}    # group -> its head, of those that are new
        self.made = {}     # id of a shape -> the name that it got here
        self.taken = set(self.model.types) | set(self.model.ids)
        self.rest = []     # what has no row of its own

    def add(self, difference):
        new = difference.new
        if new is None:
            return
        if isinstance(new, list):
            self._operations(new)
        elif difference.owner not in self.model.types:
            self.rest.append(f"{difference.where}: {difference.text}")
        else:
            self._to_type(self.model.types[difference.owner], new)

    def _to_type(self, owner, new):
        if isinstance(owner, Enum):
            self._section(owner.group, "enums").setdefault(owner.name, {"values": {}})["values"][new] = GAP
        else:
            name, use = new
            rows = self._section(owner.group, "types").setdefault(owner.name, {"members": {}})
            rows["members"][name] = self._row(name, use, owner.group)

    # Operations ------------------------------------------------------------------------------------------------

    def _operations(self, calls):
        """The most stable shape stands in the resource's group, unless that has the operation; the others apart."""
        known = {operation.id for group in self.model.groups for operation in group.operations}
        first = None if calls[0].id in known else most_stable(calls)
        for call in calls:
            if call is first:
                self._operation(call, call.group, call.versions)
                continue
            for version in call.versions:
                self._operation(call, f"{call.group}_{version}", [])

    def _operation(self, call, group, versions):
        if group not in self.groups:
            resource, _, version = group.rpartition("_") if not versions else (group, "", "")
            self.heads[group] = {"group": resource, "version": version} if version else {"group": group}
        row = {"name": self._name(call), "call": f"{call.verb} {call.path}"}
        if versions:
            row["versions"] = versions
        for fact in ("rate", "feature"):
            if getattr(call, fact):
                row[fact] = getattr(call, fact)
        if call.audit:
            row["audit"] = sorted(call.audit)
        row["doc"] = GAP
        if call.arguments:
            row["path"] = self._rows(call.arguments, group)
        if call.query:
            row["query"] = self._query(call, group)
        if call.body:
            row["body"] = {"name": self._free(pascal(snake(call.id)), group), "members": self._rows(call.body.members, group)}
        row["returns"] = self._returns(call, group)
        self._section(group, "operations")[call.id] = row

    def _name(self, call):
        """That of the same operation in another version, else what its id makes without the group's own name."""
        for operation in (o for group in self.model.groups for o in group.operations):
            if operation.id == call.id:
                return operation.name
        verb, _, rest = snake(call.id).partition("_")
        verb = VERBS.get(verb, verb)
        rest = re.sub(rf"(^|_(for|from|in|of|to)_){call.group.rstrip('s')}s?$", "", rest)
        return f"{verb}_{rest}" if rest else verb

    def _query(self, call, group):
        if "PageRequest" in self.model.types and list(call.query) == ["pagination"]:
            return "PageRequest"
        return {"name": self._free(pascal(snake(call.id)) + "Query", group), "members": self._rows(call.query, group)}

    def _returns(self, call, group):
        members = call.answer.members if call.answer else {}
        status = members.get("status")
        if not members or (list(members) == ["status"] and status.shape.values == SUCCESS):
            return "nothing"
        if len(members) == 1:
            (name, use), = members.items()
            there = use.required and not use.nullable  # else a null says that there is none
            return {"one": {name: self._base(name, use.shape, group) + ("!" if there else "?")}}
        lists = [name for name, use in members.items() if use.shape.kind == "list"]
        if "pagination" in members and len(lists) == 1 and len(members) == 2:
            return {"page": {name: self._text(name, use, group) for name, use in members.items()}}
        return {"struct": self._free(pascal(snake(call.id)) + "Result", group), "members": self._rows(members, group)}

    # Types -----------------------------------------------------------------------------------------------------

    def _rows(self, members, group):
        return {name: self._row(name, use, group) for name, use in members.items()}

    def _row(self, name, use, group):
        return [self._text(name, use, group), GAP]

    def _members(self, cpp, members, group):
        """The rows of a type; its own `id` is an id of that type, if there is such a one."""
        rows = self._rows(members, group)
        own = re.sub(r"(V\d+|Alpha|Beta)$", "", cpp) + "Id"
        if "id" in rows and own in self.model.ids:
            rows["id"][0] = rows["id"][0].replace("string", own)
        return rows

    def _text(self, name, use, group):
        return self._base(name, use.shape, group) + ("!" if use.required else "") + ("?" if use.nullable else "")

    def _base(self, name, shape, group):
        if shape.kind in ("list", "map"):
            return f"{shape.kind}<{self._base(name.rstrip('s'), shape.element.shape, group)}>"
        if shape.kind == "string":
            return self._string(name)
        if shape.kind in ("enum", "struct", "union"):
            return self._existing(shape) or self._declare(name, shape, group)
        return shape.kind

    def _string(self, name):
        if name[:1].upper() + name[1:] in self.model.ids:
            return name[:1].upper() + name[1:]
        return "timestamp" if re.search(r"[a-z](At|Time)$", name) else "string"

    def _existing(self, shape):
        """A type of the description that says just the same."""
        if id(shape) in self.made:
            return self.made[id(shape)]
        for name, own in self.shapes.items():
            if own.kind == shape.kind and looks_like(own, shape):
                return name
        return None

    def _declare(self, name, shape, group):
        cpp = self.made[id(shape)] = self._free(re.sub(r"(V\d+|Alpha|Beta)?(Input|Output)?$", "", shape.name) or pascal(snake(name)), group)
        if shape.kind == "enum":
            self._section(group, "enums")[cpp] = {"doc": GAP, "values": dict.fromkeys(shape.values, GAP)}
        elif shape.kind == "union":
            of = [self._base(name, one, group) for one in shape.alternatives]
            self._section(group, "unions")[cpp] = {"doc": GAP, "of": of}
        else:
            self._section(group, "types")[cpp] = {"doc": GAP, "members": self._members(cpp, shape.members, group)}
        return cpp

    def _free(self, name, group):
        """A name that no other type has: in a group of a version it ends in that."""
        version = self.heads.get(group, {}).get("version") or getattr(self.groups.get(group), "version", "")
        name += version[:1].upper() + version[1:]
        while name in self.taken:
            name += "New"
        self.taken.add(name)
        return name

    def _section(self, group, name):
        return self.files.setdefault(group, {}).setdefault(name, {})

    # Text ------------------------------------------------------------------------------------------------------

    def new_files(self):
        """The text of each file of a group that is new, by its name."""
        return {f"{group}.yaml": self._text_of(group) for group in sorted(self.files) if group in self.heads}

    def additions(self):
        """The same of what is to be added to files that are there."""
        return {self.groups[group].file: self._text_of(group) for group in sorted(self.files) if group not in self.heads}

    def remarks(self):
        if not self.rest:
            return ""
        return "\n".join(["# What has no type of its own to be added to:"] + [f"#   {line}" for line in self.rest]) + "\n"

    def _text_of(self, group):
        head, sections = self.heads.get(group), self.files[group]
        parts = [yaml_lines({**head, "doc": GAP})] if head else []
        parts += [[f"{name}:"] + yaml_lines(sections[name], 1) for name in SECTIONS if name in sections]
        return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def quoted(text):
    """A text as YAML writes it."""
    plain = re.fullmatch(r"[A-Za-z_/][\w /{}.<>!-]*", text) and text.lower() not in NO_NAMES and not text.endswith(" ")
    return text if plain and "{" not in text[:1] else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def in_a_row(value):
    """A value that stands on the line of its name."""
    if isinstance(value, list):
        return "[" + ", ".join(map(in_a_row, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(name)}: {in_a_row(one)}" for name, one in value.items()) + "}"
    return quoted(value)


def yaml_lines(rows, depth=0):
    lines = []
    for name, value in rows.items():
        indent = "  " * depth
        if isinstance(value, dict) and name != "returns":
            lines += [f"{indent}{quoted(name)}:"] + yaml_lines(value, depth + 1)
            continue
        lines.append(f"{indent}{quoted(name)}: {value if name == 'call' else in_a_row(value)}")
    return lines


def skeleton(description, differences, folder=None):
    """What is new, as text; empty where nothing is. With a folder, new files are written there, and only named here."""
    made = Skeleton(description)
    for difference in differences:
        made.add(difference)
    parts = []
    for name, text in made.new_files().items():
        if folder:
            with open(os.path.join(folder, name), "x", encoding="utf-8") as file:
                file.write(text)
        parts.append(f"# {os.path.join(folder or 'api', name)}, new\n" + ("" if folder else text))
    parts += [f"# api/{name}, to add\n{text}" for name, text in made.additions().items()]
    return "\n".join(parts + [made.remarks()] if made.rest else parts).rstrip("\n")

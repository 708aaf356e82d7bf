"""Writes what is new in a document in the format of api/: names, types, limits and versions.

A person has to write the sentences: if they are missing, the generator refuses the file. For a new version of something those of the
other version are proposed. What a string really is (an id, a timestamp, a secret) is guessed from its name; see guesses.py.
"""
import os
from dataclasses import dataclass, replace

from guesses import Guesses, method_name, singular, without_version
from insert import SECTIONS, insert
from model import ENUM_MEMBERS, Enum
from naming import check_identifier, pascal, snake
from operations import looks_like
from rows import GAP
from shapes import Use, most_stable
from text import yaml_lines

SUCCESS = ["SUCCESS"]


@dataclass(frozen=True)
class At:
    """Where a row belongs."""
    group: str
    about: str     # a type, or what the group is about: enums without a name are called after it
    owner: str     # the type that it is in


class Skeleton:
    """Collects rows by file; each file has its sections, and a new group has a head."""

    def __init__(self, description, differences):
        self.model, self.shapes = description.model, description.shapes
        self.guesses = Guesses(self.model)
        self.groups = {group.name: group for group in self.model.groups}
        self.files = {}    # group -> {section: {name: row}}
        self.heads = {}    # group -> its head, of those that are new
        self.made = {}     # id of a shape -> the name that it got here
        self.taken = set(self.model.types) | set(self.model.ids)
        self.rest = []     # what does not have its own row
        calls = [call for difference in differences if isinstance(difference.new, list) for call in difference.new]
        self.guesses.learn(calls)
        self.taken |= set(self.guesses.new_ids)
        for difference in differences:
            self.add(difference)

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
            self._section(owner.group, "enums").setdefault(owner.name, {"values": {}})["values"].update(value_rows([new]))
        else:
            name, use = new
            rows = self._section(owner.group, "types").setdefault(owner.name, {"members": {}})
            rows["members"][name] = self._row(name, use, At(owner.group, owner.name, owner.name))

    # Operations ------------------------------------------------------------------------------------------------

    def _operations(self, calls):
        """The most stable shape goes into the resource's group, unless that has the operation; the others are separate."""
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
        at = At(group, pascal(singular(call.group)), "")
        returns = self._returns(call, at)  # first, so that what bodies and responses share is named after the latter
        row = {"name": self._name(call), "call": f"{call.verb} {call.path}"}
        if versions:
            row["versions"] = versions
        for fact in ("rate", "feature"):
            if getattr(call, fact):
                row[fact] = getattr(call, fact)
        if call.audit:
            row["audit"] = sorted(call.audit)
        if call.deprecated:
            row["deprecated"] = GAP
        row["doc"] = self.guesses.operation_sentence(call.id)
        if call.arguments:
            row["path"] = {name: [self._text(name, use, at), self.guesses.operation_sentence(call.id, name)]
                           for name, use in call.arguments.items()}
        if call.query:
            row["query"] = self._query(call, at)
        if call.body:
            row["body"] = self._input(pascal(snake(call.id)), call.body.members, at)
        row["returns"] = returns
        self._section(group, "operations")[call.id] = row

    def _name(self, call):
        """That of the same operation in another version, else what remains of its id without the group's own name."""
        for operation in (o for group in self.model.groups for o in group.operations):
            if operation.id == call.id:
                return operation.name
        return method_name(call)

    def _query(self, call, at):
        if "PageRequest" in self.model.types and list(call.query) == ["pagination"]:
            return "PageRequest"
        return self._input(pascal(snake(call.id)) + "Query", call.query, at)

    def _input(self, name, members, at):
        own = self._free(name, at.group)
        return {"name": own, "members": self._rows(members, replace(at, owner=own))}

    def _returns(self, call, at):
        members = call.answer.members if call.answer else {}
        status = members.get("status")
        if not members or (list(members) == ["status"] and status.shape.values == SUCCESS):
            return "nothing"
        if len(members) == 1:
            (name, use), = members.items()
            there = use.required and not use.nullable  # otherwise null means that there is none
            return {"one": {name: self._base(name, use, at) + ("!" if there else "?")}}
        lists = [name for name, use in members.items() if use.shape.kind == "list"]
        if "pagination" in members and len(lists) == 1 and len(members) == 2:
            return {"page": {name: self._text(name, use, at) for name, use in members.items()}}
        own = self._free(pascal(snake(call.id)) + "Result", at.group)
        return {"struct": own, "members": self._rows(members, replace(at, owner=own))}

    # Types -----------------------------------------------------------------------------------------------------

    def _rows(self, members, at):
        return {name: self._row(name, use, at) for name, use in members.items()}

    def _row(self, name, use, at):
        row = [self._text(name, use, at), self.guesses.sentence(name, at.owner)]
        more = {} if is_name(snake(name)) else {"as": GAP}
        more |= {word: bound for word, bound in zip(("min", "max"), use.bounds) if bound is not None}
        if use.deprecated:
            more["deprecated"] = GAP
        return row + [more] * bool(more)

    def _text(self, name, use, at):
        return self._base(name, use, at) + ("!" if use.required else "") + ("?" if use.nullable else "")

    def _base(self, name, use, at):
        shape = use.shape
        if shape.kind in ("list", "map"):
            return f"{shape.kind}<{self._base(singular(name), shape.element, at)}>"
        if shape.kind in ("enum", "struct", "union"):
            return self._existing(shape) or self._declare(name, shape, at)
        return self.guesses.base(name, shape.kind, at.owner)

    def _existing(self, shape):
        """A type of the description that is exactly the same."""
        if id(shape) in self.made:
            return self.made[id(shape)]
        for name, own in self.shapes.items():
            if own.kind == shape.kind and looks_like(own, shape):
                return name
        return None

    def _declare(self, name, shape, at):
        cpp = self.made[id(shape)] = self._free(without_version(shape.name) or self._called_after(name, at), at.group)
        if shape.kind == "enum":
            self._section(at.group, "enums")[cpp] = {"doc": GAP, "values": value_rows(shape.values)}
        elif shape.kind == "union":
            of = [self._base(name, Use(one), at) for one in shape.alternatives]
            self._section(at.group, "unions")[cpp] = {"doc": GAP, "of": of}
        else:
            self._section(at.group, "types")[cpp] = {"doc": GAP, "members": self._rows(shape.members, At(at.group, cpp, cpp))}
        return cpp

    @staticmethod
    def _called_after(name, at):
        """A name for what has none: all types share one namespace, in which `Status` alone would say nothing."""
        owner, own = without_version(at.about), pascal(snake(name))
        return own if own.startswith(owner) else owner + own

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
        """The text of each file of a new group, by its name."""
        return {f"{group}.yaml": text_of(self.files[group], {**self.heads[group], "doc": GAP})
                for group in sorted(self.files) if group in self.heads}

    def additions(self):
        """What has to be added to existing files: {file: {section: {name: row}}}."""
        ids = {"ids": {name: GAP for name in sorted(self.guesses.new_ids)}}
        found = {"ids.yaml": ids} if ids["ids"] else {}
        return found | {self.groups[group].file: self.files[group] for group in sorted(self.files) if group not in self.heads}

    def remarks(self):
        if not self.rest:
            return ""
        return "\n".join(["# What has no type of its own to be added to:"] + [f"#   {line}" for line in self.rest]) + "\n"


def value_rows(values):
    """The values of an enum, each with its sentence, and with a name if the rule does not produce one."""
    return {value: GAP if is_name(snake(value)) and snake(value) not in ENUM_MEMBERS else [GAP, {"as": GAP}] for value in values}


def is_name(name):
    try:
        return bool(check_identifier(name, ""))
    except ValueError:
        return False


def text_of(sections, head=None):
    parts = [yaml_lines(head)] if head else []
    parts += [[f"{name}:"] + yaml_lines(sections[name], 1) for name in SECTIONS if name in sections]
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def skeleton(description, differences, folder=None):
    """What is new, as text; empty if nothing is. If there is a folder it is written there, and only listed here."""
    made = Skeleton(description, differences)
    parts = []
    for name, text in made.new_files().items():
        path = os.path.join(folder or "api", name)
        if folder:
            with open(path, "x", encoding="utf-8") as file:
                file.write(text)
        parts.append(f"# {path}, new" + ("" if folder else "\n" + text))
    for name, sections in made.additions().items():
        path = os.path.join(folder or "api", name)
        rest = written_into(path, sections) if folder else sections
        if folder:
            parts.append(f"# {path}, added to")
        if rest:
            parts.append(f"# {path}, to add\n{text_of(rest)}")
    return "\n".join(parts + [made.remarks()] if made.rest else parts).rstrip("\n")


def written_into(path, sections):
    """Adds to a file; returns what it found no place for."""
    try:
        with open(path, encoding="utf-8") as file:
            text, rest = insert(file.read(), sections)
    except FileNotFoundError:
        return sections
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return rest

"""An example of each operation, in C++ and for the command line.

The inputs of an operation are those of the command line's test (tests/cli/inputs.json), with the ids of the sandbox's
seeded workspace (ids.json), so that each example can be tried there. Tests compile the C++ and run the commands.
"""
import datetime
import json
import os
import re
import shlex
import time

from model import Enum, Struct, Union
from naming import snake

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
WIDTH = 84
# Flags of the command line itself; a member with such a name is given on standard input.
OWN_FLAGS = {"query", "input", "output", "version", "profile", "timeout"}


def read_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def times():
    """The times in the inputs; SOURCE_DATE_EPOCH makes them those of a reproducible build."""
    now = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", time.time())), datetime.timezone.utc)
    hour = now.replace(minute=0, second=0, microsecond=0)
    moments = {"month": hour.replace(day=1, hour=0), "hour": hour - datetime.timedelta(hours=1),
               "start": hour - datetime.timedelta(hours=5), "end": hour}
    return {name: moment.strftime("%Y-%m-%dT%H:%M:%SZ") for name, moment in moments.items()}


def kebab(name):
    return snake(name).replace("_", "-")


def last_word(name):
    """The name of a variable of a type: `connection` for AudienceDestinationConnection."""
    return snake(name).split("_")[-1]


def text(value):
    return json.dumps(value, ensure_ascii=False)


def quoted(word):
    """A word for a shell, with the quotes that read best."""
    if "'" in word and not re.search(r'["$`\\!]', word):
        return f'"{word}"'
    return shlex.quote(word)


class Braces:
    """A value in braces: what comes before them, and what is inside."""

    def __init__(self, before, items):
        self.before, self.items = before, items

    def flat(self):
        return f"{self.before}{{{', '.join(map(flat, self.items))}}}"


def flat(value):
    return value.flat() if isinstance(value, Braces) else value


def laid_out(value, indent, column):
    """A value on one line if it fits after `column`, otherwise one item per line."""
    if not isinstance(value, Braces) or not value.items or column + len(value.flat()) < WIDTH:
        return flat(value)
    if len(value.items) == 1 and isinstance(value.items[0], Braces):
        return f"{value.before}{{{laid_out(value.items[0], indent, WIDTH)}}}"
    if not value.before:
        inner = indent + " "
        return "{" + f",\n{inner}".join(laid_out(item, inner, len(inner)) for item in value.items) + "}"
    inner = indent + "    "
    lines = [f"{inner}{laid_out(item, inner, len(inner))}" for item in value.items]
    return f"{value.before}{{\n" + ",\n".join(lines) + "}"


class Member(Braces):
    """`.name = {…}`, with line breaks in the value if necessary."""

    def __init__(self, name, value):
        super().__init__(f".{name} = {value.before}", value.items)


class Examples:
    def __init__(self, model, cpp):
        self.model, self.cpp_types = model, cpp
        self.inputs = read_json(os.path.join(ROOT, "tests/cli/inputs.json"))
        self.values = {**read_json(os.path.join(HERE, "ids.json")), **times()}

    def input_of(self, operation):
        """The input of an operation: path, query and body by the API's names."""
        written = self.inputs.get(f"{operation.id} {operation.versions[0]}") or self.inputs.get(operation.id) or {}
        filled = self._filled(written)
        path = filled.setdefault("path", {})
        for argument in operation.arguments:
            path.setdefault(argument.name, self.values.get(argument.name))
            if path[argument.name] is None:
                raise KeyError(f"{operation.id}: ids.json has nothing for {argument.name}")
        return filled

    def _filled(self, value):
        if isinstance(value, dict):
            return {name: self._filled(member) for name, member in value.items()}
        if isinstance(value, list):
            return [self._filled(item) for item in value]
        return self.values[value[1:]] if isinstance(value, str) and value.startswith("$") else value

    # C++ -------------------------------------------------------------------------------------------------------

    def cpp(self, operation):
        given = self.input_of(operation)
        arguments = [self._value(a.type, given["path"][a.name], False) for a in operation.arguments]
        if operation.query and given.get("query"):
            arguments.append(self._members("", operation.query, given["query"]))
        if operation.body:
            arguments.append(self._members("", operation.body, given.get("body", {})))
        call = f"client.{operation.group}().{operation.name}"
        if operation.returns in ("page", "list"):
            item = (operation.page.page.items if operation.returns == "page" else operation.one).type.element
            name = last_word(item.base) if item.base in self.model.types else "item"
            head = f"for (const {self._name(item)}& {name} : {call}"
            indent = ""
            if len(head) + len(", ".join(map(flat, arguments))) + 6 > WIDTH:
                head, indent = head.replace(" : ", " :\n     "), "     "
            shown = f"segment::to_json({name}).dump()" if isinstance(self.model.types.get(item.base), Struct) else \
                f"{name}.dump()" if item.base in ("any", "object") else name
            return f"{self._call(head, arguments, indent)}) {{\n  std::cout << {shown} << '\\n';\n}}"
        return self._call(self._result(operation) + call, arguments) + ";"

    def _result(self, operation):
        if operation.returns == "nothing":
            return ""
        if operation.returns == "struct":
            return f"segment::{operation.struct.name} {last_word(operation.struct.name)} = "
        return f"{self._name(operation.one.type)} {operation.one.cpp} = "

    @staticmethod
    def _call(head, arguments, indent=""):
        line = f"{head}({', '.join(map(flat, arguments))})"
        if len(line.split("\n")[-1]) < WIDTH or not arguments:
            return line
        if len(arguments) == 1 and isinstance(arguments[0], Braces):  # the braces stay with the call
            inner = indent + "    "
            items = [laid_out(item, inner, len(inner)) for item in arguments[0].items]
            return f"{head}({{\n{inner}" + f",\n{inner}".join(items) + "})"
        inner = indent + "    "
        return f"{head}(\n{inner}" + f",\n{inner}".join(laid_out(a, inner, len(inner)) for a in arguments) + ")"

    def _name(self, ref):
        """A C++ type, with its namespace."""
        name = self.cpp_types.value(ref)
        return re.sub(r"(?<![\w:])(?!std\b|bool\b|double\b)([A-Z]\w*)", r"segment::\1", name)

    def _members(self, before, struct, given):
        items = []
        for member in struct.members:
            value = given
            for step in member.name.split("."):
                value = value.get(step) if isinstance(value, dict) else None
            if value is None:
                continue
            made = self._value(member.type, value, self.cpp_types.is_required(member, struct))
            items.append(Member(member.cpp, made) if isinstance(made, Braces) else f".{member.cpp} = {made}")
        return Braces(before, items)

    def _value(self, ref, value, is_required):
        declared = self.model.types.get(ref.base)
        if ref.base in ("any", "object"):
            return "segment::Json::object()" if value == {} else f'segment::Json::parse(R"({text(value)})")'
        if ref.base == "list":
            return Braces("" if is_required else self._name(ref), [self._value(ref.element, item, False) for item in value])
        if ref.base == "map":
            pairs = [Braces("", [text(key), self._value(ref.element, item, False)]) for key, item in value.items()]
            return Braces(self._name(ref), pairs)
        if isinstance(declared, Enum):
            name = next(name for known, name, _ in declared.values if known == value)
            return f"segment::{declared.name}::{name}"
        if isinstance(declared, Union):
            declared = self._alternative(declared, value)
        if isinstance(declared, Struct):
            return self._members(f"segment::{declared.name}", declared, value)
        if ref.base in self.model.ids or ref.base in ("timestamp", "WriteKey"):
            return f"{self._name(ref)}{{{text(value)}}}"
        return text(value)

    def _alternative(self, union, value):
        """The alternative of a union that a value is: it has the required members, and leaves the fewest unknown."""
        structs = [self.model.types[name] for name in union.alternatives]
        fitting = [s for s in structs if all(m.name in value for m in s.members if m.type.promised)]
        return min(fitting, key=lambda s: len(set(value) - {m.name for m in s.members}))

    # The command line ------------------------------------------------------------------------------------------

    def command(self, operation):
        """The words of the command that makes the call, and what it reads from standard input."""
        given = self.input_of(operation)
        words = ["segment", kebab(operation.group), kebab(operation.name)]
        words += [given["path"][argument.name] for argument in operation.arguments]
        rest = {}
        for part in ("body", "query"):
            for name, value in self._flags(getattr(operation, part), given.get(part, {})).items():
                if kebab(name) in OWN_FLAGS:
                    rest.setdefault(part, {})[name] = value
                    continue
                for one in value if isinstance(value, list) else [value]:
                    words += [f"--{kebab(name)}", one if isinstance(one, str) else text(one)]
        return (words + ["--input", "-"], text(rest)) if rest else (words, None)

    def _flags(self, struct, members):
        """What has a flag: the members, or those of the object if there is only one."""
        if struct and len(struct.members) == 1 and isinstance(self.model.types.get(struct.members[0].type.base), Struct):
            return members.get(struct.members[0].name, {})
        return members

    def shell(self, operation):
        """The command as it is typed, with one flag per line if it is long."""
        words, read = self.command(operation)
        line = " ".join(map(quoted, words))
        if len(line) >= WIDTH:
            line = re.sub(r" (?=--[a-z])", " \\\n    ", line)
        return f"{line} <<< {quoted(read)}" if read else line

"""How gdb shows the types of the Segment Public API's library: `source segment_gdb.py`.

An id, a timestamp and an enum are their text, a Required its value, a Nullable its value, `null` or
`absent`, a Json what it holds. Tokens, write keys and the headers that carry them are hidden. The
layout is that of libstdc++; with another standard library a Json is shown as it lies.
"""
import re

import gdb
import gdb.printing

NAMESPACE = r"^segment::(?:v\w+::)?"
SECRET_HEADERS = {"authorization", "proxy-authorization", "cookie", "set-cookie"}
HIDDEN = "(hidden)"


def text_of(string):
    """A std::string or std::string_view of libstdc++ as Python's."""
    if "string_view" in str(string.type.strip_typedefs()):
        length = int(string["_M_len"])
        return string["_M_str"].string("utf-8", "replace", length=length) if length else ""
    length = int(string["_M_string_length"])
    return string["_M_dataplus"]["_M_p"].string("utf-8", "replace", length=length) if length else ""


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def header_line(name, value):
    return quoted(name + ": " + (HIDDEN if name.lower() in SECRET_HEADERS else value))


def elements(vector):
    """The elements of a std::vector of libstdc++."""
    here, end = vector["_M_impl"]["_M_start"], vector["_M_impl"]["_M_finish"]
    while here != end:
        yield here.dereference()
        here += 1


class Text:
    """What is one text: an id, a timestamp."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        return quoted(text_of(self.value["text_"]))


class Secret:
    def __init__(self, value):
        pass

    def to_string(self):
        return HIDDEN


class Header:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return header_line(text_of(self.value["name"]), text_of(self.value["value"]))


class Headers:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        text = self.value["text_"]["_M_dataplus"]["_M_p"]

        def part(begin, size):
            return (text + begin).string("utf-8", "replace", length=size) if size else ""

        lines = []
        for field in elements(self.value["fields_"]):
            begin, size = int(field["begin"]), int(field["name_size"])
            lines.append(header_line(part(begin, size), part(begin + size, int(field["value_size"]))))
        return "{" + ", ".join(lines) + "}"


class Required:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        return self.value["value_"]


class Nullable:
    def __init__(self, value):
        self.value = value

    def to_string(self):
        if self.value["null_"]:
            return "null"
        payload = self.value["value_"]["_M_payload"]
        if not payload["_M_engaged"]:
            return "absent"
        return payload["_M_payload"]["_M_value"]


class OpenEnum:
    """A known value by the library's name for it, another one as it came."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        other = text_of(self.value["other_"])
        if other:
            return quoted(other)
        index = int(self.value["index_"])
        values = gdb.lookup_type(str(self.value.type.strip_typedefs().unqualified()) + "::Value")
        names = [field.name.split("::")[-1] for field in values.fields()]
        return names[index] if index < len(names) - 1 else "(nothing)"


class Json:
    """A scalar as JSON; an array and an object by their elements."""

    def __init__(self, value):
        self.held = self.alternative(value["value_"])

    @staticmethod
    def alternative(variant):
        """What a std::variant of libstdc++ holds, with its type; None: null, of which there is no value."""
        index = int(variant["_M_index"])
        if index == 0:
            return None
        held = variant["_M_u"]
        for _ in range(index):
            held = held["_M_rest"]
        kind = variant.type.strip_typedefs().template_argument(index)
        return held["_M_first"]["_M_storage"].address.cast(kind.pointer()).dereference()

    def kind(self):
        return str(self.held.type.strip_typedefs()) if self.held is not None else "null"

    def is_text(self):
        return self.kind().startswith("std::__cxx11::basic_string")

    def to_string(self):
        kind = self.kind()
        if self.held is None:
            return "null"
        if self.is_text():
            return quoted(text_of(self.held))
        if "NumberText" in kind:
            return text_of(self.held["text_"])
        if "vector" in kind:
            what = "object" if "Member" in kind else "array"
            return "%s of %d" % (what, sum(1 for _ in elements(self.held)))
        return str(self.held)

    def children(self):
        if "vector" not in self.kind():
            return
        for index, element in enumerate(elements(self.held)):
            if "Member" in self.kind():
                yield text_of(element["name"]), element["value"]
            else:
                yield "[%d]" % index, element


PRINTERS = [
    (re.compile(NAMESPACE + r"(Secret|Token|WriteKey)$"), Secret),
    (re.compile(NAMESPACE + r"http::Header(View)?$"), Header),
    (re.compile(NAMESPACE + r"http::Headers$"), Headers),
    (re.compile(NAMESPACE + r"(Id<.*>|Timestamp)$"), Text),
    (re.compile(NAMESPACE + r"Required<.*>$"), Required),
    (re.compile(NAMESPACE + r"Nullable<.*>$"), Nullable),
    (re.compile(NAMESPACE + r"Json$"), Json),
]
OPEN_ENUM = re.compile(NAMESPACE + r"OpenEnum<.*>$")
ANY = re.compile(NAMESPACE)


class Printers(gdb.printing.PrettyPrinter):
    def __init__(self):
        super().__init__("segment_public_api")

    def __call__(self, value):
        kind = value.type.strip_typedefs().unqualified()
        if kind.code != gdb.TYPE_CODE_STRUCT or not kind.tag or not ANY.match(kind.tag):
            return None
        for pattern, printer in PRINTERS:
            if pattern.match(kind.tag):
                return printer(value)
        fields = kind.fields()
        if fields and fields[0].is_base_class and OPEN_ENUM.match(str(fields[0].type)):
            return OpenEnum(value)
        return None


gdb.printing.register_pretty_printer(None, Printers(), replace=True)

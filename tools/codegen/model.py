"""Reads the description of the API and resolves it into what the templates need.

The format is described in api/README.md. Everything that can be wrong with a description is reported here, with its place.
"""
import os
import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from naming import check_identifier, pascal, snake
from rows import DescriptionError, read_rows, row_of, unwritten

SCALARS = {  # type of the description -> C++ type, headers
    "string": ("std::string", ["<string>"]),
    "bool": ("bool", []),
    "int": ("std::int64_t", ["<cstdint>"]),
    "number": ("double", []),
    "any": ("Json", ['"segment/types/json.hpp"']),
    "object": ("Json", ['"segment/types/json.hpp"']),
    "timestamp": ("Timestamp", ['"segment/types/timestamp.hpp"']),
    "WriteKey": ("WriteKey", ['"segment/types/secret.hpp"']),
}
# Members of an enum's class, which an enumerator of the same name would hide.
ENUM_MEMBERS = {"unknown", "text", "empty", "is_known", "names", "index", "known", "assign", "value"}
VERSIONS = ["v1", "v2", "beta", "alpha"]  # most stable first; v1 and v2 are equally stable
PERIODS = ["second", "minute", "hour", "day"]
MOST_MEMBERS = 64  # of a type: the reader marks those that came in one machine word
PARAMETERS = {"query", "body", "options"}  # of every method, besides those in the path
RESENT_BY_VERB = {"GET": True, "PUT": True, "DELETE": True, "POST": False, "PATCH": False}


@dataclass
class TypeRef:
    """A type as written in a row: `list<Label>!`."""
    text: str
    base: str            # scalar, declared name, "list" or "map"
    element: "TypeRef" = None
    promised: bool = False
    nullable: bool = False

    def names(self):
        return self.element.names() if self.element else {self.base}


def parse_type(text, where):
    match = re.fullmatch(r"(list|map)<(.+)>(!?)(\??)|(\w+)(!?)(\??)", text)
    if not match:
        raise DescriptionError(f"{where}: {text!r} is no type")
    if match[1]:
        return TypeRef(text, match[1], parse_type(match[2], where), bool(match[3]), bool(match[4]))
    return TypeRef(text, match[5], None, bool(match[6]), bool(match[7]))


@dataclass
class Member:
    name: str            # the API's own, dotted in a query
    cpp: str
    type: TypeRef
    doc: str
    minimum: int = None
    maximum: int = None
    deprecated: str = ""      # what to use instead


@dataclass
class Struct:
    name: str
    group: str
    doc: str
    members: list
    external: str = None      # header of a type written by hand
    base: Member = None       # what it extends: the member of JSON whose type it derives from
    page: "Page" = None       # set on the response types of lists
    is_request: bool = False  # reachable from a body or a query


@dataclass
class Page:
    items: Member             # the list
    pagination: Member
    others: list              # members beside them


@dataclass
class Enum:
    name: str
    group: str
    doc: str
    values: list              # (API text, C++ name, doc)


@dataclass
class Union:
    name: str
    group: str
    doc: str
    alternatives: list


@dataclass
class Paging:
    count: str
    cursor: str
    maximum: int


@dataclass
class Operation:
    id: str
    group: str
    resource: str
    name: str
    verb: str
    path: str
    versions: list
    rate: tuple
    feature: str
    audit: list
    idempotent: bool
    doc: str
    arguments: list           # of the path
    query: Struct = None
    body: Struct = None
    returns: str = "nothing"  # nothing, one, list, page, struct
    one: Member = None
    struct: Struct = None
    page: Struct = None
    paging: Paging = None
    walks: list = field(default_factory=list)  # methods that walk one of several lists in its response
    preview: bool = False     # described ahead of its release
    deprecated: str = ""      # what to use instead
    others: list = field(default_factory=list)  # operations of the same id, whose versions have other shapes
    constant: str = ""        # the name of its facts; of a walk, those of the operation that it calls

    def __post_init__(self):
        self.constant = self.constant or self.name


@dataclass
class Group:
    resource: str             # what it is about: `warehouses`
    doc: str
    file: str
    version: str = ""         # of a group that holds the shapes of one version: `v2`
    structs: list = field(default_factory=list)
    enums: list = field(default_factory=list)
    unions: list = field(default_factory=list)
    operations: list = field(default_factory=list)

    @property
    def name(self):
        """Of the client's accessor: `warehouses`, `warehouses_v2`."""
        return f"{self.resource}_{self.version}" if self.version else self.resource

    @property
    def methods(self):
        """The operations, each followed by its walks."""
        return [method for operation in self.operations for method in [operation] + operation.walks]

    @property
    def cls(self):
        return pascal(self.name)


class Model:
    """All groups, their types by name, and how the groups depend on each other."""

    def __init__(self, folder):
        self.groups = []
        self.ids = {}
        self.types = {}  # name -> Struct, Enum or Union
        self.operations = {}  # id -> [Operation], one for each shape
        files = sorted(f for f in os.listdir(folder) if f.endswith(".yaml"))
        errors = unwritten(folder, files)
        for name in files if not errors else []:
            try:
                self._read(folder, name)
            except DescriptionError as error:
                errors.append(str(error))
        if errors:
            raise DescriptionError("\n".join(errors))
        self._resolve()

    def _read(self, folder, name):
        with self._in_file(name):
            data = read_rows(os.path.join(folder, name))
            if "group" in data:
                self.groups.append(self._group(name, data))
            else:
                row_of(data, "ids, beside groups", {"ids"})
                self.ids.update(data["ids"])

    @staticmethod
    @contextmanager
    def _in_file(name):
        """Prefixes whatever is wrong in a file with its name."""
        try:
            yield
        except (DescriptionError, ValueError) as error:
            raise DescriptionError(f"{name}: {error}") from None

    # Reading ---------------------------------------------------------------------------------------------------

    def _group(self, file, data):
        row_of(data, "the group", {"group", "doc"}, {"version", "enums", "unions", "types", "queries", "operations"})
        group = Group(data["group"], data["doc"], file, data.get("version", ""))
        if group.version and group.version not in VERSIONS:
            raise DescriptionError(f"there is no version {group.version}")
        if group.name in [g.name for g in self.groups]:
            raise DescriptionError(f"there is another group {group.name}")
        for name, row in (data.get("enums") or {}).items():
            group.enums.append(self._declare(self._enum(group, name, row)))
        for name, row in (data.get("unions") or {}).items():
            row_of(row, name, {"doc", "of"})
            group.unions.append(self._declare(Union(name, group.name, row["doc"], row["of"])))
        for name, row in (data.get("types") or {}).items():
            group.structs.append(self._declare(self._struct(group, name, row)))
        for name, row in (data.get("queries") or {}).items():
            group.structs.append(self._declare(self._struct(group, name, row)))
        for name, row in (data.get("operations") or {}).items():
            group.operations.append(self._operation(group, name, row))
        return group

    def _declare(self, declared):
        known = self.types.get(declared.name)
        if known is not None:
            if isinstance(known, Struct) and known == declared:
                return known
            raise DescriptionError(f"{declared.name} is declared twice (also in {known.group})")
        if declared.name in SCALARS or declared.name in self.ids:
            raise DescriptionError(f"{declared.name} is the name of a scalar or an id")
        self.types[declared.name] = declared
        return declared

    def _enum(self, group, name, row):
        row_of(row, name, {"doc", "values"})
        values = []
        for text, doc in row["values"].items():
            extra = {}
            if isinstance(doc, list):
                doc, extra = doc
                row_of(extra, f"{name}.{text}", set(), {"as"})
            cpp = check_identifier(extra.get("as", snake(text)), f"{name}.{text}")
            if cpp in ENUM_MEMBERS:
                raise DescriptionError(f"{name}.{text}: the name {cpp} is taken: every enum has a member of it; give another one with `as`")
            if cpp in [v[1] for v in values]:
                raise DescriptionError(f"{name}.{text}: the name {cpp} is taken; give another one with `as`")
            values.append((text, cpp, doc))
        return Enum(name, group.name, row["doc"], values)

    def _members(self, rows, where):
        members = []
        for name, row in (rows or {}).items():
            if not isinstance(row, list) or not 2 <= len(row) <= 3 or not isinstance(row[0], str):
                raise DescriptionError(f"{where}.{name} is not a type, a sentence and perhaps more")
            extra = row[2] if len(row) > 2 else {}
            row_of(extra, f"{where}.{name}", set(), {"as", "min", "max", "deprecated"})
            if name.count(".") > 1:
                raise DescriptionError(f"{where}.{name}: there is one dot at most in a name")
            cpp = check_identifier(extra.get("as", snake(name)), f"{where}.{name}")
            if cpp in [m.cpp for m in members]:
                raise DescriptionError(f"{where}.{name}: the name {cpp} is taken; give another one with `as`")
            members.append(Member(name, cpp, parse_type(row[0], f"{where}.{name}"), row[1], extra.get("min"), extra.get("max"),
                                  self._deprecated(extra, f"{where}.{name}")))
        if len(members) > MOST_MEMBERS:
            raise DescriptionError(f"{where} has more than {MOST_MEMBERS} members")
        return members

    def _struct(self, group, name, row):
        row_of(row, name, {"doc", "members"}, {"external"})
        return Struct(name, group.name, row["doc"], self._members(row["members"], name), row.get("external"))

    def _operation(self, group, op_id, row):
        where = op_id
        row_of(row, where, {"name", "call", "doc", "returns"} | (set() if group.version else {"versions"}),
               {"rate", "feature", "audit", "idempotent", "path", "query", "body", "walks", "preview", "deprecated"})
        verb, _, path = row["call"].partition(" ")
        if verb not in RESENT_BY_VERB or not path.startswith("/"):
            raise DescriptionError(f"{where}: {row['call']!r} is no verb and path")
        arguments = self._arguments(row, path, where)
        versions = [group.version] if group.version else row["versions"]
        if not versions or versions != [v for v in VERSIONS if v in versions]:
            raise DescriptionError(f"{where}: versions are some of {', '.join(VERSIONS)}, most stable first")
        operation = Operation(
            id=op_id, group=group.name, resource=group.resource, name=check_identifier(row["name"], where), verb=verb, path=path,
            versions=versions, rate=self._rate(row, where), feature=row.get("feature", ""), audit=row.get("audit", []),
            idempotent=row.get("idempotent", RESENT_BY_VERB[verb]), doc=row["doc"], arguments=arguments,
            preview=self._preview(row, where), deprecated=self._deprecated(row, where))
        self._add_shape(operation)
        operation.query = self._input(group, row.get("query"), f"The query of `{op_id}`.")
        operation.body = self._input(group, row.get("body"), f"The body of `{op_id}`.")
        self._returns(group, operation, row["returns"])
        operation.walks = [self._walk(group, operation, *walk) for walk in (row.get("walks") or {}).items()]
        return operation

    def _add_shape(self, operation):
        """An operation may be described again in a group of another version, if its shape differs."""
        shapes = self.operations.setdefault(operation.id, [])
        for other in shapes:
            if other.group == operation.group or operation.resource != other.resource:
                raise DescriptionError(f"{operation.id} is described twice (also in {other.group})")
            if (other.verb, other.path) != (operation.verb, operation.path):
                raise DescriptionError(f"{operation.id}: {other.group} has it as {other.verb} {other.path}")
            for version in set(other.versions) & set(operation.versions):
                raise DescriptionError(f"{operation.id}: {version} is described in {other.group} too")
        shapes.append(operation)

    def _walk(self, group, operation, name, row):
        """A method that iterates over one of several lists in a response, each with its own cursor."""
        where = f"{operation.id}.{name}"
        row_of(row, where, {"page", "list", "doc"})
        if operation.returns != "struct" or not isinstance(operation.struct, Struct):
            raise DescriptionError(f"{where}: only a response whose members are listed here can be walked")
        items = next((m for m in operation.struct.members if m.name == row["list"] and m.type.base == "list"), None)
        pagination = next((m for m in operation.struct.members if m.name == row["list"] + "Pagination"), None)
        if not items or not pagination:
            raise DescriptionError(f"{where}: there is no list {row['list']} with {row['list']}Pagination beside it")
        members = operation.struct.members
        page = Struct(row["page"], group.name, f"A page of {row['list']} from the response of `{operation.id}`.", members)
        page.page = Page(items, pagination, [m for m in members if m not in (items, pagination)])
        group.structs.append(self._declare(page))
        return replace(operation, name=check_identifier(name, where), constant=operation.name, doc=row["doc"], returns="page",
                       struct=None, page=page, walks=[])

    @staticmethod
    def _preview(row, where):
        if row.get("preview", True) is not True:
            raise DescriptionError(f"{where}: `preview` is true, or not there")
        return "preview" in row

    @staticmethod
    def _deprecated(row, where):
        text = row.get("deprecated", "")
        if not isinstance(text, str) or ("deprecated" in row and not text.strip()):
            raise DescriptionError(f"{where}: `deprecated` says what to use instead")
        return text

    def _arguments(self, row, path, where):
        arguments = self._members(row.get("path"), where)
        if [a.name for a in arguments] != re.findall(r"{(\w+)}", path):
            raise DescriptionError(f"{where}: `path` does not list the parameters of {path} in their order")
        for argument in arguments:
            if argument.cpp in PARAMETERS:
                raise DescriptionError(f"{where}.{argument.name}: the name {argument.cpp} is taken; give another one with `as`")
        return arguments

    @staticmethod
    def _rate(row, where):
        if "rate" not in row:
            return (0, "minute")
        requests, _, per = row["rate"].partition("/")
        if not requests.isdigit() or per not in PERIODS:
            raise DescriptionError(f"{where}: {row['rate']!r} is no rate, such as 60/minute")
        return (int(requests), per)

    def _input(self, group, row, doc):
        if row is None:
            return None
        if isinstance(row, str):
            return row
        row_of(row, doc, {"name", "members"}, {"doc"})
        return self._declare_shared(group, Struct(row["name"], group.name, row.get("doc", doc), self._members(row["members"], row["name"])))

    def _declare_shared(self, group, struct):
        """Two operations may spell out the same input or response."""
        def shape(of):
            return [(m.name, m.type.text, m == of.base) for m in of.members]

        known = self.types.get(struct.name)
        if isinstance(known, Struct) and shape(known) == shape(struct):
            return known
        self._declare(struct)
        group.structs.append(struct)
        return struct

    def _returns(self, group, operation, row):
        if row == "nothing":
            return
        if "one" in row:
            row_of(row, operation.id, {"one"})
            operation.returns = "one"
            (name, value), = row["one"].items()
            text, doc = value if isinstance(value, list) else (value, "")
            operation.one = Member(name, snake(name), parse_type(text, operation.id), doc)
            self._check_one(operation)
            # A list without pages is still a list: all methods of the name return the same.
            if operation.name.startswith("list") and operation.one.type.base == "list":
                operation.returns = "list"
        elif "page" in row:
            operation.returns = "page"
            operation.page = self._page(group, operation, row)
        elif "struct" in row:
            row_of(row, operation.id, {"struct"}, {"doc", "members", "extends"})
            operation.returns = "struct"
            operation.struct = self._declare_shared(group, self._response(group, operation, row)) if "members" in row else row["struct"]
        else:
            raise DescriptionError(f"{operation.id}: `returns` is none of nothing, one, page, struct")

    @staticmethod
    def _check_one(operation):
        """What is returned is always present; if the API may return null, that is an error."""
        promised, nullable = operation.one.type.promised, operation.one.type.nullable
        if promised == nullable:
            raise DescriptionError(f"{operation.id}: what is returned alone is `!`, or `?` where null says that there is none")
        if nullable and operation.verb != "GET":
            raise DescriptionError(f"{operation.id}: only a GET may find nothing")

    def _response(self, group, operation, row):
        """A response of several members, one of which it may extend."""
        struct = Struct(row["struct"], group.name, row.get("doc", f"The response of `{operation.id}`."), self._members(row["members"], row["struct"]))
        if "extends" in row:
            struct.base = next((m for m in struct.members if m.name == row["extends"]), None)
            if not struct.base or not struct.base.type.promised or struct.base.type.nullable:
                raise DescriptionError(f"{operation.id}: `extends` names a member that is always there")
        return struct

    def _page(self, group, operation, row):
        row_of(row, operation.id, {"page"}, {"struct", "doc"})
        rows = {k: (v if isinstance(v, list) else [v, ""]) for k, v in row["page"].items()}
        members = self._members(rows, operation.id)
        lists = [m for m in members if m.type.base == "list"]
        paginations = [m for m in members if m.name == "pagination"]
        if len(lists) != 1 or len(paginations) != 1:
            raise DescriptionError(f"{operation.id}: a page has one list and one pagination")
        others = [m for m in members if m not in (lists[0], paginations[0])]
        page = Struct(row.get("struct", ""), group.name, row.get("doc", ""), members)
        page.page = Page(lists[0], paginations[0], others)
        if page.name:
            page = self._declare_shared(group, page)
        elif others or paginations[0].type.base != "Pagination":
            raise DescriptionError(f"{operation.id}: a page of this shape needs a `struct` name")
        return page

    # Resolving -------------------------------------------------------------------------------------------------

    def _resolve(self):
        for group in self.groups:
            with self._in_file(group.file):
                for operation in group.methods:
                    for part in ("query", "body", "struct"):
                        if isinstance(getattr(operation, part), str):
                            setattr(operation, part, self._named(getattr(operation, part), operation.id))
                    self._find_paging(operation)
                self._check_methods(group)
        for group in self.groups:
            with self._in_file(group.file):
                self._check_types(group)
        for group in self.groups:
            with self._in_file(group.file):
                for operation in group.methods:
                    operation.others = [o for o in self.operations[operation.id] if o.group != group.name]
                    self._mark(operation)
        for group in self.groups:
            with self._in_file(group.file):
                for struct in group.structs:
                    if struct.base and self.types[struct.base.type.base].is_request:
                        raise DescriptionError(f"{struct.name}.{struct.base.name}: a type of requests is not extended")
                self._sort_structs(group)

    def _check_methods(self, group):
        names = set()
        for operation in group.methods:
            for name in [operation.name] + ([operation.name + "_page"] if operation.returns == "page" else []):
                if name in names:
                    raise DescriptionError(f"{operation.id}: the name {name} is taken")
                names.add(name)

    def _check_types(self, group):
        for struct in group.structs:
            for member in struct.members:
                self._check_known(member.type, f"{struct.name}.{member.name}")
            if struct.base and not isinstance(self.types.get(struct.base.type.base), Struct):
                raise DescriptionError(f"{struct.name}.{struct.base.name}: only a struct can be extended")
        for union in group.unions:
            for name in union.alternatives:
                if not isinstance(self._named(name, union.name), Struct):
                    raise DescriptionError(f"{union.name}: {name} is no struct")
        for operation in group.operations:
            for argument in operation.arguments:
                self._check_argument(argument, operation)

    def _check_argument(self, argument, operation):
        where = f"{operation.id}.{argument.name}"
        self._check_known(argument.type, where)
        is_text = argument.type.base in ("string", "WriteKey", "timestamp") or argument.type.base in self.ids \
            or isinstance(self.types.get(argument.type.base), Enum)
        if not is_text:
            raise DescriptionError(f"{where}: a path parameter is a text of some type, not {argument.type.text}")

    def _named(self, name, where):
        if name not in self.types:
            raise DescriptionError(f"{where}: there is no type {name}")
        return self.types[name]

    def _check_known(self, ref, where):
        for name in ref.names():
            if name not in SCALARS and name not in self.ids:
                self._named(name, where)

    def _find_paging(self, operation):
        if operation.returns != "page":
            return
        # If a response has several lists, each has its own count and cursor.
        prefix = operation.page.page.pagination.name + "." if operation.name != operation.constant else ""
        members = operation.query.members if operation.query else []
        count, cursor = (next((m for m in members if (m.name == prefix + part if prefix else m.cpp == part)), None)
                         for part in ("count", "cursor"))
        if not count or not cursor:
            raise DescriptionError(f"{operation.id}: a list in pages needs `count` and `cursor` in its query")
        operation.paging = Paging(count.name, cursor.name, count.maximum or 1000)

    def _mark(self, operation):
        for struct in (operation.query, operation.body):
            if struct:
                self._mark_request(struct)
        responses = [operation.one.type] if operation.one else []
        for struct in (operation.struct, operation.page):
            if struct:
                responses += [m.type for m in struct.members]
        for ref in responses:
            self._check_known(ref, operation.id)

    def _mark_request(self, struct):
        if struct.is_request:
            return
        struct.is_request = True
        for member in struct.members:
            self._mark_requests(member.type)

    def _mark_requests(self, ref):
        for name in ref.names():
            declared = self.types.get(name)
            if isinstance(declared, Struct):
                self._mark_request(declared)
            elif isinstance(declared, Union):
                for alternative in declared.alternatives:
                    self._mark_request(self.types[alternative])

    # Order -----------------------------------------------------------------------------------------------------

    def used_by(self, struct):
        """The declared types in a struct's members."""
        names = set()
        for member in struct.members:
            for name in member.type.names():
                names.add(name)
                if isinstance(self.types.get(name), Union):
                    names.update(self.types[name].alternatives)
        return names

    def _sort_structs(self, group):
        """Within a group a struct comes after those that it contains."""
        own = {s.name: s for s in group.structs}
        done, sorted_structs = set(), []

        def visit(struct, path):
            if struct.name in path:
                raise DescriptionError(f"{' -> '.join(path + [struct.name])}: a type cannot hold itself")
            if struct.name in done:
                return
            for name in sorted(self.used_by(struct)):
                if name in own:
                    visit(own[name], path + [struct.name])
            done.add(struct.name)
            sorted_structs.append(struct)

        for struct in group.structs:
            visit(struct, [])
        group.structs = sorted_structs

"""What a program can use from a description: accessors, methods, types and their members, as they are in C++."""
from dataclasses import dataclass, field

from cpp import Cpp
from model import Enum, Model, Struct, Union


@dataclass
class Method:
    arguments: str
    query: str
    body: str
    returns: str
    versions: list
    stable: bool
    needs_query: bool
    preview: bool
    deprecated: str


@dataclass
class Type:
    kind: str
    stable: bool = True
    parts: dict = field(default_factory=dict)  # members with their types, enumerators with their texts, alternatives
    base: str = "none"


class Surface:
    def __init__(self, folder):
        self.model = Model(folder)
        self.cpp = Cpp(self.model)
        self.methods, self.types, self.group_stability = {}, {}, {}
        self.reached = set()  # types that something stable uses
        for group in self.model.groups:
            for operation in group.methods:
                self._method(operation)
            if group.operations:
                self.group_stability[group.name] = any(is_stable(operation) for operation in group.operations)
        for name in self.model.ids:
            self.types[name] = Type("id", name in self.reached)
        for name, declared in self.model.types.items():
            self._type(name, declared)

    @property
    def groups(self):
        return set(self.group_stability)

    def _method(self, operation):
        cpp = self.cpp
        result = cpp.result(operation)
        method = Method(
            arguments=", ".join(cpp.value(argument.type) for argument in operation.arguments),
            query=operation.query.name if operation.query else "", body=operation.body.name if operation.body else "",
            returns=f"List<{result}>" if operation.returns in ("list", "page") else result,
            versions=operation.versions, stable=is_stable(operation), needs_query=cpp.has_required_query(operation),
            preview=operation.preview, deprecated=operation.deprecated)
        self.methods[f"{operation.group}().{operation.name}"] = method
        if method.stable:
            for argument in operation.arguments:
                self._reach(argument.type.names())
            for struct in (operation.query, operation.body, operation.struct, operation.page):
                if struct:
                    self._reach_struct(struct)
            if operation.one:
                self._reach(operation.one.type.names())

    def _reach_struct(self, struct):
        if struct.name:
            self._reach({struct.name})
        for member in struct.members:
            self._reach(member.type.names())

    def _reach(self, names):
        for name in names - self.reached:
            self.reached.add(name)  # scalars and ids, too
            declared = self.model.types.get(name)
            if isinstance(declared, Struct):
                self._reach_struct(declared)
            elif isinstance(declared, Union):
                self._reach(set(declared.alternatives))

    def _type(self, name, declared):
        of = self.types[name] = Type(self.cpp.kind(declared), name in self.reached)
        if isinstance(declared, Struct):
            of.parts = {member.cpp: self.cpp.declared(member, declared) for member in self.cpp.own_members(declared)}
            of.base = declared.base.type.base if declared.base else "none"
        elif isinstance(declared, Enum):
            of.parts = {cpp: text for text, cpp, _ in declared.values}
        else:
            of.parts = dict.fromkeys(declared.alternatives, "")


def is_stable(operation):
    return operation.versions[0] not in ("beta", "alpha") and not operation.preview

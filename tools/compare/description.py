"""Reads the project's own description into the common form, through the generator's model."""
import os
import sys

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "codegen"))

from model import DescriptionError, Enum, Model, Struct  # noqa: E402
from shapes import Call, Shape, Unusable, Use, structure  # noqa: E402

# Narrower types of this project for what is a string on the wire.
STRINGS = {"string", "timestamp", "WriteKey"}


class Description:
    """The calls in a folder of YAML files, by operation: several if versions have their own types."""

    def __init__(self, folder):
        try:
            self.model = Model(folder)
        except (DescriptionError, OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
            raise Unusable(f"the description in {folder}: {error}") from None
        if not self.model.groups:
            raise Unusable(f"there is no description in {folder}")
        self.shapes = {}
        self.calls = {}
        for group in self.model.groups:
            for operation in group.operations:
                self.calls.setdefault(operation.id, []).append(self._call(operation))

    def _call(self, operation):
        requests, per = operation.rate
        return Call(
            id=operation.id, group=operation.resource, verb=operation.verb, path=operation.path,
            versions=operation.versions, rate=f"{requests}/{per}" if requests else "", feature=operation.feature,
            audit=set(operation.audit), arguments=self._members(operation.arguments),
            query=self._members(operation.query.members) if operation.query else {},
            query_name=operation.query.name if operation.query else "",
            body=self._named(operation.body.name) if operation.body else None, answer=self._answer(operation),
            preview=operation.preview, deprecated=bool(operation.deprecated))

    def _answer(self, operation):
        if operation.returns == "nothing":
            return structure(members={"status": Use(Shape("enum", values=["SUCCESS"]), required=True)})
        if operation.one:
            return structure(members=self._members([operation.one]))
        answer = operation.struct or operation.page
        return structure(answer.name, self._members(answer.members))

    def _members(self, members):
        return {member.name: self._use(member.type, (member.minimum, member.maximum), bool(member.deprecated)) for member in members}

    def _use(self, ref, bounds=(None, None), deprecated=False):
        return Use(self._shape(ref), ref.promised, ref.nullable, bounds, deprecated)

    def _shape(self, ref):
        if ref.element:
            return Shape(ref.base, element=self._use(ref.element))
        if ref.base in STRINGS or ref.base in self.model.ids:
            return Shape("string")
        if ref.base in self.model.types:
            return self._named(ref.base)
        return Shape(ref.base)

    def _named(self, name):
        """One shape for each declared type, however often it is used: a type may contain itself."""
        if name in self.shapes:
            return self.shapes[name]
        declared = self.model.types[name]
        shape = self.shapes[name] = Shape("struct", name)
        if isinstance(declared, Enum):
            shape.kind, shape.values = "enum", [value[0] for value in declared.values]
        elif isinstance(declared, Struct):
            shape.members.update(self._members(declared.members))
        else:
            shape.kind, shape.alternatives = "union", [self._named(one) for one in declared.alternatives]
        return shape

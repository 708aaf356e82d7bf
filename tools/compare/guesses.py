"""What a document does not say: which strings are ids or timestamps, and what an operation's method is called."""
import re

from model import Struct
from naming import snake
from rows import GAP

VERBS = {"delete": "remove"}
TEXTS = {"string", "timestamp", "WriteKey"}


class Guesses:
    """Guesses from what `api/` has for the same name."""

    def __init__(self, model):
        self.model = model
        self.new_ids = set()
        self.by_name = {}  # member -> what it is in all types that have it
        self.operations = {operation.id: operation for group in model.groups for operation in group.operations if not group.version}
        for struct in model.types.values():
            for member in struct.members if isinstance(struct, Struct) else []:
                self.by_name.setdefault(member.name, set()).add(member.type.base)
        for operation in self.operations.values():
            for argument in operation.arguments:
                self.by_name.setdefault(argument.name, set()).add(argument.type.base)

    def learn(self, calls):
        """Turns into ids what new operations name in their paths, and what their responses are named by."""
        for call in calls:
            for name in call.arguments:
                if len(name) > 2 and name.endswith("Id"):
                    self._learn(name[:-2])
            for use in call.answer.members.values() if call.answer else []:
                shape = use.shape.element.shape if use.shape.kind == "list" else use.shape
                if shape.kind == "struct" and shape.name and "id" in shape.members and shape.members["id"].shape.kind == "string":
                    self._learn(without_version(shape.name))

    def _learn(self, name):
        own = name[:1].upper() + name[1:] + "Id"
        if own not in self.model.ids:
            self.new_ids.add(own)

    def base(self, name, kind, owner):
        """The type of a member of this kind: that in the type's older version, else by its name, else that of all members of that name."""
        if kind not in ("string", "number"):  # an int is one
            return kind
        older = {member.type.base for member in self._older(name, owner)}
        own = {self._own_id(name, owner)} & (set(self.model.ids) | self.new_ids) if kind == "string" else set()
        for bases in (older, own, self.by_name.get(name, set())):
            if len(bases) == 1 and self._is(kind, *bases):
                return next(iter(bases))
        return "timestamp" if kind == "string" and re.search(r"[a-z](At|Time)$", name) else kind

    def _older(self, name, owner):
        """The member of that name in the same type of another version."""
        older = self.model.types.get(without_version(owner))
        return [member for member in older.members if member.name == name] if isinstance(older, Struct) and older.name != owner else []

    def sentence(self, name, owner):
        """The sentence of a member: that of another version is proposed, because it may not be true here."""
        return next((proposed(member.doc) for member in self._older(name, owner)), GAP)

    def operation_sentence(self, name, argument=None):
        """The sentence of an operation, or of one of its arguments."""
        operation = self.operations.get(name)
        if not operation:
            return GAP
        return next((proposed(one.doc) for one in operation.arguments if one.name == argument), GAP) if argument else proposed(operation.doc)

    def _is(self, kind, base):
        """Whether a document writes it so."""
        return base in ("int", "number") if kind == "number" else base in TEXTS or base in self.model.ids or base in self.new_ids

    @staticmethod
    def _own_id(name, owner):
        return without_version(owner) + "Id" if name == "id" else name[:1].upper() + name[1:]


def proposed(sentence):
    """A sentence that a person still has to accept."""
    return f"{GAP}: {sentence}"


def without_version(name):
    """CreateAlertV1Input -> CreateAlert."""
    return re.sub(r"(V\d+|Alpha|Beta)?(Input|Output)?$", "", name)


def singular(name):
    return name[:-3] + "y" if name.endswith("ies") else name.removesuffix("s")


def method_name(call):
    """What remains of its id without the group's own name."""
    verb, _, rest = snake(call.id).partition("_")
    verb = VERBS.get(verb, verb)
    rest = re.sub(rf"(^|_(for|from|in|of|to)_)({singular(call.group)}|{call.group})$", "", rest)
    return f"{verb}_{rest}" if rest else verb

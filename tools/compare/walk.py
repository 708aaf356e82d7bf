"""Traverses two shapes in parallel and notes where they differ. Only structure matters, not the names of types."""
from dataclasses import dataclass, field, replace

from shapes import describe, describe_bounds, describe_use

# A type of the description -> what else it may be in a document: 64-bit integers are plain numbers there.
ALSO = {"int": {"number"}}


@dataclass
class Difference:
    """One line of the report."""
    group: str
    where: str                  # operation and place: `createSource body settings`
    text: str
    origin: tuple = ()          # the same for one mistake in a type that several operations share
    owner: str = ""             # the type of the description that it is in
    inner: str = ""             # the place in that type
    new: object = None          # what is new: calls, (name, Use) of a member, the text of a value
    also: list = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """The current place, relative to the operation, and to the innermost named pair of types (`origin`)."""
    group: str
    operation: str
    part: str = ""              # path, query, body, answer
    member: str = ""
    origin: tuple = ()
    versions: str = ""          # if versions look different: which ones these are
    owner: str = ""             # the innermost named type of the description
    inner: str = ""             # the member, counted from there

    def __post_init__(self):
        if not self.origin:
            object.__setattr__(self, "origin", (self.operation, self.versions, self.part))

    def within(self, name):
        def joined(before):
            return before + ("." if before and name[0] not in "[{<" else "") + name
        return replace(self, member=joined(self.member), inner=joined(self.inner), origin=self.origin + (name,))

    def at_pair(self, ours, theirs):
        """Inside a pair of named types the path that led there does not matter."""
        inside = replace(self, owner=ours.name, inner="") if ours.name else self
        if not ours.name or not theirs.name:
            return inside
        return replace(inside, origin=(self.part == "answer", ours.name, theirs.name))

    @property
    def where(self):
        return " ".join(word for word in (self.operation, self.versions, self.part, self.member) if word)


class Walk:
    """Collects differences; `ours` is the description, `theirs` the document."""

    def __init__(self, merged_enums=()):
        self.differences = []
        self.merged_enums = merged_enums
        self.met = {}            # merged enum -> [(place, their values, our values)]
        self.open = set()        # pairs that are being traversed

    def note(self, place, text, new=None):
        self.differences.append(Difference(place.group, place.where, text, place.origin + (text,), place.owner, place.inner, new))

    def members(self, ours, theirs, place, noun="member"):
        for name, use in theirs.items():
            if name not in ours:
                self.note(place, f'new {noun} "{name}" ({describe_use(use)})', new=(name, use))
        for name, use in ours.items():
            if name not in theirs:
                self.note(place, f'{noun} "{name}" is gone')
            else:
                self.use(use, theirs[name], place.within(name))

    def use(self, ours, theirs, place):
        word = "promised" if place.part == "answer" else "required"
        if ours.required != theirs.required:
            self.note(place, f"is now {word}" if theirs.required else f"is no longer {word}")
        # "Any JSON" includes null, whichever side says so.
        if ours.nullable != theirs.nullable and "any" not in (ours.shape.kind, theirs.shape.kind):
            self.note(place, "may now be null" if theirs.nullable else "may no longer be null")
        self.deprecation(ours, theirs, place)
        if ours.bounds != theirs.bounds:
            self.note(place, f"bounds were {describe_bounds(ours.bounds)}, are now {describe_bounds(theirs.bounds)}")
        self.shape(ours.shape, theirs.shape, place)

    def deprecation(self, ours, theirs, place):
        """The facts of a call, or of a use."""
        if ours.deprecated != theirs.deprecated:
            self.note(place, "is now deprecated" if theirs.deprecated else "is no longer deprecated")

    def shape(self, ours, theirs, place):
        if ours.kind != theirs.kind:
            if theirs.kind not in ALSO.get(ours.kind, ()):
                self.note(place, f"type was {describe(ours)}, is now {describe(theirs)}")
            return
        pair = (id(ours), id(theirs))
        if pair in self.open:
            return
        self.open.add(pair)
        place = place.at_pair(ours, theirs)
        if ours.kind == "enum":
            self.enum(ours, theirs, place)
        elif ours.kind == "struct":
            self.members(ours.members, theirs.members, place)
        elif ours.kind == "union":
            self.union(ours, theirs, place)
        elif ours.element:
            self.use(ours.element, theirs.element, place.within("[]" if ours.kind == "list" else "{}"))
        self.open.discard(pair)

    def enum(self, ours, theirs, place):
        for value in theirs.values:
            if value not in ours.values:
                self.note(place, f'new value "{value}"', new=value)
        if ours.name in self.merged_enums:
            self.met.setdefault(ours.name, []).append((place, theirs.values, ours.values))
            return
        for value in ours.values:
            if value not in theirs.values:
                self.note(place, f'value "{value}" is gone')

    def union(self, ours, theirs, place):
        pairs = pair_alternatives(ours.alternatives, theirs.alternatives)
        for one, other in pairs:
            if one is None:
                self.note(place, f"new alternative: {describe(other)}")
            elif other is None:
                self.note(place, f"alternative is gone: {describe(one)}")
            else:
                self.shape(one, other, place.within(f"<{one.name or one.kind}>"))

    def finish(self):
        """Reports which values of a merged enum are no longer in any list."""
        for met in self.met.values():
            place, _, ours = met[0]
            known = {value for _, theirs, _ in met for value in theirs}
            for value in ours:
                if value not in known:
                    self.note(place, f'value "{value}" is gone')

    def merged_in_use(self):
        """Enums that replace value lists that are not all the same as theirs."""
        return {name for name, met in self.met.items() if any(set(theirs) != set(ours) for _, theirs, ours in met)}


def likeness(one, other):
    """From 0 (nothing in common) to 1 (the same members)."""
    if one.kind != "struct" or other.kind != "struct":
        return 1 if one.kind == other.kind else 0
    both = set(one.members) | set(other.members)
    return len(set(one.members) & set(other.members)) / len(both) if both else 1


def pair_alternatives(ours, theirs):
    """Pairs what is most alike; the rest is paired with None."""
    ranked = sorted(((likeness(one, other), -i, -j) for i, one in enumerate(ours) for j, other in enumerate(theirs)), reverse=True)
    pairs, used_ours, used_theirs = [], set(), set()
    for like, i, j in ranked:
        if like and -i not in used_ours and -j not in used_theirs:
            used_ours.add(-i)
            used_theirs.add(-j)
            pairs.append((ours[-i], theirs[-j]))
    pairs += [(one, None) for i, one in enumerate(ours) if i not in used_ours]
    return pairs + [(None, other) for j, other in enumerate(theirs) if j not in used_theirs]

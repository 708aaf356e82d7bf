"""One form for both sides: what an operation takes and returns, according to a document or the project's description."""
from dataclasses import dataclass, field

VERSIONS = ["v1", "v2", "beta", "alpha"]  # most stable first


class Unusable(Exception):
    """An input cannot be compared; the message says where and why."""


@dataclass(eq=False)
class Shape:
    """What a value looks like. Shapes may contain themselves, so they are compared by traversal, never with ==."""
    kind: str                     # string, enum, bool, int, number, any, object, list, map, struct, union
    name: str = ""                # of the schema or type, if it has one
    element: "Use" = None         # of a list or a map
    values: list = field(default_factory=list)        # of an enum
    members: dict = field(default_factory=dict)       # of a struct: name -> Use
    alternatives: list = field(default_factory=list)  # of a union: shapes


@dataclass(eq=False)
class Use:
    """A shape in one place: whether it is required there, and what else is said about it there."""
    shape: Shape
    required: bool = False
    nullable: bool = False
    bounds: tuple = (None, None)  # of a number: its minimum and its maximum
    deprecated: bool = False


@dataclass
class Call:
    """An operation according to one side. Versions that look alike share one call."""
    id: str
    group: str
    verb: str
    path: str
    versions: list
    rate: str                     # "60/minute", or empty
    feature: str
    audit: set
    arguments: dict               # of the path: name -> Use
    query: dict                   # name -> Use; a name may be dotted
    query_name: str = ""          # of the description's type, which several operations may share
    body: Shape = None
    answer: Shape = None
    preview: bool = False         # described ahead of its release
    deprecated: bool = False
    notes: list = field(default_factory=list)  # what is odd about it, each a difference


def most_stable(calls):
    """The call that has the most stable version of an operation."""
    return min(calls, key=lambda call: min(map(VERSIONS.index, call.versions), default=len(VERSIONS)))


def all_versions(calls):
    """The versions of an operation's calls, most stable first."""
    return sorted((version for call in calls for version in call.versions), key=VERSIONS.index)


def structure(name="", members=None):
    return Shape("struct", name, members=members or {})


def describe(shape, depth=1):
    """A shape in a few words: `list of string`, `object with "id", "name"`."""
    if shape.kind in ("list", "map"):
        return f"{shape.kind} of {describe(shape.element.shape, depth)}"
    if shape.kind == "enum":
        return "one of " + ", ".join(f'"{value}"' for value in shape.values)
    if shape.kind == "struct":
        if depth == 0:
            return "object"
        return "object with " + (", ".join(f'"{name}"' for name in shape.members) or "no members")
    if shape.kind == "union":
        return "either " + " or ".join(describe(one, depth) for one in shape.alternatives)
    return {"any": "any JSON", "object": "free-form object"}.get(shape.kind, shape.kind)


def describe_use(use):
    """`string, optional` or `int, required, may be null, 1 to 10`."""
    words = [describe(use.shape), "required" if use.required else "optional"]
    if use.nullable:
        words.append("may be null")
    if use.bounds != (None, None):
        words.append(describe_bounds(use.bounds))
    if use.deprecated:
        words.append("deprecated")
    return ", ".join(words)


def describe_bounds(bounds):
    least, most = bounds
    if least is None:
        return "none" if most is None else f"at most {most}"
    return f"at least {least}" if most is None else f"{least} to {most}"

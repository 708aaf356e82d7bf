"""Compares the calls of the description with those of a document."""
from shapes import Use, describe
from walk import Place, Walk

FACTS = [  # attribute, its name for people
    ("group", "group"),
    ("verb", "verb"),
    ("path", "path"),
    ("rate", "rate limit"),
    ("feature", "required feature"),
]


def compare(ours, theirs, departures):
    """Every difference that no departure explains, shared ones once, and the departures that met nothing."""
    walk = Walk(departures.merged_enums)
    for one, other in pair_calls(ours, theirs):
        if one is None:
            walk.note(Place(other.group, other.id), announce(other))
        elif other is None:
            walk.note(Place(one.group, one.id), f"operation is gone ({one.verb} {one.path})")
        else:
            compare_call(walk, one, other)
    walk.finish()
    left = [difference for difference in walk.differences if not departures.allow(difference)]
    return fold(left), departures.stale(walk.merged_in_use())


def pair_calls(ours, theirs):
    """Pairs by the operation's name; what is left over, by verb and path: it was renamed."""
    pairs = [(call, theirs[name]) for name, call in ours.items() if name in theirs]
    gone = [call for name, call in ours.items() if name not in theirs]
    new = {(call.verb, call.path): call for name, call in theirs.items() if name not in ours}
    for call in gone:
        pairs.append((call, new.pop((call.verb, call.path), None)))
    return pairs + [(None, call) for call in new.values()]


def announce(call):
    """A new operation in one line."""
    facts = [f"{call.verb} {call.path}", "/".join(call.versions)]
    if call.rate:
        facts.append(call.rate)
    if call.feature:
        facts.append(f"feature {call.feature}")
    inputs = [("query", call.query), ("body", call.body and call.body.members), ("answer", call.answer and call.answer.members)]
    for name, members in inputs:
        if members:
            facts.append(f"{name} with " + ", ".join(f'"{member}"' for member in members))
    return "new operation: " + "; ".join(facts)


def compare_call(walk, ours, theirs):
    place = Place(ours.group, ours.id)
    if ours.id != theirs.id:
        walk.note(place, f"is now called {theirs.id}")
    for attribute, name in FACTS:
        was, now = getattr(ours, attribute), getattr(theirs, attribute)
        if was != now:
            walk.note(place, f"{name} was {was or 'none'}, is now {now or 'none'}")
    if ours.versions != theirs.versions:
        walk.note(place, f"versions were {', '.join(ours.versions)}, are now {', '.join(theirs.versions) or 'none'}")
    for event in sorted(theirs.audit - ours.audit):
        walk.note(place, f'new audit event "{event}"')
    for event in sorted(ours.audit - theirs.audit):
        walk.note(place, f'audit event "{event}" is gone')
    for part, text in theirs.notes:
        walk.note(Place(ours.group, ours.id, part), text)
    compare_inputs(walk, ours, theirs)
    compare_whole(walk, ours.answer, theirs.answer, Place(ours.group, ours.id, "answer"))


def compare_inputs(walk, ours, theirs):
    walk.members(ours.arguments, theirs.arguments, Place(ours.group, ours.id, "path"), "parameter")
    query = Place(ours.group, ours.id, "query", origin=("query", ours.query_name or ours.id))
    walk.members(ours.query, spread(theirs.query, ours.query), query, "parameter")
    needed_together(walk, ours.query, theirs.query, query)
    compare_whole(walk, ours.body, theirs.body, Place(ours.group, ours.id, "body"))


def compare_whole(walk, ours, theirs, place):
    if ours is None and theirs is not None:
        walk.note(place, f"is new: {describe(theirs)}")
    elif theirs is None and ours is not None:
        walk.note(place, "is gone")
    elif ours is not None:
        walk.shape(ours, theirs, place)


def spread(theirs, ours):
    """Writes a document's object parameters with dots where the description has them so: `pagination.count`."""
    dotted = {name.split(".")[0] for name in ours if "." in name}
    result = {}
    for name, use in theirs.items():
        if name in dotted and use.shape.kind == "struct":
            for member, inner in use.shape.members.items():
                result[f"{name}.{member}"] = Use(inner.shape, use.required and inner.required, inner.nullable)
        else:
            result[name] = use
    return result


def needed_together(walk, ours, theirs, place):
    """Members that an optional object parameter must have once it is sent: dotted names cannot say that."""
    for name, use in theirs.items():
        for member, inner in use.shape.members.items():
            dotted = f"{name}.{member}"
            if dotted in ours and inner.required and not use.required and not ours[dotted].required:
                walk.note(place.within(dotted), f'is now needed wherever "{name}" is sent')


def fold(differences):
    """One slip in a type that many operations share is one difference; the others are named behind it."""
    first = {}
    for difference in differences:
        known = first.setdefault(difference.origin, difference)
        operation = difference.where.split(" ")[0]
        if known is not difference and operation != known.where.split(" ")[0] and operation not in known.also:
            known.also.append(operation)
    return list(first.values())

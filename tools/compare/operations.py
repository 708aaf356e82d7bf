"""Compares the calls of the description with those of a document."""
from dataclasses import replace

from shapes import all_versions, describe, most_stable
from walk import Place, Walk

FACTS = [  # attribute, its name for people
    ("group", "group"),
    ("verb", "verb"),
    ("path", "path"),
    ("rate", "rate limit"),
    ("feature", "required feature"),
]


def compare(ours, theirs, departures):
    """Every difference that no departure explains, shared ones once, and the departures that matched nothing."""
    walk = Walk(departures.merged_enums)
    for one, other in pair_calls(ours, theirs):
        if not one:
            call = most_stable(other)
            walk.note(Place(call.group, call.id), announce(call, all_versions(other)), new=other)
        elif other:
            compare_operation(walk, one, other)
        elif not all(call.preview for call in one):
            walk.note(Place(one[0].group, one[0].id), f"operation is gone ({one[0].verb} {one[0].path})")
    walk.finish()
    left = [difference for difference in walk.differences if not departures.allow(difference)]
    return fold(left), departures.stale(walk.merged_in_use())


def pair_calls(ours, theirs):
    """Pairs operations by name, and the rest by method and path: those were renamed."""
    def way(calls):
        return calls[0].verb, calls[0].path
    pairs = [(calls, theirs[name]) for name, calls in ours.items() if name in theirs]
    gone = [calls for name, calls in ours.items() if name not in theirs]
    new = {way(calls): calls for name, calls in theirs.items() if name not in ours}
    for calls in gone:
        pairs.append((calls, new.pop(way(calls), None)))
    return pairs + [(None, calls) for calls in new.values()]


def published(ours, theirs):
    """The previews of the description that the document has: if it is Segment's own, they are no longer previews."""
    found = []
    for name, calls in ours.items():
        versions = set(all_versions(theirs.get(name, [])))
        found += [f"{name} {version}" for call in calls if call.preview for version in call.versions if version in versions]
    return found


def announce(call, versions):
    """A new operation in one line."""
    facts = [f"{call.verb} {call.path}", "/".join(versions)]
    if call.rate:
        facts.append(call.rate)
    if call.feature:
        facts.append(f"feature {call.feature}")
    if call.deprecated:
        facts.append("deprecated")
    inputs = [("query", call.query), ("body", call.body and call.body.members), ("answer", call.answer and call.answer.members)]
    for name, members in inputs:
        if members:
            facts.append(f"{name} with " + ", ".join(f'"{member}"' for member in members))
    return "new operation: " + "; ".join(facts)


def compare_operation(walk, ours, theirs):
    compare_versions(walk, ours, theirs)
    several = len(ours) > 1 or len(theirs) > 1
    for one in ours:
        for other in theirs:
            shared = [version for version in one.versions if version in other.versions]
            if shared or not (several or all_versions(ours)):
                compare_call(walk, one, other, "/".join(shared) if several else "")


def compare_versions(walk, ours, theirs):
    place = Place(ours[0].group, ours[0].id)
    now = all_versions(theirs)
    was = [version for version in all_versions(ours) if version in now or not is_preview(ours, version)]
    apart, alike = new_versions(theirs, was)
    if was != now:
        walk.note(place, f"versions were {', '.join(was)}, are now {', '.join(now) or 'none'}", new=alike or None)
    for call in apart:
        walk.note(Place(place.group, place.operation, "/".join(call.versions)),
                  "has types of its own: describe it in a group of that version", new=[call])


def new_versions(theirs, was):
    """Those with their own types, and generations (v2) that look the same: those have their own group all the same."""
    apart, alike = [], []
    for other in theirs:
        new = [version for version in other.versions if version not in was]
        generations = [version for version in new if version[1:].isdigit()]
        if new and looks_different(most_stable(theirs), other):
            apart.append(replace(other, versions=new))
        elif generations:
            alike.append(replace(other, versions=generations))
    return apart, alike


def is_preview(calls, version):
    return any(call.preview for call in calls if version in call.versions)


def looks_different(one, other):
    """Whether two versions in a document take or return something different."""
    walk = Walk()
    compare_whole(walk, one.body, other.body, Place("", "", "body"))
    compare_whole(walk, one.answer, other.answer, Place("", "", "answer"))
    return bool(walk.differences)


def looks_like(ours, theirs):
    """Whether two shapes are the same except for their names."""
    walk = Walk()
    walk.shape(ours, theirs, Place("", ""))
    return not walk.differences


def compare_call(walk, ours, theirs, versions=""):
    """`versions` names those that the two have in common, if there are others that look different."""
    place = Place(ours.group, ours.id)
    if ours.id != theirs.id:
        walk.note(place, f"is now called {theirs.id}")
    for attribute, name in FACTS:
        was, now = getattr(ours, attribute), getattr(theirs, attribute)
        if was != now:
            walk.note(place, f"{name} was {was or 'none'}, is now {now or 'none'}")
    walk.deprecation(ours, theirs, place)
    for event in sorted(theirs.audit - ours.audit):
        walk.note(place, f'new audit event "{event}"')
    for event in sorted(ours.audit - theirs.audit):
        walk.note(place, f'audit event "{event}" is gone')
    for part, text in theirs.notes:
        walk.note(Place(ours.group, ours.id, part), text)
    compare_inputs(walk, ours, theirs, versions)
    compare_whole(walk, ours.answer, theirs.answer, Place(ours.group, ours.id, "answer", versions=versions))


def compare_inputs(walk, ours, theirs, versions):
    walk.members(ours.arguments, theirs.arguments, Place(ours.group, ours.id, "path"), "parameter")
    query = Place(ours.group, ours.id, "query", origin=("query", ours.query_name or ours.id), owner=ours.query_name)
    walk.members(ours.query, spread(theirs.query, ours.query), query, "parameter")
    needed_together(walk, ours.query, theirs.query, query)
    compare_whole(walk, ours.body, theirs.body, Place(ours.group, ours.id, "body", versions=versions))


def compare_whole(walk, ours, theirs, place):
    if ours is None and theirs is not None:
        walk.note(place, f"is new: {describe(theirs)}")
    elif theirs is None and ours is not None:
        walk.note(place, "is gone")
    elif ours is not None:
        walk.shape(ours, theirs, place)


def spread(theirs, ours):
    """Writes a document's object parameters with dots if the description does: `pagination.count`."""
    dotted = {name.split(".")[0] for name in ours if "." in name}
    result = {}
    for name, use in theirs.items():
        if name in dotted and use.shape.kind == "struct":
            for member, inner in use.shape.members.items():
                result[f"{name}.{member}"] = replace(inner, required=use.required and inner.required)
        else:
            result[name] = use
    return result


def needed_together(walk, ours, theirs, place):
    """Members that an optional object parameter must have if it is sent: dotted names cannot express that."""
    for name, use in theirs.items():
        for member, inner in use.shape.members.items():
            dotted = f"{name}.{member}"
            if dotted in ours and inner.required and not use.required and not ours[dotted].required:
                walk.note(place.within(dotted), f'is now needed wherever "{name}" is sent')


def fold(differences):
    """One mistake in a type that many operations share is one difference, followed by the other operations."""
    first = {}
    for difference in differences:
        known = first.setdefault(difference.origin, difference)
        operation = difference.where.split(" ")[0]
        if known is not difference and operation != known.where.split(" ")[0] and operation not in known.also:
            known.also.append(operation)
    return list(first.values())

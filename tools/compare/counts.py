"""Counts operations, parameters, members, enum values and types on both sides.

An operation counts in its most stable version, and as a preview only if the document has it. Members and values are counted per
operation: what two operations share counts twice, so that merging two types of the same shape changes nothing. Only the number of named types is affected by that (and by what a document writes inline); it is given for information.
"""
from shapes import most_stable

COLUMNS = ["operations", "path", "query", "body", "answer", "values"]
TITLES = {"path": "path parameters", "query": "query parameters", "body": "members of bodies", "answer": "members of answers",
          "values": "enum values"}


def count_shape(shape, inside=()):
    """(members, enum values) of a shape and everything in it; a type inside itself is not counted again."""
    if shape is None or id(shape) in inside:
        return 0, 0
    inside = inside + (id(shape),)
    held = list(shape.alternatives) + ([shape.element.shape] if shape.element else [])
    held += [use.shape for use in shape.members.values()]
    counted = [count_shape(one, inside) for one in held]
    return len(shape.members) + sum(c[0] for c in counted), len(shape.values) + sum(c[1] for c in counted)


def count_query(query):
    """(parameters, enum values); for an object parameter its members count, because they are what is sent."""
    parameters = values = 0
    for use in query.values():
        inner, found = count_shape(use.shape)
        parameters += inner or 1
        values += found
    return parameters, values


def count_call(call):
    path, path_values = count_query(call.arguments)
    query, query_values = count_query(call.query)
    body, body_values = count_shape(call.body)
    answer, answer_values = count_shape(call.answer)
    return {"operations": 1, "path": path, "query": query, "body": body, "answer": answer,
            "values": path_values + query_values + body_values + answer_values}


def count_groups(calls):
    groups = {}
    for call in map(most_stable, calls.values()):
        row = groups.setdefault(call.group, dict.fromkeys(COLUMNS, 0))
        for column, number in count_call(call).items():
            row[column] += number
    return groups


def count_types(calls):
    """How many named types there are by kind, as far as operations reach them."""
    found = {}

    def visit(shape):
        if shape is None or id(shape) in found:
            return
        found[id(shape)] = shape.kind if shape.name else ""
        for one in shape.alternatives + [use.shape for use in shape.members.values()]:
            visit(one)
        visit(shape.element.shape if shape.element else None)

    for call in (call for same in calls.values() for call in same):
        for shape in [call.body, call.answer] + [use.shape for use in (*call.arguments.values(), *call.query.values())]:
            visit(shape)
    return {kind: list(found.values()).count(kind) for kind in ("struct", "enum", "union")}


def table(ours, theirs):
    """The lines of the table: one number if both sides agree, otherwise `ours/theirs`."""
    ours = {name: calls for name, calls in ours.items() if name in theirs or not most_stable(calls).preview}
    left, right = count_groups(ours), count_groups(theirs)
    rows = [(group, left.get(group, {}), right.get(group, {})) for group in sorted(set(left) | set(right))]
    totals = [{column: sum(row[column] for row in side.values()) for column in COLUMNS} for side in (left, right)]
    lines = [f"{'group':<26}" + "".join(f"{column:>14}" for column in COLUMNS)]
    for group, one, other in rows + [("all", *totals)]:
        cells = [cell(one.get(column, 0), other.get(column, 0)) for column in COLUMNS]
        lines.append(f"{group:<26}" + "".join(f"{text:>14}" for text in cells))
    return lines + [""] + summary(totals) + type_lines(ours, theirs)


def cell(ours, theirs):
    return str(ours) if ours == theirs else f"{ours}/{theirs} !"


def summary(totals):
    lines = ["a cell that differs is DESCRIPTION/DOCUMENT with a `!`"]
    for column in COLUMNS:
        ours, theirs = totals[0][column], totals[1][column]
        verdict = "the same" if ours == theirs else f"differs by {ours - theirs:+d}"
        lines.append(f"{TITLES.get(column, column):<20} description {ours:>6}   document {theirs:>6}   {verdict}")
    return lines


def type_lines(ours, theirs):
    left, right = count_types(ours), count_types(theirs)
    return [f"{'named ' + kind + 's':<20} description {left[kind]:>6}   document {right[kind]:>6}   for information" for kind in left]

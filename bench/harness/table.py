"""The tables that a run ends with, as text that is Markdown as well."""
from .contenders import CONTENDERS, GOALS
from .measure import middle, ratio

FIGURES = (
    ("cpu_us", "CPU microseconds a call (user and system)", "{:,.1f}"),
    ("instructions", "instructions a call", "{:,.0f}"),
    ("allocations", "allocations a call", "{:,.0f}"),
    ("first_answer_ms", "milliseconds from the program's start to its first answer", "{:.1f}"),
)


def value_of(goal, results):
    """What a goal is held against; None where it was not measured."""
    row = results.get(goal.figure, {}).get(goal.task, {})
    if goal.ours not in row or (goal.theirs and goal.theirs not in row):
        return None
    return ratio(row[goal.ours], row[goal.theirs]) if goal.theirs else middle(row[goal.ours])


def is_reached(goal, value):
    return value >= goal.limit if goal.at_least else value <= goal.limit


def goals(results):
    lines = ["| goal | measured | limit | |", "| --- | ---: | ---: | --- |"]
    for goal in GOALS:
        value = value_of(goal, results)
        if value is None:
            continue
        word = "at least" if goal.at_least else "at most"
        lines.append(f"| {goal.title} | {value:.4g}{goal.unit} | {word} {goal.limit:g}{goal.unit} | "
                     f"{'reached' if is_reached(goal, value) else '**not reached**'} |")
    return "\n".join(lines)


def figures(results):
    lines = []
    names = [one for one in CONTENDERS if one.name in results.get("cpu_us", {}).get("get", {})]
    for key, title, form in FIGURES:
        if key not in results:
            continue
        lines += ["", f"| {title} | " + " | ".join(one.label for one in names) + " |",
                  "| --- |" + " ---: |" * len(names)]
        for task, row in results[key].items():
            cells = " | ".join(form.format(middle(row[one.name])) for one in names)
            lines.append(f"| {task} | {cells} |")
    return "\n".join(lines[1:] + throughput(results))


def throughput(results):
    lines = ["", "| calls a second by 32 threads | one client | 32 clients |", "| --- | ---: | ---: |"]
    for count, row in results["calls_a_second"].items():
        lines.append(f"| {int(count):,} calls | {middle(row['one_client']):,.0f} | "
                     f"{middle(row['own_clients']):,.0f} |")
    return lines

"""The tables that a run ends with, as text that is Markdown as well."""
from .contenders import AT_ONCE, CONTENDERS, GOALS, IN_SEQUENCE, TASKS
from .measure import middle, ratio

FIGURES = (
    ("cpu_us", "CPU microseconds per call (user and system)", "{:,.1f}"),
    ("wall_us", "wall-clock microseconds per call", "{:,.1f}"),
    ("instructions", "instructions per call", "{:,.0f}"),
    ("allocations", "allocations per call", "{:,.0f}"),
    ("peak_kib", "peak memory of the process, KiB", "{:,.0f}"),
    ("first_answer_ms", "milliseconds from the program's start to its first response", "{:.1f}"),
)


def value_of(goal, results):
    """The figure that a goal is compared with; None if it was not measured."""
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
    """A table for each figure of sequential calls, then for those of concurrent calls."""
    tables = [one for tasks in (IN_SEQUENCE, AT_ONCE) for key, title, form in FIGURES
              for one in table(results.get(key, {}), tasks, title, form)]
    return "\n\n".join([*tables, memory(results), throughput(results), weight(results)])


def table(rows, tasks, title, form):
    """A table; nothing if nothing was measured."""
    tasks = [task for task in tasks if task in rows]
    names = [one for one in CONTENDERS if any(one.name in rows[task] for task in tasks)]
    if not names:
        return
    lines = [f"| {title} | " + " | ".join(one.label for one in names) + " |",
             "| --- |" + " ---: |" * len(names)]
    for task in tasks:
        cells = " | ".join(form.format(middle(rows[task][one.name]))
                           if one.name in rows[task] else "" for one in names)
        lines.append(f"| {TASKS[task].label} | {cells} |")
    yield "\n".join(lines)


def memory(results):
    lines = ["| bytes allocated, libcurl's included | |", "| --- | ---: |"]
    for title, name in (("a client at rest", "client"), ("its thread, once there was a call", "thread"),
                        ("an asynchronous call in progress, with its connection", "call_under_way"),
                        ("each of 10,000 that are queued", "task")):
        lines.append(f"| {title} | {results['memory'][name]:,} |")
    return "\n".join(lines)


def throughput(results):
    lines = ["| calls per second by 32 threads | one client | 32 clients |", "| --- | ---: | ---: |"]
    for count, row in results["calls_a_second"].items():
        lines.append(f"| {int(count):,} calls | {middle(row['one_client']):,.0f} | "
                     f"{middle(row['own_clients']):,.0f} |")
    return "\n".join(lines)


def weight(results):
    lines = ["| to compile and to link | |", "| --- | ---: |"]
    for program, kib in results["size"]["kib"].items():
        lines.append(f"| stripped program, {program.replace('_', ' ')} | {kib:,.1f} KiB |")
    for title, name in (("the heaviest resource header", "resource_header"),
                        ("`segment/segment.hpp`", "everything"),
                        ("the whole library", "clean_build")):
        lines.append(f"| compile time of {title}, in units with nlohmann's | "
                     f"{results['compile']['ratio'][name]:.3g} |")
    return "\n".join(lines)

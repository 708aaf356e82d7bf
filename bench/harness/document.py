"""Puts a run's tables into the document between their marks, and the plot next to it."""
from . import distance, measure, plot, table

BEGIN = "<!-- measured by scripts/bench; do not edit -->"
END = "<!-- end of what was measured -->"
BEGIN_DISTANCE = "<!-- measured at a distance by scripts/bench; do not edit -->"
END_DISTANCE = "<!-- end of what was measured at a distance -->"


def put_between(path, begin, end, text):
    before, rest = path.read_text(encoding="utf-8").split(begin)
    _, after = rest.split(end)
    path.write_text(before + "\n\n".join([begin, text, end]) + after, encoding="utf-8")


def update_distance(path, results):
    machine = measure.machine()
    where = (f"{machine['date']}, {machine['processors']} × {machine['processor']}, {machine['system']}; "
             f"{results['rounds']} rounds; load {machine['load']} at the end.")
    put_between(path, BEGIN_DISTANCE, END_DISTANCE, where + "\n\n" + distance.tables(results))


def update(path, results):
    machine = results["machine"]
    where = (f"{machine['date']}, {machine['processors']} × {machine['processor']}, "
             f"{machine['system']}, {machine['compiler']}; {results['rounds']} rounds; load "
             f"{machine['load']} at the start.")
    put_between(path, BEGIN, END, "\n\n".join([where, table.goals(results), table.figures(results)]))
    path.with_suffix(".svg").write_text(plot.draw(results), encoding="utf-8")

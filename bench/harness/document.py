"""Puts a run's tables into the document between its two marks, and the plot beside it."""
from . import plot, table

BEGIN = "<!-- measured by scripts/bench; do not edit -->"
END = "<!-- end of what was measured -->"


def update(path, results):
    before, rest = path.read_text(encoding="utf-8").split(BEGIN)
    _, after = rest.split(END)
    machine = results["machine"]
    where = (f"{machine['date']}, {machine['processors']} × {machine['processor']}, "
             f"{machine['system']}, {machine['compiler']}; {results['rounds']} rounds; load "
             f"{machine['load']} at the start.")
    measured = "\n\n".join([BEGIN, where, table.goals(results), table.figures(results), END])
    path.write_text(before + measured + after, encoding="utf-8")
    path.with_suffix(".svg").write_text(plot.draw(results), encoding="utf-8")

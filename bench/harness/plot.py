"""Draws the figures of a run as bars in one SVG, using only the standard library."""
import html

from .contenders import CONTENDERS
from .measure import middle

PANELS = (
    ("cpu_us", "get", "small GET: CPU", "µs"),
    ("instructions", "get", "small GET: instructions", "k"),
    ("allocations", "get", "small GET: allocations", ""),
    ("cpu_us", "create", "create: CPU", "µs"),
    ("instructions", "create", "create: instructions", "k"),
    ("allocations", "create", "create: allocations", ""),
    ("cpu_us", "page1000", "page of 1000: CPU", "ms"),
    ("instructions", "page1000", "page of 1000: instructions", "M"),
    ("allocations", "page1000", "page of 1000: allocations", "k"),
    ("cpu_us", "walk", "a page of a walk: CPU", "ms"),
    ("peak_kib", "walk", "walk of 100,000: peak memory", "MiB"),
    ("first_answer_ms", "get", "start to first answer", "elapsed ms"),
    ("cpu_us", "at_once_32", "32 at once: CPU a call", "µs"),
    ("wall_us", "at_once_32", "32 at once: time a call", "µs"),
    ("peak_kib", "at_once_10000", "10,000 at once: peak memory", "MiB"),
)
SCALE = {"µs": 1, "k": 1e3, "ms": 1e3, "M": 1e6, "": 1, "MiB": 1024, "elapsed ms": 1}
OURS, THEIRS, INK, PAPER = "#1d5fd1", "#a9b4c2", "#1f2937", "#ffffff"
WIDTH, PANEL_HEIGHT, BAR = 960, 200, 20


def text(x, y, content, **attributes):
    more = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<text x="{x:.0f}" y="{y:.0f}"{more}>{html.escape(content)}</text>'


def panel(x, y, row, title, unit):
    parts = [text(x, y + 16, title, font_weight="bold")]
    values = {one: middle(row[one.name]) / SCALE[unit] for one in CONTENDERS
              if one.name in row and not one.is_sdk}
    largest = max(values.values())
    unit = unit.split()[-1] if unit else ""
    for number, (one, value) in enumerate(values.items()):
        top = y + 28 + number * (BAR + 12)
        length = max(value / largest * 190, 1)
        colour = OURS if one.name.startswith("library") else THEIRS
        parts.append(f'<rect x="{x}" y="{top + 11:.0f}" width="{length:.1f}" height="{BAR - 8}" '
                     f'fill="{colour}"/>')
        parts.append(text(x, top + 8, one.label, font_size=11))
        parts.append(text(x + length + 6, top + 21, f"{value:,.3g} {unit}".strip()
                          if value < 1000 else f"{value:,.0f} {unit}".strip(), font_size=11))
    return parts


def draw(results):
    rows = (len(PANELS) + 2) // 3
    height = rows * PANEL_HEIGHT + 24
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
             f'font-family="sans-serif" font-size="13" fill="{INK}">',
             f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>']
    for number, (figure, task, title, unit) in enumerate(PANELS):
        x = 24 + number % 3 * (WIDTH - 24) // 3
        y = 12 + number // 3 * PANEL_HEIGHT
        parts += panel(x, y, results[figure][task], title, unit)
    return "\n".join([*parts, "</svg>", ""])

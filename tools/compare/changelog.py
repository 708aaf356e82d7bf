"""Drafts a section of the changelog out of differences: what breaks users first."""
import re

BREAKS = [r"is gone", r"is now (required|called)", r"(verb|path|group) was ", r"type was ", r"may now be null", r"answer.*no longer promised",
          r'^new (member|parameter) ".*" \(.*\brequired\b']
ADDS = [r"^new ", r"has types of its own", r"^is new:"]


def section_of(difference):
    """Which of the sections a difference belongs to."""
    text, answers = difference.text, " answer" in difference.where
    if "audit event" in text:
        return "Changed"
    if text.startswith("new ") and answers:
        return "Added"  # what an answer has more of breaks nobody
    if any(re.search(pattern, text) for pattern in BREAKS) or (answers and "no longer promised" in text):
        return "Breaking"
    return "Added" if any(re.search(pattern, text) for pattern in ADDS) else "Changed"


def line_of(difference):
    operation, _, place = difference.where.partition(" ")
    others = [f"`{name}`" for name in difference.also]
    where = ", ".join([f"`{operation}`"] + others) + (f", {place}" if place else "")
    return f"- {where}: {difference.text}."


def changelog(differences):
    """The lines of the draft."""
    lines = ["## Unreleased"]
    for section in ("Breaking", "Added", "Changed"):
        rows = sorted(line_of(difference) for difference in differences if section_of(difference) == section)
        if rows:
            lines += ["", f"### {section}", ""] + rows
    return lines

"""Drafts a section of the changelog from differences, in terms that users of the library know: by type if there is one."""
import re

OWN_TYPES = "has types of its own"
BREAKING = "Breaking: "
SECTIONS = ["Changed", "Deprecated", "Removed", "Added"]  # as in CHANGELOG.md, which lists what breaks first
BREAKS = [r"is now (required|called)", r"no longer in", r"(verb|path|group) was ", r"type was ", r"may now be null",
          r'^new (member|parameter) ".*" \(.*\brequired\b', r"^new alternative"]
ADDS = [r"^new (?!audit)", r"^is in ", OWN_TYPES, r"^is new:"]


def section_of(difference, text):
    """The section that a difference belongs to, and whether it breaks users."""
    answers = " answer" in difference.where
    if text == "is now deprecated":
        return "Deprecated", False
    if text.endswith("is gone") or text.startswith("operation is gone"):
        return ("Changed", False) if "audit event" in text else ("Removed", True)
    # What is added to a response breaks nobody, except an alternative of a union: std::visit has to handle it.
    more = answers and re.match(r"new (member|value)", text)
    if not more and (any(re.search(pattern, text) for pattern in BREAKS) or (answers and "no longer promised" in text)):
        return "Changed", True
    return ("Added" if any(re.search(pattern, text) for pattern in ADDS) else "Changed"), False


def place_of(difference):
    """By type: what operations have in common is on one line."""
    if difference.owner:
        return f"`{difference.owner}`" + (f", {difference.inner}" if difference.inner else "")
    operation, _, place = difference.where.partition(" ")
    names = ", ".join(f"`{name}`" for name in [operation] + difference.also)
    return names + (f", {place}" if place else "")


def texts_of(difference, types_of_their_own):
    """What a difference means to users, not what a maintainer has to do about it."""
    versions = re.fullmatch(r"versions were (.*), are now (.*)", difference.text)
    if not versions:
        return [difference.text.split(":")[0] if OWN_TYPES in difference.text else difference.text]
    was, now = (words.replace("none", "").split(", ") for words in versions.groups())
    gone = [version for version in was if version and version not in now]
    new = [version for version in now if version and version not in was and (difference.where, version) not in types_of_their_own]
    return [f"is no longer in {', '.join(gone)}"] * bool(gone) + [f"is in {', '.join(new)} too"] * bool(new)


def lines_of(differences, previews):
    """(section, line), with a mark on what breaks."""
    own = [difference.where.partition(" ") for difference in differences if OWN_TYPES in difference.text]
    types_of_their_own = {(operation, version) for operation, _, versions in own for version in versions.split("/")}
    for difference in differences:
        for text in texts_of(difference, types_of_their_own):
            section, breaks = section_of(difference, text)
            yield section, f"- {BREAKING * (breaks and section == 'Changed')}{place_of(difference)}: {text}."
    for version in sorted({name.split(" ")[1] for name in previews}):
        names = ", ".join(f"`{name.split(' ')[0]}`" for name in previews if name.endswith(f" {version}"))
        yield "Changed", f"- {names}, {version}: no longer a preview."


def changelog(differences, previews=()):
    """The lines of the draft."""
    lines = ["## Unreleased"]
    rows = set(lines_of(differences, previews))
    for section in SECTIONS:
        own = sorted((line for kind, line in rows if kind == section), key=lambda line: (not line.startswith("- " + BREAKING), line))
        if own:
            lines += ["", f"### {section}", ""] + own
    return lines

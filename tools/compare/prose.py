"""What Segment's documents express only in sentences, in media types and in tags."""
import re

from naming import snake
from shapes import VERSIONS

AUDIT_LIST = re.compile(r"\[audit trail\]\S* events:(.*)", re.DOTALL)
AUDIT_EVENT = re.compile(r"`([^`]+)` event in the \[audit trail\]")
NUMBER = r"(-?\d+(?:\.\d+)?)"
BOUNDS = re.compile(rf"\bbetween {NUMBER} and {NUMBER}|\bmin {NUMBER}, max {NUMBER}")
DEPRECATED = re.compile(r"\b(?:endpoint|operation) (?:is|was|has been) (?:now )?deprecated\b", re.IGNORECASE)
LISTED = re.compile(r"\s*\*\s+(.+?)(?=\s+\*|\s{2,}|\n|$)")


def group_name(tag):
    """IAMGroups -> iam_groups, Deletion and Suppression -> deletion_and_suppression."""
    return snake(tag)


def version_of(media_type):
    """application/vnd.segment.v1beta+json -> beta."""
    match = re.search(r"\.segment\.(?:v1(alpha|beta)|(v\d+))\+json", media_type)
    return (match[1] or match[2]) if match else None


def versions(content):
    found = {version_of(media_type) for media_type in content}
    return [version for version in VERSIONS if version in found]


def rate(text):
    match = re.search(r"endpoint is (\d+) requests per (\w+)", text)
    return f"{match[1]}/{match[2]}" if match else ""


def feature(text):
    match = re.search(r"to have the (.+?) feature enabled", text)
    return match[1] if match else ""


def deprecated(text):
    return bool(DEPRECATED.search(text))


def bounds(text):
    """The minimum and the maximum of a number: `between 1 and 10`, `min 1, max 10`."""
    match = BOUNDS.search(text)
    if not match:
        return None, None
    return tuple(float(number) if "." in number else int(number) for number in match.groups() if number)


def audit_events(text):
    """The audit events that a call may record: one in the running text, or several as a list."""
    events = set(AUDIT_EVENT.findall(text))
    for listed in AUDIT_LIST.findall(text):
        match = LISTED.match(listed)
        while match:  # the list ends when no star follows
            events.add(match[1])
            match = LISTED.match(listed, match.end())
    return events

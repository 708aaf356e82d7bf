"""What Segment's documents say only in sentences, in media types and in tags."""
import re

from naming import snake
from shapes import VERSIONS

AUDIT_LIST = re.compile(r"\[audit trail\]\S* events:(.*)", re.DOTALL)
AUDIT_EVENT = re.compile(r"`([^`]+)` event in the \[audit trail\]")
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


def audit_events(text):
    """The events that a call may leave: one in the running text, or several as a list."""
    events = set(AUDIT_EVENT.findall(text))
    for listed in AUDIT_LIST.findall(text):
        match = LISTED.match(listed)
        while match:  # the list ends where no star follows
            events.add(match[1])
            match = LISTED.match(listed, match.end())
    return events

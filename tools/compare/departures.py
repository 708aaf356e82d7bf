"""The departures file: intended differences, each with its reason."""
import re

import yaml

from shapes import Unusable

SECTIONS = {"departures", "merged_enums", "groups"}


class Departures:
    """The contents of departures.yaml, and which of them were used in this run."""

    def __init__(self, path=None):
        data = self._load(path) if path else {}
        self.rows = data.get("departures") or []
        self.merged_enums = data.get("merged_enums") or {}
        self.groups = data.get("groups") or {}
        self.used = set()
        self._check(path, data)

    def _load(self, path):
        try:
            with open(path, encoding="utf-8") as file:
                return yaml.safe_load(file) or {}
        except (OSError, yaml.YAMLError) as error:
            raise Unusable(f"{path}: {error}") from None

    def _check(self, path, data):
        if set(data) - SECTIONS:
            raise Unusable(f"{path}: unknown sections {sorted(set(data) - SECTIONS)}")
        for row in self.rows:
            if not all(row.get(key) for key in ("where", "what", "reason")):
                raise Unusable(f"{path}: {row} lacks `where`, `what` or `reason`")
        for name, reason in self.merged_enums.items():
            if not reason:
                raise Unusable(f"{path}: merged enum {name} lacks a reason")

    def allow(self, difference):
        """Whether the difference is intended."""
        for index, row in enumerate(self.rows):
            if matches(row["where"], difference.where) and matches(row["what"], difference.text):
                self.used.add(index)
                return True
        return False

    def stale(self, merged_in_use):
        """Departures that matched nothing in this run."""
        rows = [f"departures: {row['where']}: {row['what']}" for index, row in enumerate(self.rows) if index not in self.used]
        return rows + [f"merged_enums: {name}" for name in self.merged_enums if name not in merged_in_use]


def matches(pattern, text):
    """`*` matches any text; everything else is literal."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None

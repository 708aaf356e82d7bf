"""Reads the YAML of the description strictly: what YAML and Python would silently ignore is an error."""
import os

import yaml

GAP = "TO BE WRITTEN"  # instead of a sentence in what tools/compare writes


class DescriptionError(Exception):
    """The description is wrong; the message says where and how."""


class UniqueKeyLoader(yaml.SafeLoader):
    """Standard YAML takes the last of two equal keys, and does not read `on`, `no` and 0 as names."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            line = key_node.start_mark.line + 1
            if not isinstance(key, str):
                raise DescriptionError(f"line {line}: {key_node.value!r} is no name to YAML; quote it")
            if key in seen:
                raise DescriptionError(f"line {line}: {key} stands there twice")
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_rows(path):
    with open(path, encoding="utf-8") as f:
        try:
            data = yaml.load(f, Loader=UniqueKeyLoader)
        except yaml.YAMLError as error:
            raise DescriptionError(f"it is no YAML: {error}") from None
    if not isinstance(data, dict):
        raise DescriptionError("it describes nothing")
    return data


def unwritten(folder, files):
    """What a person still has to write in each file, so that all of it is reported at once."""
    found = []
    for name in files:
        with open(os.path.join(folder, name), encoding="utf-8") as f:
            lines = [number for number, line in enumerate(f, 1) if GAP in line]
        if lines:
            found.append(f"{name}: still to be written: {spans(lines)}")
    return found


def spans(numbers):
    """1, 2, 3, 7 -> lines 1-3, 7."""
    runs = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    return ("line " if len(numbers) == 1 else "lines ") + ", ".join(texts)


def row_of(row, where, needed, possible=frozenset()):
    """Checks that a row has the keys that it needs, and none that would be ignored."""
    if not isinstance(row, dict):
        raise DescriptionError(f"{where}: {row!r} is no row of names and values")
    for key in sorted(needed - row.keys()):
        raise DescriptionError(f"{where}: `{key}` is missing")
    for key in row:
        if key not in needed and key not in possible:
            raise DescriptionError(f"{where}: there is no `{key}` here")

"""Reads the YAML of the description, strictly: what YAML and Python would pass over in silence is an error."""
import yaml

GAP = "TO BE WRITTEN"  # in the place of a sentence in what tools/compare writes


class DescriptionError(Exception):
    """The description is wrong; the text says where and how."""


class UniqueKeyLoader(yaml.SafeLoader):
    """YAML as usual takes the last of two keys of one name, and reads `on`, `no` and 0 as no names at all."""

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
    check_sentences(data)
    return data


def check_sentences(data, where=()):
    """Refuses a sentence that a person has still to write."""
    rows = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, row in rows:
        if isinstance(row, str) and GAP in row:
            raise DescriptionError(f"{'.'.join(map(str, (*where, name)))}: its sentence is still to be written")
        check_sentences(row, (*where, name))


def row_of(row, where, needed, possible=frozenset()):
    """Checks that a row has the keys that it needs, and none that nobody would read."""
    if not isinstance(row, dict):
        raise DescriptionError(f"{where}: {row!r} is no row of names and values")
    for key in sorted(needed - row.keys()):
        raise DescriptionError(f"{where}: `{key}` is missing")
    for key in row:
        if key not in needed and key not in possible:
            raise DescriptionError(f"{where}: there is no `{key}` here")

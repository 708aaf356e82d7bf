"""Makes inputs and responses of every kind that the description allows."""
AWKWARD = "a \"quoted\" \\ back/slash\ttab\nline é 漢 \U0001f600 ?&=#%+ \u0001"


class Maker:
    """Makes values of one kind: `required`, `full`, `awkward` (odd texts, empty lists, nulls) or `nulls`."""

    def __init__(self, description, kind):
        self.description, self.kind, self.counter = description, kind, 0

    def members(self, rows, depth=0):
        out = {}
        for name, (text, promised, nullable) in rows.items():
            if self.kind == "required" and not promised:
                continue
            if nullable and self.kind in ("awkward", "nulls"):
                out[name] = None
            else:
                out[name] = self.value(text, depth)
        return out

    def value(self, text, depth):
        if isinstance(text, dict):
            return self.members(text, depth)
        if text.startswith("list<"):
            return self.list_of(text[5:-1], depth)
        if text.startswith("map<"):
            return {} if self.kind == "awkward" else {"one": self.value(text[4:-1], depth), "two.dots": self.value(text[4:-1], depth)}
        if text in self.description.types:
            return self.members(self.description.types[text], depth + 1)
        if text in self.description.unions:
            return self.one_of(self.description.unions[text], depth)
        if text in self.description.enums:
            return self.enum(self.description.enums[text])
        return self.scalar(text)

    def list_of(self, text, depth):
        if self.kind == "awkward":
            return []
        return [self.value(text, depth) for _ in range(1 if self.kind == "required" else 2)]

    def one_of(self, alternatives, depth):
        self.counter += 1
        if self.kind == "awkward":
            return {"of no known shape": [1, None, {"deep": True}]}
        return self.value(alternatives[self.counter % len(alternatives)], depth)

    def enum(self, values):
        self.counter += 1
        return "A_VALUE_OF_TOMORROW" if self.kind == "awkward" else str(values[self.counter % len(values)])

    def scalar(self, text):
        self.counter += 1
        awkward = self.kind == "awkward"
        if text == "bool":
            return self.counter % 2 == 0
        if text == "int":
            return -(2 ** 63) if awkward else 2 ** 53 + self.counter
        if text == "number":
            return 0.1 if awkward else 12.5
        if text == "any":
            return None if awkward else [self.counter, "any", {"of": "it"}]
        if text == "object":
            return {} if awkward else {"free": self.counter, "nested": {"list": [1, 2.5, None, "x"]}, "dotted.name": True}
        if text == "timestamp":
            return "2026-08-01T12:00:00.123+02:00"
        return AWKWARD if awkward else f"{text}-{self.counter}"

"""Reads an OpenAPI 3.0 document into the common form.

Facts that OpenAPI cannot express come from `x-versions`, `x-rate-limit` and `x-requires-feature`. A document without any
of these, as Segment publishes it, expresses them with its media types and in its prose; see prose.py.
"""
import json
from dataclasses import replace

import prose
from shapes import VERSIONS, Call, Shape, Unusable, Use

VERBS = ["get", "put", "post", "patch", "delete"]
FACTS = ["x-versions", "x-rate-limit", "x-requires-feature"]
PLAIN = {"string": "string", "boolean": "bool", "integer": "int", "number": "number"}
ENVELOPE = "data"  # responses have everything under this member


class Document:
    """The calls of a document, by operation."""

    def __init__(self, path, groups=None):
        self.groups = groups or {}  # tag -> group
        self.data = self._load(path)
        self.shapes, self.written_out = {}, {}
        self.calls = {}  # by operation: several if versions look different
        rows = [(place, verb, item) for place, items in self.data["paths"].items() for verb, item in items.items() if verb in VERBS]
        self.has_facts = any(fact in item for _, _, item in rows for fact in FACTS)
        for place, verb, item in rows:
            try:
                common = self.data["paths"][place].get("parameters", [])
                calls = self._calls(place, verb.upper(), item, common + item.get("parameters", []))
            except (KeyError, TypeError, AttributeError) as error:
                raise Unusable(f"{path}: {verb} {place}: cannot make out {error}") from None
            self.calls[item["operationId"]] = calls

    def _load(self, path):
        try:
            with open(path, encoding="utf-8") as file:
                data = json.load(file)
        except (OSError, ValueError) as error:
            raise Unusable(f"{path}: {error}") from None
        if not isinstance(data, dict) or not str(data.get("openapi", "")).startswith("3.") or not data.get("paths"):
            raise Unusable(f"{path}: this is no OpenAPI 3 document")
        return data

    # Operations ------------------------------------------------------------------------------------------------

    def _calls(self, path, verb, item, parameters):
        """One call for the versions that look alike, nearly always all of them."""
        call = self._facts_only(path, verb, item)
        for parameter in map(self._resolve, parameters):
            target = {"path": call.arguments, "query": call.query}.get(parameter["in"])
            if target is not None:
                target[parameter["name"]] = self._use(parameter["schema"], parameter.get("required", False), parameter)
        body, answer = self._resolve(item.get("requestBody", {})), self._success(item)
        alike = {}
        for version in call.versions or [None]:
            shapes = (self._content(body, version), self._content(answer, version))
            alike.setdefault(tuple(map(id, shapes)), (shapes, []))[1].append(version)
        return [self._of_versions(call, versions, *shapes) for shapes, versions in alike.values()]

    def _facts_only(self, path, verb, item):
        text = item.get("description") or ""
        versions, rate, feature = self._facts(item, text, self._success(item))
        return Call(id=item["operationId"], group=self._group(item), verb=verb, path=path, versions=versions, rate=rate,
                    feature=feature, audit=prose.audit_events(text), arguments={}, query={},
                    deprecated=bool(item.get("deprecated")) or prose.deprecated(text))

    def _of_versions(self, call, versions, body, answer):
        own = replace(call, versions=[version for version in versions if version], body=body, notes=[])
        own.answer = self._payload(answer, own)
        return own

    def _group(self, item):
        tag = (item.get("tags") or ["untagged"])[0]
        return self.groups.get(tag, prose.group_name(tag))

    def _facts(self, item, text, answer):
        if not self.has_facts:
            return prose.versions(answer.get("content", {})), prose.rate(text), prose.feature(text)
        rate = item.get("x-rate-limit")
        return (sorted(item.get("x-versions", []), key=lambda version: (VERSIONS + [version]).index(version)),
                f"{rate['requests']}/{rate['per']}" if rate else "", item.get("x-requires-feature") or "")

    def _success(self, item):
        found = [response for status, response in item["responses"].items() if status.startswith("2")]
        return self._resolve(found[0]) if found else {}

    def _content(self, holder, version):
        """The shape of a version; if it is not listed, that of the first one."""
        schemas = {kind: entry["schema"] for kind, entry in holder.get("content", {}).items()}
        for kind, schema in schemas.items():
            if version and prose.version_of(kind) == version:
                return self._shape(schema)
        return self._shape(next(iter(schemas.values()))) if schemas else None

    def _payload(self, shape, call):
        if shape is None:
            return None
        if list(shape.members) != [ENVELOPE]:
            call.notes.append(("answer", f'does not come under "{ENVELOPE}" alone'))
            return shape
        return shape.members[ENVELOPE].shape

    # Schemas ---------------------------------------------------------------------------------------------------

    def _resolve(self, node):
        while "$ref" in node:
            found = self.data
            for step in node["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            node = found
        return node

    def _use(self, schema, required, holder=None):
        """`holder` is what a parameter has around its schema. Null is part of "any JSON", so it is not mentioned there."""
        shape = self._shape(schema)
        holder = holder or schema
        bounds = self._bounds(schema, holder.get("description", "")) if shape.kind in ("int", "number") else (None, None)
        return Use(shape, required, shape.kind != "any" and self._is_nullable(schema), bounds,
                   bool(holder.get("deprecated") or schema.get("deprecated")))

    def _bounds(self, schema, text):
        """The bounds of a number: Segment states them in prose."""
        node = self._resolve(schema)
        if len(node.get("allOf", [])) == 1:
            node = self._resolve(node["allOf"][0])
        if "minimum" in node or "maximum" in node:
            return node.get("minimum"), node.get("maximum")
        return prose.bounds(text or node.get("description", ""))

    def _is_nullable(self, schema):
        if schema.get("nullable"):
            return True
        if "$ref" in schema:
            return self._is_nullable(self._resolve(schema))
        parts = schema.get("allOf", [])
        return bool(parts) and all(self._is_nullable(part) for part in parts)

    def _shape(self, schema):
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[-1]
            if name not in self.shapes:
                self.shapes[name] = Shape("any", name)
                self._fill(self.shapes[name], self._resolve(schema))
            return self.shapes[name]
        if len(schema.get("allOf", [])) == 1 and "properties" not in schema:
            return self._shape(schema["allOf"][0])
        text = json.dumps(schema, sort_keys=True)  # what is written twice is one shape
        if text not in self.written_out:
            self.written_out[text] = Shape("any")
            self._fill(self.written_out[text], schema)
        return self.written_out[text]

    def _fill(self, shape, schema):
        kind = schema.get("type")
        choices = schema.get("anyOf") or schema.get("oneOf")
        if choices:
            shape.kind, shape.alternatives = "union", [self._shape(choice) for choice in choices]
        elif "enum" in schema:
            shape.kind, shape.values = "enum", [str(value) for value in schema["enum"] if value is not None]
        elif "allOf" in schema or "properties" in schema:
            shape.kind = "struct"
            self._gather(schema, shape.members)
        elif kind == "array":
            shape.kind, shape.element = "list", self._use(schema.get("items", {}), False)
        elif kind == "object" and isinstance(schema.get("additionalProperties"), dict) and schema["additionalProperties"]:
            shape.kind, shape.element = "map", self._use(schema["additionalProperties"], False)
        else:
            shape.kind = "object" if kind == "object" else PLAIN.get(kind, "any")

    def _gather(self, schema, members):
        """The members of an object and of everything that it is composed of."""
        for part in schema.get("allOf", []):
            self._gather(self._resolve(part), members)
        required = schema.get("required", [])
        for name, member in schema.get("properties", {}).items():
            members[name] = self._use(member, name in required)
        for name in required:
            if name in members:
                members[name].required = True

#!/usr/bin/env python3
"""Each public header includes what it names from the standard library, and each generated header also what it names
from the others: directly, or through other headers of ours. What a standard header may include does not count.

A compiler finds the same by compiling each header alone, but takes minutes for all of them.

Usage: check_includes.py INCLUDE_FOLDER
"""
import functools
import pathlib
import re
import sys

# Where each name of namespace std is declared; any one of the headers will do.
STANDARD = {
    "algorithm": "min max",
    "any": "any",
    "atomic": "atomic memory_order_acquire",
    "charconv": "errc from_chars",
    "chrono": "chrono::*",
    "cmath": "isfinite",
    "compare": "strong_ordering",
    "concepts": "constructible_from convertible_to floating_point integral same_as",
    "coroutine": "coroutine_handle suspend_never suspend_always",
    "cstddef": "size_t ptrdiff_t nullptr_t byte",
    "cstdint": "int64_t uint64_t uint8_t int32_t uint32_t uint16_t",
    "deque": "deque",
    "exception": "current_exception exception exception_ptr make_exception_ptr rethrow_exception",
    "expected": "expected unexpected",
    "functional": "function hash invoke",
    "future": "future promise",
    "initializer_list": "initializer_list",
    "iterator": "default_sentinel_t input_iterator_tag make_move_iterator size",
    "limits": "numeric_limits",
    "map": "map",
    "memory": "enable_shared_from_this make_shared make_unique shared_ptr unique_ptr",
    "mutex": "mutex unique_lock",
    "optional": "nullopt optional",
    "ostream": "ostream",
    "iosfwd": "ostream",
    "ranges": "ranges::*",
    "span": "span",
    "stdexcept": "runtime_error",
    "stop_token": "stop_token",
    "string": "string to_string hash size_t size",
    "string_view": "string_view hash size_t size",
    "system_error": "errc",
    "type_traits": "conditional_t decay_t invoke_result_t is_aggregate_v is_arithmetic_v is_base_of_v is_class_v "
                   "is_convertible_v is_reference_v is_same_v is_trivially_copyable_v is_void_v remove_cvref_t",
    "typeinfo": "type_info",
    "utility": "as_const declval exchange forward in_range move",
    "variant": "variant visit",
    "vector": "vector size_t size",
}
NAMED = re.compile(r"\bstd::((?:chrono|ranges)::)?(\w+)")
INCLUDED = re.compile(r'^#include [<"](.+)[>"]', re.MULTILINE)
DEFINED = re.compile(r"^(?:struct|class|enum class|using) (?:SEGMENT_EXPORT )?(\w+)(?! *;)\b", re.MULTILINE)
DECLARED = re.compile(r"^(?:struct|class|enum class) (\w+)(?: : [\w:]+)?;", re.MULTILINE)


def standard_headers(scope, name):
    """The headers that declare a name of namespace std."""
    return {header for header, names in STANDARD.items()
            if (scope + "*" if scope else name) in names.split()}


class Headers:
    """All headers of a folder, by the names that #include uses."""

    def __init__(self, folder):
        self.texts = {}
        for path in sorted(folder.rglob("*.hpp")):
            text = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
            self.texts[path.relative_to(folder).as_posix()] = text
        self.generated = {name for name in self.texts if name.startswith("segment/api/")}
        self.defined = {}
        for name in self.generated:
            for thing in DEFINED.findall(self.texts[name]):
                self.defined.setdefault(thing, set()).add(name)

    @functools.cache
    def reached(self, name):
        """All headers that a header includes, and itself."""
        found = {name}
        for include in INCLUDED.findall(self.texts.get(name, "")):
            found |= self.reached(include)
        return found

    def missing(self, name):
        """What a header names but does not include, one sentence each."""
        text = re.sub(r'"(\\.|[^"\\])*"', '""', INCLUDED.sub("", self.texts[name]))
        reached = self.reached(name)
        for scope, thing in sorted(set(NAMED.findall(text))):
            headers = standard_headers(scope, thing)
            if not headers:
                yield f"std::{scope}{thing} is not in the table of this check: add where it is declared"
            elif not headers & reached:
                yield f"std::{scope}{thing} needs <{'> or <'.join(sorted(headers))}>"
        if name in self.generated:
            known = set(DECLARED.findall(text))
            for thing in sorted(set(re.findall(r"\b[A-Z]\w+", text)) - known):
                if thing in self.defined and not self.defined[thing] & reached:
                    yield f"{thing} needs \"{min(self.defined[thing])}\""
        if "SEGMENT_ABI" in text and "segment/version.hpp" not in reached:
            yield 'SEGMENT_ABI needs "segment/version.hpp"'


def main():
    headers = Headers(pathlib.Path(sys.argv[1]))
    sentences = [f"{name}: {what}" for name in headers.texts for what in headers.missing(name)]
    print("\n".join(sentences) or f"{len(headers.texts)} headers include what they name")
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main())

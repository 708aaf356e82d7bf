"""What the templates need: the C++ of a type, of a method's signature and of its documentation."""
import re
import textwrap

from model import RESENT_BY_VERB, SCALARS, VERSIONS, Enum, Struct, Union
from naming import pascal, snake

WIDTH = 100


def first_sentence(text):
    """A text up to its first full stop that ends a sentence, on one line."""
    return re.split(r"(?<=[.!?])\s", " ".join(text.split()))[0]


class Cpp:
    def __init__(self, model):
        self.model = model

    # Types -----------------------------------------------------------------------------------------------------

    def value(self, ref, free_object="Json"):
        """The C++ type of a value, without what expresses its presence."""
        if ref.base == "list":
            return f"std::vector<{self.value(ref.element, free_object)}>"
        if ref.base == "map":
            return f"std::map<std::string, {self.value(ref.element, free_object)}>"
        if ref.base == "object":
            return free_object
        return SCALARS[ref.base][0] if ref.base in SCALARS else ref.base

    def declared(self, member, struct):
        """The C++ type of a member as it is declared.

        What a request must have is Required; one type serves requests and responses (docs/adr), and types of responses alone promise
        plain values.
        """
        value = self.value(member.type)
        if member.type.nullable:
            return f"Nullable<{value}>"
        if member.type.promised:
            return f"Required<{value}>" if self.is_required(member, struct) else value
        return f"std::optional<{value}>"

    def initialiser(self, member, struct):
        if self.is_required(member, struct):
            return ""
        default = self.default(member)
        return default if default == "{}" else f" = {default}"

    def default(self, member):
        """The value of a member that is not Required if nothing came for it."""
        return "Json::object()" if self.is_free_object(member) else "{}"

    def fresh(self, member, struct):
        """A Required member if nothing came for it."""
        return "Json::object()" if self.is_free_object(member) else f"{self.declared(member, struct)}(unset)"

    def fresh_members(self, struct):
        """The initialisers of a struct if nothing came for it; all of them if the first is a base, which has no name."""
        if struct.base:
            return ["{}"] + [self.fresh(m, struct) if self.is_required(m, struct) else self.default(m) for m in self.own_members(struct)]
        return [f".{m.cpp} = {self.fresh(m, struct)}" for m in struct.members if self.is_required(m, struct)]

    def cursor(self, struct):
        """The C++ type of a page's cursors."""
        pagination = self.model.types[struct.page.pagination.type.base]
        return self.value(next(m for m in pagination.members if m.name == "next").type)

    @staticmethod
    def is_free_object(member):
        """Whether a member is a free-form object that is always present: if none came it is empty, not null."""
        return member.type.base == "object" and member.type.promised and not member.type.nullable

    def returns_free_object(self, operation):
        return operation.returns == "one" and self.is_free_object(operation.one)

    def is_required(self, member, struct):
        """Whether a member is Required: in a request, and wherever its type has no empty value of its own."""
        if not member.type.promised or member.type.nullable or member == struct.base:
            return False
        return struct.is_request or self.has_no_default(member.type)

    def has_no_default(self, ref):
        declared = self.model.types.get(ref.base)
        if isinstance(declared, Union):
            declared = self.model.types[declared.alternatives[0]]
        return isinstance(declared, Struct) and self.has_required(declared)

    def has_required(self, struct):
        return any(self.is_required(m, struct) for m in struct.members)

    @staticmethod
    def dotted(struct):
        """The object parameters of a query whose members are written flat: (name, [(member, its own name)])."""
        heads = {}
        for member in struct.members:
            if "." in member.name:
                head, step = member.name.split(".")
                heads.setdefault(head, []).append((member, step))
        return heads.items()

    def begins_dotted(self, struct, member):
        head = member.name.split(".")[0]
        return member == dict(self.dotted(struct))[head][0][0]

    @staticmethod
    def own_members(struct):
        """A struct's members, without what it extends."""
        return [m for m in struct.members if m != struct.base]

    def member_row(self, member, owner, cpp_name, declared, name=None):
        """A member's row in its struct's table."""
        arguments = self.described(member.type, member.type.promised, self.is_there(declared))
        return f'SEGMENT_MEMBER({", ".join([owner, cpp_name, quoted(name or member.name)] + arguments)})'

    @staticmethod
    def is_there(declared):
        """Whether a C++ type always holds a value, which means that the API promises it."""
        return not declared.startswith(("std::optional<", "Nullable<"))

    def described(self, ref, promised, by_type):
        """The name of a value's table and its presence, if the C++ type alone does not determine them."""
        arguments = [self.value(ref, "FreeObject")] if "object" in ref.names() else []
        if promised != by_type:
            arguments = (arguments or ["void"]) + ["Promise::always" if promised else "Promise::never"]
        return arguments

    def description(self, operation):
        """The expression that makes an operation's constant."""
        steps = [f'describe({quoted(operation.group)}, {quoted(operation.constant)}, {quoted(operation.id)})',
                 f'{operation.verb.lower()}{"_" if operation.verb == "DELETE" else ""}({quoted(operation.path)})']
        if operation.idempotent != RESENT_BY_VERB[operation.verb]:
            steps.append(f'idempotent({"true" if operation.idempotent else "false"})')
        steps.append(f'in<{", ".join(operation.versions)}>()')
        if operation.others:
            steps.append(f'other_versions<{", ".join(self.other_versions(operation))}>()')
        if operation.preview:
            steps.append("preview()")
        if operation.deprecated:
            steps.append(f"deprecated({quoted(operation.deprecated)})")
        if operation.rate[0]:
            steps.append(f"at_most({operation.rate[0]}, RatePeriod::{operation.rate[1]})")
        if operation.feature:
            steps.append(f"needs({quoted(operation.feature)})")
        if operation.audit:
            steps.append(f'leaves<{", ".join(map(quoted, operation.audit))}>()')
        if operation.query:
            steps.append(f"takes_query<{operation.query.name}>()")
        if operation.body:
            steps.append(f"takes_body<{operation.body.name}>()")
        return "\n.".join(steps + self.returns(operation))

    @staticmethod
    def other_versions(operation):
        """The versions that have other methods, and where these are, most stable first."""
        rows = [(VERSIONS.index(version), other) for other in operation.others for version in other.versions]
        return [f"In<{VERSIONS[index]}, {quoted(other.group)}, {quoted(other.name)}>"
                for index, other in sorted(rows, key=lambda row: row[0])]

    def returns(self, operation):
        """The steps of a description that say what an operation returns."""
        if operation.returns == "nothing":
            return []
        result = self.result(operation)
        if operation.returns == "struct":
            return [f"returns<{result}>()"]
        if operation.returns == "one":
            one = operation.one
            verb = "finds" if one.type.nullable else "returns"
            return [f'{verb}<{", ".join([result, quoted(one.name)] + self.described(one.type, True, True))}>()']
        if operation.returns == "list":
            one = operation.one
            table = self.described(one.type, one.type.promised, True)
            return [f'returns_list<{", ".join([result, quoted(one.name)] + table)}>()']
        return self.returns_page(operation, result)

    def returns_page(self, operation, result):
        arguments = [result]
        if not operation.page.name:
            page = operation.page.page
            arguments += [quoted(page.items.name)] + self.described(page.items.type, page.items.type.promised, True)
            if not page.pagination.type.promised:
                arguments += ["void", "Promise::always"][len(arguments) - 2:] + ["Promise::never"]
        steps = [f'returns_page<{", ".join(arguments)}>()']
        paging = (operation.paging.count, operation.paging.cursor, operation.paging.maximum)
        if paging != ("pagination.count", "pagination.cursor", 1000):
            steps.append(f"paged<{result}, {quoted(paging[0])}, {quoted(paging[1])}, {paging[2]}>()")
        return steps

    def result(self, operation):
        """The C++ type that a blocking method returns; for a list, its page."""
        if operation.returns == "nothing":
            return "void"
        if operation.returns == "one":
            return self.value(operation.one.type)
        if operation.returns == "struct":
            return operation.struct.name
        return self.page(operation)

    def page(self, operation):
        if operation.returns == "list":
            return f"Page<{self.value(operation.one.type.element)}>"
        if operation.page.name:
            return operation.page.name
        return f"Page<{self.value(operation.page.page.items.type.element)}>"

    # Headers ---------------------------------------------------------------------------------------------------

    def _ref_headers(self, ref, headers, group):
        if ref.base == "list":
            headers.add("<vector>")
        elif ref.base == "map":
            headers |= {"<map>", "<string>"}
        elif ref.base in SCALARS:
            headers.update(SCALARS[ref.base][1])
        elif ref.base in self.model.ids:
            headers.add('"segment/api/ids.hpp"')
        else:
            declared = self.model.types[ref.base]
            if isinstance(declared, Struct) and declared.external:
                headers.add(f'"{declared.external}"')
            elif declared.group != group:
                headers.add(f'"segment/api/types/{declared.group}.hpp"')
        if ref.element:
            self._ref_headers(ref.element, headers, group)

    def type_headers(self, group):
        """What the header of a group's types includes: standard headers first."""
        headers = {'"segment/detail/describe.hpp"'}
        if group.enums:
            headers |= {"<cstdint>", "<string_view>", '"segment/types/open_enum.hpp"'}
        if group.unions:
            headers |= {"<variant>", '"segment/types/json.hpp"'}
        for union in group.unions:
            for name in union.alternatives:
                if self.model.types[name].group != group.name:
                    headers.add(f'"segment/api/types/{self.model.types[name].group}.hpp"')
        for struct in self.own_structs(group):
            for member in struct.members:
                declared = self.declared(member, struct)
                if "Required<" in declared:
                    headers.add('"segment/types/required.hpp"')
                elif "Nullable<" in declared:
                    headers.add('"segment/types/nullable.hpp"')
                elif "std::optional<" in declared:
                    headers.add("<optional>")
                self._ref_headers(member.type, headers, group.name)
            if struct.page:
                headers |= {"<optional>", "<string>", '"segment/page.hpp"'}
        return self.sort_headers(headers)

    def resource_headers(self, group):
        """What the header of a group's calls includes."""
        headers = {'"segment/api/operations.hpp"', '"segment/call_options.hpp"', '"segment/client.hpp"', '"segment/front.hpp"', "<utility>"}
        if self.has_types(group):
            headers.add(f'"segment/api/types/{group.name}.hpp"')
        for operation in group.methods:
            for argument in operation.arguments:
                self._ref_headers(argument.type, headers, None)
            for struct in (operation.query, operation.body, operation.struct):
                if struct:
                    headers.add(f'"segment/api/types/{struct.group}.hpp"')
            if operation.one:
                self._ref_headers(operation.one.type, headers, None)
            if operation.returns in ("list", "page"):
                headers.add('"segment/list.hpp"')
            if operation.page:
                for member in operation.page.members:
                    self._ref_headers(member.type, headers, None)
        return self.sort_headers(headers)

    @staticmethod
    def sort_headers(headers):
        standard = sorted(h for h in headers if h.startswith("<"))
        own = sorted(h for h in headers if h.startswith('"'))
        return [standard, own] if standard else [own]

    def has_types(self, group):
        return bool(group.enums or group.unions or self.own_structs(group))

    def own_structs(self, group):
        return [s for s in group.structs if not s.external]

    def declarations(self, group):
        """A group's structs and unions, each after the types of its members."""
        structs = self.own_structs(group)
        placed, out = set(), []
        for struct in structs:
            for union in group.unions:
                if union.name in self.model.used_by(struct) and union.name not in placed:
                    placed.add(union.name)
                    out.append(union)
            out.append(struct)
        return out + [u for u in group.unions if u.name not in placed]

    def kind(self, declared):
        return {Struct: "struct", Enum: "enum", Union: "union"}[type(declared)]

    # Methods ---------------------------------------------------------------------------------------------------

    def has_required_query(self, operation):
        return operation.query is not None and self.has_required(operation.query)

    def plain_parameters(self, operation):
        """The parameters of the overload that takes no struct; None if the method requires one."""
        if operation.body or self.has_required_query(operation):
            return None
        return ", ".join(f"const {self.value(a.type)}& {a.cpp}" for a in operation.arguments)

    def parameters(self, operation):
        """The parameters of the overload that takes structs, at least one if there is another overload."""
        out = []
        for argument in operation.arguments:
            out.append(f"const {self.value(argument.type)}& {argument.cpp}")
        if operation.query:
            out.append(f"const {operation.query.name}& query")
        if operation.body:
            out.append(f"const {operation.body.name}& body")
        default = " = {}" if operation.query or operation.body else ""
        out.append(f"const CallOptions& options{default}")
        return ", ".join(out)

    def input(self, operation):
        """The initialiser of detail::CallInput from a method's parameters."""
        parts = []
        if operation.arguments:
            parts.append(".path = {" + ", ".join(self.path_text(a) for a in operation.arguments) + "}")
        if operation.query:
            parts.append(".query = &query")
        if operation.body:
            parts.append(".body = &body")
        return "{" + ", ".join(parts) + "}"

    def path_text(self, argument):
        if argument.type.base == "string":
            return argument.cpp
        return f"{argument.cpp}.reveal()" if argument.type.base == "WriteKey" else f"{argument.cpp}.text()"

    # Deprecation -----------------------------------------------------------------------------------------------

    @staticmethod
    def attribute(deprecated):
        """The attribute before a declaration that says what to use instead."""
        return f"[[deprecated({quoted(deprecated)})]] " if deprecated else ""

    @staticmethod
    def has_deprecated(rows):
        """Whether one of these members or operations is deprecated."""
        return any(row.deprecated for row in rows)

    # Documentation ---------------------------------------------------------------------------------------------

    @staticmethod
    def comment(text, indent=""):
        """Text as `///` lines; blank lines are kept."""
        lines = []
        for paragraph in text.strip().split("\n\n"):
            if lines:
                lines.append(f"{indent}///")
            first = f"{indent}/// "
            rest = first + ("      " if paragraph.startswith("\\") else "")
            for line in paragraph.split("\n"):
                rest = first + ("       " if line.startswith("\\") else "")
                lines += textwrap.wrap(line, WIDTH, initial_indent=first, subsequent_indent=rest,
                                       break_long_words=False, break_on_hyphens=False)
        return "\n".join(lines)

    def operation_doc(self, operation, single_page=False):
        doc = f"Fetches one page of what `{operation.name}` iterates over." if single_page else operation.doc
        rows = [f"\\param {a.cpp} {lower_first(a.doc)}" for a in operation.arguments]
        if operation.query:
            rows.append("\\param query " + ("the page and the filters." if operation.returns == "page"
                                           else "the query parameters."))
        if operation.body:
            rows.append(f"\\param body {lower_first(operation.body.doc)}")
        rows.append("\\param options per-call overrides.")
        rows.append(f"\\return {self.returns_doc(operation, single_page)}")
        if operation.deprecated:
            rows.append(f"\\deprecated {operation.deprecated}")
        return "\n\n".join([doc, self.facts_doc(operation), "\n".join(rows)])

    @staticmethod
    def braced_type(group):
        """The name of the type that is given in braces: the body's, or else the query's; None if there is neither."""
        inputs = [o.body for o in group.methods if o.body] + [o.query for o in group.methods if o.query]
        return inputs[0].name if inputs else None

    def braces_doc(self, group):
        return ("Bodies and queries can be written in braces without naming the type. If the compiler only reports that it cannot convert "
                f"the braces, name the type, `segment::{self.braced_type(group)}{{...}}`: it then names the wrong member.")

    def member_docs(self):
        """The members of an input: (owner, member, sentence), sorted."""
        structs = [s for group in self.model.groups for s in group.structs if s.is_request]
        docs = {(s.name, m.name): first_sentence(m.doc) + (f" Deprecated: {m.deprecated}." if m.deprecated else "")
                for s in structs for m in s.members}
        for operation in (o for group in self.model.groups for o in group.operations):
            docs.update({(operation.id, argument.name): first_sentence(argument.doc) for argument in operation.arguments})
        return [(*key, doc) for key, doc in sorted(docs.items())]

    @staticmethod
    def returns_doc(operation, single_page):
        if operation.returns == "nothing":
            return "nothing; any status but SUCCESS is an error."
        if operation.returns == "page":
            return ("the page, with the cursor of the next one." if single_page
                    else "every item of every page, each page fetched when the iteration reaches it.")
        if operation.returns == "list":
            return "every item; the whole list is fetched when the iteration begins."
        if operation.returns == "one":
            doc = lower_first(operation.one.doc or f"the response's `{operation.one.name}`.")
            return doc + " If it is null, the call fails with NotFoundError." if operation.one.type.nullable else doc
        return lower_first(operation.struct.doc) if operation.struct.base else "the members of the response."

    @staticmethod
    def facts_doc(operation):
        facts = [f"`{operation.verb} {operation.path}` ({operation.id})", "in " + ", ".join(operation.versions)]
        if operation.rate[0]:
            facts.append(f"at most {operation.rate[0]} per {operation.rate[1]}")
        if operation.feature:
            facts.append(f"needs {operation.feature}")
        text = "; ".join(facts) + "."
        for other in operation.others:
            text += f" For {', '.join(other.versions)} use `{other.group}().{other.name}`."
        if operation.preview:
            text += " A preview: described before its release, it may change or disappear in any version of this library."
        elif operation.versions[0] in ("beta", "alpha"):
            text += f" Not stable: {operation.versions[0]} operations may change."
        if operation.audit:
            text += " Audit events: " + ", ".join(operation.audit) + "."
        return text


def quoted(text):
    """A text as a C++ literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def lower_first(text):
    """Lowers the first letter of a sentence that follows a name, unless it is an acronym."""
    if len(text) > 1 and text[0].isupper() and not text[1].isupper():
        return text[0].lower() + text[1:]
    return text


FILTERS = {"snake": snake, "pascal": pascal}

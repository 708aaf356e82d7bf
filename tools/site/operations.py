"""A page for each operation, for each group, and for each group's types."""
from cpp import Cpp
from model import RESENT_BY_VERB, SCALARS, Enum, Struct, Union
from naming import pascal

from examples import Examples
from guides import code
from site_pages import Entry, Page

KINDS = {"string": "string", "bool": "boolean", "int": "integer", "number": "number", "any": "any JSON",
         "object": "JSON object", "timestamp": "timestamp", "WriteKey": "write key"}


class Operations:
    def __init__(self, site, model):
        self.site, self.model = site, model
        self.cpp = Cpp(model)
        self.examples = Examples(model, self.cpp)

    def add(self):
        with_types = [g for g in self.model.groups if g.structs or g.enums or g.unions]
        for group in with_types:
            self._types_page(group)
        groups = [g for g in self.model.groups if g.operations]
        for group in groups:
            self._group_page(group)
            for operation in group.operations:
                self._operation_page(group, operation)
        count = len(self.model.operations)
        body = self.site.template("operations.html.j2", groups=groups, count=count, path_of=self.path_of)
        self.site.add(Page("operations/index.html", "All operations", body, section="operations",
                           contents=[(g.name, title_of(g)) for g in groups], crumbs=[("index.html", "Home")]))
        links = [("operations/index.html", "All operations")]
        links += [(f"operations/{g.name}/index.html", title_of(g)) for g in groups]
        self.site.navigation.append(("operations", "Operations", links))
        return count

    @staticmethod
    def path_of(operation):
        return f"operations/{operation.group}/{operation.name}.html"

    # Operations ------------------------------------------------------------------------------------------------

    def _group_page(self, group):
        body = self.site.template("group.html.j2", group=group, title=title_of(group),
                                  has_types=bool(group.structs or group.enums or group.unions))
        path = f"operations/{group.name}/index.html"
        self.site.add(Page(path, title_of(group), body, section="operations", summary=group.doc,
                           crumbs=[("index.html", "Home"), ("operations/index.html", "Operations")]))
        self.site.find(Entry(title_of(group), "Group", path, f"{group.name}()", group.doc))

    def _operation_page(self, group, operation):
        method = f"{operation.group}().{operation.name}"
        body = self.site.template(
            "operation.html.j2", operation=operation, group=group, method=method, rows=self.rows,
            others=[(o, self.path_of(o)) for o in operation.others], errors=errors_of(operation),
            is_retried=operation.idempotent, by_verb=RESENT_BY_VERB[operation.verb],
            returned=self._returned(operation), returned_type=self._returned_type(operation),
            example=code(self.examples.cpp(operation), "cpp"), command=code(self.examples.shell(operation), "bash"))
        contents = [("example", "Example"), ("parameters", "Parameters"), ("response", "Response"), ("errors", "Errors")]
        if not (operation.arguments or operation.query or operation.body):
            contents.pop(1)
        self.site.add(Page(self.path_of(operation), method, body, contents, "operations", operation.doc,
                           crumbs=[("index.html", "Home"), (f"operations/{group.name}/index.html", title_of(group))]))
        self.site.name(method, self.path_of(operation))
        self.site.find(Entry(method, "Operation", self.path_of(operation),
                             f"{operation.id} {operation.verb} {operation.path}", operation.doc))

    def _returned(self, operation):
        """The members of what a call returns."""
        if operation.returns == "struct":
            return operation.struct.members
        ref = None
        if operation.returns == "page":
            ref = operation.page.page.items.type.element
        elif operation.one:
            ref = operation.one.type.element if operation.one.type.base == "list" else operation.one.type
        declared = self.model.types.get(ref.base) if ref else None
        return declared.members if isinstance(declared, Struct) else []

    def _returned_type(self, operation):
        if operation.returns == "nothing":
            return None
        if operation.returns == "struct":
            return self._link(operation.struct.name)
        if operation.returns == "page":
            return self.kind(operation.page.page.items.type)
        return self.kind(operation.one.type)

    # Members and types -----------------------------------------------------------------------------------------

    def rows(self, members, is_request=False):
        return self.site.template("members.html.j2", members=members, kind=self.kind, is_request=is_request)

    def kind(self, ref):
        """A member's type in words, as HTML."""
        if ref.base == "list":
            return f"list of {self.kind(ref.element)}"
        if ref.base == "map":
            return f"map of text to {self.kind(ref.element)}"
        if ref.base in SCALARS:
            return KINDS[ref.base]
        return f"<code>{ref.base}</code>" if ref.base in self.model.ids else self._link(ref.base)

    def _link(self, name):
        declared = self.model.types[name]
        return f'<a href="../../types/{declared.group}.html#{name}">{name}</a>'

    def _types_page(self, group):
        declared = sorted(group.structs + group.enums + group.unions, key=lambda d: d.name)
        path, title = f"types/{group.name}.html", f"Types of {title_of(group)}"
        body = self.site.template("types.html.j2", group=group, title=title, declared=declared, rows=self.rows, link=self._link,
                                  is_enum=lambda d: isinstance(d, Enum), is_union=lambda d: isinstance(d, Union))
        body = body.replace('href="../../types/', 'href="../types/')
        crumbs = [("index.html", "Home")]
        if group.operations:
            crumbs.append((f"operations/{group.name}/index.html", title_of(group)))
        self.site.add(Page(path, title, body, [(d.name, d.name) for d in declared], "operations", crumbs=crumbs))
        for one in declared:
            self.site.name(one.name, f"{path}#{one.name}")
            self.site.find(Entry(one.name, "Type", f"{path}#{one.name}", text=one.doc))


def title_of(group):
    title = " ".join(pascal(word) if i == 0 else word for i, word in enumerate(group.resource.split("_")))
    for short, long in [("Api ", "API "), ("Iam ", "IAM "), ("Dbt", "dbt"), ("etl", "ETL")]:
        title = title.replace(short, long)
    return f"{title}, {group.version}" if group.version else title


def errors_of(operation):
    """What may go wrong with this call: (status, exception, what to do about it)."""
    rows = []
    if operation.arguments:
        rows.append(("–", "InvalidArgumentError", "A path parameter is empty, `.` or `..`: nothing is sent."))
    if operation.body or operation.query:
        rows.append(("400, 422", "BadRequestError, ValidationError", "The input is not accepted; `items()` names each member."))
    needs = f", or the workspace lacks {operation.feature}" if operation.feature else ""
    rows.append(("401, 403", "AuthenticationError, PermissionDeniedError", f"The token is not valid or may not do this{needs}."))
    if operation.arguments or (operation.one and operation.one.type.nullable):
        gone = " After a retried DELETE an earlier attempt may have deleted it." if operation.verb == "DELETE" else ""
        rows.append(("404", "NotFoundError", f"There is no such thing, or the token may not see it.{gone}"))
    if operation.verb in ("POST", "PUT", "PATCH"):
        rows.append(("409, 413", "ConflictError, PayloadTooLargeError", "It is in conflict with what exists, or too large."))
    limit = f"More than {operation.rate[0]} calls a {operation.rate[1]}, or" if operation.rate[0] else "Too many calls:"
    rows.append(("429", "RateLimitError", f"{limit} the token's own limit. The client paces and retries its calls by itself."))
    after = "Retried with backoff, up to four attempts." if operation.idempotent else \
        "Not retried where it may have taken effect: `outcome_unknown()` then says so."
    rows.append(("5xx, none", "ServerError, TransportError", after))
    return rows

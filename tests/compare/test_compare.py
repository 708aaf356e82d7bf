"""Tests of tools/compare, with a made-up library of books: its description in api/, and two documents about it.

library-1 says what the description says; library-2 is the next release and differs in every way that the tool knows.
"""
import contextlib
import io
import json
import os
import shutil
import sys
import tempfile
import unittest

import yaml

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "tools", "compare"))

import compare as tool  # noqa: E402
from departures import Departures  # noqa: E402
from rows import GAP  # noqa: E402

API = os.path.join(HERE, "api")
FIRST = os.path.join(HERE, "library-1.openapi.json")
SECOND = os.path.join(HERE, "library-2.openapi.json")
DEPARTURES = os.path.join(HERE, "departures.yaml")
SHARED = "  (also searchBooks, createBook)"

OPERATIONS = [
    'listReaders: new operation: GET /readers; beta; 5/day; feature Gossip; query with "name"; answer with "readers"',
    "endLoan: operation is gone (DELETE /books/{bookId}/loans)",
    "remindReader: is now called remindBorrower",
    "remindReader: group was loans, is now letters",
    "deleteBook: path was /books/{bookId}, is now /volumes/{volumeId}",
]
FACTS = [
    "listBooks: rate limit was 60/minute, is now 30/minute",
    "listBooks: versions were v1, beta, are now v1",
    "createBook: required feature was Purchases, is now Budget",
    'createBook: new audit event "Book Ordered"',
    'createBook: audit event "Book Bought" is gone',
    'lendBook: new audit event "Reader Fined"',
    'lendBook: audit event "Shelf Emptied" is gone',
]
PARAMETERS = [
    'deleteBook path: new parameter "volumeId" (string, required)',
    'deleteBook path: parameter "bookId" is gone',
    'searchBooks query: new parameter "sort" (string, required)',
    'searchBooks query: parameter "genres" is gone',
    "searchBooks query text: is no longer required",
    'searchBooks query range: new member "step" (number, optional)',
    "searchBooks query range.to: is now required",
    'listBooks query pagination.count: is now needed wherever "pagination" is sent',
]
BODIES = [
    'createBook body: new member "donor" (string, required)',
    'createBook body: member "authors" is gone',
    "createBook body shelf: may no longer be null",
]
ANSWERS = [line + SHARED for line in [
    'listBooks answer books[]: new member "language" (one of "EN", "DE", optional)',
    'listBooks answer books[]: member "weight" is gone',
    "listBooks answer books[].title: may now be null",
    "listBooks answer books[].subtitle: may no longer be null",
    "listBooks answer books[].boughtAt: is no longer promised",
    "listBooks answer books[].extras: is now promised",
    'listBooks answer books[].authors[]: new member "pseudonym" (string, optional)',
]]
TYPES = [line + SHARED for line in [
    "listBooks answer books[].pages: type was int, is now string",
    "listBooks answer books[].notes{}: type was string, is now number",
    "listBooks answer books[].extras: type was free-form object, is now list of string",
    'listBooks answer books[].cover<HardCover>: new member "leather" (bool, optional)',
    'listBooks answer books[].cover: new alternative: object with "rings"',
]]
VALUES = [
    'listBooks answer books[].genre: new value "COMIC"' + SHARED,
    'listBooks answer books[].genre: value "POEMS" is gone' + SHARED,
    'lendBook body wear: value "TORN" is gone',
]


def run(*words):
    """The tool's exit code, its lines without indentation, and what it complains of."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = tool.main(list(words))
    return code, [line.strip() for line in out.getvalue().splitlines()], err.getvalue()


def library(document, departures=DEPARTURES, *more):
    return run(document, "--api", API, "--departures", departures, *more)


class WithFiles(unittest.TestCase):
    """For tests that need a document or a departures file of their own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def file(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def changed(self, change):
        """The first document after `change` was made to it."""
        with open(FIRST, encoding="utf-8") as file:
            data = json.load(file)
        change(data)
        return self.file("changed.json", json.dumps(data))


class NewRelease(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.code, cls.lines, _ = library(SECOND)

    def assert_says(self, expected):
        for line in expected:
            with self.subTest(line):
                self.assertIn(line, self.lines)

    def test_names_operations_that_came_went_and_moved(self):
        self.assert_says(OPERATIONS)

    def test_names_versions_limits_features_and_audit_events(self):
        self.assert_says(FACTS)

    def test_names_parameters_and_their_nested_members(self):
        self.assert_says(PARAMETERS)

    def test_names_members_of_bodies(self):
        self.assert_says(BODIES)

    def test_names_members_of_answers_once_however_many_operations_share_them(self):
        self.assert_says(ANSWERS)

    def test_names_types_maps_free_forms_and_unions(self):
        self.assert_says(TYPES)

    def test_names_values_of_enums(self):
        self.assert_says(VALUES)

    def test_says_nothing_else(self):
        expected = OPERATIONS + FACTS + PARAMETERS + BODIES + ANSWERS + TYPES + VALUES
        headings = ["books", "loans", "readers", f"{len(expected)} differences, 0 stale departures"]
        self.assertEqual(sorted(self.lines), sorted(expected + headings))

    def test_stands_under_its_group(self):
        self.assertEqual([line for line in self.lines if " " not in line], ["books", "loans", "readers"])
        self.assertLess(self.lines.index("loans"), self.lines.index(OPERATIONS[1]))

    def test_exits_with_1(self):
        self.assertEqual(self.code, 1)


class SameRelease(WithFiles):
    def test_has_no_differences_and_exits_with_0(self):
        self.assertEqual(library(FIRST)[:2], (0, ["0 differences, 0 stale departures"]))

    def test_is_read_from_prose_and_media_types_where_a_document_has_no_facts(self):
        def strip(data):
            for item in (item for items in data["paths"].values() for item in items.values()):
                for fact in ("x-versions", "x-rate-limit", "x-requires-feature"):
                    item.pop(fact, None)
            data["paths"]["/books"]["get"]["description"] += " The limit of this endpoint is 60 requests per minute, sorry."
            data["paths"]["/books"]["post"]["description"] += " You need to have the Purchases feature enabled."
        self.assertEqual(library(self.changed(strip))[0], 0)

    def test_may_put_an_object_together_from_parts(self):
        def split(data):
            schemas = data["components"]["schemas"]
            whole = schemas["AuthorV1"]
            schemas["Named"] = {"type": "object", "properties": {"name": whole["properties"].pop("name")}}
            schemas["AuthorV1"] = {"allOf": [{"$ref": "#/components/schemas/Named"}, whole]}
        self.assertEqual(library(self.changed(split))[0], 0)


class BoundsAndDeprecations(WithFiles):
    def compared(self, change):
        return [line for line in library(self.changed(change))[1] if "differences" not in line]

    def test_bounds_are_read_from_schemas(self):
        def bound(data):
            count = data["components"]["schemas"]["PaginationInput"]["properties"]["count"]
            count.update(minimum=1, maximum=50)
        self.assertIn("listBooks query pagination.count: bounds were none, are now 1 to 50", self.compared(bound))

    def test_bounds_are_read_from_prose(self):
        def bound(data):
            count = data["components"]["schemas"]["PaginationInput"]["properties"]["count"]
            count["description"] = "How many, between 1 and 50."
            data["components"]["schemas"]["BookV1"]["properties"]["weight"]["description"] = "Defaults to 1, min 0.5, max 20."
        lines = self.compared(bound)
        self.assertIn("listBooks query pagination.count: bounds were none, are now 1 to 50", lines)
        self.assertIn("listBooks answer books[].weight: bounds were none, are now 0.5 to 20" + SHARED, lines)

    def test_bounds_of_a_parameter_stand_beside_its_schema(self):
        def bound(data):
            parameters = data["paths"]["/books/search"]["get"]["parameters"]
            parameters.append({"name": "most", "in": "query", "schema": {"type": "integer"}, "description": "Between us, between 1 and 9."})
        self.assertIn('searchBooks query: new parameter "most" (int, optional, 1 to 9)', self.compared(bound))

    def test_the_same_bounds_on_both_sides_are_no_difference(self):
        api = os.path.join(self.folder, "api")
        shutil.copytree(API, api)
        with open(os.path.join(api, "books.yaml"), encoding="utf-8") as file:
            text = file.read()
        self.file("api/books.yaml", text.replace("In kilograms.]", "In kilograms., {min: 0, max: 9}]"))

        def bound(data):
            data["components"]["schemas"]["BookV1"]["properties"]["weight"].update(minimum=0, maximum=9)
        self.assertEqual(run(self.changed(bound), "--api", api, "--departures", DEPARTURES)[0], 0)

    def test_a_deprecated_operation_is_named(self):
        def deprecate(data):
            data["paths"]["/books"]["post"]["deprecated"] = True
            data["paths"]["/books/search"]["get"]["description"] = "Finds books. This endpoint is deprecated."
        lines = self.compared(deprecate)
        self.assertIn("createBook: is now deprecated", lines)
        self.assertIn("searchBooks: is now deprecated", lines)

    def test_a_deprecated_member_is_named(self):
        def deprecate(data):
            data["components"]["schemas"]["BookV1"]["properties"]["weight"]["deprecated"] = True
        self.assertIn("listBooks answer books[].weight: is now deprecated" + SHARED, self.compared(deprecate))

    def test_what_is_deprecated_on_both_sides_is_no_difference(self):
        api = os.path.join(self.folder, "api")
        shutil.copytree(API, api)
        with open(os.path.join(api, "books.yaml"), encoding="utf-8") as file:
            text = file.read()
        self.file("api/books.yaml", text.replace("    doc: Buys a book.", "    deprecated: borrow it\n    doc: Buys a book."))
        self.assertIn("createBook: is no longer deprecated", run(FIRST, "--api", api, "--departures", DEPARTURES)[1])

        def deprecate(data):
            data["paths"]["/books"]["post"]["deprecated"] = True
        self.assertEqual(run(self.changed(deprecate), "--api", api, "--departures", DEPARTURES)[0], 0)


class OddDocuments(WithFiles):
    def test_a_type_that_holds_itself_is_walked_once(self):
        def recurse(data):
            pupils = {"type": "array", "items": {"$ref": "#/components/schemas/AuthorV1"}}
            data["components"]["schemas"]["AuthorV1"]["properties"]["pupils"] = pupils
        path = self.changed(recurse)
        self.assertIn('listBooks answer books[].authors[]: new member "pupils" (list of object with "name", "born", "pupils", optional)'
                      + SHARED, library(path)[1])
        self.assertEqual(library(path, DEPARTURES, "--counts")[0], 0)

    def test_versions_of_different_shape_are_each_compared(self):
        def vary(data):
            content = data["paths"]["/books"]["post"]["requestBody"]["content"]
            content["application/vnd.segment.v1beta+json"]["schema"] = {"type": "object", "properties": {"title": {"type": "string"}}}
        self.assertEqual(library(self.changed(vary))[1], [
            "books", "createBook beta body title: is no longer required", 'createBook beta body: member "authors" is gone',
            'createBook beta body: member "shelf" is gone',
            "3 differences, 0 stale departures"])

    def test_an_answer_without_its_envelope_is_pointed_out(self):
        def unwrap(data):
            for entry in data["paths"]["/loans/reminders"]["post"]["responses"]["200"]["content"].values():
                entry["schema"] = entry["schema"]["properties"]["data"]
        self.assertIn('remindReader answer: does not come under "data" alone', library(self.changed(unwrap))[1])

    def test_a_body_that_came_or_went_is_one_line(self):
        def swap(data):
            del data["paths"]["/books"]["post"]["requestBody"]
            schema = {"schema": {"type": "object", "properties": {"tone": {"type": "string"}}}}
            data["paths"]["/loans/reminders"]["post"]["requestBody"] = {"content": {"application/json": schema}}
        lines = library(self.changed(swap))[1]
        self.assertIn("createBook body: is gone", lines)
        self.assertIn('remindReader body: is new: object with "tone"', lines)


V2 = "application/vnd.segment.v2+json"


def add_v2(data):
    """A second generation of two operations on books; one of them looks as before."""
    book = {"type": "object", "properties": {"id": {"type": "string"}, "title": {"type": "string"}}, "required": ["id", "title"]}
    data["components"]["schemas"]["BookV2"] = book
    answer = {"type": "object", "properties": {"data": {"type": "object", "required": ["book"],
                                                        "properties": {"book": {"$ref": "#/components/schemas/BookV2"}}}}}
    for path, verb in (("/books", "post"), ("/books/{bookId}", "delete")):
        item = data["paths"][path][verb]
        item["x-versions"].append("v2")
        status, = (status for status in item["responses"] if status.startswith("2"))
        content = item["responses"][status]["content"]
        content[V2] = {"schema": answer} if verb == "post" else next(iter(content.values()))
    body = data["paths"]["/books"]["post"]["requestBody"]["content"]
    body[V2] = next(iter(body.values()))


class NewGeneration(WithFiles):
    """A version with types of its own, from the document into the description."""

    def setUp(self):
        super().setUp()
        self.document = self.changed(add_v2)
        self.api = os.path.join(self.folder, "api")
        shutil.copytree(API, self.api)

    def compared(self, *more):
        return run(self.document, "--api", self.api, "--departures", DEPARTURES, *more)

    def write(self, name, text):
        with open(os.path.join(self.api, name), "w", encoding="utf-8") as file:
            file.write(text)

    def skeleton(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            tool.main([self.document, "--api", self.api, "--departures", DEPARTURES, "--skeleton"])
        head, _, rest = out.getvalue().partition("\n")
        self.assertEqual(head, "# api/books_v2.yaml, new")
        return rest

    def test_is_pointed_out(self):
        self.assertEqual(self.compared()[1], [
            "books",
            "createBook: versions were v1, beta, are now v1, v2, beta",
            "createBook v2: has types of its own: describe it in a group of that version",
            "deleteBook: versions were alpha, are now v2, alpha",
            "3 differences, 0 stale departures"])

    def test_is_written_out_whole_but_for_its_sentences(self):
        data = yaml.safe_load(self.skeleton())
        self.assertEqual((data["group"], data["version"]), ("books", "v2"))
        self.assertEqual(data["types"]["BookV2"]["members"], {"id": ["BookId!", GAP], "title": ["string!", GAP]})
        self.assertEqual(data["operations"], {
            "createBook": {
                "name": "create", "call": "POST /books", "feature": "Purchases", "audit": ["Book Bought"], "doc": GAP,
                "body": {"name": "CreateBookV2", "members": {
                    "title": ["string!", GAP], "authors": ["list<Author>", GAP], "shelf": ["string?", GAP]}},
                "returns": {"one": {"book": "BookV2!"}}},
            "deleteBook": {
                "name": "remove", "call": "DELETE /books/{bookId}", "doc": GAP, "path": {"bookId": ["BookId!", GAP]},
                "returns": "nothing"}})

    def test_is_written_into_a_folder_but_never_over_a_file(self):
        expected = self.skeleton()
        code, lines, _ = self.compared("--skeleton", "--into", self.api)
        path = os.path.join(self.api, "books_v2.yaml")
        self.assertEqual((code, lines), (0, [f"# {path}, new"]))
        with open(path, encoding="utf-8") as file:
            self.assertEqual(file.read().strip(), expected.strip())
        self.write("books_v2.yaml", "group: nothing_that_is_compared\ndoc: D.\n")
        code, _, complaint = self.compared("--skeleton", "--into", self.api)
        self.assertEqual(code, 2)
        self.assertIn("books_v2.yaml", complaint)

    def test_is_refused_by_the_generator_until_the_sentences_are_written(self):
        self.write("books_v2.yaml", self.skeleton())
        code, _, complaint = self.compared()
        self.assertEqual(code, 2)
        self.assertIn("books_v2.yaml: doc: its sentence is still to be written", complaint)

    def test_is_all_there_once_the_sentences_are_written(self):
        self.write("books_v2.yaml", self.skeleton().replace(GAP, "A sentence."))
        self.assertEqual(self.compared()[:2], (0, ["0 differences, 0 stale departures"]))

    def test_is_compared_with_what_is_described_for_it(self):
        self.write("books_v2.yaml", self.skeleton().replace(GAP, "A sentence.").replace("      title: [string!, A sentence.]\n", "", 1))
        self.assertIn('createBook v2 answer book: new member "title" (string, required)', self.compared()[1])

    def test_may_be_described_as_a_preview_before_the_document_has_it(self):
        text = self.skeleton().replace(GAP, "A sentence.").replace("    call:", "    preview: true\n    call:")
        self.write("books_v2.yaml", text)
        published = ["previews that the document has; once it is the published one, take `preview` out of them",
                     "createBook v2", "deleteBook v2"]
        self.assertEqual(self.compared()[:2], (0, ["0 differences, 0 stale departures"] + published))
        self.document = FIRST
        self.assertEqual(self.compared()[:2], (0, ["0 differences, 0 stale departures"]))


class Skeletons(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            cls.code = tool.main([SECOND, "--api", API, "--departures", DEPARTURES, "--skeleton"])
        parts = out.getvalue().split("# api/")[1:]
        cls.files = {part.split("\n")[0]: yaml.safe_load(part.split("\n", 1)[1]) for part in parts}

    def test_are_one_for_each_file(self):
        self.assertEqual((self.code, list(self.files)), (0, ["readers.yaml, new", "books.yaml, to add"]))

    def test_of_a_new_operation_have_its_facts(self):
        self.assertEqual(self.files["readers.yaml, new"], {"group": "readers", "doc": GAP, "operations": {"listReaders": {
            "name": "list", "call": "GET /readers", "versions": ["beta"], "rate": "5/day", "feature": "Gossip", "doc": GAP,
            "query": {"name": "ListReadersQuery", "members": {"name": ["string", GAP]}},
            "returns": {"one": {"readers": "list<string>!"}}}}})

    def test_of_known_types_have_what_is_to_be_added(self):
        added = self.files["books.yaml, to add"]
        self.assertEqual(added["types"]["Author"], {"members": {"pseudonym": ["string", GAP]}})
        self.assertEqual(added["types"]["Book"], {"members": {"language": ["Language", GAP]}})
        self.assertEqual(added["enums"]["Language"], {"doc": GAP, "values": {"EN": GAP, "DE": GAP}})
        self.assertEqual(added["enums"]["Genre"], {"values": {"COMIC": GAP}})

    def test_of_nothing_new_are_empty(self):
        self.assertEqual(library(FIRST, DEPARTURES, "--skeleton")[:2], (0, [""]))


class Changelog(WithFiles):
    def sections(self, *words):
        """Section -> its lines."""
        code, lines, _ = run(*words, "--changelog")
        self.assertEqual((code, lines[0]), (0, "## Unreleased"))
        starts = [i for i, line in enumerate(lines) if line.startswith("### ")] + [len(lines)]
        return {lines[i][4:]: [line for line in lines[i + 1:j] if line] for i, j in zip(starts, starts[1:])}

    def of(self, document):
        return self.sections(document, "--api", API, "--departures", DEPARTURES)

    def test_has_the_sections_of_the_projects_own(self):
        self.assertEqual(list(self.of(SECOND)), ["Changed", "Removed", "Added"])

    def test_lists_what_breaks_first(self):
        changed = self.of(SECOND)["Changed"]
        self.assertIn('- Breaking: `CreateBook`: new member "donor" (string, required).', changed)
        self.assertIn("- Breaking: `PageRange`, to: is now required.", changed)
        self.assertIn("- Breaking: `listBooks`: is no longer in beta.", changed)
        self.assertIn("- `listBooks`: rate limit was 60/minute, is now 30/minute.", changed)
        marks = [line.startswith("- Breaking: ") for line in changed]
        self.assertEqual(marks, sorted(marks, reverse=True))

    def test_says_what_is_gone(self):
        removed = self.of(SECOND)["Removed"]
        self.assertIn("- `endLoan`: operation is gone (DELETE /books/{bookId}/loans).", removed)
        self.assertIn('- `Genre`: value "POEMS" is gone.', removed)

    def test_names_types_so_that_what_operations_share_is_one_line(self):
        sections = self.of(SECOND)
        self.assertIn('- `Genre`: new value "COMIC".', sections["Added"])
        self.assertIn('- `Author`: new member "pseudonym" (string, optional).', sections["Added"])
        self.assertIn("- `Book`, extras: is now promised.", sections["Changed"])
        self.assertIn("- `FoundBooks`, hint: is now promised.", self.of(self.changed(promise_hint))["Changed"])

    def test_says_what_is_deprecated(self):
        def deprecate(data):
            data["paths"]["/books"]["post"]["deprecated"] = True
        self.assertEqual(self.of(self.changed(deprecate)), {"Deprecated": ["- `createBook`: is now deprecated."]})

    def test_says_of_a_new_version_what_it_is_to_users(self):
        self.assertEqual(self.of(self.changed(add_v2)), {"Added": [
            "- `createBook`, v2: has types of its own.", "- `deleteBook`: is in v2 too."]})

    def test_says_what_is_no_longer_a_preview(self):
        api = os.path.join(self.folder, "api")
        shutil.copytree(API, api)
        with open(os.path.join(api, "loans.yaml"), encoding="utf-8") as file:
            text = file.read()
        self.file("api/loans.yaml", text.replace("    call:", "    preview: true\n    call:"))
        self.assertEqual(self.sections(FIRST, "--api", api, "--departures", DEPARTURES), {"Changed": [
            "- `lendBook`, `remindReader`, `endLoan`, v1: no longer a preview."]})

    def test_has_no_sections_where_nothing_is_new(self):
        self.assertEqual(self.of(FIRST), {})


def promise_hint(data):
    for entry in data["paths"]["/books/search"]["get"]["responses"]["200"]["content"].values():
        entry["schema"]["properties"]["data"]["required"].append("hint")


class MeantDifferences(WithFiles):
    def departures(self, extra):
        with open(DEPARTURES, encoding="utf-8") as file:
            return self.file("departures.yaml", file.read() + extra)

    def test_are_left_out_wherever_the_pattern_fits(self):
        path = self.departures("departures:\n- {where: 'listBooks answer *', what: '*', reason: r}\n"
                               "- {where: '* answer *', what: '*', reason: r}\n")
        lines = library(SECOND, path)[1]
        self.assertFalse([line for line in lines if " answer " in line and "new operation" not in line])
        self.assertTrue(set(BODIES) <= set(lines))

    def test_take_everything_but_the_star_as_it_is(self):
        path = self.departures("departures:\n- {where: 'listBooks answer books[].pages', what: 'type was int, is now string', reason: r}\n")
        lines = library(SECOND, path)[1]
        self.assertNotIn(TYPES[0], lines)
        self.assertIn("searchBooks answer books[].pages: type was int, is now string  (also createBook)", lines)

    def test_are_reported_once_they_meet_nothing(self):
        code, lines, _ = library(FIRST, self.departures("departures:\n- {where: createBook, what: 'never *', reason: r}\n"))
        self.assertEqual(code, 1)
        self.assertIn("departures: createBook: never *", lines)
        self.assertIn("0 differences, 1 stale departures", lines)

    def test_include_enums_that_stand_for_several_lists(self):
        code, lines, _ = library(FIRST, self.file("departures.yaml", "groups: {Lending: loans}\n"))
        self.assertEqual((code, lines[1]), (1, 'lendBook body wear: value "TORN" is gone'))

    def test_are_stale_for_an_enum_whose_lists_are_all_the_same(self):
        path = self.file("departures.yaml", "groups: {Lending: loans}\nmerged_enums: {Wear: why, Genre: why}\n")
        self.assertIn("merged_enums: Genre", library(FIRST, path)[1])

    def test_of_this_project_all_have_a_reason(self):
        Departures(os.path.join(ROOT, "tools", "compare", "departures.yaml"))


class Counts(WithFiles):
    def test_are_the_same_where_nothing_differs(self):
        code, lines, _ = library(FIRST, DEPARTURES, "--counts")
        self.assertEqual(code, 0)
        self.assertEqual(lines[1].split(), ["books", "4", "1", "6", "5", "59", "9"])
        self.assertIn("query parameters     description      6   document      6   the same", lines)

    def test_point_at_what_differs(self):
        lines = library(SECOND, DEPARTURES, "--counts")[1]
        self.assertEqual(lines[2].split()[:4], ["letters", "0/1", "!", "0"])
        self.assertIn("members of bodies    description      7   document      5   differs by +2", lines)
        self.assertIn("enum values          description     17   document     18   differs by -1", lines)


class UnusableInput(WithFiles):
    def assert_unusable(self, result, words):
        code, lines, complaint = result
        self.assertEqual((code, lines), (2, []))
        self.assertIn(words, complaint)

    def test_is_a_document_that_is_not_there(self):
        self.assert_unusable(library(os.path.join(self.folder, "none.json")), "none.json")

    def test_is_a_document_that_is_no_json(self):
        self.assert_unusable(library(self.file("a.json", "{")), "a.json")

    def test_is_json_that_is_no_openapi(self):
        self.assert_unusable(library(self.file("a.json", "{}")), "no OpenAPI 3 document")

    def test_is_a_document_that_points_nowhere(self):
        def cut(data):
            del data["components"]["schemas"]["AuthorV1"]
        self.assert_unusable(library(self.changed(cut)), "AuthorV1")

    def test_is_a_folder_without_a_description(self):
        self.assert_unusable(run(FIRST, "--api", self.folder), "no description")

    def test_is_a_description_with_a_mistake(self):
        self.file("a.yaml", "group: a\ndoc: A.\ntypes: {T: {doc: T., members: {m: [Nothing!, M.]}}}\n")
        self.assert_unusable(run(FIRST, "--api", self.folder), "no type Nothing")

    def test_is_a_departure_without_a_reason(self):
        path = self.file("departures.yaml", "departures:\n- {where: a, what: b}\n")
        self.assert_unusable(library(FIRST, path), "reason")


if __name__ == "__main__":
    unittest.main()

"""Tests of what tools/compare says of the made-up library of books and of documents about it."""
import os
import shutil
import unittest

from made_up_library import API, DEPARTURES, FIRST, SECOND, WithFiles, library, run

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

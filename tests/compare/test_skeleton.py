"""Tests of what tools/compare writes in the form of api/."""
import os
import shutil
import unittest

from made_up_library import API, DEPARTURES, FIRST, SECOND, WithFiles, add_v2, library, read, run, skeletons
from rows import GAP


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
        (head, rest), = skeletons(self.document, self.api).items()
        self.assertEqual(head, "books_v2.yaml, new")
        return rest

    def test_is_pointed_out(self):
        self.assertEqual(self.compared()[1], [
            "books",
            "createBook: versions were v1, beta, are now v1, v2, beta",
            "createBook v2: has types of its own: describe it in a group of that version",
            "deleteBook: versions were alpha, are now v2, alpha",
            "3 differences, 0 stale departures"])

    def test_is_written_out_whole_but_for_its_sentences(self):
        data = read(self.skeleton())
        self.assertEqual((data["group"], data["version"]), ("books", "v2"))
        self.assertEqual(data["types"]["BookV2"]["members"], {
            "id": ["BookId!", f"{GAP}: Its id."], "title": ["string!", f"{GAP}: Its title."]})
        self.assertEqual(data["operations"], {
            "createBook": {
                "name": "create", "call": "POST /books", "feature": "Purchases", "audit": ["Book Bought"],
                "doc": f"{GAP}: Buys a book.",
                "body": {"name": "CreateBookV2", "members": {
                    "title": ["string!", f"{GAP}: Its title."], "authors": ["list<Author>", f"{GAP}: Who wrote it."],
                    "shelf": ["string?", f"{GAP}: Where it stands."]}},
                "returns": {"one": {"book": "BookV2!"}}},
            "deleteBook": {
                "name": "remove", "call": "DELETE /books/{bookId}", "doc": f"{GAP}: Sells a book.",
                "path": {"bookId": ["BookId!", f"{GAP}: The book."]},
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
        self.assertRegex(complaint, r"books_v2.yaml: still to be written: lines 3, \d+")

    def test_is_all_there_once_the_sentences_are_written(self):
        self.write("books_v2.yaml", self.skeleton().replace(GAP, "A sentence."))
        self.assertEqual(self.compared()[:2], (0, ["0 differences, 0 stale departures"]))

    def test_is_compared_with_what_is_described_for_it(self):
        self.write("books_v2.yaml", self.skeleton().replace(GAP, "A sentence.").replace('      title: [string!, "A sentence.: Its title."]\n', "", 1))
        self.assertIn('createBook v2 answer book: new member "title" (string, required)', self.compared()[1])

    def test_may_be_described_as_a_preview_before_the_document_has_it(self):
        text = self.skeleton().replace(GAP, "A sentence.").replace("    call:", "    preview: true\n    call:")
        self.write("books_v2.yaml", text)
        published = ["previews that the document has; once it is the published one, take `preview` out of them",
                     "createBook v2", "deleteBook v2"]
        self.assertEqual(self.compared()[:2], (0, ["0 differences, 0 stale departures"] + published))
        self.document = FIRST
        self.assertEqual(self.compared()[:2], (0, ["0 differences, 0 stale departures"]))


class IntoAFolder(WithFiles):
    """What is new in files that are there stands at the end of what it belongs to."""

    def setUp(self):
        super().setUp()
        self.api = os.path.join(self.folder, "api")
        shutil.copytree(API, self.api)

    def written(self, document):
        """(lines of the tool, {file: (lines before, lines after)}) of files that changed."""
        code, lines, _ = run(document, "--api", self.api, "--departures", DEPARTURES, "--skeleton", "--into", self.api)
        self.assertEqual(code, 0)
        return lines, {name: (self.lines_of(API, name), self.lines_of(self.api, name)) for name in os.listdir(API)
                       if self.lines_of(API, name) != self.lines_of(self.api, name)}

    def lines_of(self, folder, name):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            return file.read().split("\n")

    def assert_stands(self, lines, behind, added):
        at = lines.index(behind) + 1
        self.assertEqual(lines[at:at + len(added)], added)

    def test_new_members_and_values_stand_behind_the_others(self):
        lines, files = self.written(SECOND)
        self.assertIn(f"# {self.api}/books.yaml, added to", lines)
        books = files["books.yaml"][1]
        self.assert_stands(books, "      POEMS: Short lines.", [f"      COMIC: {GAP}", "  Wear:"])
        self.assert_stands(books, "      born: [int, The year.]", [f"      pseudonym: [string, {GAP}]", "  Book:"])
        self.assert_stands(books, "      TORN: Somebody should not have.", ["  BookLanguage:", f"    doc: {GAP}", "    values:"])

    def test_members_of_a_body_stand_in_its_operation(self):
        books = self.written(SECOND)[1]["books.yaml"][1]
        self.assert_stands(books, '        shelf: ["string?", Where it stands.]', [f"        donor: [string!, {GAP}]", "    returns: {one: {book: Book!}}"])

    def test_members_of_a_query_stand_in_its_operation_or_its_type(self):
        books = self.written(SECOND)[1]["books.yaml"][1]
        self.assert_stands(books, "        genres: [list<Genre>, Which kinds.]", [f"        sort: [string!, {GAP}]"])
        self.assert_stands(books, "      to: [int, At most.]", [f"      step: [number, {GAP}]"])

    def test_ids_stand_in_the_order_of_the_alphabet(self):
        self.assertEqual(self.written(self.changed(add_letters))[1]["ids.yaml"][1],
                         ["ids:", "  BookId: A book of the library.", f"  LetterId: {GAP}", ""])

    def test_a_new_operation_stands_behind_the_others_with_an_empty_line_before_it(self):
        def add(data):
            data["paths"]["/books/oldest"] = {"get": {**data["paths"]["/books/search"]["get"], "operationId": "findOldest", "parameters": []}}
        books = self.written(self.changed(add))[1]["books.yaml"][1]
        self.assert_stands(books, "    returns: nothing", ["", "  findOldest:", "    name: find_oldest"])

    def test_nothing_else_changes(self):
        for before, after in self.written(SECOND)[1].values():
            rest = iter(after)
            self.assertEqual([line for line in before if line not in rest], [], "each line is found behind the one before it")

    def test_a_section_that_is_not_there_yet_is_made(self):
        def add(data):
            loan = data["paths"]["/books/{bookId}/loans"]["post"]["responses"]["200"]["content"]
            for entry in loan.values():
                mood = {"type": "string", "enum": ["GLAD"]}
                entry["schema"]["properties"]["data"]["properties"]["mood"] = mood
        loans = self.written(self.changed(add))[1]["loans.yaml"][1]
        self.assert_stands(loans, "enums:", ["  LoanMood:", f"    doc: {GAP}", "    values:", f"      GLAD: {GAP}", "", "operations:"])


class Skeletons(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = {name: read(text) for name, text in skeletons(SECOND).items()}

    def test_are_one_for_each_file(self):
        self.assertEqual(list(self.files), ["readers.yaml, new", "books.yaml, to add"])

    def test_of_a_new_operation_have_its_facts(self):
        self.assertEqual(self.files["readers.yaml, new"], {"group": "readers", "doc": GAP, "operations": {"listReaders": {
            "name": "list", "call": "GET /readers", "versions": ["beta"], "rate": "5/day", "feature": "Gossip", "doc": GAP,
            "query": {"name": "ListReadersQuery", "members": {"name": ["string", GAP]}},
            "returns": {"one": {"readers": "list<string>!"}}}}})

    def test_of_known_types_have_what_is_to_be_added(self):
        added = self.files["books.yaml, to add"]
        self.assertEqual(added["types"]["Author"], {"members": {"pseudonym": ["string", GAP]}})
        self.assertEqual(added["types"]["Book"], {"members": {"language": ["BookLanguage", GAP]}})
        self.assertEqual(added["enums"]["BookLanguage"], {"doc": GAP, "values": {"EN": GAP, "DE": GAP}})
        self.assertEqual(added["enums"]["Genre"], {"values": {"COMIC": GAP}})

    def test_of_nothing_new_are_empty(self):
        self.assertEqual(library(FIRST, DEPARTURES, "--skeleton")[:2], (0, [""]))


def add_letters(data):
    """A new group: its responses and bodies share an enum, numbers have bounds, and something is not a name."""
    letter = {"type": "object", "required": ["id"], "properties": {
        "id": {"type": "string"}, "boughtAt": {"type": "string"}, "pages": {"type": "number"}, "weight": {"type": "integer", "minimum": 0},
        "postage": {"type": "integer", "description": "In cents, between 1 and 9."}, "tone": {"type": "string", "enum": ["KIND", "UNKNOWN"]},
        "class": {"type": "string", "deprecated": True}}}
    data["components"]["schemas"]["LetterV1"] = letter
    answer = {"type": "object", "properties": {"data": {"type": "object", "required": ["letter"], "properties": {
        "letter": {"$ref": "#/components/schemas/LetterV1"}}}}}
    body = {"type": "object", "properties": {"tone": {"type": "string", "enum": ["KIND", "UNKNOWN"]}}}
    kind = "application/vnd.segment.v1+json"
    common = {"tags": ["Letters"], "x-versions": ["v1"], "responses": {"200": {"content": {kind: {"schema": answer}}}}}
    data["paths"]["/letters"] = {"post": {
        "operationId": "createLetter", "deprecated": True, "requestBody": {"content": {kind: {"schema": body}}}, **common}}
    data["paths"]["/letters/{letterId}"] = {"get": {
        "operationId": "getLetter", "parameters": [{"name": "letterId", "in": "path", "required": True, "schema": {"type": "string"}}], **common}}


class SkeletonOfAGroup(WithFiles):
    def setUp(self):
        super().setUp()
        self.files = {name: read(text) for name, text in skeletons(self.changed(add_letters)).items()}
        self.letters = self.files["letters.yaml, new"]
        self.letter = self.letters["types"]["Letter"]["members"]

    def test_makes_ids_types(self):
        self.assertEqual(self.files["ids.yaml, to add"], {"ids": {"LetterId": GAP}})
        self.assertEqual(self.letter["id"], ["LetterId!", GAP])
        self.assertEqual(self.letters["operations"]["getLetter"]["path"], {"letterId": ["LetterId!", GAP]})

    def test_calls_an_enum_after_the_type_that_has_it(self):
        self.assertEqual(self.letter["tone"], ["LetterTone", GAP])
        self.assertEqual(self.letters["operations"]["createLetter"]["body"]["members"], {"tone": ["LetterTone", GAP]})

    def test_takes_the_type_that_members_of_this_name_have(self):
        self.assertEqual((self.letter["boughtAt"], self.letter["pages"]), (["timestamp", GAP], ["int", GAP]))

    def test_has_the_bounds_of_numbers(self):
        self.assertEqual(self.letter["weight"], ["int", GAP, {"min": 0}])
        self.assertEqual(self.letter["postage"], ["int", GAP, {"min": 1, "max": 9}])

    def test_leaves_it_to_a_person_what_to_use_instead_of_what_is_deprecated(self):
        self.assertEqual(self.letter["class"][2]["deprecated"], GAP)
        self.assertEqual(self.letters["operations"]["createLetter"]["deprecated"], GAP)

    def test_leaves_it_to_a_person_to_name_what_makes_no_name(self):
        self.assertEqual(self.letter["class"][2]["as"], GAP)
        self.assertEqual(self.letters["enums"]["LetterTone"]["values"], {"KIND": GAP, "UNKNOWN": [GAP, {"as": GAP}]})


if __name__ == "__main__":
    unittest.main()

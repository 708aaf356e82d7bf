"""Tests of tools/api_diff, with a small library of books that changes."""
import contextlib
import io
import os
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(ROOT, "tools", "api_diff"))

import api_diff as tool  # noqa: E402

IDS = "ids: {BookId: A book.}"
BOOKS = """
group: books
doc: Books.
enums:
  Genre:
    doc: What kind of book it is.
    values: {NOVEL: A story., POEMS: Verse.}
unions:
  Cover:
    doc: What holds it together.
    of: [Paper, Leather]
types:
  Paper: {doc: Paper., members: {weight: [number!, Its weight.]}}
  Leather: {doc: Leather., members: {animal: [string!, Whose.]}}
  Draft: {doc: A draft., members: {text: [string!, The text.]}}
  Book:
    doc: A book.
    members:
      id: [BookId!, Its id.]
      title: [string!, The title.]
      genre: [Genre, The kind.]
      cover: [Cover, The cover.]
operations:
  getBook:
    name: get
    call: GET /books/{bookId}
    versions: [v1, beta]
    doc: Looks up a book.
    path: {bookId: [BookId!, The book.]}
    returns: {one: {book: Book!}}
  createBook:
    name: create
    call: POST /books
    versions: [v1]
    doc: Buys a book.
    body: {name: CreateBook, members: {title: [string!, The title.], genre: [Genre, The kind.]}}
    returns: {one: {book: Book!}}
  draftBook:
    name: draft
    call: POST /drafts
    versions: [alpha]
    doc: Begins a book.
    returns: {one: {draft: Draft!}}
"""


class ApiDiff(unittest.TestCase):
    def differ(self, *changes, old=BOOKS, **files):
        """The exit code, and the sections of the report after these texts were replaced."""
        new = old
        for before, after in changes:
            self.assertIn(before, new)
            new = new.replace(before, after)
        out = io.StringIO()
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(out):
            for side, text in (("old", {"books": old}), ("new", {"books": new, **files})):
                os.mkdir(os.path.join(folder, side))
                for name, content in {"ids": IDS, **text}.items():
                    with open(os.path.join(folder, side, name + ".yaml"), "w", encoding="utf-8") as file:
                        file.write(content)
            code = tool.main([os.path.join(folder, "old"), os.path.join(folder, "new")])
        sections, rows = {}, []
        for line in out.getvalue().splitlines():
            if line.startswith("  "):
                rows.append(line.strip())
            else:
                rows = sections.setdefault(line.rstrip(":"), [])
        return code, sections

    def breaks(self, *rows, changes):
        self.assertEqual(self.differ(*changes), (1, {"breaks": list(rows)}))

    def adds(self, *rows, changes, **files):
        self.assertEqual(self.differ(*changes, **files), (0, {"new": list(rows)}))

    def test_says_so_where_nothing_differs(self):
        self.assertEqual(self.differ(), (0, {"nothing differs": []}))

    def test_a_method_that_goes_breaks(self):
        self.breaks("books().get is gone", changes=[
            (BOOKS[BOOKS.index("  getBook"):BOOKS.index("  createBook")], "")])

    def test_a_method_or_an_argument_of_another_type_breaks(self):
        self.breaks("books().get: returns was Book, is std::string", changes=[
            ("{bookId: [BookId!, The book.]}\n    returns: {one: {book: Book!}}", "{bookId: [BookId!, The book.]}\n    returns: {one: {book: string!}}")])
        self.breaks("books().get: arguments was BookId, is std::string", changes=[("bookId: [BookId!, The b", "bookId: [string!, The b")])

    def test_a_query_that_may_be_left_out_breaks_nothing(self):
        query = "query: {name: Which, members: {edition: [int%s, Which.]}}"
        path = "path: {bookId: [BookId!, The book.]}"
        self.assertEqual(self.differ((path, path + "\n    " + query % ""))[0], 0)
        self.assertEqual(self.differ((path, path + "\n    " + query % "!"))[1]["breaks"], ["books().get: query was none, is Which"])

    def test_a_struct_that_derives_from_one_of_its_members_breaks(self):
        one = "returns: {one: {book: Book!}}"
        details = "returns: {struct: Details, members: {book: [Book!, The book.], shelf: [string, The shelf.]}}"
        self.assertEqual(self.differ(("members: {book", "extends: book, members: {book"), old=BOOKS.replace(one, details, 1)),
                         (1, {"breaks": ["Details: its base was none, is Book", "Details::book is gone"]}))

    def test_a_member_that_goes_or_has_another_type_breaks(self):
        self.breaks("Book::title is gone", changes=[("      title: [string!, The title.]\n", "")])
        self.breaks("Book::title was std::string, is std::int64_t", changes=[("      title: [string!", "      title: [int!")])

    def test_a_member_that_is_newly_required_breaks(self):
        self.breaks("CreateBook::genre was std::optional<Genre>, is Required<Genre>", changes=[("genre: [Genre, The kind.]}}", "genre: [Genre!, The kind.]}}")])
        self.breaks("CreateBook::pages is new, and needed", changes=[("genre: [Genre, The kind.]}}", "genre: [Genre, The kind.], pages: [int!, P.]}}")])

    def test_members_in_another_order_break(self):
        self.breaks("the members of CreateBook stand in another order", changes=[
            ("{title: [string!, The title.], genre: [Genre, The kind.]}", "{genre: [Genre, The kind.], title: [string!, The title.]}")])

    def test_a_new_member_breaks_nothing(self):
        self.adds("Book::pages", "CreateBook::pages", changes=[
            ("      cover: [Cover, The cover.]", "      cover: [Cover, The cover.]\n      pages: [int, P.]"),
            ("genre: [Genre, The kind.]}}", "genre: [Genre, The kind.], pages: [int, P.]}}")])

    def test_a_value_that_goes_breaks_and_a_new_one_does_not(self):
        self.breaks("Genre::poems is gone", changes=[(", POEMS: Verse.", "")])
        self.adds("Genre::comic", changes=[("POEMS: Verse.", "POEMS: Verse., COMIC: Pictures.")])

    def test_another_alternative_of_a_union_breaks_who_visits_it(self):
        self.breaks("Cover can also be Draft", changes=[("[Paper, Leather]", "[Paper, Leather, Draft]")])

    def test_what_was_not_stable_breaks_nothing_that_was_promised(self):
        self.assertEqual(self.differ(("Draft: {doc: A draft., members: {text:", "Draft: {doc: A draft., members: {words:"), ("name: draft", "name: begin")), (0, {
            "may break: it was not stable": ["Draft::text is gone", "books().draft is gone"],
            "new": ["Draft::words", "books().begin"]}))

    def test_a_version_that_goes_breaks_where_it_was_stable(self):
        self.assertEqual(self.differ(("[v1, beta]", "[v1]")), (0, {"may break: it was not stable": ["books().get: there is no beta any more"]}))

    def test_a_group_of_a_version_and_what_is_deprecated_are_new(self):
        self.adds("books().create is deprecated: use `order`", "books_v2().get, a preview", "group books_v2()", changes=[
            ("    doc: Buys a book.", "    deprecated: use `order`\n    doc: Buys a book.")], books_v2="""
group: books
version: v2
doc: Books.
operations:
  getBook:
    name: get
    call: GET /books/{bookId}
    preview: true
    doc: Looks up a book.
    path: {bookId: [BookId!, The book.]}
    returns: {one: {book: Book!}}
""")

    def test_an_input_that_cannot_be_used_is_said(self):
        err = io.StringIO()
        with contextlib.redirect_stderr(err):
            self.assertEqual(tool.main(["/nowhere", "/nowhere"]), 2)
        self.assertIn("/nowhere", err.getvalue())


if __name__ == "__main__":
    unittest.main()

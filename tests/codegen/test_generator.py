"""The generator: what it reports about a wrong description, and that its golden output has not changed."""
import contextlib
import os
import re
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
GENERATOR = os.path.join(ROOT, "tools", "codegen", "generate.py")
KITCHEN_SINK = os.path.join(HERE, "kitchen_sink")

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(GENERATOR))
from generate import render  # noqa: E402
from model import DescriptionError, Model  # noqa: E402

IDS = "ids: {BookId: A book.}"
OPERATION = """
  getBook:
    name: get
    call: GET /books/{bookId}
    versions: [v1]
    doc: Looks up a book.
    path:
      bookId: [BookId!, The book.]
    returns: {one: {book: Book!}}
"""
GROUP = """
group: books
doc: Books.
types:
  Book:
    doc: A book.
    members:
      title: [string!, The title.]
operations:""" + OPERATION


def generate(*arguments):
    return subprocess.run([sys.executable, "-B", GENERATOR, *arguments], capture_output=True, text=True, check=False)


class Description:
    """A folder with a small description; each test breaks one thing in it."""

    def __init__(self, **files):
        self.files = {"ids": IDS, "books": GROUP, **files}

    @contextlib.contextmanager
    def folder(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in self.files.items():
                with open(os.path.join(folder, name + ".yaml"), "w", encoding="utf-8") as f:
                    f.write(text)
            yield folder


class GoldenOutput(unittest.TestCase):
    def test_is_what_the_kitchen_sink_generates(self):
        result = generate("--api", os.path.join(KITCHEN_SINK, "api"), "--out", os.path.join(KITCHEN_SINK, "expected"),
                          "--check")
        self.assertEqual((result.returncode, result.stdout), (0, ""), "see CONTRIBUTING.md on how to bring it up to date")

    def test_is_the_same_when_it_is_generated_twice(self):
        with tempfile.TemporaryDirectory() as folder:
            api = os.path.join(KITCHEN_SINK, "api")
            self.assertEqual(generate("--api", api, "--out", folder).returncode, 0)
            self.assertEqual(generate("--api", api, "--out", folder, "--check").returncode, 0)

    def test_is_named_file_by_file_where_it_differs(self):
        with tempfile.TemporaryDirectory() as folder:
            api = os.path.join(KITCHEN_SINK, "api")
            generate("--api", api, "--out", folder)
            with open(os.path.join(folder, "src/api/books.cpp"), "a", encoding="utf-8") as f:
                f.write("// by hand\n")
            with open(os.path.join(folder, "src/api/gone.cpp"), "w", encoding="utf-8") as f:
                f.write("// of a group that is no more\n")
            result = generate("--api", api, "--out", folder, "--check")
            self.assertEqual(result.returncode, 1)
            self.assertEqual(result.stdout.splitlines(), [
                "differs from what the description generates: src/api/books.cpp",
                "is no longer generated: src/api/gone.cpp"])


class ReadMe(unittest.TestCase):
    def test_says_how_many_operations_there_are(self):
        with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
            said = re.search(r"all of its (\d+) operations", file.read())[1]
        self.assertEqual(int(said), len(Model(os.path.join(ROOT, "api")).operations))


class MadeUpNumbers(unittest.TestCase):
    def test_are_within_the_bounds_of_every_member(self):
        """The sandbox makes up one number of each kind: no member may have bounds that exclude it."""
        with open(os.path.join(ROOT, "sandbox/src/engine/example.cpp"), encoding="utf-8") as f:
            text = f.read()
        made_up = {base: float(re.search(rf"Kind::{kind}:\s+return ([0-9.]+);", text)[1])
                   for base, kind in (("int", "integer"), ("number", "number"))}
        structs = [s for group in Model(os.path.join(ROOT, "api")).groups for s in group.structs]
        bounded = [(s.name, m) for s in structs for m in s.members if m.minimum is not None or m.maximum is not None]
        self.assertTrue(bounded)
        for owner, member in bounded:
            with self.subTest(member=f"{owner}.{member.name}"):
                value = made_up[member.type.base]
                self.assertLessEqual(value if member.minimum is None else member.minimum, value)
                self.assertGreaterEqual(value if member.maximum is None else member.maximum, value)


class WrongDescription(unittest.TestCase):
    def refused(self, *words, **files):
        """The description is refused with a message that contains these words."""
        with Description(**files).folder() as folder, self.assertRaises(DescriptionError) as refusal:
            render(Model(folder))
        for word in words:
            self.assertIn(word, str(refusal.exception))

    def changed(self, before, after):
        self.assertIn(before, GROUP)
        return GROUP.replace(before, after)

    def test_is_said_in_one_line_and_nothing_is_written(self):
        with Description(books=self.changed("[string!,", "[Titel!,")).folder() as folder:
            out = os.path.join(folder, "out")
            result = generate("--api", folder, "--out", out)
            self.assertEqual(result.returncode, 1)
            self.assertEqual(result.stderr, "error: books.yaml: Book.title: there is no type Titel\n")
            self.assertFalse(os.path.exists(out))

    def test_is_not_what_these_tests_start_from(self):
        with Description().folder() as folder:
            self.assertIn("src/api/books.cpp", render(Model(folder)))

    # Types and their members

    def test_unknown_type_of_a_member(self):
        self.refused("books.yaml: Book.title: there is no type Titel", books=self.changed("[string!,", "[Titel!,"))

    def test_unknown_type_of_an_answer(self):
        self.refused("books.yaml: getBook: there is no type Bok", books=self.changed("book: Book!", "book: Bok!"))

    def test_unknown_type_in_a_list(self):
        self.refused("books.yaml: Book.title: there is no type Titel", books=self.changed("[string!,", "[list<Titel>!,"))

    def test_unknown_type_of_a_query(self):
        self.refused("books.yaml: getBook: there is no type PageReqest",
                     books=self.changed("    returns:", "    query: PageReqest\n    returns:"))

    def test_unknown_alternative_of_a_union(self):
        self.refused("books.yaml: Place: there is no type Shelf", books=GROUP + "unions: {Place: {doc: D., of: [Shelf]}}")

    def test_alternative_of_a_union_that_is_no_struct(self):
        self.refused("books.yaml: Place: State is no struct", books=GROUP + """
enums: {State: {doc: D., values: {ON: D.}}}
unions: {Place: {doc: D., of: [State]}}""".replace("ON:", "LENT:"))

    def test_type_that_makes_no_sense(self):
        self.refused("books.yaml: Book.title: 'string!!' is no type", books=self.changed("[string!,", "[string!!,"))
        self.refused("books.yaml: Book.title: 'set<string>' is no type", books=self.changed("[string!,", "[set<string>,"))

    def test_type_declared_twice_in_two_files(self):
        self.refused("more.yaml: Book is declared twice (also in books)",
                     more="group: more\ndoc: D.\ntypes: {Book: {doc: D., members: {x: [int, D.]}}}")

    def test_type_declared_twice_in_one_file(self):
        twice = self.changed("operations:", "  Book:\n    doc: Another.\n    members: {}\noperations:")
        self.refused("books.yaml: line", "Book stands there twice", books=twice)

    def test_type_with_the_name_of_a_scalar_or_an_id(self):
        self.refused("more.yaml: BookId is the name of a scalar or an id",
                     more="group: more\ndoc: D.\ntypes: {BookId: {doc: D., members: {x: [int, D.]}}}")

    def test_member_that_is_a_keyword(self):
        self.refused("books.yaml: Book.class: 'class' cannot be a C++ name; give one with `as`",
                     books=self.changed("title:", "class:"))

    def test_member_that_is_no_name(self):
        self.refused("books.yaml: Book.13th", books=self.changed("title:", "13th:"))

    def test_two_members_of_one_cpp_name(self):
        self.refused("books.yaml: Book.book_title: the name book_title is taken",
                     books=self.changed("title: [string!, The title.]",
                                        "bookTitle: [string, D.]\n      book_title: [string, D.]"))

    def test_member_written_twice(self):
        self.refused("books.yaml: line", "title stands there twice",
                     books=self.changed("title: [string!, The title.]", "title: [string, D.]\n      title: [int, D.]"))

    def test_member_without_a_sentence(self):
        self.refused("books.yaml: Book.title", books=self.changed("[string!, The title.]", "string!"))
        self.refused("books.yaml: Book.title", books=self.changed("[string!, The title.]", "[string!]"))

    def test_member_with_two_dots(self):
        self.refused("books.yaml: Book.a.b.c", books=self.changed("title: [string!, The title.]",
                                                                  "a.b.c: [string, D., {as: c}]"))

    def test_option_that_nobody_reads(self):
        self.refused("books.yaml: Book.title: there is no `max_length` here",
                     books=self.changed("The title.]", "The title., {max_length: 3}]"))

    def test_too_many_members(self):
        members = "".join(f"      m{i}: [int, D.]\n" for i in range(65))
        self.refused("books.yaml: Book has more than 64 members",
                     books=self.changed("      title: [string!, The title.]\n", members))

    def test_type_that_holds_itself(self):
        self.refused("books.yaml: Book -> Book: a type cannot hold itself", books=self.changed("[string!,", "[Book,"))

    def test_types_that_hold_each_other_in_a_circle(self):
        circle = self.changed("[string!, The title.]", "[list<Shelf>!, D.]").replace(
            "operations:", "  Shelf:\n    doc: D.\n    members:\n      book: [Book, D.]\noperations:")
        self.refused("books.yaml: Book -> Shelf -> Book: a type cannot hold itself", books=circle)

    # Enums

    def test_two_enumerators_of_one_cpp_name(self):
        self.refused("books.yaml: State.on-loan: the name on_loan is taken",
                     books=GROUP + "enums: {State: {doc: D., values: {ON_LOAN: D., on-loan: D.}}}")

    def test_enumerator_that_hides_a_member_of_its_class(self):
        self.refused("books.yaml: State.UNKNOWN: the name unknown is taken",
                     books=GROUP + "enums: {State: {doc: D., values: {UNKNOWN: D.}}}")

    def test_enumerator_that_is_a_keyword(self):
        self.refused("books.yaml: State.DELETE: 'delete' cannot be a C++ name",
                     books=GROUP + "enums: {State: {doc: D., values: {DELETE: D.}}}")

    def test_enum_value_that_yaml_does_not_read_as_text(self):
        for value in ("ON", "no", "0", "null"):
            self.refused("books.yaml: line", "quote it",
                         books=GROUP + "enums: {State: {doc: D., values: {%s: D.}}}" % value)

    # Operations

    def test_path_parameter_that_is_not_listed(self):
        self.refused("books.yaml: getBook: `path` does not list the parameters of /books/{bookId}/{copyId}",
                     books=self.changed("{bookId}", "{bookId}/{copyId}"))

    def test_path_parameters_in_another_order(self):
        wrong = self.changed("{bookId}", "{copy}/{bookId}").replace(
            "[BookId!, The book.]", "[BookId!, The book.]\n      copy: [string!, D.]")
        self.refused("books.yaml: getBook: `path` does not list the parameters of", books=wrong)

    def test_path_parameter_that_is_no_text(self):
        self.refused("books.yaml: getBook.bookId: a path parameter is a text of some type, not int!",
                     books=self.changed("[BookId!,", "[int!,"))
        self.refused("books.yaml: getBook.bookId: a path parameter is a text of some type",
                     books=self.changed("[BookId!,", "[list<string>!,"))

    def test_path_parameter_with_the_name_of_another_parameter(self):
        self.refused("books.yaml: getBook.options: the name options is taken",
                     books=self.changed("bookId", "options").replace("{bookId}", "{options}"))

    def test_versions_out_of_order(self):
        self.refused("books.yaml: getBook: versions", books=self.changed("[v1]", "[alpha, v1]"))

    def test_version_of_a_group_that_is_none(self):
        self.refused("books_v9.yaml: there is no version v9", books_v9=self.other_version("v9"))

    def test_versions_in_a_group_of_one_version(self):
        self.refused("books_v2.yaml: getBook: there is no `versions` here",
                     books_v2=self.other_version("v2").replace("    doc: Looks", "    versions: [v2]\n    doc: Looks"))

    def test_version_that_stands_in_two_groups(self):
        self.refused("books_v2.yaml: getBook: v2 is described in books too",
                     books_v2=self.other_version("v2"), books=self.changed("[v1]", "[v1, v2]"))

    def test_operation_of_two_paths(self):
        self.refused("books_v2.yaml: getBook: books has it as GET /books/{bookId}",
                     books_v2=self.other_version("v2").replace("GET", "PUT"))

    def test_preview_that_is_none(self):
        self.refused("books.yaml: getBook: `preview` is true, or not there",
                     books=self.changed("    doc: Looks", "    preview: false\n    doc: Looks"))

    def test_deprecated_without_what_to_use(self):
        self.refused("books.yaml: getBook: `deprecated` says what to use instead",
                     books=self.changed("    doc: Looks", "    deprecated: ''\n    doc: Looks"))
        self.refused("books.yaml: Book.title: `deprecated` says what to use instead",
                     books=self.changed("The title.]", "The title., {deprecated: true}]"))

    def test_sentence_that_is_still_to_be_written(self):
        self.refused("books.yaml: still to be written: line 14",
                     books=self.changed("Looks up a book.", "TO BE WRITTEN"))

    def test_sentences_that_are_still_to_be_written_are_said_all_at_once(self):
        more = "group: more\ndoc: TO BE WRITTEN\nenums:\n  A:\n    doc: TO BE WRITTEN\n    values:\n      B: TO BE WRITTEN\n      C: 'TO BE WRITTEN: D.'\n"
        self.refused("books.yaml: still to be written: line 8\nmore.yaml: still to be written: lines 2, 5, 7-8",
                     books=self.changed("The title.", "TO BE WRITTEN"), more=more)

    def test_mistakes_in_several_files_are_said_at_once(self):
        self.refused("books.yaml: getBook: `preview`", "more.yaml: the group: there is no `docs` here",
                     books=self.changed("    doc: Looks", "    preview: false\n    doc: Looks"), more="group: more\ndoc: D.\ndocs: D.\n")

    def test_name_that_is_taken_says_how_to_give_another(self):
        self.refused("books.yaml: State.UNKNOWN: the name unknown is taken: every enum has a member of it; give another one with `as`",
                     books=GROUP + "enums: {State: {doc: D., values: {UNKNOWN: D.}}}")

    def other_version(self, version):
        return GROUP.replace("group: books", f"group: books\nversion: {version}").replace("    versions: [v1]\n", "") \
            .replace("Book:", f"Book{version.upper()}:").replace("Book!", f"Book{version.upper()}!") \
            .replace(f"getBook{version.upper()}:", "getBook:")

    def test_versions_that_are_none(self):
        for versions in ("[v3]", "[]", "[v1, v1]"):
            self.refused("books.yaml: getBook: versions", books=self.changed("[v1]", versions))

    def test_verb_or_path_that_is_none(self):
        self.refused("books.yaml: getBook: 'FETCH /books/{bookId}'", books=self.changed("GET", "FETCH"))
        self.refused("books.yaml: getBook: 'GET books/{bookId}'", books=self.changed("GET /", "GET "))

    def test_rate_that_is_none(self):
        for rate in ("60", "many/minute", "60/fortnight"):
            self.refused(f"books.yaml: getBook: '{rate}' is no rate",
                         books=self.changed("    doc: Looks up", f"    rate: '{rate}'\n    doc: Looks up"))

    def test_fact_that_nobody_reads(self):
        self.refused("books.yaml: getBook: there is no `feauture` here",
                     books=self.changed("    doc: Looks up", "    feauture: Protocols\n    doc: Looks up"))

    def test_fact_that_is_missing(self):
        self.refused("books.yaml: getBook: `returns` is missing",
                     books=self.changed("    returns: {one: {book: Book!}}", ""))
        self.refused("books.yaml: getBook: `versions` is missing", books=self.changed("    versions: [v1]\n", ""))

    def test_walk_over_a_list_without_a_pagination(self):
        answer = "{struct: Found, members: {books: [list<Book>!, B.]}}\n    walks: {list: {page: Books, list: books, doc: D.}}"
        self.refused("books.yaml: getBook.list: there is no list books with booksPagination beside it",
                     books=self.changed("{one: {book: Book!}}", answer))

    def test_walk_over_an_answer_of_one_thing(self):
        self.refused("books.yaml: getBook.list: only a response whose members are listed here can be walked",
                     books=self.changed("{one: {book: Book!}}",
                                        "{one: {book: Book!}}\n    walks: {list: {page: Books, list: books, doc: D.}}"))

    def test_operation_described_in_two_files(self):
        self.refused("more.yaml: getBook is described twice (also in books)",
                     more="group: more\ndoc: D.\noperations:" + OPERATION)

    def test_two_methods_of_one_name(self):
        other = OPERATION.replace("getBook", "findBook")
        self.refused("books.yaml: findBook: the name get is taken", books=GROUP + other)

    def test_group_described_in_two_files(self):
        self.refused("more.yaml: there is another group books", more="group: books\ndoc: D.")

    # Answers

    def returning(self, returns, query=""):
        return self.changed("    returns: {one: {book: Book!}}", query + "    returns: " + returns)

    def test_answer_of_no_known_shape(self):
        self.refused("books.yaml: getBook: `returns` is none of", books=self.returning("{two: {book: Book!}}"))

    def test_answer_of_one_that_may_be_missing_or_null(self):
        for one in ("Book", '"Book!?"'):
            self.refused("books.yaml: getBook: what is returned alone is `!`, or `?`", books=self.returning(f"{{one: {{book: {one}}}}}"))
        self.refused("books.yaml: getBook: only a GET may find nothing",
                     books=self.returning('{one: {book: "Book?"}}').replace("call: GET", "call: POST"))

    def test_answer_that_extends_what_is_no_struct_or_not_always_there(self):
        for members, said in (("book: [Book, D.]", "always there"), ('book: ["Book!?", D.]', "always there"),
                              ("x: [Book!, D.]", "always there"), ("book: [string!, D.]", "only a struct can be extended")):
            self.refused(said, books=self.returning(f"{{struct: Details, extends: book, members: {{{members}}}}}"))

    def test_answer_that_extends_a_type_of_requests(self):
        self.refused("books.yaml: Details.book: a type of requests is not extended", books=self.returning(
            "{struct: Details, extends: book, members: {book: [Book!, D.]}}", "    body: {name: Change, members: {book: [Book!, D.]}}\n"))

    PAGES = """    query:
      name: Paged
      members:
        count: [int, D.]
        cursor: [string, D.]
"""
    PAGINATION = """group: common
doc: D.
types: {Pagination: {doc: D., external: segment/page.hpp, members: {next: ["string?", D.]}}}"""

    def test_page_without_a_list(self):
        self.refused("books.yaml: getBook: a page has one list and one pagination", common=self.PAGINATION,
                     books=self.returning("{page: {book: Book!, pagination: Pagination!}}", self.PAGES))

    def test_page_without_a_pagination(self):
        self.refused("books.yaml: getBook: a page has one list and one pagination",
                     books=self.returning("{page: {books: list<Book>!}}", self.PAGES))

    def test_page_without_a_cursor_in_the_query(self):
        self.refused("books.yaml: getBook: a list in pages needs `count` and `cursor` in its query",
                     common=self.PAGINATION, books=self.returning("{page: {books: list<Book>!, pagination: Pagination!}}"))

    def test_page_with_other_members_and_no_name(self):
        self.refused("books.yaml: getBook: a page of this shape needs a `struct` name", common=self.PAGINATION,
                     books=self.returning("{page: {books: list<Book>!, more: Book, pagination: Pagination!}}", self.PAGES))

    # Files

    def test_file_that_is_no_yaml(self):
        self.refused("more.yaml: it is no YAML", more="group: [")

    def test_file_that_describes_nothing(self):
        self.refused("more.yaml: it describes nothing", more="# later\n")

    def test_part_of_a_group_that_nobody_reads(self):
        self.refused("books.yaml: the group: there is no `typos` here", books=GROUP + "typos: {}\n")


if __name__ == "__main__":
    unittest.main()

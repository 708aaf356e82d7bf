"""Tests of differences that are meant."""
import os
import unittest

from made_up_library import DEPARTURES, FIRST, ROOT, SECOND, WithFiles, library
from test_compare import BODIES, TYPES
from departures import Departures


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


if __name__ == "__main__":
    unittest.main()

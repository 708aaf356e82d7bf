"""Tests of the changelog that tools/compare drafts."""
import os
import shutil
import unittest

from made_up_library import API, DEPARTURES, FIRST, SECOND, WithFiles, add_v2, run


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


if __name__ == "__main__":
    unittest.main()

"""Tests of scripts/release, in a small repository whose other scripts only say that they ran."""
import os
import shutil
import subprocess
import tarfile
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
GENERATED = ["include/segment/api/all.hpp", "src/api/operations.cpp", "cli/generated/operation_sentences.cpp"]
IDENTITY = ["-c", "user.name=Test", "-c", "user.email=test@example.test"]


def version_header(version, namespace):
    return f'#define SEGMENT_PUBLIC_API_VERSION "{version}"\n#define SEGMENT_ABI {namespace}_libcpp\n#define SEGMENT_ABI {namespace}\n'


def changelog(version, unreleased=""):
    return f"# Changes\n\n## Unreleased\n\n{unreleased}\n## {version} - 2026-11-29\n\n- Something new.\n\n## 0.0.1 - 2026-01-01\n\n- Old.\n"


class Release(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        for name in GENERATED:
            self.write(name, "// generated\n")
        self.write("include/segment/version.hpp", version_header("0.2.0", "v0_2"))
        self.write("CHANGELOG.md", changelog("0.2.0"))
        self.write(".gitignore", "build/\n")
        for name in ("lib.sh", "release"):
            self.copy_script(name)
        shutil.copytree(os.path.join(ROOT, "packaging"), os.path.join(self.folder, "packaging"),
                        ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("generate", "format", "test", "api_diff"):
            self.script(name, 0)
        self.git("init", "--quiet")
        self.commit()

    def copy_script(self, name):
        os.makedirs(os.path.join(self.folder, "scripts"), exist_ok=True)
        shutil.copy(os.path.join(ROOT, "scripts", name), os.path.join(self.folder, "scripts", name))

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def script(self, name, code):
        os.chmod(self.write(f"scripts/{name}", f'#!/bin/sh\necho "ran {name} $*"\nexit {code}\n'), 0o755)

    def git(self, *words):
        # Isolated from the surrounding repository, and from the user's own configuration.
        self.environment = {**{k: v for k, v in os.environ.items() if not k.startswith("GIT_")}, "GIT_CONFIG_GLOBAL": "/dev/null",
                            "GIT_COMMITTER_NAME": "Test", "GIT_COMMITTER_EMAIL": "test@example.test"}
        return subprocess.run(["git", *IDENTITY, *words], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=True).stdout

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "--quiet", "--allow-empty", "-m", "Change")

    def release(self, *words):
        return subprocess.run(["scripts/release", *words], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False)

    def refused(self, words, *arguments):
        result = self.release(*arguments)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertIn(words, result.stderr)
        self.assertEqual(self.git("tag", "--list", "v0.2.0"), "")

    def test_tags_and_leaves_an_archive_with_what_is_generated(self):
        result = self.release()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("ran test", result.stdout)
        self.assertIn("- Something new.", self.git("tag", "--list", "-n9", "v0.2.0"))
        described = os.path.join(self.folder, "build/segment-public-api-0.2.0.packaging")
        self.assertTrue(os.path.exists(os.path.join(described, "segment-public-api-0.2.0.spdx.json")))
        self.assertTrue(os.path.exists(os.path.join(described, "vcpkg/segment-public-api/portfile.cmake")))
        with tarfile.open(os.path.join(self.folder, "build/segment-public-api-0.2.0.tar.gz")) as archive:
            names = archive.getnames()
        for name in GENERATED:
            self.assertIn(f"segment-public-api-0.2.0/{name}", names)

    def test_is_only_checked_where_that_is_asked_for(self):
        result = self.release("--check", "--no-tests")
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("0.2.0 can be released", result.stdout)
        self.assertNotIn("ran test", result.stdout)
        self.assertEqual(self.git("tag"), "")

    def test_is_none_of_what_is_not_committed(self):
        self.write("new.txt", "x")
        self.refused("not committed")

    def test_is_none_without_its_section_in_the_changelog(self):
        self.write("CHANGELOG.md", changelog("0.1.9"))
        self.commit()
        self.refused("no section `## 0.2.0 - <date>`")

    def test_is_none_while_something_is_unreleased(self):
        self.write("CHANGELOG.md", changelog("0.2.0", "- Forgotten.\n"))
        self.commit()
        self.refused("still has something under Unreleased")

    def test_is_none_in_the_namespace_of_another_version(self):
        self.write("include/segment/version.hpp", version_header("0.2.0", "v0_1"))
        self.commit()
        self.refused("is v0_2")

    def test_is_none_where_generated_sources_differ(self):
        self.script("generate", 1)
        self.commit()
        self.refused("not what api/ generates")

    def test_is_none_where_the_tests_fail(self):
        self.script("test", 1)
        self.commit()
        self.refused("the tests fail")

    def test_is_none_twice(self):
        self.assertEqual(self.release("--no-tests").returncode, 0)
        again = self.release("--no-tests")
        self.assertIn("v0.2.0 is there already", again.stderr)

    def test_is_none_that_breaks_what_a_patch_must_not(self):
        self.assertEqual(self.release("--no-tests").returncode, 0)
        self.write("include/segment/version.hpp", version_header("0.2.1", "v0_2"))
        self.write("CHANGELOG.md", changelog("0.2.1"))
        self.script("api_diff", 1)
        self.commit()
        result = self.release("--no-tests")
        self.assertEqual(result.returncode, 1)
        self.assertIn("ran api_diff v0.2.0", result.stdout)
        self.assertIn("0.2.1 must not break what v0.2.0 had", result.stderr)
        self.write("include/segment/version.hpp", version_header("0.3.0", "v0_3"))
        self.write("CHANGELOG.md", changelog("0.3.0"))
        self.commit()
        self.assertEqual(self.release("--no-tests").returncode, 0, "before 1.0 a minor release may")

    def test_takes_no_other_word(self):
        self.assertEqual(self.release("--force").returncode, 2)


if __name__ == "__main__":
    unittest.main()

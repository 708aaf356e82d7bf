"""What an archive of a release is described as: its SBOM, its vcpkg port and its Conan recipe.

Neither vcpkg nor Conan is here: the port is run by CMake with functions that note what they are called with, the
recipe is imported over a module of the same names and its methods are called.
"""
import hashlib
import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import types
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
VERSION = "0.2.0"
NAME = f"segment-public-api-{VERSION}"

VCPKG = r"""
cmake_minimum_required(VERSION 3.22)
function(note)
  list(JOIN ARGN " " text)
  file(APPEND "${LOG}" "${text}\n")
endfunction()
function(vcpkg_download_distfile result)
  cmake_parse_arguments(PARSE_ARGV 1 one "" "URLS;FILENAME;SHA512" "")
  file(SHA512 "${ARCHIVE}" sum)
  if(NOT sum STREQUAL one_SHA512)
    message(FATAL_ERROR "the archive has another SHA512")
  endif()
  note(download ${one_URLS})
  set(${result} "${ARCHIVE}" PARENT_SCOPE)
endfunction()
function(vcpkg_extract_source_archive result)
  cmake_parse_arguments(PARSE_ARGV 1 one "" "ARCHIVE" "")
  file(ARCHIVE_EXTRACT INPUT "${one_ARCHIVE}" DESTINATION "${WORK}/source")
  file(GLOB folder "${WORK}/source/*")
  set(${result} "${folder}" PARENT_SCOPE)
endfunction()
function(vcpkg_check_features)
  cmake_parse_arguments(PARSE_ARGV 0 one "" "OUT_FEATURE_OPTIONS" "FEATURES")
  set(options "")
  while(one_FEATURES)
    list(POP_FRONT one_FEATURES feature option)
    set(value OFF)
    if(feature IN_LIST FEATURES)
      set(value ON)
    endif()
    list(APPEND options "-D${option}=${value}")
  endwhile()
  set(${one_OUT_FEATURE_OPTIONS} ${options} PARENT_SCOPE)
endfunction()
function(vcpkg_cmake_configure)
  note(configure ${ARGN})
endfunction()
function(vcpkg_cmake_install)
  note(install)
endfunction()
function(vcpkg_cmake_config_fixup)
  note(config ${ARGN})
endfunction()
function(vcpkg_fixup_pkgconfig)
endfunction()
function(vcpkg_copy_tools)
  note(tools ${ARGN})
endfunction()
function(vcpkg_install_copyright)
  cmake_parse_arguments(PARSE_ARGV 0 one "" "" "FILE_LIST")
  if(NOT EXISTS "${one_FILE_LIST}")
    message(FATAL_ERROR "there is no ${one_FILE_LIST}")
  endif()
endfunction()
include("${PORT}")
"""


def switches():
    """The switches that the build has."""
    return set(re.findall(r"(SEGMENT_\w+)", (ROOT / "cmake/options.cmake").read_text(encoding="utf-8")))


class AnArchive(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.work = pathlib.Path(folder.name)
        self.archive = self.work / f"{NAME}.tar.gz"
        with tarfile.open(self.archive, "w:gz") as tar:
            for path in ("LICENSE", "CMakeLists.txt", "include/segment/version.hpp"):
                tar.add(ROOT / path, f"{NAME}/{path}")
        self.out = self.work / "out"
        subprocess.run([sys.executable, ROOT / "packaging/describe.py", self.archive, "--url",
                        f"https://releases.example/{NAME}.tar.gz", "--version", VERSION, "--out", self.out], check=True)

    def sbom(self):
        return json.loads((self.out / f"{NAME}.spdx.json").read_text(encoding="utf-8"))


class AnSbom(AnArchive):
    def test_names_each_file_by_its_sums(self):
        files = {file["fileName"]: file for file in self.sbom()["files"]}
        self.assertEqual(set(files), {"./LICENSE", "./CMakeLists.txt", "./include/segment/version.hpp"})
        data = (ROOT / "LICENSE").read_bytes()
        self.assertIn({"algorithm": "SHA256", "checksumValue": hashlib.sha256(data).hexdigest()},
                      files["./LICENSE"]["checksums"])

    def test_refers_only_to_what_it_has(self):
        sbom = self.sbom()
        self.assertEqual(sbom["spdxVersion"], "SPDX-2.3")
        known = {"SPDXRef-DOCUMENT", *(entry["SPDXID"] for entry in sbom["packages"] + sbom["files"])}
        self.assertEqual(len(known), 1 + len(sbom["packages"]) + len(sbom["files"]))
        for relation in sbom["relationships"]:
            self.assertLessEqual({relation["spdxElementId"], relation["relatedSpdxElement"]}, known)
        self.assertRegex(sbom["creationInfo"]["created"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")

    def test_names_the_licence_of_what_is_linked(self):
        licences = {package["name"]: package["licenseDeclared"] for package in self.sbom()["packages"]}
        self.assertEqual(licences, {"segment-public-api": "MIT", "libcurl": "curl", "nlohmann_json": "MIT"})
        self.assertTrue((ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License"))


class AVcpkgPort(AnArchive):
    def run_port(self, *features):
        script, log = self.work / "run.cmake", self.work / "log"
        script.write_text(VCPKG, encoding="utf-8")
        log.unlink(missing_ok=True)
        subprocess.run(["cmake", f"-DFEATURES={';'.join(features)}", f"-DLOG={log}", f"-DARCHIVE={self.archive}",
                        f"-DWORK={self.work}", f"-DCURRENT_PACKAGES_DIR={self.work}/packages",
                        f"-DPORT={self.out}/vcpkg/segment-public-api/portfile.cmake", "-P", script], check=True)
        return log.read_text(encoding="utf-8").splitlines()

    def test_fetches_the_archive_and_configures_with_switches_that_there_are(self):
        lines = self.run_port("redis", "simdjson")
        self.assertIn(f"download https://releases.example/{NAME}.tar.gz", lines)
        configure = next(line for line in lines if line.startswith("configure"))
        self.assertIn("-DSEGMENT_BUILD_REDIS=ON", configure)
        self.assertIn("-DSEGMENT_BUILD_SPDLOG=OFF", configure)
        self.assertIn("-DSEGMENT_JSON_READER=simdjson", configure)
        self.assertLessEqual(set(re.findall(r"-D(\w+)=", configure)), switches())
        self.assertIn("config PACKAGE_NAME SegmentPublicApi CONFIG_PATH lib/cmake/SegmentPublicApi", lines)

    def test_brings_the_tools_where_they_are_wanted(self):
        self.assertEqual([line for line in self.run_port() if line.startswith("tools")], [])
        self.assertIn("tools TOOL_NAMES segment AUTO_CLEAN", self.run_port("cli", "profiles"))

    def test_has_a_manifest_with_the_features_of_the_port(self):
        port = self.out / "vcpkg/segment-public-api"
        manifest = json.loads((port / "vcpkg.json").read_text(encoding="utf-8"))
        self.assertEqual(manifest["version-semver"], VERSION)
        named = re.search(r"FEATURES\n(.*?)\)", (port / "portfile.cmake").read_text(encoding="utf-8"), re.S)[1]
        self.assertEqual(set(re.findall(r"^\s+(\w+) SEGMENT", named, re.M)) | {"simdjson"}, set(manifest["features"]))


class Options(dict):
    __getattr__ = dict.__getitem__

    def get_safe(self, name):
        return self.get(name)

    def rm_safe(self, name):
        self.pop(name, None)


def stand_in_modules(called):
    """`conan` and what the recipe imports of it: each notes what it is called with."""
    class Toolchain:
        def __init__(self, _):
            self.cache_variables = called["variables"] = {}

        def generate(self):
            called["generated"] = True

    class Step:
        def __init__(self, *_):
            pass

        def __getattr__(self, name):
            return lambda *_: called.setdefault("steps", []).append(name)

    def note(name):
        return lambda *values, **named: called.__setitem__(name, (values[1:], named))

    names = {"conan": {"ConanFile": object}, "conan.tools": {},
             "conan.tools.build": {"check_min_cppstd": note("cppstd")},
             "conan.tools.cmake": {"CMake": Step, "CMakeDeps": Step, "CMakeToolchain": Toolchain, "cmake_layout": note("layout")},
             "conan.tools.files": {"copy": note("copy"), "get": note("get")}}
    for name, members in names.items():
        module = types.ModuleType(name)
        module.__dict__.update(members)
        yield name, module


class AConanRecipe(AnArchive):
    def recipe(self, **options):
        self.called = {"requires": []}
        for name, module in stand_in_modules(self.called):
            before = sys.modules.get(name)
            sys.modules[name] = module
            self.addCleanup(lambda name=name, before=before: sys.modules.pop(name, None) if before is None
                            else sys.modules.__setitem__(name, before))
        spec = importlib.util.spec_from_file_location("conanfile", self.out / "conan/conanfile.py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        recipe = module.SegmentPublicApiConan()
        recipe.options = Options({**recipe.default_options, **options})
        recipe.version, recipe.package_folder, recipe.source_folder = VERSION, "package", "source"
        recipe.requires = lambda reference, **_: self.called["requires"].append(reference)
        recipe.cpp_info = types.SimpleNamespace(set_property=lambda *_: None)
        return recipe

    def test_builds_with_switches_that_there_are(self):
        recipe = self.recipe(with_redis=True)
        for method in ("configure", "layout", "requirements", "validate", "generate", "build", "package", "package_info"):
            getattr(recipe, method)()
        self.assertEqual(self.called["variables"]["SEGMENT_BUILD_REDIS"], "ON")
        self.assertEqual(self.called["variables"]["SEGMENT_BUILD_SPDLOG"], "OFF")
        self.assertLessEqual(set(self.called["variables"]), switches())
        self.assertIn("hiredis/[>=0.14]", self.called["requires"])
        self.assertNotIn("spdlog/[>=1.9]", self.called["requires"])
        self.assertEqual(self.called["steps"], ["generate", "configure", "build", "install"])

    def test_fetches_the_archive_by_its_sum(self):
        recipe = self.recipe(shared=True)
        recipe.configure()
        self.assertNotIn("fPIC", recipe.options)
        data = dict(re.findall(r'^\s+(url|sha256): "(.*)"$', (self.out / "conan/conandata.yml").read_text("utf-8"), re.M))
        recipe.conan_data = {"sources": {VERSION: data}}
        recipe.source()
        self.assertEqual(self.called["get"][1]["sha256"], hashlib.sha256(self.archive.read_bytes()).hexdigest())


if __name__ == "__main__":
    unittest.main()

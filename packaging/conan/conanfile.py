"""The recipe for Conan 2: `conan create . --version 0.2.0`, with a conandata.yml from packaging/describe.py."""
import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.cmake import CMake, CMakeDeps, CMakeToolchain, cmake_layout
from conan.tools.files import copy, get

required_conan_version = ">=2.0"

# Parts of the library, each with its option and what it needs.
PARTS = {
    "redis": ("SEGMENT_BUILD_REDIS", ["hiredis/[>=0.14]", "openssl/[>=1.1 <4]"]),
    "prometheus": ("SEGMENT_BUILD_PROMETHEUS", ["prometheus-cpp/[>=1.0]"]),
    "spdlog": ("SEGMENT_BUILD_SPDLOG", ["spdlog/[>=1.9]"]),
    "sandbox": ("SEGMENT_BUILD_SANDBOX", ["cpp-httplib/[>=0.11 <0.16]"]),
    "profiles": ("SEGMENT_PROFILES", ["tomlplusplus/[>=3.0]"]),
}


class SegmentPublicApiConan(ConanFile):
    name = "segment-public-api"
    description = "A C++20 client library for the Segment Public API"
    license = "MIT"
    topics = ("segment", "analytics", "api", "client")
    package_type = "library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"shared": [True, False], "fPIC": [True, False], "with_simdjson": [True, False],
               **{f"with_{part}": [True, False] for part in PARTS}}
    default_options = {"shared": False, "fPIC": True, "with_simdjson": False,
                       **{f"with_{part}": False for part in PARTS}}

    def configure(self):
        if self.options.shared:
            self.options.rm_safe("fPIC")

    def layout(self):
        cmake_layout(self, src_folder="src")

    def requirements(self):
        self.requires("libcurl/[>=7.81 <9]")
        self.requires("nlohmann_json/[>=3.11]", visible=False)
        if self.options.with_simdjson:
            self.requires("simdjson/[>=3]")
        for part, (_, needed) in PARTS.items():
            if self.options.get_safe(f"with_{part}"):
                for reference in needed:
                    self.requires(reference)

    def validate(self):
        check_min_cppstd(self, 20)

    def source(self):
        get(self, **self.conan_data["sources"][self.version], strip_root=True)

    def generate(self):
        toolchain = CMakeToolchain(self)
        for switch in ("SEGMENT_BUILD_TESTS", "SEGMENT_BUILD_EXAMPLES", "SEGMENT_BUILD_CLI"):
            toolchain.cache_variables[switch] = "OFF"
        for part, (switch, _) in PARTS.items():
            toolchain.cache_variables[switch] = "ON" if self.options.get_safe(f"with_{part}") else "OFF"
        toolchain.cache_variables["SEGMENT_JSON_READER"] = "simdjson" if self.options.with_simdjson else "nlohmann"
        toolchain.cache_variables["SEGMENT_INSTALL"] = "ON"
        toolchain.generate()
        CMakeDeps(self).generate()

    def build(self):
        cmake = CMake(self)
        cmake.configure()
        cmake.build()

    def package(self):
        CMake(self).install()
        copy(self, "LICENSE", src=self.source_folder, dst=os.path.join(self.package_folder, "licenses"))

    def package_info(self):
        # The package contains its own CMake files, with the dependencies of the components.
        self.cpp_info.set_property("cmake_find_mode", "none")
        self.cpp_info.builddirs = [os.path.join("lib", "cmake", "SegmentPublicApi")]

"""The processor, compiler and libraries that figures were measured with: those of others cannot be compared.
Patch levels do not matter, except for a header-only library."""
import os
import pathlib
import platform
import re
import shlex
import subprocess

# What is installed defines its version in a macro.
ALL_OF_THEM = """\
#include <version>
#if __has_include(<nlohmann/json.hpp>)
#include <nlohmann/json.hpp>
#endif
#if __has_include(<curl/curlver.h>)
#include <curl/curlver.h>
#endif
#if __has_include(<simdjson.h>)
#include <simdjson.h>
#endif
"""


def compiler():
    return shlex.split(os.environ.get("CXX", "c++"))


def macros():
    done = subprocess.run([*compiler(), "-std=c++20", "-E", "-dM", "-x", "c++", "-"], input=ALL_OF_THEM,
                          capture_output=True, text=True, check=True)
    return dict(re.findall(r'^#define (\w+) "?([\w.]+)"?$', done.stdout, re.MULTILINE))


def of_what_is_compiled(defined=None):
    defined = macros() if defined is None else defined
    clang = defined.get("__clang_major__")
    json = [defined.get("NLOHMANN_JSON_VERSION_" + part, "?") for part in ("MAJOR", "MINOR", "PATCH")]
    return {"processor": platform.machine(),
            "compiler": f"Clang {clang}" if clang else f"GNU {defined['__GNUC__']}",
            "nlohmann/json": ".".join(json)}


def of_what_is_run():
    """Valgrind presents the same kind of processor to programs on every machine: the only difference is
    whether it has AVX2, which decides the routines for strings and for JSON."""
    defined = macros()
    avx2 = " with AVX2" if "avx2" in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8") else ""
    libraries = {"libcurl": defined.get("LIBCURL_VERSION"), "simdjson": defined.get("SIMDJSON_VERSION"),
                 "glibc": f"{defined.get('__GLIBC__')}.{defined.get('__GLIBC_MINOR__')}"}
    return {**of_what_is_compiled(defined), "processor": platform.machine() + avx2,
            **{name: ".".join(version.split(".")[:2]) for name, version in libraries.items() if version}}


def difference(budgets, here):
    """Why the figures cannot be compared, in a sentence; None if they can. What is not installed is not
    measured either."""
    others = [f"{name} {version} (here {here[name]})"
              for name, version in budgets.items() if here.get(name, version) != version]
    return f"Skipped: the budgets were written down with {', '.join(others)}." if others else None

#!/usr/bin/env bash
# What a vendored library must keep to itself, and how it must not be mixed up with another one. Each check
# compiles little: it uses the static libraries of an existing build.
# Usage: boundaries.sh exports|layouts|two_versions|abi_name BUILD_FOLDER
set -euo pipefail

kind=$1
build=$2
unset CDPATH
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
cxx=${CXX:-c++}
compile=("$cxx" -std=c++20 -O0 "-I$root/include")
abi=$(sed -n 's/^#define SEGMENT_ABI \(v[0-9]*_[0-9]*\)$/\1/p' "$root/include/segment/version.hpp")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# expect_none WHAT GREP_ARGUMENT...: fails if grep finds such a line.
expect_none() {
  local what=$1 lines
  shift
  if lines=$(grep "$@"); then
    echo "$what:" >&2
    head -n 20 <<<"$lines" | c++filt >&2
    exit 1
  fi
}

# symbols ARCHIVE BINDING VISIBILITY: the symbols that it defines, demangled.
symbols() {
  readelf --syms --wide "$1" |
    awk -v b="$2" -v v="$3" '$5 ~ b && $6 ~ v && $7 != "UND" && ($4 == "FUNC" || $4 == "OBJECT") { print $8 }' |
    c++filt | sort -u
}

# link_shared NAME ARCHIVE [FLAG...]: links what a static build compiled as a shared build would.
link_shared() {
  local name=$1 archive=$2
  shift 2
  "$cxx" -shared "-Wl,--version-script=$root/cmake/exports.map" -Wl,-z,defs \
    -Wl,--whole-archive "$archive" -Wl,--no-whole-archive -o "$work/lib$name.so" "$@" -pthread
  nm -D --defined-only "$work/lib$name.so" | cut -d' ' -f3- | sort -u >"$work/$name.exports"
  [[ -s $work/$name.exports ]]
  expect_none "lib$name.so exports what is not the library's" \
    -Ev "^_Z(N|T[ISVT]N|T[hvc].*_N|GVN)[KRO]*7segment${#abi}$abi" "$work/$name.exports"
  # What is not public is in namespace detail; of the sandbox only two classes are public.
  symbols "$archive" GLOBAL HIDDEN | sed -e '/::detail::/d' -e '/::sandbox::/{/::sandbox::\(Sandbox\|Fault\)::/!d}' |
    expect_none "Public, and hidden in lib$name.so" -E "^(vtable for |typeinfo for )?segment::$abi::"
  echo "lib$name.so exports $(wc -l <"$work/$name.exports") symbols"
}

# link_program PROGRAM: links what this build compiled for it, if anything, with those libraries.
link_program() {
  [[ -x $build/$1 && -e $build/build.ninja ]] || return 0
  local objects
  mapfile -t objects < <(ninja -C "$build" -t query "$1" | sed -n "s|^ *\([^ ]*\.o\)$|$build/\1|p")
  "$cxx" "${objects[@]}" -o "$work/program" "-L$work" "-Wl,-rpath,$work" \
    -lsegment_sandbox -lsegment_public_api -pthread
}

case $kind in
  exports)
    public_api=$build/libsegment_public_api.a
    mapfile -t libraries < <(PKG_CONFIG_PATH=$build/package pkg-config --print-requires segment_public_api)
    read -ra used <<<"$(pkg-config --libs "${libraries[@]}")"
    link_shared segment_public_api "$public_api" "${used[@]}"
    link_shared segment_testing "$build/libsegment_testing.a" "-L$work" -lsegment_public_api
    if [[ -e $build/sandbox/libsegment_sandbox.a ]] && pkg-config --exists cpp-httplib; then
      read -ra used <<<"$(pkg-config --libs cpp-httplib)"
      link_shared segment_sandbox "$build/sandbox/libsegment_sandbox.a" "-L$work" -lsegment_public_api "${used[@]}"
    fi
    # Programs that use nearly everything, from the objects of this build.
    link_program bin/segment
    link_program bin/tests/every_operation
    symbols "$public_api" GLOBAL . >"$work/symbols"
    expect_none "The library defines what is not in its own namespace" -v "segment::$abi::" "$work/symbols"

    "${compile[@]}" -fvisibility=hidden "$here/boundaries/catches.cpp" -o "$work/catches" \
      "-L$work" -lsegment_testing -lsegment_public_api -pthread
    LD_LIBRARY_PATH=$work "$work/catches"
    ;;
  layouts)
    # Not a crash, but a linker error that names the reason.
    for layout in debug_containers=_GLIBCXX_DEBUG old_strings=_GLIBCXX_USE_CXX11_ABI=0; do
      "${compile[@]}" "-D${layout#*=}" -c "$here/main.cpp" -o "$work/main.o"
      if "$cxx" "$work/main.o" "$build/libsegment_public_api.a" -o "$work/main" >"$work/errors" 2>&1; then
        echo "-D${layout#*=} links" >&2
        exit 1
      fi
      grep -m 1 "undefined reference to .segment::${abi}_${layout%%=*}::" "$work/errors" ||
        { cat "$work/errors" >&2; exit 1; }
    done
    ;;
  two_versions)
    cp -r "$root/include" "$work/include"
    sed -i -e 's/VERSION ".*"/VERSION "77.5.0"/' -e "s/ABI $abi/ABI v77_5/" "$work/include/segment/version.hpp"
    # As much of the other version as is called here.
    for source in "$root"/src/types/*.cpp "$root/src/json/json.cpp"; do echo "#include \"$source\""; done >"$work/other.cpp"
    other=("$cxx" -std=c++20 -O0 -ffunction-sections -fdata-sections "-I$work/include" "-I$root/src")
    "${other[@]}" -c "$work/other.cpp" -o "$work/other.o"
    "${other[@]}" -DUSE=use_other -c "$here/boundaries/uses_library.cpp" -o "$work/use_other.o"
    "${compile[@]}" -ffunction-sections -DUSE=use_one "$here/boundaries/"{uses_library,two_versions}.cpp \
      "$work/"{use_other,other}.o "$build/libsegment_public_api.a" -Wl,--gc-sections -o "$work/program"
    "$work/program" | tee "$work/output"
    [[ $(cut -d' ' -f2- "$work/output" | sort -u | wc -l) == 1 && $(sort -u "$work/output" | wc -l) == 2 ]]
    ;;
  abi_name)
    sed 's/VERSION ".*"/VERSION "77.5.0"/' "$root/include/segment/version.hpp" >"$work/version.hpp"
    cmake -DHEADER="$root/include/segment/version.hpp" -P "$root/cmake/version.cmake"
    ! cmake -DHEADER="$work/version.hpp" -P "$root/cmake/version.cmake" 2>"$work/errors"
    tr -s '\n ' ' ' <"$work/errors" | grep "SEGMENT_PUBLIC_API_VERSION_NUMBER is 770500"
    sed -i 's/VERSION_NUMBER .*/VERSION_NUMBER 770500/' "$work/version.hpp"
    ! cmake -DHEADER="$work/version.hpp" -P "$root/cmake/version.cmake" 2>"$work/errors"
    tr -s '\n ' ' ' <"$work/errors" | grep "the names of SEGMENT_ABI begin with v77_5"
    ;;
  *)
    echo "unknown boundary: $kind" >&2
    exit 2
    ;;
esac

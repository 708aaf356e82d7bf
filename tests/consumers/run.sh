#!/usr/bin/env bash
# Builds a small consumer of the library outside its tree, and runs it. If a consumer compiles the
# library itself, one source stands for all of it, unless --whole is given.
# Usage: run.sh find_package|pkg_config|add_subdirectory|fetch_content|built_curl|refused BUILD_FOLDER [--whole]
set -euo pipefail

kind=$1
build=$2
whole=${3:-}
unset CDPATH
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Not every build has the sandbox; a consumer that compiles the library always has one.
has_sandbox=true
[[ $kind != find_package || -e $build/sandbox/cmake_install.cmake ]] || has_sandbox=false

# Installs the library from this build and then moves it: an installed tree must be relocatable.
install_library() {
  cmake --install "$build" --prefix "$work/staged" >"$work/install.log" ||
    { cat "$work/install.log"; exit 1; }
  mv "$work/staged" "$work/prefix"
}

configure() {
  mkdir -p "$work/consumer"
  cp "$here/$kind/CMakeLists.txt" "$here/"*.cpp "$here/untouched.cmake" "$work/consumer/"
  cmake -S "$work/consumer" -B "$work/build" "$@"
}

build_and_run() {
  cmake --build "$work/build" --parallel 2
  "$work/build/consumer"
  ! $has_sandbox || "$work/build/consumer_test"
}

# Checks only how the library is brought in: builds the consumer itself, and a source of the library that
# needs both its own headers and those of nlohmann/json. The rest is the same as what was compiled before.
build_a_part() {
  local part=src/json/nlohmann_reader.cpp.o
  part=$(ninja -C "$work/build" -t targets all | sed -n "s|^\(.*/$part\): .*|\1|p")
  cmake --build "$work/build" --target "$part" CMakeFiles/consumer.dir/main.cpp.o \
    CMakeFiles/consumer_test.dir/test.cpp.o
}

# A shared library exports only its own symbols.
expect_own_symbols() {
  local others
  others=$(nm -D --defined-only "$work/build/segment/libsegment_public_api.so" | grep -v 7segment) || return 0
  echo "The shared library exports:" >&2
  head -n 20 <<<"$others" >&2
  exit 1
}

build_vendored() {
  if [[ $whole == --whole ]]; then
    configure "$@"
    build_and_run
    expect_own_symbols
  else
    configure -G Ninja -DSEGMENT_UNITY_BUILD=OFF "$@"
    build_a_part
  fi
  expect_nothing_installed_or_tested
}

# Makes a repository from the library's tree as it is, whether or not it is one already.
make_repository() {
  mkdir "$work/repository"
  tar -C "$root" --exclude=./.git --exclude='./build*' -cf - . | tar -C "$work/repository" -xf -
  git -C "$work/repository" init --quiet --initial-branch=main
  git -C "$work/repository" add --all
  git -C "$work/repository" -c user.name=test -c user.email=test@localhost -c commit.gpgsign=false \
    commit --quiet --message "The tree as it stands"
}

expect_nothing_installed_or_tested() {
  cmake --install "$work/build" --prefix "$work/installed" >/dev/null
  if [[ -n $(find "$work/installed" -type f 2>/dev/null) ]]; then
    echo "The consumer's installation got:" >&2
    find "$work/installed" -type f >&2
    exit 1
  fi
  ctest --test-dir "$work/build" -N | grep -q '^Total Tests: 0$' ||
    { echo "The consumer got tests" >&2; exit 1; }
}

# expect_refusal MISTAKE SENTENCE [CMAKE_FLAG...]: configuring fails with this sentence.
expect_refusal() {
  local mistake=$1 sentence=$2
  shift 2
  if cmake -S "$here/refused" -B "$work/$mistake" -DMISTAKE="$mistake" -DSEGMENT_TREE="$root" \
    "$@" >"$work/refusal" 2>&1; then
    echo "$mistake: it is configured all the same" >&2
    exit 1
  fi
  tr -s '\n ' ' ' <"$work/refusal" | grep -o "$sentence" || { cat "$work/refusal" >&2; exit 1; }
}

# expect_components: each component can be installed without the others.
expect_components() {
  local component
  for component in development testing sandbox tools; do
    cmake --install "$build" --component "segment_$component" --prefix "$work/$component" >/dev/null
  done
  "$work/tools/bin/segment" --help >/dev/null
  "$work/tools/bin/segment-sandbox" --help >/dev/null
  [[ $(find "$work/tools/bin" -type f | wc -l) == 2 ]]
  [[ -s $work/tools/share/man/man1/segment-sources.1 ]]
  [[ -z $(find "$work/development" -path '*sandbox*') ]]
  [[ $(find "$work/sandbox" -name '*.hpp' | wc -l) == 2 ]]
}

case $kind in
  find_package)
    install_library
    configure -DCMAKE_PREFIX_PATH="$work/prefix"
    grep -q "SegmentPublicApi_DIR:PATH=$work/prefix" "$work/build/CMakeCache.txt"
    build_and_run
    ! $has_sandbox || expect_components
    ;;
  pkg_config)
    install_library
    PKG_CONFIG_PATH=$(dirname "$(find "$work/prefix" -name segment_public_api.pc)")
    export PKG_CONFIG_PATH
    read -ra flags <<<"${CXXFLAGS:-} $(pkg-config --cflags --libs segment_public_api)"
    "${CXX:-c++}" -std=c++20 "$here/main.cpp" -o "$work/consumer" -lsegment_testing "${flags[@]}"
    LD_LIBRARY_PATH=$(pkg-config --variable=libdir segment_public_api) "$work/consumer"
    ;;
  add_subdirectory)
    # Shared here, because the other consumers use it as a static library, and in folders named like our own.
    mkdir -p "$work/src/testing"
    ln -s "$root" "$work/src/testing/segment"
    build_vendored -DSEGMENT_TREE="$work/src/testing/segment" -DBUILD_SHARED_LIBS=ON -DCMAKE_CXX_FLAGS=-O0
    ;;
  fetch_content)
    make_repository
    build_vendored -DSEGMENT_REPOSITORY="file://$work/repository" -DCMAKE_CXX_FLAGS=-O0 \
      -DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON \
      -DFETCHCONTENT_SOURCE_DIR_NLOHMANN_JSON="$here/no_system_json"
    ;;
  built_curl)
    # Generating would fail if a package named a target that is not installed with it.
    configure -DSEGMENT_TREE="$root"
    ! grep -rn built_curl "$work/build/segment/CMakeFiles/Export"
    ;;
  refused)
    expect_refusal rtti "compile it, and what includes its headers, without -fno-exceptions" \
      -DCMAKE_CXX_FLAGS=-fno-rtti
    expect_refusal no_curl "CURL 7.81 is not found: install its development package, or set FETCHCONTENT_SOURCE_DIR_CURL" \
      -DFETCHCONTENT_FULLY_DISCONNECTED=ON -DCMAKE_DISABLE_FIND_PACKAGE_CURL=ON
    expect_refusal old_json "SegmentPublicApi needs nlohmann/json 3.11 or newer, [^.]* is 3.10"
    expect_refusal twice "SegmentPublicApi is part of this build already, from $root:"
    cmake --install "$build" --component segment_development --prefix "$work/prefix" >/dev/null
    expect_refusal component "SegmentPublicApi has no component moonshine, only public_api, testing, sandbox" \
      -DCMAKE_PREFIX_PATH="$work/prefix"
    expect_refusal not_built "own_tests links segment::sandbox, which is not built: set SEGMENT_BUILD_SANDBOX to ON"
    expect_refusal not_built "own_tests links segment::redis, which is not built: set SEGMENT_BUILD_REDIS to ON"
    expect_refusal not_asked_for \
      "own_tests links segment::sandbox, which is one of the COMPONENTS: find_package(SegmentPublicApi COMPONENTS sandbox)" \
      -DCMAKE_PREFIX_PATH="$work/prefix"
    expect_refusal not_installed \
      "was installed without its component sandbox: build it with SEGMENT_BUILD_SANDBOX set to ON, and install segment_sandbox" \
      -DCMAKE_PREFIX_PATH="$work/prefix"
    expect_refusal installed_too "SegmentPublicApi is part of this build already, as sources" \
      -DCMAKE_PREFIX_PATH="$work/prefix"
    expect_refusal sources_too "SegmentPublicApi is part of this build already, from an installed package" \
      -DCMAKE_PREFIX_PATH="$work/prefix"
    ;;
  *)
    echo "unknown consumer: $kind" >&2
    exit 2
    ;;
esac

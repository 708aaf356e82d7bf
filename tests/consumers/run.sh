#!/usr/bin/env bash
# Builds a small consumer of the library outside its tree, and runs it. Where a consumer compiles the
# library itself, one source of it stands for all, unless --whole is given.
# Usage: run.sh find_package|pkg_config|add_subdirectory|fetch_content|without_rtti BUILD_FOLDER [--whole]
set -euo pipefail

kind=$1
build=$2
whole=${3:-}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The library as this build installs it, and then moved: an installed tree names no place.
install_library() {
  cmake --install "$build" --prefix "$work/staged" >"$work/install.log" ||
    { cat "$work/install.log"; exit 1; }
  mv "$work/staged" "$work/prefix"
}

configure() {
  mkdir -p "$work/consumer"
  cp "$here/$kind/CMakeLists.txt" "$here/main.cpp" "$here/untouched.cmake" "$work/consumer/"
  cmake -S "$work/consumer" -B "$work/build" "$@"
}

build_and_run() {
  cmake --build "$work/build" --parallel 2
  "$work/build/consumer"
}

# For the way in: the consumer itself, and a source of the library that needs both its own headers and
# those of nlohmann/json. The rest differs in nothing from what this build has compiled before.
build_a_part() {
  local part=src/json/nlohmann_reader.cpp.o
  part=$(ninja -C "$work/build" -t targets all | sed -n "s|^\(.*/$part\): .*|\1|p")
  cmake --build "$work/build" --target "$part" CMakeFiles/consumer.dir/main.cpp.o
}

build_vendored() {
  if [[ $whole == --whole ]]; then
    configure "$@"
    build_and_run
  else
    configure -G Ninja -DSEGMENT_UNITY_BUILD=OFF "$@"
    build_a_part
  fi
  expect_nothing_installed_or_tested
}

# The library's tree as a repository of its own: as it stands, whether or not it is one already.
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

case $kind in
  find_package)
    install_library
    configure -DCMAKE_PREFIX_PATH="$work/prefix"
    grep -q "SegmentPublicApi_DIR:PATH=$work/prefix" "$work/build/CMakeCache.txt"
    build_and_run
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
    # Shared here, as the other consumers take it static.
    build_vendored -DSEGMENT_TREE="$root" -DBUILD_SHARED_LIBS=ON -DCMAKE_CXX_FLAGS=-O0
    ;;
  fetch_content)
    make_repository
    build_vendored -DSEGMENT_REPOSITORY="file://$work/repository" -DCMAKE_CXX_FLAGS=-O0 \
      -DCMAKE_DISABLE_FIND_PACKAGE_nlohmann_json=ON \
      -DFETCHCONTENT_SOURCE_DIR_NLOHMANN_JSON="$here/no_system_json"
    ;;
  without_rtti)
    kind=add_subdirectory
    configure -DSEGMENT_TREE="$root" -DCMAKE_CXX_FLAGS=-fno-rtti >"$work/refusal" 2>&1 &&
      { echo "It is configured all the same" >&2; exit 1; }
    tr -s '\n ' ' ' <"$work/refusal" | grep -q "compile it, and what includes its headers, without -fno-exceptions" ||
      { cat "$work/refusal"; exit 1; }
    ;;
  *)
    echo "unknown consumer: $kind" >&2
    exit 2
    ;;
esac

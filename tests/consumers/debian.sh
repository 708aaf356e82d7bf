#!/usr/bin/env bash
# Makes the Debian packages, unpacks them into an empty folder, and uses what is in there: the programs run, and
# a consumer is built against the library.
# Usage: debian.sh BUILD_FOLDER
set -euo pipefail

build=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$build" && cpack -G DEB -B "$work/packages") >"$work/cpack.log" || { cat "$work/cpack.log" >&2; exit 1; }
mkdir "$work/root"
for package in "$work/packages"/*.deb; do
  dpkg-deb --show --showformat='${Package} ${Version}: ${Depends}\n' "$package"
  dpkg-deb -x "$package" "$work/root"
done

expect() {
  [[ -e $work/root/usr/$1 ]] || { echo "The packages lack $1" >&2; exit 1; }
}
expect include/segment/segment.hpp
expect share/segment_public_api/debuggers/segment_gdb.py
expect share/bash-completion/completions/segment
expect share/zsh/vendor-completions/_segment
expect share/fish/vendor_completions.d/segment.fish
expect share/man/man1
"$work/root/usr/bin/segment" --help >/dev/null
"$work/root/usr/bin/segment-sandbox" --help >/dev/null

mkdir "$work/consumer"
cp "$here/find_package/CMakeLists.txt" "$here/"*.cpp "$here/untouched.cmake" "$work/consumer/"
cat >>"$work/consumer/CMakeLists.txt" <<'CMAKE'
find_package(SegmentPublicApi REQUIRED OPTIONAL_COMPONENTS redis prometheus spdlog)
foreach(part redis prometheus spdlog)
  if(SegmentPublicApi_${part}_FOUND)
    message(STATUS "part ${part}: found")
    target_link_libraries(consumer PRIVATE segment::${part})
  endif()
endforeach()
CMAKE
cmake -S "$work/consumer" -B "$work/build" -DCMAKE_PREFIX_PATH="$work/root/usr"
grep -q "SegmentPublicApi_DIR:PATH=$work/root" "$work/build/CMakeCache.txt"
cmake --build "$work/build" --parallel 2
"$work/build/consumer"
"$work/build/consumer_test"

#!/usr/bin/env bash
# Makes the Debian packages, unpacks them into an empty folder, and looks at what is in there: the programs run,
# the library is what is installed without packages, and what it is linked with is depended on.
# Usage: debian.sh BUILD_FOLDER
set -euo pipefail

build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

(cd "$build" && cpack -G DEB -B "$work/packages") >"$work/cpack.log" || { cat "$work/cpack.log" >&2; exit 1; }
mkdir "$work/root"
for package in "$work/packages"/*.deb; do
  dpkg-deb --show --showformat='${Package} ${Version}: ${Depends}\n' "$package"
  dpkg-deb -x "$package" "$work/root"
done | tee "$work/depends"

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

# What a program that links the library is linked with besides comes along with its package.
pc=$(find "$work/root" -name segment_public_api.pc)
for library in $(PKG_CONFIG_PATH=${pc%/*} pkg-config --print-requires segment_public_api); do
  owner=$(dpkg-query --search "$(pkg-config --variable=pcfiledir "$library")/$library.pc")
  # Its package, or what that stands in for: libcurl has one for each library of TLS.
  names=$(dpkg-query --show --showformat='${Package},${Provides}' "${owner%%: *}" | sed 's/ ([^)]*)//g; s/, */|/g; s/|$//')
  grep -qE "^libsegment-public-api-dev .*[ :]($names)( |,|$)" "$work/depends" ||
    { echo "libsegment-public-api-dev does not depend on $library, of ${owner%%: *}" >&2; exit 1; }
done

# The packages hold what is installed without them, and the consumer of find_package has been built against that.
# Programs are stripped in a package.
cmake --install "$build" --prefix "$work/installed" >/dev/null
diff --recursive --brief --exclude=bin "$work/installed" "$work/root/usr"

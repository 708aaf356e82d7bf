#!/usr/bin/env bash
# Makes the Debian packages, unpacks them into an empty folder, and checks their contents: the programs run, the
# library is the same as installed without packages, and the packages depend on what it is linked with.
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

# The other libraries that a program has to link come along with its package.
pc=$(find "$work/root" -name segment_public_api.pc)
for library in $(PKG_CONFIG_PATH=${pc%/*} pkg-config --print-requires segment_public_api); do
  owner=$(dpkg-query --search "$(pkg-config --variable=pcfiledir "$library")/$library.pc")
  # Its package, or what that provides: libcurl has one for each TLS library.
  names=$(dpkg-query --show --showformat='${Package},${Provides}' "${owner%%: *}" | sed 's/ ([^)]*)//g; s/, */|/g; s/|$//')
  grep -qE "^libsegment-public-api-dev .*[ :]($names)( |,|$)" "$work/depends" ||
    { echo "libsegment-public-api-dev does not depend on $library, of ${owner%%: *}" >&2; exit 1; }
done

# The packages contain what is installed without them, which the find_package consumer was built against. Programs
# are not compared, because packages strip them.
cmake --install "$build" --prefix "$work/installed" >/dev/null
diff --recursive --brief --exclude=bin "$work/installed" "$work/root/usr"

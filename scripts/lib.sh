# shellcheck shell=bash disable=SC2034
# What the scripts share: the root of the tree, what must be installed, and how to configure.

unset CDPATH  # with it, cd prints the folder
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1
build=$root/build
# The number of processors; CMAKE_BUILD_PARALLEL_LEVEL overrides it.
jobs=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc 2>/dev/null || echo 2)}

# Debian packages; if one of several will do, the first is installed.
packages=(g++ cmake ninja-build pkg-config git ca-certificates
  "libcurl4-openssl-dev|libcurl4-gnutls-dev|libcurl4-nss-dev" zlib1g-dev nlohmann-json3-dev
  libtomlplusplus-dev libcpp-httplib-dev libcli11-dev libgtest-dev libgmock-dev python3 python3-yaml
  python3-jinja2)
# What more tests need: a second JSON reader, a logger and an event loop for examples, a real TLS server, tools
# that count the instructions of a call, the libraries of the optional parts, and the shells that have completion.
test_packages=(libsimdjson-dev libspdlog-dev libasio-dev "nginx-light|nginx|nginx-full|nginx-core" openssl
  valgrind python3-markdown python3-pygments libhiredis-dev libssl-dev redis-server prometheus-cpp-dev gdb zsh fish)
# What the documentation site is built with.
docs_packages=(python3 python3-yaml python3-jinja2 python3-markdown python3-pygments)

# On other systems the tools are looked up by name, and the build finds the libraries.
tools=(cmake ninja pkg-config git python3)

is_installed() {
  local package
  for package in ${1//|/ }; do
    if [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]]; then
      return 0
    fi
  done
  return 1
}

# install_missing PACKAGE...: fast and silent if nothing is missing.
install_missing() {
  if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    require_tools "$@"
    return
  fi
  local package missing=()
  for package in "$@"; do
    is_installed "$package" || missing+=("${package%%|*}")
  done
  ((${#missing[@]})) || return 0

  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || {
      echo "Not root and no sudo. Please install: ${missing[*]}" >&2
      exit 1
    }
    as_root=(sudo)
  fi
  echo "Installing: ${missing[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# Without apt nothing is installed, and what is missing is reported.
require_tools() {
  local tool missing=()
  for tool in "${tools[@]}"; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  command -v "${CXX:-c++}" >/dev/null || missing+=("a C++20 compiler")
  pkg-config --exists libcurl 2>/dev/null || missing+=("libcurl with its headers")
  ((${#missing[@]})) || return 0
  {
    echo "These scripts install what is missing with apt, which is not here. Missing: ${missing[*]}"
    echo "The names of the Debian packages, as a guide: ${*%%|*}"
  } >&2
  exit 1
}

# configure PRESET FOLDER: once; later the build itself notices what changed.
configure() {
  local preset=$1 folder=$2
  if [[ ! -f $folder/build.ninja && ! -f $folder/Makefile ]]; then
    cmake --preset "$preset"
  fi
}

# build_targets FOLDER [TARGET...]: everything if no target is named.
build_targets() {
  local folder=$1
  shift
  cmake --build "$folder" --parallel "$jobs" ${1:+--target "$@"}
}

# count_tests LOG: counts all tests that CTest ran; a GoogleTest program reports how many tests it has.
count_tests() {
  awk '/^\[  PASSED  \] [0-9]+ test/ { passed_here = $4 }
       /^\[  FAILED  \] [0-9]+ tests?, listed below/ { failed_here = $4 }
       /^Test Passed\.$/ { passed += passed_here > 0 ? passed_here : 1; passed_here = failed_here = 0 }
       /^Test (Failed|Timeout|Not Run)/ {
         passed += passed_here; failed += failed_here > 0 ? failed_here : 1; passed_here = failed_here = 0 }
       END { printf "%d passed, %d failed\n", passed, failed }' "$1"
}

# run_tests PRESET FOLDER [CTEST_FLAG...]: the last line is `N passed, N failed`.
run_tests() {
  local preset=$1 folder=$2 status=0
  shift 2
  ctest --preset "$preset" "$@" || status=$?
  count_tests "$folder/Testing/Temporary/LastTest.log"
  expect_no_secret "$folder/Testing/Temporary/LastTest.log" || status=1
  return "$status"
}

# The secrets that the tests use must not appear in anything that any of them printed.
expect_no_secret() {
  local secret
  for secret in 'sgp_the-secret.of/the+tests' 'wk-the-write.key/of+the-tests'; do
    if grep -qF "$secret" "$1"; then
      echo "A secret of the tests stands in $1: $secret" >&2
      return 1
    fi
  done
}

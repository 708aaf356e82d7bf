# The libraries of others: which, from which version on, and the pinned release that is fetched where
# the system has none. The library's own are found here; the others are called for by who needs them.
include(${CMAKE_CURRENT_LIST_DIR}/dependency.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/find_httplib.cmake)

# From 3.11 on the namespace of nlohmann/json contains its version, so that a program may use a different
# one than the library. A surrounding project's target is used as it is, so its version is checked.
function(segment_check_nlohmann_json)
  get_target_property(folders nlohmann_json::nlohmann_json INTERFACE_INCLUDE_DIRECTORIES)
  string(REGEX REPLACE "\\$<BUILD_INTERFACE:([^>]*)>" "\\1" folders "${folders}")
  foreach(folder IN LISTS folders)
    if(EXISTS "${folder}/nlohmann/json.hpp")
      file(GLOB headers "${folder}/nlohmann/json.hpp" "${folder}/nlohmann/detail/abi_macros.hpp")
      set(version "")
      foreach(header IN LISTS headers)
        file(STRINGS "${header}" lines REGEX "^#define NLOHMANN_JSON_VERSION_(MAJOR|MINOR) +[0-9]+")
        if(lines MATCHES "MAJOR +([0-9]+).*MINOR +([0-9]+)")
          set(version "${CMAKE_MATCH_1}.${CMAKE_MATCH_2}")
        endif()
      endforeach()
      if(version AND version VERSION_LESS 3.11)
        message(FATAL_ERROR "SegmentPublicApi needs nlohmann/json 3.11 or newer, whose namespace says its "
          "version, but nlohmann_json::nlohmann_json of this build is ${version}, in ${folder}.")
      endif()
      return()
    endif()
  endforeach()
endfunction()

find_package(Threads REQUIRED)

segment_dependency(CURL TARGET CURL::libcurl VERSION 7.81 NAME curl
  URL https://github.com/curl/curl/releases/download/curl-8_9_1/curl-8.9.1.tar.xz
  SHA256 f292f6cc051d5bbabf725ef85d432dfeacc8711dd717ea97612ae590643801e5
  OPTIONS BUILD_CURL_EXE=OFF BUILD_LIBCURL_DOCS=OFF BUILD_MISC_DOCS=OFF ENABLE_CURL_MANUAL=OFF
    CURL_DISABLE_INSTALL=ON CURL_ENABLE_EXPORT_TARGET=OFF HTTP_ONLY=ON
    CURL_USE_LIBPSL=OFF CURL_USE_LIBSSH2=OFF USE_LIBIDN2=OFF)

segment_dependency(nlohmann_json TARGET nlohmann_json::nlohmann_json VERSION 3.11 NAME nlohmann_json
  URL https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz
  SHA256 d6c65aca6b1ed68e7a182f4757257b107ae403032760ed6ef121c9d55e81757d
  OPTIONS JSON_BuildTests=OFF JSON_Install=OFF)
segment_check_nlohmann_json()

# Header-only, and included by one source: an installed library does not need it.
if(SEGMENT_PROFILES)
  segment_dependency(tomlplusplus TARGET tomlplusplus::tomlplusplus VERSION 3.0 NAME tomlplusplus
    URL https://github.com/marzer/tomlplusplus/archive/v3.4.0.tar.gz
    SHA256 8517f65938a4faae9ccf8ebb36631a38c1cadfb5efa85d9a72e15b9e97d25155)
endif()

function(segment_needs_gtest)
  segment_dependency(GTest TARGET GTest::gmock VERSION 1.11 NAME googletest
    URL https://github.com/google/googletest/archive/refs/tags/v1.14.0.tar.gz
    SHA256 8ad598c73ad796e0d8280b082cebd82a630d73e73cd3c70057938a6501bba5d7
    OPTIONS INSTALL_GTEST=OFF)
endfunction()

function(segment_needs_cli11)
  segment_dependency(CLI11 TARGET CLI11::CLI11 VERSION 2.1 NAME cli11
    URL https://github.com/CLIUtils/CLI11/archive/refs/tags/v2.4.2.tar.gz
    SHA256 f2d893a65c3b1324c50d4e682c0cdc021dd0477ae2c048544f39eed6654b699a
    OPTIONS CLI11_INSTALL=OFF CLI11_BUILD_TESTS=OFF CLI11_BUILD_EXAMPLES=OFF CLI11_BUILD_DOCS=OFF)
endfunction()

function(segment_needs_benchmark)
  segment_dependency(benchmark TARGET benchmark::benchmark VERSION 1.6 NAME benchmark
    URL https://github.com/google/benchmark/archive/refs/tags/v1.8.3.tar.gz
    SHA256 6bc180a57d23d4d9515519f92b0c83d61b05b5bab188961f36ac7b06b0d9e9ce
    OPTIONS BENCHMARK_ENABLE_TESTING=OFF BENCHMARK_ENABLE_INSTALL=OFF)
endfunction()

# The fallback of segment_find_httplib: only its header, without TLS and compression.
function(segment_needs_httplib)
  segment_find_httplib()
  if(TARGET httplib::httplib)
    return()
  endif()
  set(CMAKE_DISABLE_FIND_PACKAGE_httplib ON)
  segment_dependency(httplib TARGET httplib::httplib NAME httplib
    URL https://github.com/yhirose/cpp-httplib/archive/refs/tags/v0.15.3.tar.gz
    SHA256 2121bbf38871bb2aafb5f7f2b9b94705366170909f434428352187cb0216124e
    OPTIONS HTTPLIB_INSTALL=OFF HTTPLIB_COMPILE=OFF HTTPLIB_USE_OPENSSL_IF_AVAILABLE=OFF
      HTTPLIB_USE_ZLIB_IF_AVAILABLE=OFF HTTPLIB_USE_BROTLI_IF_AVAILABLE=OFF)
endfunction()

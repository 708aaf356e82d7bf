# Every option of the build. All are named SEGMENT_…, and as part of another project all are off: then only
# the library is built.

option(SEGMENT_BUILD_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(SEGMENT_BUILD_EXAMPLES "Build the examples (they need the sandbox)" ${PROJECT_IS_TOP_LEVEL})
option(SEGMENT_BUILD_SANDBOX "Build the sandbox, library and program" ${PROJECT_IS_TOP_LEVEL})
option(SEGMENT_BUILD_CLI "Build the command-line client" ${PROJECT_IS_TOP_LEVEL})
option(SEGMENT_BUILD_BENCHMARKS "Build the benchmarks" OFF)
option(SEGMENT_BUILD_FUZZERS "Build the fuzzers (they need clang; see scripts/fuzz)" OFF)
option(SEGMENT_PROFILES "Read profiles from config.toml (needs toml++)" ${PROJECT_IS_TOP_LEVEL})
option(SEGMENT_INSTALL "Add the install rules" ${PROJECT_IS_TOP_LEVEL})

# Optional parts, each built on another library: AUTO builds a part if that is found, ON requires it.
set(segment_optional_parts OFF)
if(PROJECT_IS_TOP_LEVEL)
  set(segment_optional_parts AUTO)
endif()
set(SEGMENT_BUILD_REDIS ${segment_optional_parts} CACHE STRING "Build segment::redis: ON, OFF or AUTO")
set(SEGMENT_BUILD_PROMETHEUS ${segment_optional_parts} CACHE STRING
  "Build segment::prometheus: ON, OFF or AUTO")
set(SEGMENT_BUILD_SPDLOG ${segment_optional_parts} CACHE STRING "Build segment::spdlog: ON, OFF or AUTO")

# The tests use the internals of the library, which a shared build hides.
set(segment_export_internals OFF)
if(BUILD_SHARED_LIBS AND SEGMENT_BUILD_TESTS)
  set(segment_export_internals ON)
endif()
option(SEGMENT_EXPORT_INTERNALS "Export the inside of a shared library too, for this project's own tests"
  ${segment_export_internals})

# Most of a file's compile time goes into standard headers that the other files include as well. If the
# surrounding project has decided about unity builds, its decision applies.
set(segment_unity_build ON)
if(DEFINED CMAKE_UNITY_BUILD)
  set(segment_unity_build ${CMAKE_UNITY_BUILD})
endif()
option(SEGMENT_UNITY_BUILD "Compile sources in batches, in a third of the time" ${segment_unity_build})

set(SEGMENT_TEST_BATCH 40 CACHE STRING
  "How many files of a test program are compiled at a time; 1 where tests are being edited")

option(SEGMENT_WARNINGS "Compile with warnings (only as the top-level project)" ON)
option(SEGMENT_WERROR "Let a warning fail the build (only as the top-level project)" OFF)
set(SEGMENT_JSON_READER "auto" CACHE STRING
  "Which library reads JSON: nlohmann, simdjson, or auto for simdjson where it is found, else nlohmann")
set_property(CACHE SEGMENT_JSON_READER PROPERTY STRINGS auto nlohmann simdjson)
set(SEGMENT_SANITIZE "" CACHE STRING "Sanitizers to build with: address,undefined or thread")

# What was compiled before, in any build folder, is not compiled again.
if(PROJECT_IS_TOP_LEVEL AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(SEGMENT_CCACHE ccache DOC "A compiler cache; an empty value switches it off")
  mark_as_advanced(SEGMENT_CCACHE)
  if(SEGMENT_CCACHE)
    # ccache requires the sloppiness for precompiled headers. DEPEND compares whole headers: without it, a changed
    # comment would restore a precompiled header that g++ no longer accepts as the same file.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_DEPEND=true "${SEGMENT_CCACHE}")
  endif()
endif()

# Programs go into one folder, where the scripts look for them. Another project decides for itself.
if(PROJECT_IS_TOP_LEVEL AND NOT DEFINED CMAKE_RUNTIME_OUTPUT_DIRECTORY)
  set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
endif()

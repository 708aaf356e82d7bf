# Every switch of the build. All are named SEGMENT_…, and as a part of another project all are off:
# then there is only the library.

option(SEGMENT_BUILD_TESTS "Build the tests" ${PROJECT_IS_TOP_LEVEL})
option(SEGMENT_BUILD_EXAMPLES "Build the examples (they need the sandbox)" ${PROJECT_IS_TOP_LEVEL})
option(SEGMENT_BUILD_SANDBOX "Build the sandbox, library and program" ${PROJECT_IS_TOP_LEVEL})
option(SEGMENT_BUILD_CLI "Build the command-line client" ${PROJECT_IS_TOP_LEVEL})
option(SEGMENT_BUILD_BENCHMARKS "Build the benchmarks" OFF)
option(SEGMENT_BUILD_FUZZERS "Build the fuzzers (they need clang; see scripts/fuzz)" OFF)
option(SEGMENT_INSTALL "Add the install rules" ${PROJECT_IS_TOP_LEVEL})

option(SEGMENT_WARNINGS "Compile with warnings (only as the top-level project)" ON)
option(SEGMENT_WERROR "Let a warning fail the build (only as the top-level project)" OFF)
set(SEGMENT_JSON_READER "nlohmann" CACHE STRING
  "Which library reads JSON: nlohmann, simdjson, or auto for simdjson where it is found")
set_property(CACHE SEGMENT_JSON_READER PROPERTY STRINGS nlohmann simdjson auto)
set(SEGMENT_SANITIZE "" CACHE STRING "Sanitizers to build with: address,undefined or thread")

# Programs land together, where the scripts look for them. Another project's choice is its own.
if(PROJECT_IS_TOP_LEVEL AND NOT DEFINED CMAKE_RUNTIME_OUTPUT_DIRECTORY)
  set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
endif()

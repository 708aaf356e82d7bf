# Which library reads JSON: sets segment_json_reader to nlohmann or simdjson. nlohmann/json is always
# available; simdjson is never fetched, but looked for if it may be chosen, and for the tests that compare
# the two.
if(NOT SEGMENT_JSON_READER MATCHES "^(nlohmann|simdjson|auto)$")
  message(FATAL_ERROR "SEGMENT_JSON_READER is ${SEGMENT_JSON_READER}, not nlohmann, simdjson or auto")
endif()

set(segment_has_simdjson OFF)
if(NOT SEGMENT_JSON_READER STREQUAL "nlohmann" OR SEGMENT_BUILD_TESTS OR SEGMENT_BUILD_BENCHMARKS)
  if(TARGET simdjson::simdjson)  # the surrounding project's
    set(segment_has_simdjson ON)
  else()
    # No version is requested: its package accepts only its own major version, and here any version from
    # 3.0 on will do.
    find_package(simdjson QUIET)
    if(simdjson_FOUND AND simdjson_VERSION VERSION_GREATER_EQUAL 3.0)
      # Distributions compile it with libstdc++, so it may not link with another standard library.
      set(segment_has_simdjson ON)
      if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        segment_compiles("#include <version>\n#ifndef __GLIBCXX__\n#error\n#endif\nint main() {}"
          SEGMENT_HAS_LIBSTDCXX)
        if(NOT SEGMENT_HAS_LIBSTDCXX)
          segment_compiles("#include <simdjson.h>
            int main() { simdjson::dom::parser parser; return parser.parse(\"1\", 1).error(); }"
            SEGMENT_LINKS_SIMDJSON simdjson::simdjson)
          set(segment_has_simdjson ${SEGMENT_LINKS_SIMDJSON})
        endif()
      endif()
    endif()
    if(segment_has_simdjson)
      message(STATUS "simdjson: found ${simdjson_VERSION}")
    endif()
  endif()
endif()

if(SEGMENT_JSON_READER STREQUAL "simdjson" AND NOT segment_has_simdjson)
  message(FATAL_ERROR "SEGMENT_JSON_READER is simdjson, and no simdjson from 3.0 on is found that "
    "links with this compiler")
endif()
set(segment_json_reader nlohmann)
if(NOT SEGMENT_JSON_READER STREQUAL "nlohmann" AND segment_has_simdjson)
  set(segment_json_reader simdjson)
endif()
message(STATUS "JSON is read with ${segment_json_reader} (SEGMENT_JSON_READER is ${SEGMENT_JSON_READER})")

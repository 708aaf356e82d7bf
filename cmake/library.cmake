# The library, and a separate library with helpers for users' tests.

file(GLOB_RECURSE segment_sources CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}" "${PROJECT_SOURCE_DIR}/src/*.cpp")
set(segment_testing_sources "${segment_sources}")
list(FILTER segment_sources EXCLUDE REGEX "^src/testing/")
list(FILTER segment_testing_sources INCLUDE REGEX "^src/testing/")
set(segment_simdjson_reader_source src/json/simdjson_reader.cpp)
if(NOT segment_json_reader STREQUAL "simdjson")
  list(REMOVE_ITEM segment_sources "${segment_simdjson_reader_source}")
endif()

# A folder of headers, for use from this tree and from an installed one.
set(segment_include "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>")

# Only its headers are used, and only by our own sources: so only its include folders are added, because
# linking it would make every consumer look for the package.
set(segment_json_include
  $<TARGET_PROPERTY:nlohmann_json::nlohmann_json,INTERFACE_INCLUDE_DIRECTORIES>)

# The same for toml++, which reads profiles.
set(segment_toml_include "")
if(SEGMENT_PROFILES)
  set(segment_toml_include
    $<TARGET_PROPERTY:tomlplusplus::tomlplusplus,INTERFACE_INCLUDE_DIRECTORIES>)
  set_property(SOURCE "${PROJECT_SOURCE_DIR}/src/profiles/toml.cpp"
    APPEND PROPERTY COMPILE_DEFINITIONS SEGMENT_HAS_TOMLPLUSPLUS)
endif()

# segment_own_library(<target> <name> [BATCH <sources>]): a library of this project that others link as
# segment::<name>.
function(segment_own_library target name)
  segment_own_target(${target} ${ARGN})
  add_library(segment::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES
    EXPORT_NAME ${name}
    VERSION ${PROJECT_VERSION}
    SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  if(UNIX AND NOT APPLE AND NOT SEGMENT_EXPORT_INTERNALS)
    set(map "${PROJECT_SOURCE_DIR}/cmake/exports.map")
    target_link_options(${target} PRIVATE
      "$<$<STREQUAL:$<TARGET_PROPERTY:${target},TYPE>,SHARED_LIBRARY>:LINKER:--version-script=${map}>")
    set_target_properties(${target} PROPERTIES LINK_DEPENDS "${map}")
  endif()
endfunction()

# How each part of the library is compiled.
function(segment_library_part target)
  segment_own_target(${target})
  target_include_directories(${target}
    PUBLIC ${segment_include}
    PRIVATE "${PROJECT_SOURCE_DIR}/src")
  target_include_directories(${target} SYSTEM PRIVATE ${segment_json_include} ${segment_toml_include})
  segment_use_standard_library(${target})
  # An installed package names the third-party libraries that it links itself (SegmentPublicApiConfig.cmake.in):
  # in this build they may be built along with it, or have other names.
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:CURL::libcurl> Threads::Threads)
  if(SEGMENT_BUILD_FUZZERS)  # so that they see which paths an input takes
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
  # So that a program can drop, with --gc-sections, the operations that it does not call.
  if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    target_compile_options(${target} PRIVATE -ffunction-sections -fdata-sections)
  endif()
endfunction()

# segment_small_part(<target> <regular expression>): removes the matching sources from segment_sources, and
# compiles them for size. They are a separate target, because sources with their own options are left out of
# unity builds.
function(segment_small_part target pattern)
  set(sources "${segment_sources}")
  list(FILTER sources INCLUDE REGEX "${pattern}")
  add_library(${target} OBJECT ${sources})
  segment_library_part(${target})
  target_compile_options(${target} PRIVATE
    "$<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:-Os>")
  list(REMOVE_ITEM segment_sources ${sources})
  set(segment_sources ${segment_sources} $<TARGET_OBJECTS:${target}> PARENT_SCOPE)
endfunction()

# How a surrounding project optimises is up to it.
if(PROJECT_IS_TOP_LEVEL AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
  # Code in which no call spends its time is half as large this way, and hardly slower: the tables of the
  # generated sources, setup and teardown, and the reporting of errors. The operations and what is built on
  # them are separate: a program that calls none of them contains none.
  segment_small_part(segment_operations "^src/(api|client)/")
  # So does the reader of profiles, with toml++ in it.
  segment_small_part(segment_profiles "^src/profiles/")
  segment_small_part(segment_around_calls "^src/((paging|runtime|threads)/|types/(clock|error|files|secret|timestamp)|\
errors/|call/(core|lifetime)|operations/(masked_secrets|raw_call)|\
http/(curl/(connections|curl_engine|curl_transport|failure|sockets)|http_date)|\
json/json)")
  # A page of a thousand items is read a third faster this way, and CMake's own -O3 may have been replaced.
  # Without any optimisation the tests take long under a sanitizer.
  set_source_files_properties("${PROJECT_SOURCE_DIR}/src/json/nlohmann_reader.cpp"
    "${segment_simdjson_reader_source}" PROPERTIES
    COMPILE_OPTIONS "$<$<CONFIG:Release,RelWithDebInfo>:-O3>;$<$<CONFIG:Debug>:-O1>")
endif()

add_library(segment_public_api ${segment_sources})
segment_own_library(segment_public_api public_api)
segment_library_part(segment_public_api)
# The benchmarks replace this one, so it is a separate object.
set_source_files_properties("${PROJECT_SOURCE_DIR}/src/json/reader.cpp" PROPERTIES
  SKIP_UNITY_BUILD_INCLUSION ON)
if(segment_json_reader STREQUAL "simdjson")
  target_link_libraries(segment_public_api PRIVATE $<BUILD_INTERFACE:simdjson::simdjson>)
  set_property(SOURCE "${PROJECT_SOURCE_DIR}/src/json/reader.cpp"
    APPEND PROPERTY COMPILE_DEFINITIONS SEGMENT_READS_WITH_SIMDJSON)
endif()

add_library(segment_testing ${segment_testing_sources})
segment_own_library(segment_testing testing)
target_include_directories(segment_testing PRIVATE "${PROJECT_SOURCE_DIR}/src")
target_link_libraries(segment_testing PUBLIC segment_public_api)
if(NOT PROJECT_IS_TOP_LEVEL AND NOT SEGMENT_INSTALL)
  set_target_properties(segment_testing PROPERTIES EXCLUDE_FROM_ALL ON)
endif()

# For the other parts of this project, which may use the internals: the library with its private headers.
add_library(segment_internals INTERFACE)
target_link_libraries(segment_internals INTERFACE segment_public_api)
target_include_directories(segment_internals INTERFACE "${PROJECT_SOURCE_DIR}/src")
target_include_directories(segment_internals SYSTEM INTERFACE ${segment_json_include})

# For what compares the two JSON readers: the simdjson one, which the library may not contain.
if(segment_has_simdjson)
  if(segment_json_reader STREQUAL "simdjson")
    add_library(segment_simdjson_reader INTERFACE)
    target_link_libraries(segment_simdjson_reader INTERFACE segment_internals)
  else()
    add_library(segment_simdjson_reader STATIC EXCLUDE_FROM_ALL "${segment_simdjson_reader_source}")
    segment_own_target(segment_simdjson_reader)
    target_link_libraries(segment_simdjson_reader PUBLIC segment_internals PRIVATE simdjson::simdjson)
  endif()
  target_compile_definitions(segment_simdjson_reader INTERFACE SEGMENT_HAS_SIMDJSON_READER)
endif()

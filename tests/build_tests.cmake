# Tests that compile something: headers, documents, misuse that must not compile, consumers, generated code.
# All have the label `build`, so that `ctest -LE build` runs only the unit tests.

# The command with which these tests compile what a user would compile.
set(segment_compile "${CMAKE_CXX_COMPILER};-std=c++20;-Wall;-Wextra;-I${PROJECT_SOURCE_DIR}/include")

# The same for sources that start with segment/segment.hpp or segment/async.hpp, as most do: those two headers are
# four fifths of their compile time. g++ uses the precompiled header that it finds there.
set(segment_compile_quickly ${segment_compile})
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(precompiled "${CMAKE_CURRENT_BINARY_DIR}/precompiled")
  list(INSERT segment_compile_quickly 1 "-I${precompiled}")
  foreach(header segment async)
    set(source "${PROJECT_SOURCE_DIR}/include/segment/${header}.hpp")
    set(output "${precompiled}/segment/${header}.hpp.gch")
    add_custom_command(OUTPUT "${output}"
      COMMAND ${segment_compile} -w -x c++-header "${source}" -o "${output}" -MD -MT "${output}" -MF "${output}.d"
      DEPENDS "${source}" DEPFILE "${output}.d" VERBATIM COMMENT "Precompiling segment/${header}.hpp for tests")
    list(APPEND precompiled_headers "${output}")
    # For a second include of it, for which the precompiled one is not used any more.
    file(CONFIGURE OUTPUT "${precompiled}/segment/${header}.hpp" CONTENT "#include \"${source}\"\n" @ONLY)
  endforeach()
  file(MAKE_DIRECTORY "${precompiled}/segment")
  add_custom_target(segment_precompiled ALL DEPENDS ${precompiled_headers})
endif()

# They take longer than others, so they start first: none is left running alone at the end.
function(segment_build_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "TIMEOUT" "COMMAND")
  add_test(NAME ${name} COMMAND ${test_COMMAND})
  set_tests_properties(${name} PROPERTIES LABELS build TIMEOUT ${test_TIMEOUT} COST ${test_TIMEOUT})
endfunction()

add_subdirectory(headers)

file(GLOB sources CONFIGURE_DEPENDS compile_fail/*.cpp)
# Coroutines that these compilers would get wrong are rejected with them; other compilers accept them.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  file(GLOB refused CONFIGURE_DEPENDS coroutines/refused/*.cpp)
  list(APPEND sources ${refused})
endif()
segment_compile_fail_tests(compile_fail COMPILE ${segment_compile_quickly} SOURCES ${sources})

find_program(SEGMENT_PYTHON3 python3 HINTS /usr/bin DOC "Python for the tests of the documents")
if(SEGMENT_PYTHON3)
  set(include_of_parts ${segment_parts})
  list(TRANSFORM include_of_parts REPLACE "(.+)" "-I${PROJECT_SOURCE_DIR}/parts/\\1/include")
  segment_build_test(documents/snippets TIMEOUT 600
    COMMAND ${SEGMENT_PYTHON3} "${CMAKE_CURRENT_SOURCE_DIR}/snippets/check_snippets.py"
      --root "${PROJECT_SOURCE_DIR}"
      -- ${segment_compile_quickly} "-I${PROJECT_SOURCE_DIR}/sandbox/include"
      ${include_of_parts})
endif()

# What a debugger shows for a program with its own debug information.
find_program(SEGMENT_GDB gdb DOC "The debugger whose pretty printers are tested")
if(SEGMENT_GDB AND SEGMENT_PYTHON3 AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_executable(debugged debuggers/program.cpp)
  segment_own_target(debugged)
  target_compile_options(debugged PRIVATE -g -O0)
  target_link_libraries(debugged PRIVATE segment::public_api)
  segment_build_test(debuggers/gdb TIMEOUT 300
    COMMAND ${SEGMENT_PYTHON3} "${CMAKE_CURRENT_SOURCE_DIR}/debuggers/check_gdb.py" ${SEGMENT_GDB}
      "${PROJECT_SOURCE_DIR}/debuggers/segment_gdb.py" "$<TARGET_FILE:debugged>")
  set_tests_properties(debuggers/gdb PROPERTIES SKIP_RETURN_CODE 77)
endif()
if(SEGMENT_PYTHON3)
  segment_build_test(debuggers/natvis TIMEOUT 60
    COMMAND ${SEGMENT_PYTHON3} "${CMAKE_CURRENT_SOURCE_DIR}/debuggers/check_natvis.py")
endif()

if(EXISTS "${PROJECT_SOURCE_DIR}/tools/codegen/generate.py")
  segment_build_test(codegen/unchanged TIMEOUT 300
    COMMAND "${PROJECT_SOURCE_DIR}/scripts/generate" --check)
endif()

# fetch_content runs as on a system without nlohmann/json: instead it is told where the headers are.
set(segment_consumer_environment
  "CXX=${CMAKE_CXX_COMPILER}" "CMAKE_GENERATOR=${CMAKE_GENERATOR}" "CDPATH=.:/"
  "SEGMENT_JSON_INCLUDE=$<JOIN:${segment_json_include},:>")
function(segment_consumer_test name script)
  segment_build_test(consumers/${name} TIMEOUT 900
    COMMAND ${CMAKE_COMMAND} -E env ${segment_consumer_environment}
      "${CMAKE_CURRENT_SOURCE_DIR}/consumers/${script}.sh" ${ARGN})
endfunction()
foreach(kind find_package pkg_config add_subdirectory fetch_content built_curl refused)
  segment_consumer_test(${kind} run ${kind} "${PROJECT_BINARY_DIR}")
endforeach()
# The packages are made from the whole build, which must exist.
find_program(SEGMENT_DPKG_DEB dpkg-deb DOC "What makes and unpacks Debian packages")
if(SEGMENT_DPKG_DEB AND TARGET segment AND TARGET segment_sandbox AND SEGMENT_INSTALL)
  segment_consumer_test(debian debian "${PROJECT_BINARY_DIR}")
endif()
if(NOT BUILD_SHARED_LIBS)  # they inspect the static libraries
  foreach(kind exports layouts two_versions abi_name)
    segment_consumer_test(boundaries/${kind} boundaries ${kind} "${PROJECT_BINARY_DIR}")
  endforeach()
endif()

# Before a release: the whole library again, as a shared library, and what used to fail once in hundreds of runs.
segment_consumer_test(whole run add_subdirectory "${PROJECT_BINARY_DIR}" --whole)
segment_build_test(processes/exit_500_times TIMEOUT 1800
  COMMAND "${CMAKE_COMMAND}" -E env SEGMENT_TEST_EXITS=500
    $<TARGET_FILE:test_processes> --gtest_filter=AProgramOverTls.*)
segment_build_test(floors/each_source_compiles_alone TIMEOUT 600
  COMMAND "${PROJECT_SOURCE_DIR}/scripts/python" "${CMAKE_CURRENT_LIST_DIR}/floors/check_each_source.py"
    "${PROJECT_BINARY_DIR}")
set_tests_properties(consumers/whole processes/exit_500_times floors/each_source_compiles_alone PROPERTIES
  LABELS release)

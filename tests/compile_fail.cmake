# Misuse that the compiler must reject. A source has lines `// expect: <regular expression>` for the compiler's
# messages, and compiles if FIXED is defined: so it fails for those reasons and no others.

# segment_compile_fail_tests(<prefix> COMPILE <compiler and flags> SOURCES <file>…): a test for each, and one that
# compiles all of them at once with FIXED, each in a namespace.
function(segment_compile_fail_tests prefix)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "" "COMPILE;SOURCES")
  set(includes "")
  set(units "")
  foreach(source IN LISTS test_SOURCES)
    cmake_path(GET source STEM name)
    add_test(NAME ${prefix}/${name} COMMAND ${CMAKE_COMMAND}
      "-DCOMPILE=${test_COMPILE}" "-DSOURCE=${source}" -P "${CMAKE_CURRENT_FUNCTION_LIST_FILE}")
    list(APPEND tests ${prefix}/${name})
    file(STRINGS "${source}" lines REGEX "^#include ")
    list(APPEND includes ${lines})
    string(APPEND units "namespace ${name} {\n#include \"${source}\"\n}\n")
  endforeach()
  # A precompiled header has to come first.
  if(includes MATCHES "#include \"segment/async\\.hpp\"")
    list(PREPEND includes "${CMAKE_MATCH_0}")
  endif()
  list(REMOVE_DUPLICATES includes)
  list(JOIN includes "\n" includes)
  set(fixed "${CMAKE_CURRENT_BINARY_DIR}/${prefix}_fixed.cpp")
  file(CONFIGURE OUTPUT "${fixed}" @ONLY CONTENT "@includes@\n#define FIXED\n@units@")
  add_test(NAME ${prefix}/compiles_once_it_is_fixed COMMAND ${test_COMPILE} -w -fsyntax-only "${fixed}")
  set_tests_properties(${tests} ${prefix}/compiles_once_it_is_fixed PROPERTIES TIMEOUT 300 LABELS build)
endfunction()

# For one test: cmake -DCOMPILE=<compiler and flags> -DSOURCE=<file> -P compile_fail.cmake
if(NOT CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  return()
endif()
file(STRINGS "${SOURCE}" expectations REGEX "^// expect: ")
if(NOT expectations)
  message(FATAL_ERROR "${SOURCE} has no line `// expect: <regular expression>`")
endif()
execute_process(COMMAND ${COMPILE} -fsyntax-only "${SOURCE}"
  RESULT_VARIABLE result ERROR_VARIABLE output)
if(result EQUAL 0)
  message(FATAL_ERROR "Without FIXED it must not compile, but it does")
endif()
foreach(expectation IN LISTS expectations)
  string(REGEX REPLACE "^// expect: " "" expectation "${expectation}")
  if(NOT output MATCHES "${expectation}")
    message(FATAL_ERROR "The compiler was to say `${expectation}`, but said:\n${output}")
  endif()
endforeach()

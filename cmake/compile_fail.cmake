# A misuse that the compiler must refuse. The source names in lines `// expect: <regular expression>` what
# the compiler says, and compiles once FIXED is defined: so it fails for those reasons and no other.
# Usage: cmake -DCOMPILE=<compiler and flags> -DSOURCE=<file> -P compile_fail.cmake

file(STRINGS "${SOURCE}" expectations REGEX "^// expect: ")
if(NOT expectations)
  message(FATAL_ERROR "${SOURCE} has no line `// expect: <regular expression>`")
endif()

execute_process(COMMAND ${COMPILE} -DFIXED -fsyntax-only "${SOURCE}"
  RESULT_VARIABLE result ERROR_VARIABLE output)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "With FIXED it must compile, but:\n${output}")
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

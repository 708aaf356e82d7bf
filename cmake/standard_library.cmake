# What the library needs of the compiler and its standard library, asked with the flags that it is
# compiled with: exceptions, types at run time, and std::stop_token.
include(CheckCXXSourceCompiles)

# segment_compiles(<source> <result> [<imported target>…]): also with what a surrounding project adds to this directory, but
# for its generator expressions.
function(segment_compiles source result)
  get_directory_property(options COMPILE_OPTIONS)
  get_directory_property(link_options LINK_OPTIONS)
  list(FILTER options EXCLUDE REGEX "\\$<")
  list(FILTER link_options EXCLUDE REGEX "\\$<")
  list(JOIN options " " options)
  string(APPEND CMAKE_REQUIRED_FLAGS " ${CMAKE_CXX20_STANDARD_COMPILE_OPTION} ${options}")
  list(APPEND CMAKE_REQUIRED_LINK_OPTIONS ${link_options})
  set(CMAKE_REQUIRED_LIBRARIES Threads::Threads ${ARGN})
  set(CMAKE_REQUIRED_QUIET ON)
  check_cxx_source_compiles("${source}" ${result})
  set(${result} "${${result}}" PARENT_SCOPE)
endfunction()

# segment_find_standard_library_flag(<variable>): the flag that a standard library needs before it has
# all that is asked of it, or nothing. One question where nothing is missing, as nearly everywhere.
function(segment_find_standard_library_flag flag)
  set(${flag} "" PARENT_SCOPE)
  set(error_includes "#include <stdexcept>\n")
  set(error_lines "try { throw std::runtime_error(\"\"); } catch (const std::exception& error) {\n\
    if (dynamic_cast<const std::runtime_error*>(&error) == nullptr) return 1; }\n")
  set(stop_includes "#include <stop_token>\n#include <thread>\n")
  set(stop_lines "std::jthread thread([](std::stop_token) {}); thread.request_stop();\n")
  segment_compiles("${error_includes}${stop_includes}int main() { ${error_lines}${stop_lines} }"
    SEGMENT_HAS_ALL_OF_CXX20)
  if(SEGMENT_HAS_ALL_OF_CXX20)
    return()
  endif()
  unset(SEGMENT_HAS_ALL_OF_CXX20 CACHE)  # other flags are to be asked again

  segment_compiles("${error_includes}int main() { ${error_lines} }" SEGMENT_TELLS_ERRORS_APART)
  if(NOT SEGMENT_TELLS_ERRORS_APART)
    unset(SEGMENT_TELLS_ERRORS_APART CACHE)
    message(FATAL_ERROR "SegmentPublicApi throws errors and tells them apart by their types at run time: "
      "compile it, and what includes its headers, without -fno-exceptions and -fno-rtti.")
  endif()

  # libc++ calls it an experiment before its version 20. Whoever includes our headers needs the flag too.
  set(CMAKE_REQUIRED_FLAGS -fexperimental-library)
  set(CMAKE_REQUIRED_LINK_OPTIONS -fexperimental-library)
  segment_compiles("${stop_includes}int main() { ${stop_lines} }" SEGMENT_HAS_EXPERIMENTAL_STOP_TOKEN)
  if(NOT SEGMENT_HAS_EXPERIMENTAL_STOP_TOKEN)
    unset(SEGMENT_HAS_EXPERIMENTAL_STOP_TOKEN CACHE)
    message(FATAL_ERROR "SegmentPublicApi needs std::stop_token and std::jthread, which the standard "
      "library of this compiler lacks: take libstdc++ from version 11 on, or libc++ from 19 on.")
  endif()
  message(STATUS "std::stop_token: found with -fexperimental-library")
  set(${flag} -fexperimental-library PARENT_SCOPE)
endfunction()

segment_find_standard_library_flag(segment_standard_library_flag)

# segment_use_standard_library(<target>): compiles <target>, and all that link it, with that flag.
function(segment_use_standard_library target)
  if(segment_standard_library_flag)
    target_compile_options(${target} PUBLIC ${segment_standard_library_flag})
    target_link_options(${target} PUBLIC ${segment_standard_library_flag})
  endif()
endfunction()

# What the library needs from the compiler and its standard library, checked with the flags that it is
# compiled with: exceptions, run-time type information, and std::stop_token.
include(CheckCXXSourceCompiles)

# segment_compiles(<source> <result> [<imported target>…]): also with what a surrounding project adds to this directory, but
# for its generator expressions.
function(segment_compiles source result)
  if(NOT TARGET segment_directory_options)
    get_directory_property(options COMPILE_OPTIONS)
    get_directory_property(link_options LINK_OPTIONS)
    list(FILTER options EXCLUDE REGEX "\\$<")
    list(FILTER link_options EXCLUDE REGEX "\\$<")
    add_library(segment_directory_options INTERFACE IMPORTED)
    set_target_properties(segment_directory_options PROPERTIES
      INTERFACE_COMPILE_OPTIONS "${options}" INTERFACE_LINK_OPTIONS "${link_options}")
  endif()
  if(NOT CMAKE_CXX_STANDARD OR CMAKE_CXX_STANDARD LESS 20)
    set(CMAKE_CXX_STANDARD 20)
  endif()
  set(CMAKE_REQUIRED_LIBRARIES Threads::Threads segment_directory_options ${ARGN})
  set(CMAKE_REQUIRED_QUIET ON)
  check_cxx_source_compiles("${source}" ${result})
  set(${result} "${${result}}" PARENT_SCOPE)
endfunction()

# segment_find_standard_library_flag(<variable>): the flag that a standard library needs to provide all that
# is required, or nothing. A single check if nothing is missing, as nearly everywhere.
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
  unset(SEGMENT_HAS_ALL_OF_CXX20 CACHE)  # other flags need another check

  segment_compiles("${error_includes}int main() { ${error_lines} }" SEGMENT_TELLS_ERRORS_APART)
  if(NOT SEGMENT_TELLS_ERRORS_APART)
    unset(SEGMENT_TELLS_ERRORS_APART CACHE)
    message(FATAL_ERROR "SegmentPublicApi throws errors and tells them apart by their types at run time: "
      "compile it, and what includes its headers, without -fno-exceptions and -fno-rtti.")
  endif()

  # Before version 20 libc++ considers it experimental. Whoever includes our headers needs the flag too.
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

# segment_dependency(<package> TARGET <target> VERSION <minimum> NAME <name> URL <url> SHA256 <hash>
#                    [OPTIONS <variable>=<value>…])
#
# Makes <target> usable: the surrounding project's if it has one, else the system's, else fetched at
# the pinned version. Offline, or to use other sources: -DFETCHCONTENT_SOURCE_DIR_<NAME>=<folder>.
#
# A function, and the fetching in a directory of its own, so that neither the variables set here nor
# those of the dependency reach anybody else, and so that its install rules and its default targets
# stay out (EXCLUDE_FROM_ALL for FetchContent itself came only with CMake 3.28).
function(segment_dependency package)
  cmake_parse_arguments(PARSE_ARGV 1 dependency "" "TARGET;VERSION;NAME;URL;SHA256" "OPTIONS")
  if(TARGET ${dependency_TARGET})
    return()
  endif()

  find_package(${package} ${dependency_VERSION} QUIET)
  if(TARGET ${dependency_TARGET})
    message(STATUS "${package}: found ${${package}_VERSION}${${package}_VERSION_STRING}")
    return()
  endif()

  message(STATUS "${package}: not found, fetching ${dependency_URL}")
  add_subdirectory("${PROJECT_SOURCE_DIR}/cmake/fetch"
    "${PROJECT_BINARY_DIR}/fetched/${dependency_NAME}" EXCLUDE_FROM_ALL)
  if(NOT TARGET ${dependency_TARGET})
    message(FATAL_ERROR "${package}: what was fetched has no target ${dependency_TARGET}")
  endif()
endfunction()

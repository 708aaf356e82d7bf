# segment_dependency(<package> TARGET <target> VERSION <minimum> NAME <name> URL <url> SHA256 <hash>
#                    [OPTIONS <variable>=<value>…])
#
# Makes <target> usable: the surrounding project's if it has one, else the system's, else one that is
# fetched at the pinned version. Offline, or to use other sources: -DFETCHCONTENT_SOURCE_DIR_<NAME>=<folder>.
#
# It is a function, and fetches in a separate directory, so that neither the variables set here nor those of
# the dependency leak, and so that its install rules and its default targets are left out (FetchContent itself
# has EXCLUDE_FROM_ALL only since CMake 3.28).
function(segment_dependency package)
  cmake_parse_arguments(PARSE_ARGV 1 dependency "" "TARGET;VERSION;NAME;URL;SHA256" "OPTIONS")
  if(TARGET ${dependency_TARGET})
    return()
  endif()

  find_package(${package} ${dependency_VERSION} QUIET)
  if(TARGET ${dependency_TARGET})
    set(version "${${package}_VERSION}")
    if(NOT version)
      set(version "${${package}_VERSION_STRING}")
    endif()
    message(STATUS "${package}: found ${version}")
    return()
  endif()

  string(TOUPPER ${dependency_NAME} name)
  set(missing "${package} ${dependency_VERSION} is not found: install its development package, or set "
    "FETCHCONTENT_SOURCE_DIR_${name} to a folder with its sources")
  list(JOIN missing "" missing)
  string(TOLOWER ${dependency_NAME} fetched)
  set(base "${FETCHCONTENT_BASE_DIR}")
  if(NOT base)
    set(base "${CMAKE_BINARY_DIR}/_deps")
  endif()
  if(FETCHCONTENT_FULLY_DISCONNECTED AND NOT FETCHCONTENT_SOURCE_DIR_${name} AND NOT EXISTS "${base}/${fetched}-src")
    message(FATAL_ERROR "${missing}")
  endif()
  message(STATUS "${missing}. Fetching ${dependency_URL}")
  add_subdirectory("${PROJECT_SOURCE_DIR}/cmake/fetch"
    "${PROJECT_BINARY_DIR}/fetched/${dependency_NAME}" EXCLUDE_FROM_ALL)
  if(NOT TARGET ${dependency_TARGET})
    message(FATAL_ERROR "${package}: what was fetched has no target ${dependency_TARGET}")
  endif()
endfunction()

# segment_read_version(<header> <variable>): the version, from the only place where it is defined, which is the
# header that the library itself uses. The inline namespace must match it, or two versions could be mixed up in
# one program.
function(segment_read_version header variable)
  file(STRINGS "${header}" text REGEX "^#define SEGMENT_PUBLIC_API_VERSION \"")
  if(NOT text MATCHES "\"(([0-9]+)\\.([0-9]+)\\.([0-9]+))\"")
    message(FATAL_ERROR "${header} says no version")
  endif()
  set(version "${CMAKE_MATCH_1}")
  set(name "v${CMAKE_MATCH_2}_${CMAKE_MATCH_3}")
  math(EXPR number "${CMAKE_MATCH_2} * 10000 + ${CMAKE_MATCH_3} * 100 + ${CMAKE_MATCH_4}")

  file(STRINGS "${header}" numbers REGEX "^#define SEGMENT_PUBLIC_API_VERSION_NUMBER ")
  if(NOT numbers STREQUAL "#define SEGMENT_PUBLIC_API_VERSION_NUMBER ${number}")
    message(FATAL_ERROR "${header}: the version is ${version}, so SEGMENT_PUBLIC_API_VERSION_NUMBER is ${number}, "
      "but it has `${numbers}`")
  endif()

  file(STRINGS "${header}" spaces REGEX "^#define SEGMENT_ABI ")
  foreach(space IN LISTS spaces)
    if(NOT space MATCHES "SEGMENT_ABI ${name}(_|$)")
      message(FATAL_ERROR "${header}: the version is ${version}, so the names of SEGMENT_ABI begin with "
        "${name}, but it has `${space}`")
    endif()
  endforeach()
  set(${variable} "${version}" PARENT_SCOPE)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)  # for the test
  segment_read_version("${HEADER}" version)
  message(STATUS "${version}")
endif()

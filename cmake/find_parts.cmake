# The optional parts, the library that each is built on, and how that is found: in this build, and for those who
# link an installed static part. A target of that name that already exists is used as it is.
set(segment_parts redis prometheus spdlog)
set(segment_redis_links hiredis::hiredis OpenSSL::SSL)
set(segment_prometheus_links prometheus-cpp::core)
set(segment_spdlog_links spdlog::spdlog)

function(segment_find_for_redis)
  find_package(OpenSSL QUIET)
  if(TARGET hiredis::hiredis)
    return()
  endif()
  find_path(SEGMENT_HIREDIS_INCLUDE hiredis/hiredis.h DOC "Where the folder hiredis with its headers is")
  find_library(SEGMENT_HIREDIS_LIBRARY hiredis DOC "The library hiredis")
  mark_as_advanced(SEGMENT_HIREDIS_INCLUDE SEGMENT_HIREDIS_LIBRARY)
  if(SEGMENT_HIREDIS_INCLUDE AND SEGMENT_HIREDIS_LIBRARY)
    add_library(hiredis::hiredis UNKNOWN IMPORTED)
    set_target_properties(hiredis::hiredis PROPERTIES
      IMPORTED_LOCATION "${SEGMENT_HIREDIS_LIBRARY}"
      INTERFACE_INCLUDE_DIRECTORIES "${SEGMENT_HIREDIS_INCLUDE}")
  endif()
endfunction()

function(segment_find_for_prometheus)
  find_package(prometheus-cpp QUIET)
endfunction()

function(segment_find_for_spdlog)
  find_package(spdlog QUIET)
endfunction()

# Optional parts, each a library over one of somebody else's: its folder, and what finds that library.
# Included, and not a separate folder, so that the tests and the examples also see what is found.
include(${CMAKE_CURRENT_LIST_DIR}/find_parts.cmake)

# segment_part(<name> <what it needs>): does nothing if the part is not wanted, or not available.
function(segment_part name needs)
  string(TOUPPER ${name} upper)
  set(wanted "${SEGMENT_BUILD_${upper}}")
  if(NOT wanted)
    return()
  endif()
  cmake_language(CALL segment_find_for_${name})
  foreach(target IN LISTS segment_${name}_links)
    if(NOT TARGET ${target})
      if(NOT wanted STREQUAL "AUTO")
        message(FATAL_ERROR "SEGMENT_BUILD_${upper}: ${needs} is not found.")
      endif()
      message(STATUS "segment::${name}: left out, as ${needs} is not found")
      return()
    endif()
  endforeach()

  set(folder "${PROJECT_SOURCE_DIR}/parts/${name}")
  file(GLOB sources CONFIGURE_DEPENDS "${folder}/src/*.cpp")
  add_library(segment_${name} ${sources})
  segment_own_library(segment_${name} ${name})
  target_include_directories(segment_${name}
    PUBLIC $<BUILD_INTERFACE:${folder}/include>
    PRIVATE "${folder}/src" "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(segment_${name} PUBLIC segment_public_api)
  foreach(target IN LISTS segment_${name}_links)
    target_link_libraries(segment_${name} PRIVATE $<BUILD_INTERFACE:${target}>)
  endforeach()
  if(NOT PROJECT_IS_TOP_LEVEL AND NOT SEGMENT_INSTALL)
    set_target_properties(segment_${name} PROPERTIES EXCLUDE_FROM_ALL ON)
  endif()
endfunction()

segment_part(redis "hiredis with OpenSSL")
segment_part(prometheus "prometheus-cpp")
segment_part(spdlog "spdlog")

# Measures what a permit from Redis costs; to be run by hand.
if(TARGET segment_redis AND SEGMENT_BUILD_BENCHMARKS)
  add_executable(bench_redis_permit "${PROJECT_SOURCE_DIR}/parts/redis/bench/permit_cost.cpp")
  segment_own_target(bench_redis_permit)
  target_link_libraries(bench_redis_permit PRIVATE segment::redis)
endif()

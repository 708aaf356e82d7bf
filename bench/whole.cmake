add_library(bench_contender STATIC whole/contender.cpp whole/fetch.cpp)
segment_own_target(bench_contender)
target_include_directories(bench_contender PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")
target_link_libraries(bench_contender PUBLIC CURL::libcurl Threads::Threads)

# segment_contender(<name> <source> [<library>…]): whole/<source> becomes bench/whole_<name>.
function(segment_contender name source)
  add_executable(whole_${name} whole/${source})
  segment_own_target(whole_${name})
  target_link_libraries(whole_${name} PRIVATE bench_contender ${ARGN})
  set(bench_programs ${bench_programs} whole_${name} PARENT_SCOPE)
endfunction()

segment_contender(bare_libcurl bare_libcurl.cpp)
segment_contender(bare_multi bare_multi.cpp)
segment_contender(nlohmann_dom nlohmann_dom.cpp nlohmann_json::nlohmann_json)

# The library with each reader, whichever it was built with: one small source chooses between them, and
# a program that contains it does not use the library's.
set(choice_of_the_reader "${PROJECT_SOURCE_DIR}/src/json/reader.cpp")
foreach(program IN ITEMS library library_async)
  segment_contender(${program} ${program}.cpp segment_internals)
  target_sources(whole_${program} PRIVATE "${choice_of_the_reader}")
endforeach()

if(segment_has_simdjson)
  foreach(program IN ITEMS library library_async)
    segment_contender(${program}_simdjson ${program}.cpp segment_simdjson_reader)
    target_sources(whole_${program}_simdjson PRIVATE "${choice_of_the_reader}")
    target_compile_definitions(whole_${program}_simdjson PRIVATE SEGMENT_READS_WITH_SIMDJSON)
  endforeach()
  segment_contender(simdjson_by_hand simdjson_by_hand.cpp simdjson::simdjson)
else()
  message(STATUS "simdjson: not found, so nothing is measured with it")
endif()

# What is allocated, in bytes.
add_executable(whole_memory whole/memory.cpp)
segment_own_target(whole_memory)
target_link_libraries(whole_memory PRIVATE segment::public_api)
list(APPEND bench_programs whole_memory)

# In front of a server, to make it seem far away.
add_executable(bench_relay distance/relay.cpp)
segment_own_target(bench_relay)
list(APPEND bench_programs bench_relay)

# Measured for their size, linked like a program that has to be small.
include(all_operations.cmake)
foreach(source whole/one_operation.cpp "${CMAKE_CURRENT_BINARY_DIR}/all_operations.cpp")
  cmake_path(GET source STEM name)
  add_executable(whole_${name} ${source})
  segment_own_target(whole_${name})
  target_link_libraries(whole_${name} PRIVATE segment::public_api)
  target_link_options(whole_${name} PRIVATE
    -Wl,--gc-sections "-Wl,-Map=${PROJECT_BINARY_DIR}/bin/bench/whole_${name}.map")
  list(APPEND bench_programs whole_${name})
endforeach()

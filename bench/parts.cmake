segment_needs_benchmark()

file(GLOB part_sources CONFIGURE_DEPENDS parts/*.cpp)
foreach(source IN LISTS part_sources)
  cmake_path(GET source STEM name)
  add_executable(parts_${name} ${source})
  segment_own_target(parts_${name})
  target_include_directories(parts_${name} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
  target_link_libraries(parts_${name} PRIVATE
    segment_internals CURL::libcurl benchmark::benchmark_main)
  list(APPEND bench_programs parts_${name})
endforeach()
# This one also measures hand-written code that uses the library directly.
if(segment_has_simdjson)
  target_link_libraries(parts_json_readers PRIVATE segment_simdjson_reader simdjson::simdjson)
endif()

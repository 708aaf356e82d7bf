# Compares instructions, allocations, sizes and headers with recorded ones: ctest -L budget. If they cannot
# be compared, the tests say so and are skipped.
find_program(SEGMENT_VALGRIND valgrind)
find_program(SEGMENT_NGINX nginx)
mark_as_advanced(SEGMENT_VALGRIND SEGMENT_NGINX)

# The programs that have a budget; the others would double the compile time.
add_custom_target(bench_budgeted DEPENDS whole_bare_libcurl whole_library whole_library_simdjson
  whole_memory whole_one_operation whole_all_operations)
add_test(NAME bench/build
  COMMAND ${CMAKE_COMMAND} --build "${PROJECT_BINARY_DIR}" --target bench_budgeted)
set_tests_properties(bench/build PROPERTIES
  TIMEOUT 1800 LABELS budget FIXTURES_SETUP bench_programs)

function(segment_budget_test name script)
  add_test(NAME bench/${name} COMMAND ${CMAKE_COMMAND} -E env "CXX=${CMAKE_CXX_COMPILER}"
    "${CMAKE_CURRENT_SOURCE_DIR}/${script}" --build "${PROJECT_BINARY_DIR}")
  set_tests_properties(bench/${name} PROPERTIES
    TIMEOUT 1800 LABELS budget FIXTURES_REQUIRED bench_programs SKIP_RETURN_CODE 77)
endfunction()

segment_budget_test(it_is_as_light_as_its_budget check_weight)
if(SEGMENT_VALGRIND AND SEGMENT_NGINX)
  segment_budget_test(a_call_costs_no_more_than_its_budget check_budgets)
endif()

# Writes a program that names every operation of the library, so that all of it is linked. Their names are
# in a generated header: `namespace audit_trail {` and `extern … const Operation list_events;`. The methods
# that use them are one expression each, and become part of the program that calls them.
set(operations_header "${PROJECT_SOURCE_DIR}/include/segment/api/operations.hpp")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${operations_header}")
file(STRINGS "${operations_header}" lines REGEX "^(namespace [a-z0-9_]+ {|extern .*const Operation)")

set(uses "")
foreach(line IN LISTS lines)
  if(line MATCHES "^namespace ([a-z0-9_]+)")
    set(group "${CMAKE_MATCH_1}")
  elseif(line MATCHES "const Operation ([a-z0-9_]+)")
    string(APPEND uses "  keep(segment::operations::${group}::${CMAKE_MATCH_1});\n")
  endif()
endforeach()

file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/all_operations.cpp" @ONLY CONTENT [[
#include "segment/segment.hpp"

void keep(const segment::Operation& operation) {
  asm volatile("" : : "r"(&operation) : "memory");
}

int main() {
  const segment::Client client({.token = segment::Token::from_environment()});
  (void)client.sources().get(segment::SourceId("any"));
@uses@}
]])

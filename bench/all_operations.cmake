# Writes a program that names every operation of the library, so that all of it is linked. Their names
# stand in two generated headers: `class AuditTrail;` and `audit_trail_list_events_call;`.
set(api "${PROJECT_SOURCE_DIR}/include/segment/api")
set(calls_header "${PROJECT_SOURCE_DIR}/src/api/calls.hpp")
set_property(DIRECTORY APPEND PROPERTY
  CMAKE_CONFIGURE_DEPENDS "${api}/resources.hpp" "${calls_header}")
file(STRINGS "${api}/resources.hpp" classes REGEX "^class [A-Za-z]+;$")
file(STRINGS "${calls_header}" calls REGEX "_call;$")

set(uses "")
foreach(line IN LISTS classes)
  string(REGEX REPLACE "class ([A-Za-z]+).*" "\\1" class "${line}")
  string(REGEX REPLACE "([a-z])([A-Z])" "\\1_\\2" group "${class}")
  string(TOLOWER "${group}" group)
  foreach(call IN LISTS calls)
    if(call MATCHES " ${group}_([a-z0-9_]+)_call")
      string(APPEND uses "  keep(&segment::${class}::${CMAKE_MATCH_1});\n")
    endif()
  endforeach()
endforeach()

file(CONFIGURE OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/all_operations.cpp" @ONLY CONTENT [[
#include "segment/segment.hpp"

template <class Method>
void keep(Method method) {
  asm volatile("" : : "g"(&method) : "memory");
}

int main() {
  const segment::Client client({.token = segment::Token::from_environment()});
@uses@}
]])

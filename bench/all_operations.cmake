# Writes a program that names every operation of the library, so that all of it is linked. Their names
# stand in a generated header: `namespace audit_trail {` and `extern … const Operation list_events;`.
set(operations_header "${PROJECT_SOURCE_DIR}/include/segment/api/operations.hpp")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${operations_header}")
file(STRINGS "${operations_header}" lines REGEX "^(namespace [a-z_]+ {|extern .*const Operation)")

set(uses "")
foreach(line IN LISTS lines)
  if(line MATCHES "^namespace ([a-z_]+)")
    set(class "")
    string(REPLACE "_" ";" words "${CMAKE_MATCH_1}")
    foreach(word IN LISTS words)
      string(SUBSTRING "${word}" 0 1 first)
      string(SUBSTRING "${word}" 1 -1 rest)
      string(TOUPPER "${first}" first)
      string(APPEND class "${first}${rest}")
    endforeach()
  elseif(line MATCHES "const Operation ([a-z0-9_]+)")
    string(APPEND uses "  keep(&segment::${class}::${CMAKE_MATCH_1});\n")
  endif()
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

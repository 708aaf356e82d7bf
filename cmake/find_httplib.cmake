# segment_find_httplib(): makes the system's cpp-httplib usable as httplib::httplib, if there is one. Also part
# of the installed package, for those who link the sandbox.
#
# Debian builds it as a shared library with TLS and compression enabled, and ships a pkg-config file that says
# so; these options change the layout of its classes, so they must be used.
function(segment_find_httplib)
  if(TARGET httplib::httplib)
    return()
  endif()
  # From 0.16 on its stream, which the sandbox's connections derive from, is another.
  foreach(minor IN ITEMS 15 14 13 12 11)
    find_package(httplib 0.${minor} QUIET CONFIG)
    if(TARGET httplib::httplib)
      return()
    endif()
  endforeach()
  find_package(Threads REQUIRED)
  find_package(PkgConfig QUIET)
  if(PkgConfig_FOUND)
    pkg_check_modules(SEGMENT_HTTPLIB QUIET IMPORTED_TARGET GLOBAL
      cpp-httplib>=0.11 cpp-httplib<0.16)
  endif()
  if(TARGET PkgConfig::SEGMENT_HTTPLIB)
    add_library(httplib::httplib INTERFACE IMPORTED GLOBAL)
    target_link_libraries(httplib::httplib INTERFACE PkgConfig::SEGMENT_HTTPLIB Threads::Threads)
    message(STATUS "httplib: found by pkg-config")
  endif()
endfunction()

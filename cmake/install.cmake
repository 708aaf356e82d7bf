# What is installed, in components: segment_runtime (what a program needs at run time if it was linked with a
# shared library), segment_development, segment_testing, segment_sandbox, segment_tools, and segment_<name> for
# each optional part.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(segment_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/SegmentPublicApi")
set(segment_generated_dir "${PROJECT_BINARY_DIR}/package")

# segment_install_library(<target> <component of the package> <run-time component> <development component>)
function(segment_install_library target name runtime development)
  set_target_properties(${target} PROPERTIES INSTALL_RPATH "\$ORIGIN")
  install(TARGETS ${target} EXPORT SegmentPublicApi-${name}
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT ${development}
    LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT ${runtime}
      NAMELINK_COMPONENT ${development}
    RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT ${runtime}
    INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
  install(EXPORT SegmentPublicApi-${name} NAMESPACE segment::
    DESTINATION "${segment_package_dir}" COMPONENT ${development})
endfunction()

function(segment_install_headers folder component)
  install(DIRECTORY "${folder}/segment" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
    COMPONENT ${component} FILES_MATCHING PATTERN "*.hpp")
endfunction()

segment_install_library(segment_public_api public_api segment_runtime segment_development)
segment_install_library(segment_testing testing segment_testing segment_testing)
segment_install_headers("${PROJECT_SOURCE_DIR}/include" segment_development)
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}"
  COMPONENT segment_development)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/debuggers/" COMPONENT segment_development
  DESTINATION "${CMAKE_INSTALL_DATADIR}/segment_public_api/debuggers")
if(TARGET segment_sandbox)
  segment_install_library(segment_sandbox sandbox segment_sandbox segment_sandbox)
  segment_install_headers("${PROJECT_SOURCE_DIR}/sandbox/include" segment_sandbox)
  install(FILES "${PROJECT_SOURCE_DIR}/cmake/find_httplib.cmake"
    DESTINATION "${segment_package_dir}" COMPONENT segment_sandbox)
endif()

foreach(part IN LISTS segment_parts)
  if(TARGET segment_${part})
    segment_install_library(segment_${part} ${part} segment_${part} segment_${part})
    segment_install_headers("${PROJECT_SOURCE_DIR}/parts/${part}/include" segment_${part})
  endif()
endforeach()

file(RELATIVE_PATH segment_bin_to_lib "${CMAKE_INSTALL_FULL_BINDIR}" "${CMAKE_INSTALL_FULL_LIBDIR}")
foreach(program segment segment-sandbox)
  if(TARGET ${program})
    set_target_properties(${program} PROPERTIES INSTALL_RPATH "\$ORIGIN/${segment_bin_to_lib}")
    install(TARGETS ${program} RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT segment_tools)
  endif()
endforeach()

if(TARGET segment AND NOT CMAKE_CROSSCOMPILING)
  install(DIRECTORY "${PROJECT_BINARY_DIR}/man/man1" DESTINATION "${CMAKE_INSTALL_MANDIR}"
    COMPONENT segment_tools OPTIONAL)
  foreach(completion segment:bash-completion/completions _segment:zsh/vendor-completions
      segment.fish:fish/vendor_completions.d)
    string(REPLACE ":" ";" completion "${completion}")
    list(GET completion 0 file)
    list(GET completion 1 folder)
    install(FILES "${PROJECT_BINARY_DIR}/completions/${file}"
      DESTINATION "${CMAKE_INSTALL_DATADIR}/${folder}" COMPONENT segment_tools OPTIONAL)
  endforeach()
endif()

# What has to be linked besides an installed static library.
set(segment_links_curl ON)
if(BUILD_SHARED_LIBS)
  set(segment_links_curl OFF)
endif()
set(segment_links_simdjson OFF)
if(segment_links_curl AND segment_json_reader STREQUAL "simdjson")
  set(segment_links_simdjson ON)
endif()
if(NOT segment_links_curl OR NOT TARGET segment_sandbox)
  set(segment_links_httplib OFF)
endif()

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/SegmentPublicApiConfig.cmake.in"
  "${segment_generated_dir}/SegmentPublicApiConfig.cmake"
  INSTALL_DESTINATION "${segment_package_dir}"
  NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
# Before 1.0 a new minor version may break what the previous one promised.
write_basic_package_version_file("${segment_generated_dir}/SegmentPublicApiConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${segment_generated_dir}/SegmentPublicApiConfig.cmake"
  "${segment_generated_dir}/SegmentPublicApiConfigVersion.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/absent_targets.cmake"
  "${PROJECT_SOURCE_DIR}/cmake/find_parts.cmake"
  DESTINATION "${segment_package_dir}" COMPONENT segment_development)

# The prefix is derived from the location of the file, so that the installed tree can be moved.
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
  set(segment_pc_prefix "${CMAKE_INSTALL_PREFIX}")
else()
  file(RELATIVE_PATH segment_pc_prefix "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
  set(segment_pc_prefix "\${pcfiledir}/${segment_pc_prefix}")
endif()
# Whoever links a static library must also link what it uses. `Requires.private` would do that only with
# `pkg-config --static`, which also links libcurl's own dependencies, and those may not be installed.
set(segment_pc_requires "Requires: libcurl")
if(BUILD_SHARED_LIBS)
  set(segment_pc_requires "Requires.private: libcurl")
endif()
if(segment_json_reader STREQUAL "simdjson")
  string(APPEND segment_pc_requires ", simdjson")
endif()
cmake_path(APPEND segment_pc_libdir "\${prefix}" "${CMAKE_INSTALL_LIBDIR}")
cmake_path(APPEND segment_pc_includedir "\${prefix}" "${CMAKE_INSTALL_INCLUDEDIR}")
set(segment_pc_flag "")
if(segment_standard_library_flag)
  set(segment_pc_flag " ${segment_standard_library_flag}")
endif()
configure_file("${PROJECT_SOURCE_DIR}/cmake/segment_public_api.pc.in"
  "${segment_generated_dir}/segment_public_api.pc" @ONLY)
install(FILES "${segment_generated_dir}/segment_public_api.pc"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT segment_development)

if(PROJECT_IS_TOP_LEVEL)
  include(${CMAKE_CURRENT_LIST_DIR}/packages.cmake)
endif()

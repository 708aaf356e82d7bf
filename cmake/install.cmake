# What is installed: the headers, both libraries, the CMake package and the pkg-config file.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(segment_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/SegmentPublicApi")
set(segment_generated_dir "${PROJECT_BINARY_DIR}/package")

install(TARGETS segment_public_api segment_testing EXPORT SegmentPublicApiTargets
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
  RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}"
  INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/segment" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
  FILES_MATCHING PATTERN "*.hpp")
install(EXPORT SegmentPublicApiTargets NAMESPACE segment:: DESTINATION "${segment_package_dir}")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/SegmentPublicApiConfig.cmake.in"
  "${segment_generated_dir}/SegmentPublicApiConfig.cmake"
  INSTALL_DESTINATION "${segment_package_dir}"
  NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
# Before 1.0 a new minor version may break what the one before promised.
write_basic_package_version_file("${segment_generated_dir}/SegmentPublicApiConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${segment_generated_dir}/SegmentPublicApiConfig.cmake"
  "${segment_generated_dir}/SegmentPublicApiConfigVersion.cmake"
  DESTINATION "${segment_package_dir}")

# The prefix is told from where the file lies, so that the installed tree can be moved.
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
  set(segment_pc_prefix "${CMAKE_INSTALL_PREFIX}")
else()
  file(RELATIVE_PATH segment_pc_prefix "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
  set(segment_pc_prefix "\${pcfiledir}/${segment_pc_prefix}")
endif()
# A static library needs what it uses named whenever it is linked. `Requires.private` would do that only
# with `pkg-config --static`, which also links libcurl's own dependencies, and they need not be there.
set(segment_pc_requires "Requires: libcurl")
if(BUILD_SHARED_LIBS)
  set(segment_pc_requires "Requires.private: libcurl")
endif()
if(segment_json_reader STREQUAL "simdjson")
  string(APPEND segment_pc_requires ", simdjson")
endif()
set(segment_pc_flag "")
if(segment_standard_library_flag)
  set(segment_pc_flag " ${segment_standard_library_flag}")
endif()
configure_file("${PROJECT_SOURCE_DIR}/cmake/segment_public_api.pc.in"
  "${segment_generated_dir}/segment_public_api.pc" @ONLY)
install(FILES "${segment_generated_dir}/segment_public_api.pc"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

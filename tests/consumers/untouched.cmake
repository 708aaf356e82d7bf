# What a library must leave unchanged in a project that includes it.

set(watched BUILD_TESTING BUILD_SHARED_LIBS CMAKE_BUILD_TYPE CMAKE_CXX_FLAGS CMAKE_CXX_STANDARD
  CMAKE_CXX_EXTENSIONS CMAKE_CXX_VISIBILITY_PRESET CMAKE_INSTALL_PREFIX CMAKE_MODULE_PATH
  CMAKE_POSITION_INDEPENDENT_CODE CMAKE_RUNTIME_OUTPUT_DIRECTORY)

macro(remember_the_project)
  get_cmake_property(cache_before CACHE_VARIABLES)
  foreach(variable IN LISTS watched)
    set(before_${variable} "${${variable}}")
  endforeach()
  get_directory_property(options_before COMPILE_OPTIONS)
endmacro()

function(expect_the_project_untouched)
  foreach(variable IN LISTS watched)
    if(NOT "${${variable}}" STREQUAL "${before_${variable}}")
      message(SEND_ERROR "${variable} was '${before_${variable}}' and is '${${variable}}'")
    endif()
  endforeach()

  get_directory_property(options COMPILE_OPTIONS)
  if(NOT "${options}" STREQUAL "${options_before}")
    message(SEND_ERROR "The directory's compile options are now '${options}'")
  endif()

  # Only what CMake itself records about projects, fetched content and packages, and our own options.
  get_cmake_property(cache CACHE_VARIABLES)
  list(REMOVE_ITEM cache ${cache_before})
  get_property(found GLOBAL PROPERTY PACKAGES_FOUND)
  get_property(not_found GLOBAL PROPERTY PACKAGES_NOT_FOUND)
  list(APPEND found ${not_found})
  list(JOIN found "|" packages)
  list(FILTER cache EXCLUDE REGEX
    "^(SEGMENT_|FETCHCONTENT_|FIND_PACKAGE_MESSAGE_DETAILS_|(${packages})_)|_(BINARY_DIR|IS_TOP_LEVEL|SOURCE_DIR)$")
  list(FILTER cache EXCLUDE REGEX
    "^(CMAKE_PROJECT_VERSION.*|CMAKE_HAVE_(LIBC_PTHREAD|PTHREAD_H)|GIT_EXECUTABLE)$")
  # FindCURL uses pkg-config if it is installed, and so do we for cpp-httplib.
  list(FILTER cache EXCLUDE REGEX "^(PC_CURL_|__pkg_config|pkgcfg_lib_(PC_CURL|SEGMENT)_|PKG_CONFIG_|prefix_result$)")
  if(cache)
    message(SEND_ERROR "New in the cache: ${cache}")
  endif()

  foreach(target segment_public_api segment_testing segment_sandbox)
    get_target_property(flags ${target} COMPILE_OPTIONS)
    # The first two let the consumer's linker drop what is not called. If the consumer uses a sanitizer, the third turns
    # off a check that an old clang cannot put into a coroutine. None of them changes anything else.
    list(REMOVE_ITEM flags ${options_before} -ffunction-sections -fdata-sections -fno-sanitize=function flags-NOTFOUND)
    if(flags)
      message(SEND_ERROR "${target} is compiled with ${flags}")
    endif()
    # Where CMake looks for modules, clang needs a scanner, and nothing is compiled in batches.
    get_target_property(scans ${target} CXX_SCAN_FOR_MODULES)
    if(NOT scans STREQUAL "OFF")
      message(SEND_ERROR "${target} is scanned for modules")
    endif()
  endforeach()
  foreach(target segment gtest gtest_main)
    if(TARGET ${target})
      message(SEND_ERROR "There is a target ${target}")
    endif()
  endforeach()
endfunction()

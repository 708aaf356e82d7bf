# segment_own_target(<target> [BATCH <sources>]): how a target of this project is compiled, at most
# BATCH sources at a time, by default 38. All of it is private to the target; nothing here affects those
# that link it.
function(segment_own_target target)
  cmake_parse_arguments(PARSE_ARGV 1 own "" "BATCH" "")
  if(NOT own_BATCH)
    set(own_BATCH 38)
  endif()
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF CXX_SCAN_FOR_MODULES OFF POSITION_INDEPENDENT_CODE ON
    UNITY_BUILD ${SEGMENT_UNITY_BUILD})
  if(NOT SEGMENT_EXPORT_INTERNALS)  # what is exported is marked SEGMENT_EXPORT
    set_target_properties(${target} PROPERTIES
      CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  endif()
  if(PROJECT_IS_TOP_LEVEL OR NOT DEFINED CMAKE_UNITY_BUILD_BATCH_SIZE)
    # Batches of equal size, so that no processor is left with a large one at the end.
    get_target_property(sources ${target} SOURCES)
    list(LENGTH sources count)
    math(EXPR batches "(${count} + ${own_BATCH} - 1) / ${own_BATCH}")
    math(EXPR size "(${count} + ${batches} - 1) / ${batches}")
    set_target_properties(${target} PROPERTIES UNITY_BUILD_BATCH_SIZE ${size})
  endif()

  if(PROJECT_IS_TOP_LEVEL AND SEGMENT_WARNINGS)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wshadow -Wconversion
      $<$<BOOL:${SEGMENT_WERROR}>:-Werror>)
  endif()

  if(SEGMENT_SANITIZE)
    target_compile_options(${target} PRIVATE
      -fsanitize=${SEGMENT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} PRIVATE -fsanitize=${SEGMENT_SANITIZE})
  endif()
  # What clang before 16 puts before each function for this check, it cannot put before the parts of a coroutine:
  # with function sections it fails. A surrounding project may use a sanitizer too.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 16)
    target_compile_options(${target} PRIVATE -fno-sanitize=function)
  endif()
endfunction()

# segment_precompile_headers(<target> <header>…): for our own programs; the library itself has none.
function(segment_precompile_headers target)
  target_precompile_headers(${target} PRIVATE ${ARGN})
  segment_uses_precompiled_headers(${target})
endfunction()

# segment_reuse_headers(<target> <other target>): uses those that <other target> has precompiled.
function(segment_reuse_headers target other)
  target_precompile_headers(${target} REUSE_FROM ${other})
  # With other options or definitions the compiler does not accept them.
  target_compile_options(${target} PRIVATE $<TARGET_PROPERTY:${other},COMPILE_OPTIONS>)
  segment_uses_precompiled_headers(${target})
endfunction()

function(segment_uses_precompiled_headers target)
  # Otherwise g++ compiles libraries and programs with different options, and they could not share any.
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  # Without this flag of g++ ccache does not see through a precompiled header.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND SEGMENT_CCACHE)
    target_compile_options(${target} PRIVATE -fpch-preprocess)
  endif()
endfunction()

# segment_own_target(<target>): how a target of this project is compiled. All of it is private to the
# target; nothing here reaches who links it.
function(segment_own_target target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON)

  if(PROJECT_IS_TOP_LEVEL AND SEGMENT_WARNINGS)
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wshadow -Wconversion
      $<$<BOOL:${SEGMENT_WERROR}>:-Werror>)
  endif()

  if(SEGMENT_SANITIZE)
    target_compile_options(${target} PRIVATE
      -fsanitize=${SEGMENT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} PRIVATE -fsanitize=${SEGMENT_SANITIZE})
  endif()
endfunction()

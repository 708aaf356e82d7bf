# A build has one copy of the library; CMake itself would only say that a target exists already.
foreach(target segment_public_api segment::public_api)
  if(TARGET ${target})
    get_target_property(segment_other ${target} SOURCE_DIR)
    if(NOT segment_other)
      set(segment_other "an installed package")
    endif()
    message(FATAL_ERROR "SegmentPublicApi is part of this build already, from ${segment_other}: link that "
      "one's segment::public_api, and leave out ${PROJECT_SOURCE_DIR}.")
  endif()
endforeach()

# A build can have only one copy of the library; CMake itself would only say that a target already exists.
if(TARGET segment::public_api)
  get_target_property(segment_is_imported segment::public_api IMPORTED)
  if(segment_is_imported)
    set(segment_other "an installed package")
  else()
    get_target_property(segment_other segment::public_api SOURCE_DIR)
  endif()
  message(FATAL_ERROR "SegmentPublicApi is part of this build already, from ${segment_other}: link that "
    "one's segment::public_api, and leave out ${PROJECT_SOURCE_DIR}.")
endif()

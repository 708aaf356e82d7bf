# Fails if the public headers, all together, include libcurl, a JSON parser or the sandbox's server.
# Usage: cmake -DCOMPILE=<compiler and flags> -DSOURCE=<unit> -P light.cmake
execute_process(COMMAND ${COMPILE} -M "${SOURCE}"
  OUTPUT_VARIABLE dependencies COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^ \n]*(curl/|nlohmann/|simdjson|rapidjson|httplib|openssl/|boost/)[^ \n]*"
  heavy "${dependencies}")
if(heavy)
  list(JOIN heavy "\n  " heavy)
  message(FATAL_ERROR "The public headers include:\n  ${heavy}")
endif()

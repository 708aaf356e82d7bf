#include "call/chosen_version.hpp"

#include <string>

#include "call/media_type.hpp"
#include "call/raise.hpp"

namespace segment::inline SEGMENT_ABI::detail {

std::string_view chosen_media_type(const ClientOptions& client, const Operation& operation,
                                   const CallOptions& options) {
  if (operation.versions.empty() && !options.version) return "application/json";
  const ApiVersion version = options.version ? *options.version : operation.stability();
  const ApiVersion minimum = client.minimum_stability;
  if (version > minimum) {
    raise_invalid_argument(operation,
                           "the call is " + std::string(to_string(version)) +
                               ", less stable than ClientOptions::minimum_stability allows (" +
                               std::string(to_string(minimum)) + ")");
  }
  if (operation.versions.empty() || operation.has(version)) return media_type(version);
  std::string existing;
  for (ApiVersion own : operation.versions) {
    existing += existing.empty() ? "" : ", ";
    existing += to_string(own);
  }
  raise_invalid_argument(operation, "there is no " + std::string(to_string(version)) +
                                        " version of this operation, only " + existing);
}

}  // namespace segment::inline SEGMENT_ABI::detail

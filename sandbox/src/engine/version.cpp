#include "engine/version.hpp"

#include <optional>
#include <string>

#include "engine/refusal.hpp"

namespace segment::sandbox {

namespace {

struct Spelling {
  std::string_view text;
  ApiVersion version;
};

// The longer ones first: one is the beginning of the others.
constexpr Spelling spellings[] = {
    {"application/vnd.segment.v1alpha+json", ApiVersion::alpha},
    {"application/vnd.segment.v1beta+json", ApiVersion::beta},
    {"application/vnd.segment.v1+json", ApiVersion::v1},
    {"application/vnd.segment.stable+json", ApiVersion::v1},
};

std::optional<ApiVersion> named_version(std::string_view accept) {
  for (const Spelling& spelling : spellings) {
    if (accept.find(spelling.text) != std::string_view::npos) return spelling.version;
  }
  return std::nullopt;
}

}  // namespace

ApiVersion chosen_version(const Operation& operation, std::string_view accept) {
  const auto version = named_version(accept);
  if (!version) return operation.stability();
  if (operation.has(*version)) return *version;
  std::string message = std::string(operation.id) + " does not exist in the version " +
                        std::string(to_string(*version)) + ", only in";
  for (ApiVersion own : operation.versions) message.append(" ").append(to_string(own));
  throw refuse(406, "unsupported-version", message + ".");
}

}  // namespace segment::sandbox

#include "engine/version.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/refusal.hpp"
#include "operations/prepared_call.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// Takes the part before the separator, or everything.
std::string_view take_part(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = detail::trimmed(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

// One of the types that an `Accept` header lists, in lower case.
struct MediaRange {
  std::string type;
  double quality = 1.0;
};

MediaRange media_range(std::string_view text) {
  MediaRange range{.type = detail::lower(take_part(text, ';'))};
  while (!text.empty()) {
    const std::string parameter = detail::lower(take_part(text, ';'));
    if (!parameter.starts_with("q=")) continue;
    range.quality = detail::to_double(std::string_view(parameter).substr(2)).value_or(1.0);
  }
  return range;
}

// How specifically a range matches a version: 0 not at all, 1 by `*/*`, up to 4 by its media type.
int closeness(const MediaRange& range, ApiVersion version) {
  if (range.type == detail::media_type(version)) return 4;
  if (version == ApiVersion::v1 && range.type == "application/vnd.segment.stable+json") return 4;
  if (range.type == "application/json") return 3;
  if (range.type == "application/*") return 2;
  return range.type == "*/*" ? 1 : 0;
}

// A client's preference for one version.
struct Wish {
  int closeness = 0;
  double quality = 0;
};

Wish wish_for(ApiVersion version, std::string_view accept) {
  Wish wish;
  while (!accept.empty()) {
    const MediaRange range = media_range(take_part(accept, ','));
    const int close = closeness(range, version);
    if (close > wish.closeness) wish = {close, range.quality};
  }
  return wish;
}

// Whether the header names anything the API has: `text/html` does not.
bool speaks_of_the_api(std::string_view accept) {
  while (!accept.empty()) {
    const std::string type = media_range(take_part(accept, ',')).type;
    if (type.starts_with("application/vnd.segment.") || type == "application/json" ||
        type == "application/*" || type == "*/*") {
      return true;
    }
  }
  return false;
}

std::vector<ChosenVersion> versions_of(std::span<const Operation* const> operations) {
  std::vector<ChosenVersion> versions;
  for (const Operation* operation : operations) {
    for (const ApiVersion version : operation->versions) versions.push_back({operation, version});
  }
  std::ranges::sort(versions, {}, &ChosenVersion::version);
  return versions;
}

}  // namespace

ChosenVersion chosen_version(std::span<const Operation* const> operations,
                             std::string_view accept) {
  const auto versions = versions_of(operations);
  if (!speaks_of_the_api(accept)) return versions.front();
  std::optional<ChosenVersion> chosen;
  Wish best;
  // Most stable first: of two with equal preference the more stable one is chosen. A version that
  // is named takes precedence over one that a wildcard or `application/json` matches.
  for (const ChosenVersion& candidate : versions) {
    const Wish wish = wish_for(candidate.version, accept);
    if (wish.quality <= 0) continue;
    const bool better = wish.quality > best.quality ||
                        (wish.quality == best.quality && wish.closeness > best.closeness);
    if (chosen && !better) continue;
    chosen = candidate;
    best = wish;
  }
  if (chosen) return *chosen;
  std::string message =
      std::string(operations.front()->id) + " does not exist in an accepted version, only in";
  for (const ChosenVersion& own : versions) message.append(" ").append(to_string(own.version));
  throw refuse(406, "unsupported-version", message + ".");
}

}  // namespace segment::inline SEGMENT_ABI::sandbox

// What of the interface between the library and a transport has code of its own.
#include <algorithm>
#include <optional>
#include <utility>

#include "segment/http/header.hpp"
#include "segment/http/policy.hpp"
#include "segment/http/response.hpp"
#include "segment/http/transport.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::http {

bool same_name(std::string_view a, std::string_view b) noexcept {
  return segment::detail::same_but_for_case(a, b);
}

void Headers::set(std::string name, std::string value) {
  const auto is_same = [&name](const Header& field) { return same_name(field.name, name); };
  const auto first = std::find_if(fields_.begin(), fields_.end(), is_same);
  if (first == fields_.end()) {
    add(std::move(name), std::move(value));
    return;
  }
  fields_.erase(std::remove_if(std::next(first), fields_.end(), is_same), fields_.end());
  *first = {std::move(name), std::move(value)};
}

const std::string* Headers::find(std::string_view name) const noexcept {
  for (const Header& field : fields_) {
    if (same_name(field.name, name)) return &field.value;
  }
  return nullptr;
}

std::string_view to_string(FailureKind kind) noexcept {
  switch (kind) {
    case FailureKind::resolve:
      return "resolve";
    case FailureKind::connect:
      return "connect";
    case FailureKind::tls:
      return "tls";
    case FailureKind::timeout:
      return "timeout";
    case FailureKind::cancelled:
      return "cancelled";
    case FailureKind::broken:
      return "broken";
    case FailureKind::too_large:
      return "too_large";
    case FailureKind::other:
      break;
  }
  return "other";
}

// Defined here, these are the key functions of their classes, which have their virtual tables here.

void Transport::start(const Request& request, OnOutcome done) { done(send(request)); }

std::optional<Outcome> Policy::before_send(Request& /*request*/, Attempt& /*attempt*/) {
  return std::nullopt;
}

void Policy::after_send(Outcome& /*outcome*/, Attempt& /*attempt*/) {}

}  // namespace segment::inline SEGMENT_ABI::http

#include "operations/router.hpp"

#include <algorithm>

#include "http/syntax.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.empty()) return segments;
  for (;;) {
    const std::size_t slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }

bool fits(const std::vector<std::string_view>& pattern, const std::vector<std::string_view>& path) {
  return std::ranges::equal(pattern, path, [](std::string_view wanted, std::string_view got) {
    return is_parameter(wanted) ? !got.empty() : wanted == got;
  });
}

std::optional<Route> route(const Operation* call, const std::vector<std::string_view>& pattern,
                           const std::vector<std::string_view>& path) {
  Route route{call, {}};
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (!is_parameter(pattern[i])) continue;
    auto parameter = percent_decoded(path[i]);
    if (!parameter || !is_utf8(*parameter)) return std::nullopt;
    route.parameters.push_back(std::move(*parameter));
  }
  return route;
}

}  // namespace

Router::Router(std::span<const Operation* const> calls) {
  // Plain text before parameters, segment by segment, so that the first match is the intended one.
  // Equal ones keep their order.
  const auto before = [](const Entry& a, const Entry& b) {
    return std::ranges::lexicographical_compare(a.segments, b.segments, {}, is_parameter,
                                                is_parameter);
  };
  for (const auto* call : calls) {
    Entry entry{call, segments_of(call->path)};
    entries_.insert(std::ranges::upper_bound(entries_, entry, before), std::move(entry));
  }
}

std::optional<Route> Router::find(std::string_view method, std::string_view path) const {
  const auto segments = segments_of(path);
  for (const Entry& entry : entries_) {
    if (http::to_string(entry.call->method) == method && fits(entry.segments, segments)) {
      return route(entry.call, entry.segments, segments);
    }
  }
  return std::nullopt;
}

const Operation* Router::by_id(std::string_view id) const {
  const auto found =
      std::ranges::find(entries_, id, [](const Entry& entry) { return entry.call->id; });
  return found != entries_.end() ? found->call : nullptr;
}

std::vector<const Operation*> Router::all_by_id(std::string_view id) const {
  std::vector<const Operation*> found;
  for (const Entry& entry : entries_) {
    if (entry.call->id == id) found.push_back(entry.call);
  }
  return found;
}

}  // namespace segment::inline SEGMENT_ABI::detail

#include <algorithm>
#include <string>
#include <vector>

#include "operations/registry.hpp"
#include "operations/times.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// `SOURCE`, `Source` and `sources` all mean sources.
bool same_kind(const std::string& given, const std::string& kind) {
  const std::string wanted = detail::lower(given);
  return wanted == kind || wanted == kind + "s";
}

Json list_audit_events(Call& call) {
  const auto start = time_parameter(call, "startTime");
  const auto end = time_parameter(call, "endTime");
  const Json* id = call.query.find("resourceId");
  const Json* kind = call.query.find("resourceType");
  auto events = call.world.collection(names::audit_events).all([&](const Json& event) {
    const auto when = Timestamp(event.at("timestamp").as_string()).time_point();
    if (start && when <= start) return false;
    if (end && when >= end) return false;
    if (id != nullptr && event.at("resourceId") != *id) return false;
    return kind == nullptr || same_kind(kind->as_string(), event.at("resourceType").as_string());
  });
  std::ranges::reverse(events);  // newest first
  return page(call, events);
}

}  // namespace

void add_audit_trail(Handlers& handlers) { handlers["listAuditEvents"] = list_audit_events; }

}  // namespace segment::inline SEGMENT_ABI::sandbox

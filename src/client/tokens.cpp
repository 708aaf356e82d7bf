#include "segment/tokens.hpp"

#include <exception>
#include <utility>

#include "segment/api/workspaces.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI {

TokenStatus Tokens::verify(const CallOptions& options) const {
  try {
    return {.valid = true, .workspace = Workspaces(Blocking(core_)).get(options)};
  } catch (const AuthenticationError&) {
    return {};
  }
}

List<Page<AuditEvent>> Tokens::activity(const Timestamp& from, const Timestamp& to,
                                        const CallOptions& options) const {
  ListAuditEventsQuery query;
  if (!from.empty()) query.start_time = from;
  if (!to.empty()) query.end_time = to;
  return AuditTrail(Blocking(core_)).list_events(query, options);
}

std::optional<Region> detect_region(const Token& token, ClientOptions options) {
  options.token = token;
  options.token_provider = nullptr;
  options.base_url.clear();
  std::exception_ptr unanswered;
  for (Region region : {Region::us, Region::eu}) {
    options.region = region;
    try {
      if (Client(options).tokens().verify().valid) return region;
    } catch (const Error&) {
      unanswered = std::current_exception();
    }
  }
  if (unanswered) std::rethrow_exception(unanswered);
  return std::nullopt;
}

}  // namespace segment::inline SEGMENT_ABI

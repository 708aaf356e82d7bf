#include "engine/replies.hpp"

#include "engine/dates.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

WireReply reply_to(const Refusal& refusal) {
  return {.status = refusal.status,
          .headers = {{"Content-Type", "application/json"}},
          .body = error_body(refusal.errors)};
}

WireReply reply_to(const Fault& fault) {
  WireReply reply;
  reply.status = fault.response_status;
  reply.body = fault.body;
  if (reply.body.empty() && fault.response_status >= 400) {
    reply =
        reply_to(refuse(fault.response_status, "sandbox-fault", "The sandbox was asked to fail."));
  } else if (!reply.body.empty()) {
    reply.headers.set("Content-Type", "application/json");
  }
  for (const auto& header : fault.headers) reply.headers.set(header.name, header.value);
  return reply;
}

WireReply too_many_requests(const RateStatus& status) {
  Refusal refusal = refuse(429, "RequestError", "Too many requests");
  refusal.errors.front().data = Json::object({{"msBeforeNext", status.before_reset.count()},
                                              {"remainingPoints", status.remaining},
                                              {"consumedPoints", status.consumed}});
  WireReply reply = reply_to(refusal);
  if (status.by_token) {
    const auto wait = std::chrono::ceil<std::chrono::seconds>(status.before_reset);
    reply.headers.set("Retry-After", std::to_string(wait.count()));
  }
  add_rate_headers(reply, status);
  return reply;
}

void add_rate_headers(WireReply& reply, const RateStatus& status) {
  reply.headers.set("X-RateLimit-Consumed", std::to_string(status.consumed));
  reply.headers.set("X-RateLimit-Remaining", std::to_string(status.remaining));
  reply.headers.set("X-RateLimit-Reset", dated(status.reset, "+0000"));
}

}  // namespace segment::inline SEGMENT_ABI::sandbox

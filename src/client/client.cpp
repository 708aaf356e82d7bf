#include "segment/client.hpp"

#include <memory>
#include <utility>

#include "call/core.hpp"
#include "call/raw_call.hpp"
#include "segment/jobs.hpp"
#include "segment/tokens.hpp"

namespace segment {

Client::Client(ClientOptions options)
    : Resources(std::make_shared<const detail::Core>(std::move(options))) {}

Jobs Client::jobs() const { return Jobs(core_); }

Tokens Client::tokens() const { return Tokens(core_); }

std::optional<RateAllowance> Client::allowance(const Operation& operation) const {
  return core_->rate_limiter().allowance(operation, core_->clock().now());
}

Json Client::call(http::Method method, std::string_view path,
                  const std::vector<QueryParameter>& query, const std::optional<Json>& body,
                  const CallOptions& options) const {
  const auto core = core_;  // this client may be gone before the answer comes
  return detail::raw_call(*core, method, path, query, body, options);
}

}  // namespace segment

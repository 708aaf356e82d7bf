#include "segment/tokens.hpp"

#include <exception>
#include <utility>

#include "client/stepwise.hpp"
#include "segment/api/workspaces.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI {

namespace detail {

namespace {

SequenceOf<TokenStatus> verify_token_by(Stepwise client, CallOptions options) {
  auto call = BasicWorkspaces<Stepwise>(client).get(options);
  Result<Workspace> workspace = co_await call;
  TokenStatus status;
  if (workspace.error_as<AuthenticationError>()) co_return status;
  status.workspace = std::move(workspace).value();
  status.valid = true;
  co_return status;
}

}  // namespace

std::shared_ptr<Sequence> verify_token(const std::shared_ptr<const Core>& core,
                                       const CallOptions& options) {
  return verify_token_by(Stepwise(core), options);
}

}  // namespace detail

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

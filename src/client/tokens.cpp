#include "segment/tokens.hpp"

#include <array>
#include <exception>
#include <optional>
#include <utility>

#include "client/stepwise.hpp"
#include "segment/api/operations.hpp"
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

// Asks both regions even if the first one fails: with a token for one region, the other may not
// even be reachable.
SequenceOf<std::optional<Region>> detect_region_by(Stepwise client, CallOptions options) {
  constexpr std::array regions{Region::us, Region::eu};
  std::exception_ptr failure;
  for (const Region region : regions) {
    PreparedCall get = prepare(client.core().options(), operations::workspaces::get, {}, options);
    get.set_region(region);
    SequenceCall<Workspace> call(std::move(get));
    Result<Workspace> workspace = co_await call;
    if (workspace) co_return region;
    if (!workspace.error_as<AuthenticationError>()) failure = workspace.error();
  }
  if (failure) std::rethrow_exception(failure);
  co_return std::nullopt;
}

}  // namespace

std::shared_ptr<Sequence> verify_token(const std::shared_ptr<const Core>& core,
                                       const CallOptions& options) {
  return verify_token_by(Stepwise(core), options);
}

std::shared_ptr<Sequence> detect_region(const std::shared_ptr<const Core>& core,
                                        const CallOptions& options) {
  return detect_region_by(Stepwise(core), options);
}

}  // namespace detail

}  // namespace segment::inline SEGMENT_ABI

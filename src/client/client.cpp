#include "segment/client.hpp"

#include <memory>
#include <utility>

#include "call/core.hpp"
#include "call/prepared_call.hpp"
#include "call/run.hpp"
#include "segment/async_client.hpp"
#include "segment/jobs.hpp"
#include "segment/nothrow_client.hpp"
#include "segment/tokens.hpp"
#include "threads/library_thread.hpp"

namespace segment::inline SEGMENT_ABI {

namespace {

// What the copies of a client hold: the last one that goes waits for what still is under way.
class Lifeline {
 public:
  explicit Lifeline(std::shared_ptr<const detail::Core> core) : core_(std::move(core)) {}
  ~Lifeline() {
    if (!detail::is_carrying_calls()) core_->under_way()->wait_until_none();
  }
  Lifeline(const Lifeline&) = delete;
  Lifeline& operator=(const Lifeline&) = delete;

 private:
  std::shared_ptr<const detail::Core> core_;
};

std::shared_ptr<const detail::Core> make_core(ClientOptions options) {
  auto core = std::make_shared<const detail::Core>(std::move(options));
  const auto* const bare = core.get();
  return {std::make_shared<Lifeline>(std::move(core)), bare};
}

// The core by value: the client may be gone before the response comes.
Json call_and_wait(std::shared_ptr<const detail::Core> core, http::Method method,
                   std::string_view path, const std::vector<QueryParameter>& query,
                   const std::optional<Json>& body, const CallOptions& options) {
  const auto call = detail::prepare_raw_call(core->options(), method, path, query, body, options);
  Json result;
  detail::run(*core, call, &result);
  return result;
}

}  // namespace

Client::Client(ClientOptions options) : BasicResources(Blocking(make_core(std::move(options)))) {}

AsyncClient Client::async(Executor executor) const {
  return AsyncClient(Async{
      front_.core(), executor ? std::make_shared<const Executor>(std::move(executor)) : nullptr});
}

NothrowClient Client::nothrow() const { return NothrowClient(Nothrow(front_)); }

Jobs Client::jobs() const { return Jobs(front_.core()); }

Tokens Client::tokens() const { return Tokens(front_.core()); }

std::optional<RemainingQuota> Client::remaining_quota(const Operation& operation) const {
  const detail::Core& core = *front_.core();
  return core.rate_limiter().remaining_quota(operation, core.clock().now());
}

Json Client::call(http::Method method, std::string_view path,
                  const std::vector<QueryParameter>& query, const std::optional<Json>& body,
                  const CallOptions& options) const {
  return call_and_wait(front_.core(), method, path, query, body, options);
}

Result<Json> NothrowClient::call(http::Method method, std::string_view path,
                                 const std::vector<QueryParameter>& query,
                                 const std::optional<Json>& body,
                                 const CallOptions& options) const noexcept {
  return detail::result_of(
      [&] { return call_and_wait(front_.core(), method, path, query, body, options); });
}

}  // namespace segment::inline SEGMENT_ABI

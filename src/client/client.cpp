#include "segment/client.hpp"

#include <memory>
#include <stdexcept>
#include <utility>

#include "call/call_state.hpp"
#include "call/core.hpp"
#include "operations/prepared_call.hpp"
#include "segment/async_client.hpp"
#include "segment/nothrow_client.hpp"
#include "threads/library_thread.hpp"

namespace segment::inline SEGMENT_ABI {

namespace {

// Shared by the copies of a client, so that the last one ends the asynchronous calls. Calls in
// progress hold only the core.
class Copies {
 public:
  explicit Copies(std::shared_ptr<const detail::Core> core) : core_(std::move(core)) {}
  ~Copies() { core_->end_asynchronous_calls(); }
  Copies(const Copies&) = delete;
  Copies& operator=(const Copies&) = delete;

 private:
  std::shared_ptr<const detail::Core> core_;
};

std::shared_ptr<const detail::Core> make_core(ClientOptions options) {
  auto core = std::make_shared<const detail::Core>(std::move(options));
  const auto* const bare = core.get();
  return {std::make_shared<Copies>(std::move(core)), bare};
}

// Takes the core by value, since the client may be destroyed before the response arrives.
Json call_and_wait(std::shared_ptr<const detail::Core> core, http::Method method,
                   std::string_view path, const std::vector<QueryParameter>& query,
                   const std::optional<Json>& body, const CallOptions& options) {
  const auto call = detail::prepare_raw_call(core->options(), method, path, query, body, options);
  Json result;
  detail::run(*core, call, &result);
  return result;
}

void connect(std::shared_ptr<const detail::Core> core, const CallOptions& options) {
  detail::run(*core, detail::prepare_warm_up(core->options(), options), nullptr);
}

}  // namespace

Client::Client(ClientOptions options) : BasicClient(Blocking(make_core(std::move(options)))) {}

AsyncClient Client::async(Executor executor) const {
  return AsyncClient(Async(
      front_.core(), executor ? std::make_shared<const Executor>(std::move(executor)) : nullptr));
}

NothrowClient Client::nothrow() const { return NothrowClient(Nothrow(front_)); }

bool detail::shut_down(const Core& core, std::chrono::steady_clock::time_point deadline) {
  require_may_wait("a client was shut down");
  if (core.life().has_call_on_this_thread()) {
    throw std::logic_error(
        "a client was shut down within a call of its own, which it would wait for; request a stop "
        "there, and shut it down after the call");
  }
  const bool all_ended = core.life().shut_down(core.clock(), deadline);
  core.life().end_runtime();
  return all_ended;
}

std::optional<RemainingQuota> detail::remaining_quota(const Core& core,
                                                      const Operation& operation) {
  return core.rate_limiter().remaining_quota(operation, core.clock().now());
}

Json Client::call(http::Method method, std::string_view path,
                  const std::vector<QueryParameter>& query, const std::optional<Json>& body,
                  const CallOptions& options) const {
  return call_and_wait(front_.core(), method, path, query, body, options);
}

void Client::warm_up(const CallOptions& options) const { connect(front_.core(), options); }

Result<void> NothrowClient::warm_up(const CallOptions& options) const noexcept {
  return detail::result_of([&] { connect(front_.core(), options); });
}

Result<Json> NothrowClient::call(http::Method method, std::string_view path,
                                 const std::vector<QueryParameter>& query,
                                 const std::optional<Json>& body,
                                 const CallOptions& options) const noexcept {
  return detail::result_of(
      [&] { return call_and_wait(front_.core(), method, path, query, body, options); });
}

}  // namespace segment::inline SEGMENT_ABI

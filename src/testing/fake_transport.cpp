#include "segment/testing/fake_transport.hpp"

#include <deque>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "testing/outcomes.hpp"

namespace segment::inline SEGMENT_ABI::testing {

struct FakeTransport::State {
  mutable std::mutex mutex;
  std::deque<http::Outcome> outcomes{};
  // Shared, so that a rule under way outlives its replacement.
  std::shared_ptr<const Responder> responder{};
  std::vector<http::Request> requests{};
};

FakeTransport::FakeTransport() : state_(std::make_unique<State>()) {}

FakeTransport::~FakeTransport() = default;

FakeTransport& FakeTransport::add(int status, std::string json, http::Headers headers) {
  if (headers.find("Content-Type") == nullptr) headers.add("Content-Type", "application/json");
  return add(
      http::Response{.status = status, .headers = std::move(headers), .body = std::move(json)});
}

FakeTransport& FakeTransport::add(http::Outcome outcome) {
  const std::scoped_lock lock(state_->mutex);
  state_->outcomes.push_back(std::move(outcome));
  return *this;
}

FakeTransport& FakeTransport::respond_with(Responder responder) {
  auto shared = responder ? std::make_shared<const Responder>(std::move(responder)) : nullptr;
  const std::scoped_lock lock(state_->mutex);
  state_->responder = std::move(shared);
  return *this;
}

std::vector<http::Request> FakeTransport::requests() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->requests;
}

http::Request FakeTransport::last_request() const {
  const std::scoped_lock lock(state_->mutex);
  if (state_->requests.empty()) throw std::out_of_range("The fake transport saw no request.");
  return state_->requests.back();
}

http::Outcome FakeTransport::send(const http::Request& request) {
  if (request.stop.stop_requested()) return cancelled();
  std::unique_lock lock(state_->mutex);
  state_->requests.push_back(request);
  if (!state_->outcomes.empty()) {
    http::Outcome outcome = std::move(state_->outcomes.front());
    state_->outcomes.pop_front();
    return within_limits(std::move(outcome), request);
  }
  const std::shared_ptr<const Responder> responder = state_->responder;
  lock.unlock();  // A rule may take its time, and may look at the requests so far.
  if (responder != nullptr) return within_limits((*responder)(request), request);
  return failure(http::FailureKind::connect, false, "The fake transport has no response left.");
}

}  // namespace segment::inline SEGMENT_ABI::testing

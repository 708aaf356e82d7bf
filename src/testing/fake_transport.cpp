#include "segment/testing/fake_transport.hpp"

#include <deque>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <utility>

#include "testing/exchange.hpp"
#include "testing/prepared_responses.hpp"

namespace segment::inline SEGMENT_ABI::testing {

namespace {

// Does not show the path: one that no operation describes may contain anything.
std::string describe_unprepared(const http::Request& request, const std::optional<FakeCall>& call,
                                const std::string& prepared) {
  std::string text(to_string(request.method));
  if (call) {
    text = std::string(call->operation().id) + " (" + text + " ";
    text.append(call->operation().path).append(")");
  } else {
    text = "a " + text + " request that is not an operation";
  }
  return "the fake transport has no response for " + text + "; prepared are: " + prepared;
}

}  // namespace

NotPreparedError::~NotPreparedError() = default;

struct FakeTransport::State {
  mutable std::mutex mutex;
  std::deque<http::Outcome> outcomes{};
  std::optional<detail::ByOperation> by_operation{};
  // Shared, so that a rule in use outlives its replacement.
  std::shared_ptr<const Responder> responder{};
  std::vector<http::Request> requests{};
  std::vector<std::string> not_prepared{};

  detail::PreparedResponses& responses() {
    if (!by_operation) by_operation.emplace();
    return by_operation->responses;
  }

  std::optional<http::Outcome> added_outcome() {
    if (outcomes.empty()) return std::nullopt;
    http::Outcome outcome = std::move(outcomes.front());
    outcomes.pop_front();
    return outcome;
  }

  std::optional<http::Outcome> prepared_outcome(const http::Request& request) {
    if (!by_operation) return std::nullopt;
    const auto call = by_operation->reader.read(request);
    try {
      return call ? by_operation->responses.respond(*call) : std::nullopt;
    } catch (const NotPreparedError& error) {  // a page that the list does not have
      not_prepared.emplace_back(error.what());
      throw;
    }
  }

  [[noreturn]] void raise_not_prepared(const http::Request& request) {
    const std::scoped_lock lock(mutex);
    not_prepared.push_back(describe_unprepared(request, by_operation->reader.read(request),
                                               by_operation->responses.operations()));
    throw NotPreparedError(not_prepared.back());
  }
};

FakeTransport::FakeTransport() : state_(std::make_unique<State>()) {}

FakeTransport::~FakeTransport() = default;

// By operation ------------------------------------------------------------------------------------

FakeTransport& FakeTransport::prepare(const Operation& operation, const std::type_info& type,
                                      const void* value) {
  const std::scoped_lock lock(state_->mutex);
  state_->responses().respond(operation, type, value);
  return *this;
}

FakeTransport& FakeTransport::prepare_pages(const Operation& operation, const std::type_info& type,
                                            const std::vector<const void*>& pages) {
  const std::scoped_lock lock(state_->mutex);
  state_->responses().answer_pages(operation, type, pages);
  return *this;
}

FakeTransport& FakeTransport::respond(const Operation& operation) {
  const std::scoped_lock lock(state_->mutex);
  state_->responses().answer_nothing(operation);
  return *this;
}

FakeTransport& FakeTransport::fail(const Operation& operation, int status,
                                   std::vector<ApiErrorItem> items, http::Headers headers) {
  if (!headers.find("Content-Type")) headers.add("Content-Type", "application/json");
  const std::scoped_lock lock(state_->mutex);
  state_->responses().fail(operation, http::Response{.status = status,
                                                     .headers = std::move(headers),
                                                     .body = detail::error_body(status, items)});
  return *this;
}

FakeTransport& FakeTransport::fail(const Operation& operation, http::Failure failure) {
  const std::scoped_lock lock(state_->mutex);
  state_->responses().fail(operation, std::move(failure));
  return *this;
}

// In order ----------------------------------------------------------------------------------------

FakeTransport& FakeTransport::add(int status, std::string json, http::Headers headers) {
  if (!headers.find("Content-Type")) headers.add("Content-Type", "application/json");
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

// What was asked ----------------------------------------------------------------------------------

std::vector<http::Request> FakeTransport::requests() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->requests;
}

http::Request FakeTransport::last_request() const {
  const std::scoped_lock lock(state_->mutex);
  if (state_->requests.empty()) throw std::out_of_range("The fake transport saw no request.");
  return state_->requests.back();
}

std::vector<FakeCall> FakeTransport::calls() const {
  const detail::CallReader reader;
  std::vector<FakeCall> calls;
  for (const http::Request& request : requests()) {
    if (auto call = reader.read(request)) calls.push_back(std::move(*call));
  }
  return calls;
}

std::vector<FakeCall> FakeTransport::calls(const Operation& operation) const {
  std::vector<FakeCall> all = calls();
  std::erase_if(all, [&](const FakeCall& call) { return &call.operation() != &operation; });
  return all;
}

std::vector<std::string> FakeTransport::not_prepared() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->not_prepared;
}

http::Outcome FakeTransport::send(const http::Request& request) {
  if (request.stop.stop_requested()) return detail::cancelled();
  std::unique_lock lock(state_->mutex);
  state_->requests.push_back(request);
  std::optional<http::Outcome> outcome = state_->added_outcome();
  if (!outcome) outcome = state_->prepared_outcome(request);
  if (outcome) return detail::within_limits(std::move(*outcome), request);
  const std::shared_ptr<const Responder> responder = state_->responder;
  const bool is_by_operation = state_->by_operation.has_value();
  lock.unlock();  // A rule may take long, and may look at the requests so far.
  if (responder != nullptr) return detail::within_limits((*responder)(request), request);
  if (is_by_operation) state_->raise_not_prepared(request);
  return detail::failure(
      http::FailureKind::connect, false,
      "The fake transport has no response left: prepare one with respond(), or queue one "
      "with add().");
}

}  // namespace segment::inline SEGMENT_ABI::testing

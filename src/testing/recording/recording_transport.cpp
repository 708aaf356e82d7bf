#include "segment/testing/recording.hpp"

#include <exception>
#include <mutex>
#include <optional>
#include <utility>

#include "segment/http/curl_transport.hpp"
#include "segment/types/json.hpp"
#include "testing/recording/recording_file.hpp"
#include "testing/recording/redactor.hpp"

namespace segment::inline SEGMENT_ABI::testing {

struct RecordingTransport::State {
  State(std::string file, RecordingOptions options)
      : path(std::move(file)),
        transport(std::move(options.transport)),
        headers(std::move(options.headers)),
        redactor(std::move(options.redaction)) {
    detail::check_folder(path);
    if (!transport) transport = std::make_shared<http::CurlTransport>();
  }

  // Reserves a request's place among the exchanges.
  std::size_t begin(const http::Request& request) {
    const std::scoped_lock lock(mutex);
    redactor.learn_token(request);
    exchanges.emplace_back();
    return exchanges.size() - 1;
  }

  // Fills the place. Nothing with a secret in it outlives this call.
  void end(std::size_t place, const http::Request& request, const http::Outcome& outcome) {
    Json exchange = Json::object({{"request", detail::describe(request, headers)}});
    detail::add_outcome(exchange, outcome, headers);
    const std::scoped_lock lock(mutex);
    for (auto& part : exchange.as_object()) redactor.redact_message(part.value);
    exchanges[place] = std::move(exchange);
    unsaved = true;
  }

  // A response is not lost because it cannot be recorded: saving reports that.
  void note(std::size_t place, const http::Request& request,
            const http::Outcome& outcome) noexcept {
    try {
      end(place, request, outcome);
    } catch (...) {
      const std::scoped_lock lock(mutex);
      failed = std::current_exception();
    }
  }

  void save() {
    const std::scoped_lock lock(mutex);
    if (failed) std::rethrow_exception(failed);
    Json::Array finished;
    for (auto& exchange : exchanges) {
      if (!exchange) continue;
      for (auto& part : exchange->as_object()) redactor.redact_known_in_message(part.value);
      finished.push_back(*exchange);
    }
    detail::write_recording(path, std::move(finished));
    unsaved = false;
  }

  const std::string path;
  std::shared_ptr<http::Transport> transport;
  const std::vector<std::string> headers;
  std::mutex mutex{};
  std::exception_ptr failed{};
  detail::Redactor redactor;
  std::vector<std::optional<Json>> exchanges{};  // empty: still in progress
  bool unsaved = false;
};

RecordingTransport::RecordingTransport(std::string path, RecordingOptions options)
    : state_(std::make_unique<State>(std::move(path), std::move(options))) {}

RecordingTransport::~RecordingTransport() {
  try {
    if (state_->unsaved) state_->save();
  } catch (...) {  // NOLINT(bugprone-empty-catch): a destructor cannot report it
  }
}

void RecordingTransport::save() { state_->save(); }

http::Outcome RecordingTransport::send(const http::Request& request) {
  const std::size_t place = state_->begin(request);
  try {
    http::Outcome outcome = state_->transport->send(request);
    state_->note(place, request, outcome);
    return outcome;
  } catch (const std::exception& error) {
    state_->note(place, request,
                 http::Failure{http::FailureKind::other, true,
                               std::string("the transport threw: ") + error.what()});
    throw;
  } catch (...) {
    state_->note(place, request,
                 http::Failure{http::FailureKind::other, true, "the transport threw"});
    throw;
  }
}

}  // namespace segment::inline SEGMENT_ABI::testing

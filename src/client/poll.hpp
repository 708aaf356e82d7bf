#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "client/stepwise.hpp"
#include "segment/convert.hpp"
#include "segment/jobs.hpp"
#include "segment/operation.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

enum class JobState : std::uint8_t { running, done, failed };

/// What polling a job once showed.
template <class Job>
struct Progress {
  JobState state;
  std::string status;      // the API's word
  std::optional<Job> job;  // if it has ended
};

/// Decides when to poll a job, and what to report at the end.
class Polling {
 public:
  /// \param operation the one that polls; its published limit is a lower bound for the pauses.
  Polling(const Core& core, const Operation& operation, WaitOptions options);

  /// The options of each poll.
  [[nodiscard]] const CallOptions& call() const noexcept { return options_.call; }

  /// Takes the status that a poll returned.
  void looked(std::string status);

  /// The pause before the next poll.
  ///
  /// \throws TimeoutError if it would last beyond the deadline.
  [[nodiscard]] SequencePause pause();

  [[noreturn]] void raise_failed(Json job) const;
  [[noreturn]] void raise_cancelled() const;

 private:
  [[nodiscard]] ErrorFacts facts() const;

  const Core& core_;
  const Operation& operation_;
  WaitOptions options_;
  std::chrono::milliseconds longest_;
  std::chrono::milliseconds next_;
  int looks_ = 0;
  std::string status_{};
};

/// Makes the call that polls a job, with the options given.
template <class Response>
using BeginLook = std::function<SequenceCall<Response>(const Stepwise&, const CallOptions&)>;

/// Reads the progress of a job.
template <class Job, class Response>
using ReadLook = std::function<Progress<Job>(Response)>;

/// Polls a job until it has ended, with growing pauses.
template <class Job, class Response = Job>
SequenceOf<Job> poll(Stepwise client, const Operation& operation, WaitOptions options,
                     std::type_identity_t<BeginLook<Response>> look,
                     std::type_identity_t<ReadLook<Job, Response>> read) {
  Polling polling(client.core(), operation, std::move(options));
  for (;;) {
    auto call = look(client, polling.call());
    Result<Response> response = co_await call;
    Progress<Job> progress = read(std::move(response).value());
    polling.looked(std::move(progress.status));
    if (progress.state == JobState::done) co_return *std::move(progress.job);
    if (progress.state == JobState::failed) polling.raise_failed(to_json(*progress.job));
    SequencePause pause = polling.pause();
    if (!co_await pause) polling.raise_cancelled();
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail

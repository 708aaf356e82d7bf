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

/// What one look at a job showed.
template <class Job>
struct Progress {
  JobState state;
  std::string status;      // the API's word
  std::optional<Job> job;  // where it has ended
};

/// When a job is looked at, and what is told of it at the end.
///
/// Copying: a value. Cost: the options. Thread safety: as a struct.
class Polling {
 public:
  /// \param operation what a look calls: its published limit bounds the pauses from below.
  Polling(const Core& core, const Operation& operation, WaitOptions options);

  /// Of each look.
  [[nodiscard]] const CallOptions& call() const noexcept { return options_.call; }

  /// Takes the status that a look showed.
  void looked(std::string status);

  /// The pause before the next look.
  ///
  /// \throws TimeoutError where it would pass the end.
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

/// Begins a look at a job, by a call with the options given.
template <class Response>
using BeginLook = std::function<SequenceCall<Response>(const Stepwise&, const CallOptions&)>;

/// Reads how far a job is.
template <class Job, class Response>
using ReadLook = std::function<Progress<Job>(Response)>;

/// Looks at a job until it has ended, with growing pauses.
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

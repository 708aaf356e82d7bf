#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "segment/api/ids.hpp"
#include "segment/api/types/audiences.hpp"
#include "segment/api/types/deletion_and_suppression.hpp"
#include "segment/api/types/reverse_etl.hpp"
#include "segment/api/types/selective_sync.hpp"
#include "segment/call_options.hpp"
#include "segment/client.hpp"
#include "segment/error.hpp"
#include "segment/front.hpp"

namespace segment::inline SEGMENT_ABI {

/// How to wait for one of Segment's background jobs.
struct WaitOptions {
  /// The interval after the first poll; each further one is 1.5 times as long. No interval is
  /// shorter than 100 ms, or than the published rate limit of the polled operation allows.
  std::chrono::milliseconds initial_interval{std::chrono::seconds{1}};
  /// The longest interval, unless those minimums are longer.
  std::chrono::milliseconds max_interval{std::chrono::seconds{30}};
  /// The time limit of the whole wait. Zero: no limit other than `call.deadline`.
  std::chrono::milliseconds timeout{std::chrono::minutes{15}};
  /// Options of every poll. Its stop token and its deadline also end the wait.
  CallOptions call{};
  /// Called with the status after every poll, for example to show progress. Empty: not called.
  std::function<void(std::string_view status)> on_status{};
};

/// A background job that you waited for failed.
class SEGMENT_EXPORT JobFailedError : public Error {
 public:
  JobFailedError(const std::string& message, ErrorFacts facts, std::string status, Json job)
      : Error(message, std::move(facts)),
        detail_(std::make_shared<const Detail>(Detail{std::move(status), std::move(job)})) {}

  [[nodiscard]] ErrorKind kind() const noexcept override;
  /// The API's status of the job, for example `FAILED`.
  [[nodiscard]] const std::string& job_status() const noexcept { return detail_->status; }
  /// Everything that the API returned about it, with the API's own member names.
  [[nodiscard]] const Json& job() const noexcept { return detail_->job; }

 private:
  struct Detail {
    std::string status;
    Json job;
  };
  std::shared_ptr<const Detail> detail_;
};

namespace detail {

// The waits as sequences of calls.

[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> wait_for_regulation(
    const std::shared_ptr<const Core>& core, const RegulationId& regulation,
    const WaitOptions& options);
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> wait_for_reverse_etl_sync(
    const std::shared_ptr<const Core>& core, const ReverseEtlModelId& model,
    const ReverseEtlSyncId& sync, const WaitOptions& options);
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> wait_for_audience_preview(
    const std::shared_ptr<const Core>& core, const SpaceId& space, const AudiencePreviewId& preview,
    const WaitOptions& options);
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> wait_for_audience(
    const std::shared_ptr<const Core>& core, const SpaceId& space, const AudienceId& audience,
    const WaitOptions& options);
[[nodiscard]] SEGMENT_EXPORT std::shared_ptr<Sequence> wait_for_warehouse_sync(
    const std::shared_ptr<const Core>& core, const WarehouseId& warehouse, const SourceId& source,
    Timestamp::TimePoint since, const WaitOptions& options);

}  // namespace detail

/// Waits for Segment's background jobs by polling with growing intervals.
///
/// In addition to the errors of its polls, every member fails with JobFailedError if the job
/// failed, with TimeoutError if it did not end in time (the job continues, and waiting again is
/// safe), and with CancelledError on a stop request, of the call or of the client, and when the
/// client is shut down. An unknown or missing status counts as running.
///
/// Copying: cheap. Cost: one request per poll. Between polls a blocking wait keeps its thread, and
/// an asynchronous one none. Thread safety: any thread.
template <class Front>
class BasicJobs {
 public:
  explicit BasicJobs(Front front) : front_(std::move(front)) {}

  /// Waits until a deletion or suppression request is finished. `GET /regulations/{regulateId}`
  ///
  /// \return the finished regulation. One that finished only in part is a JobFailedError; its `job`
  ///         says where it did not finish.
  ReturnedByName<Front, Regulation> wait_for_regulation(const RegulationId& regulation,
                                                        const WaitOptions& options) const {
    return front_.template run<Regulation>(
        detail::wait_for_regulation(front_.core(), regulation, options));
  }

  /// \overload
  Returned<Front, Regulation> wait_for_regulation(const RegulationId& regulation) const {
    return wait_for_regulation(regulation, {});
  }

  /// Waits until a reverse ETL sync has ended. `GET /reverse-etl-models/{modelId}/syncs/{syncId}`
  ///
  /// \return the successful sync. One that succeeded only in part is a JobFailedError.
  ReturnedByName<Front, ReverseEtlSyncStatus> wait_for_reverse_etl_sync(
      const ReverseEtlModelId& model, const ReverseEtlSyncId& sync,
      const WaitOptions& options) const {
    return front_.template run<ReverseEtlSyncStatus>(
        detail::wait_for_reverse_etl_sync(front_.core(), model, sync, options));
  }

  /// \overload
  Returned<Front, ReverseEtlSyncStatus> wait_for_reverse_etl_sync(
      const ReverseEtlModelId& model, const ReverseEtlSyncId& sync) const {
    return wait_for_reverse_etl_sync(model, sync, {});
  }

  /// Waits until a preview of an audience is available.
  /// `GET /spaces/{spaceId}/audiences/previews/{id}`
  ///
  /// \return the completed preview.
  ReturnedByName<Front, AudiencePreview> wait_for_audience_preview(
      const SpaceId& space, const AudiencePreviewId& preview, const WaitOptions& options) const {
    return front_.template run<AudiencePreview>(
        detail::wait_for_audience_preview(front_.core(), space, preview, options));
  }

  /// \overload
  Returned<Front, AudiencePreview> wait_for_audience_preview(
      const SpaceId& space, const AudiencePreviewId& preview) const {
    return wait_for_audience_preview(space, preview, {});
  }

  /// Waits until an audience is computed after it was created, changed or forced to run.
  /// `GET /spaces/{spaceId}/audiences/{id}`
  ///
  /// \return the audience once it is live or idle: not computing, awaiting destinations, locked or
  ///         disabled.
  ReturnedByName<Front, Audience> wait_for_audience(const SpaceId& space,
                                                    const AudienceId& audience,
                                                    const WaitOptions& options) const {
    return front_.template run<Audience>(
        detail::wait_for_audience(front_.core(), space, audience, options));
  }

  /// \overload
  Returned<Front, Audience> wait_for_audience(const SpaceId& space,
                                              const AudienceId& audience) const {
    return wait_for_audience(space, audience, {});
  }

  /// Waits until a warehouse's sync of a source that began at or after a point in time has ended.
  /// `GET /warehouses/{warehouseId}/connected-sources/{sourceId}/syncs`
  ///
  /// \param since the earliest start, for example when the selective sync was changed.
  /// \return the report of the most recent such sync, even if its notices contain an error: the API
  ///         does not say which statuses mean failure.
  ReturnedByName<Front, WarehouseSync> wait_for_warehouse_sync(const WarehouseId& warehouse,
                                                               const SourceId& source,
                                                               Timestamp::TimePoint since,
                                                               const WaitOptions& options) const {
    return front_.template run<WarehouseSync>(
        detail::wait_for_warehouse_sync(front_.core(), warehouse, source, since, options));
  }

  /// \overload
  Returned<Front, WarehouseSync> wait_for_warehouse_sync(const WarehouseId& warehouse,
                                                         const SourceId& source,
                                                         Timestamp::TimePoint since) const {
    return wait_for_warehouse_sync(warehouse, source, since, {});
  }

 private:
  Front front_;
};

using Jobs = BasicJobs<Blocking>;
using AsyncJobs = BasicJobs<Async>;
using NothrowJobs = BasicJobs<Nothrow>;

template <class Front>
BasicJobs<Front> BasicClient<Front>::jobs() const {
  return BasicJobs<Front>(this->front_);
}

}  // namespace segment::inline SEGMENT_ABI

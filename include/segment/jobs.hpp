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

namespace segment::inline SEGMENT_ABI {

/// How to wait for a background job of Segment's.
struct WaitOptions {
  /// The interval after the first poll; each further one is 1.5 times as long. No interval is
  /// shorter than 100 ms, or than the published rate limit of the polled operation allows.
  std::chrono::milliseconds initial_interval{std::chrono::seconds{1}};
  /// The longest interval, apart from those bounds.
  std::chrono::milliseconds max_interval{std::chrono::seconds{30}};
  /// For the whole wait. Zero: no limit other than `call.deadline`.
  std::chrono::milliseconds timeout{std::chrono::minutes{15}};
  /// Options of every poll. Its stop token and its deadline also end the wait.
  CallOptions call{};
  /// Called with the status after every poll, for example to show progress. Empty: not called.
  std::function<void(std::string_view status)> on_status{};
};

/// A background job that was waited for ended badly.
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

/// Waits for Segment's background jobs by polling with growing intervals.
///
/// In addition to the errors of its polls every member throws JobFailedError if the job ended
/// badly, TimeoutError if it did not end in time (the job goes on, and waiting again is safe), and
/// CancelledError on a stop request. An unknown or missing status counts as running.
///
/// Copying: cheap. Cost: one request per poll; the calling thread blocks. Thread safety: any
/// thread.
class SEGMENT_EXPORT Jobs {
 public:
  explicit Jobs(std::shared_ptr<const detail::Core> core) : core_(std::move(core)) {}

  /// Waits until a deletion or suppression request is finished. `GET /regulations/{regulateId}`
  ///
  /// \return the finished regulation. One that finished in part is a JobFailedError; its `job` says
  ///         where it did not.
  Regulation wait_for_regulation(const RegulationId& regulation,
                                 const WaitOptions& options = {}) const;

  /// Waits until a reverse ETL sync has ended. `GET /reverse-etl-models/{modelId}/syncs/{syncId}`
  ///
  /// \return the sync that succeeded. One that succeeded in part is a JobFailedError.
  ReverseEtlSyncStatus wait_for_reverse_etl_sync(const ReverseEtlModelId& model,
                                                 const ReverseEtlSyncId& sync,
                                                 const WaitOptions& options = {}) const;

  /// Waits until a preview of an audience is available. `GET
  /// /spaces/{spaceId}/audiences/previews/{id}`
  ///
  /// \return the completed preview.
  AudiencePreview wait_for_audience_preview(const SpaceId& space, const AudiencePreviewId& preview,
                                            const WaitOptions& options = {}) const;

  /// Waits until an audience is computed: after it was created, changed or run by force.
  /// `GET /spaces/{spaceId}/audiences/{id}`
  ///
  /// \return the audience once it is live or idle: not computing, awaiting destinations, locked or
  ///         disabled.
  Audience wait_for_audience(const SpaceId& space, const AudienceId& audience,
                             const WaitOptions& options = {}) const;

  /// Waits until a warehouse's sync of a source that began at or after a point in time has ended.
  /// `GET /warehouses/{warehouseId}/connected-sources/{sourceId}/syncs`
  ///
  /// \param since the earliest start, for example when the selective sync was changed.
  /// \return the report of the most recent such sync, also if its notices contain an error: the API
  ///         does not say which statuses mean failure.
  WarehouseSync wait_for_warehouse_sync(const WarehouseId& warehouse, const SourceId& source,
                                        std::chrono::system_clock::time_point since,
                                        const WaitOptions& options = {}) const;

 private:
  detail::Shared<const detail::Core> core_;
};

}  // namespace segment::inline SEGMENT_ABI

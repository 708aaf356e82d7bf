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

/// How to wait for something that Segment does in the background.
struct WaitOptions {
  /// The pause after the first look; each further one is half as long again. No pause is shorter
  /// than 100 ms or, where the API publishes a limit for looking, than the limit allows.
  std::chrono::milliseconds initial_interval{std::chrono::seconds{1}};
  /// No pause grows longer than this, but for those bounds.
  std::chrono::milliseconds max_interval{std::chrono::seconds{30}};
  /// For the whole wait. Zero: as long as it takes, or until `call.deadline`.
  std::chrono::milliseconds timeout{std::chrono::minutes{15}};
  /// Of every look. Its stop token and its deadline end the wait as well.
  CallOptions call{};
  /// Told the status after every look, for example to show progress. Empty: nobody is told.
  std::function<void(std::string_view status)> on_status{};
};

/// What was waited for has ended, and not well.
class SEGMENT_EXPORT JobFailedError : public Error {
 public:
  JobFailedError(const std::string& message, ErrorFacts facts, std::string status, Json job)
      : Error(message, std::move(facts)),
        detail_(std::make_shared<const Detail>(Detail{std::move(status), std::move(job)})) {}

  [[nodiscard]] ErrorKind kind() const noexcept override;
  /// The API's word for how it ended, for example `FAILED`.
  [[nodiscard]] const std::string& job_status() const noexcept { return detail_->status; }
  /// All that the API said of it, with the API's own member names.
  [[nodiscard]] const Json& job() const noexcept { return detail_->job; }

 private:
  struct Detail {
    std::string status;
    Json job;
  };
  std::shared_ptr<const Detail> detail_;
};

/// Waits for what Segment does in the background, by looking again and again with growing pauses.
///
/// Every member throws, beside what its looks throw: JobFailedError when the thing ended badly,
/// TimeoutError when it had not ended in time (what it waits for goes on: waiting again is safe),
/// and CancelledError when the stop token asked for it. A status that this library does not know,
/// or none, is taken for one of something that goes on.
///
/// Copying: cheap. Cost: one request a look; the calling thread waits. Thread safety: any thread.
class SEGMENT_EXPORT Jobs {
 public:
  explicit Jobs(std::shared_ptr<const detail::Core> core) : core_(std::move(core)) {}

  /// Waits until a deletion or suppression request is finished. `GET /regulations/{regulateId}`
  ///
  /// \return the finished regulation. One that finished in part is a JobFailedError, whose `job`
  /// says
  ///         where it did not.
  Regulation wait_for_regulation(const RegulationId& regulation,
                                 const WaitOptions& options = {}) const;

  /// Waits until a reverse ETL sync has ended. `GET /reverse-etl-models/{modelId}/syncs/{syncId}`
  ///
  /// \return the sync that succeeded. One that succeeded in part is a JobFailedError.
  ReverseEtlSyncStatus wait_for_reverse_etl_sync(const ReverseEtlModelId& model,
                                                 const ReverseEtlSyncId& sync,
                                                 const WaitOptions& options = {}) const;

  /// Waits until a preview of an audience is there. `GET /spaces/{spaceId}/audiences/previews/{id}`
  ///
  /// \return the completed preview.
  AudiencePreview wait_for_audience_preview(const SpaceId& space, const AudiencePreviewId& preview,
                                            const WaitOptions& options = {}) const;

  /// Waits until an audience is computed: after it was created, changed or run by force.
  /// `GET /spaces/{spaceId}/audiences/{id}`
  ///
  /// \return the audience, once it is live, or stands still: not computing, awaiting destinations,
  ///         locked or disabled.
  Audience wait_for_audience(const SpaceId& space, const AudienceId& audience,
                             const WaitOptions& options = {}) const;

  /// Waits until a warehouse's sync of a source has ended that began at some time or later.
  /// `GET /warehouses/{warehouseId}/connected-sources/{sourceId}/syncs`
  ///
  /// \param since the earliest begin; for example when the selective sync was changed.
  /// \return the report of the newest such sync. One whose notices hold an error is returned as
  /// well:
  ///         the API does not say which statuses mean failure.
  WarehouseSync wait_for_warehouse_sync(const WarehouseId& warehouse, const SourceId& source,
                                        std::chrono::system_clock::time_point since,
                                        const WaitOptions& options = {}) const;

 private:
  detail::Shared<const detail::Core> core_;
};

}  // namespace segment::inline SEGMENT_ABI

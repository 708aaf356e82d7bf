#include "segment/jobs.hpp"

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "client/poll.hpp"
#include "segment/api/audiences.hpp"
#include "segment/api/deletion_and_suppression.hpp"
#include "segment/api/operations.hpp"
#include "segment/api/reverse_etl.hpp"
#include "segment/api/selective_sync.hpp"
#include "segment/http/header.hpp"

namespace segment::inline SEGMENT_ABI {

ErrorKind JobFailedError::kind() const noexcept { return ErrorKind::job_failed; }

namespace detail {

namespace {

using State = JobState;

// For all jobs, an unknown status means that the job has not ended. Two of the statuses are plain
// text in the API, and are compared without regard to case.

bool is_one_of(std::string_view status, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return http::same_name(word, status); });
}

std::string status_of(const Regulation& job) { return std::string(job.overall_status.text()); }
std::string status_of(const AudiencePreview& job) { return std::string(job.status.text()); }
std::string status_of(const ReverseEtlSyncStatus& job) { return job.sync_status; }
std::string status_of(const Audience& job) { return job.status.value_or(""); }

State state_of(const Regulation& job) {
  switch (job.overall_status.value()) {
    case RegulationStatus::finished:
      return State::done;
    case RegulationStatus::failed:
    case RegulationStatus::invalid:
    case RegulationStatus::not_supported:
    case RegulationStatus::partial_success:
      return State::failed;
    default:
      return State::running;
  }
}

State state_of(const AudiencePreview& job) {
  switch (job.status.value()) {
    case AudiencePreviewStatus::completed:
      return State::done;
    case AudiencePreviewStatus::failed:
      return State::failed;
    default:
      return State::running;
  }
}

State state_of(const ReverseEtlSyncStatus& job) {
  const std::string status = status_of(job);
  if (is_one_of(status, {"SUCCESS"})) return State::done;
  return is_one_of(status, {"FAIL", "FAILED", "PARTIAL_SUCCESS", "CANCELLED", "CANCELED"})
             ? State::failed
             : State::running;
}

State state_of(const Audience& job) {
  const std::string status = status_of(job);
  if (is_one_of(status, {"Failed", "Error"})) return State::failed;
  return is_one_of(status, {"Live", "Not Computing", "Awaiting Destinations", "Locked", "Disabled"})
             ? State::done
             : State::running;
}

template <class Job>
Progress<Job> progress_of(Job job) {
  return {state_of(job), status_of(job), std::move(job)};
}

}  // namespace

std::shared_ptr<Sequence> wait_for_regulation(const std::shared_ptr<const Core>& core,
                                              const RegulationId& regulation,
                                              const WaitOptions& options) {
  return poll<Regulation>(
      Stepwise(core), operations::deletion_and_suppression::get_regulation, options,
      [regulation](const Stepwise& client, const CallOptions& call) {
        return BasicDeletionAndSuppression<Stepwise>(client).get_regulation(regulation, call);
      },
      progress_of<Regulation>);
}

std::shared_ptr<Sequence> wait_for_reverse_etl_sync(const std::shared_ptr<const Core>& core,
                                                    const ReverseEtlModelId& model,
                                                    const ReverseEtlSyncId& sync,
                                                    const WaitOptions& options) {
  return poll<ReverseEtlSyncStatus>(
      Stepwise(core), operations::reverse_etl::get_sync_status, options,
      [model, sync](const Stepwise& client, const CallOptions& call) {
        return BasicReverseEtl<Stepwise>(client).get_sync_status(model, sync, call);
      },
      progress_of<ReverseEtlSyncStatus>);
}

std::shared_ptr<Sequence> wait_for_audience_preview(const std::shared_ptr<const Core>& core,
                                                    const SpaceId& space,
                                                    const AudiencePreviewId& preview,
                                                    const WaitOptions& options) {
  return poll<AudiencePreview>(
      Stepwise(core), operations::audiences::get_preview, options,
      [space, preview](const Stepwise& client, const CallOptions& call) {
        return BasicAudiences<Stepwise>(client).get_preview(space, preview, call);
      },
      progress_of<AudiencePreview>);
}

std::shared_ptr<Sequence> wait_for_audience(const std::shared_ptr<const Core>& core,
                                            const SpaceId& space, const AudienceId& audience,
                                            const WaitOptions& options) {
  return poll<Audience>(
      Stepwise(core), operations::audiences::get, options,
      [space, audience](const Stepwise& client, const CallOptions& call) {
        return BasicAudiences<Stepwise>(client).get(space, audience, {}, call);
      },
      progress_of<Audience>);
}

std::shared_ptr<Sequence> wait_for_warehouse_sync(const std::shared_ptr<const Core>& core,
                                                  const WarehouseId& warehouse,
                                                  const SourceId& source,
                                                  Timestamp::TimePoint since,
                                                  const WaitOptions& options) {
  const auto ended = [since](const WarehouseSync& sync) {
    const auto begin = sync.start.time_point();
    return begin && *begin >= since && sync.end && !sync.end->empty() && !sync.end->is_never();
  };
  return poll<WarehouseSync, Page<WarehouseSync>>(
      Stepwise(core), operations::selective_sync::list_source_syncs, options,
      [warehouse, source](const Stepwise& client, const CallOptions& call) {
        // Reports are listed newest first, so the first page is enough.
        return BasicSelectiveSync<Stepwise>(client).list_source_syncs_page(warehouse, source,
                                                                           {.count = 20}, call);
      },
      [ended](const Page<WarehouseSync>& page) {
        const auto sync = std::ranges::find_if(page.items, ended);
        if (sync == page.items.end()) {
          return Progress<WarehouseSync>{State::running, "not ended", {}};
        }
        return Progress<WarehouseSync>{State::done, sync->status, *sync};
      });
}

}  // namespace detail

}  // namespace segment::inline SEGMENT_ABI

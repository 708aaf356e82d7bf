#include "segment/jobs.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "client/poll.hpp"
#include "segment/api/audiences.hpp"
#include "segment/api/deletion_and_suppression.hpp"
#include "segment/api/operations.hpp"
#include "segment/api/reverse_etl.hpp"
#include "segment/api/selective_sync.hpp"
#include "segment/convert.hpp"
#include "segment/http/header.hpp"

namespace segment::inline SEGMENT_ABI {

JobFailedError::~JobFailedError() = default;

namespace {

using detail::Progress;
using State = detail::Progress::State;

template <class Job>
Progress progress_of(State state, std::string_view status, const Job& job) {
  return {state, std::string(status), state == State::failed ? to_json(job) : Json()};
}

// One rule for all: a status that is not known is of something that has not ended.

State state_of(const RegulationStatus& status) {
  switch (status.value()) {
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

State state_of(const AudiencePreviewStatus& status) {
  switch (status.value()) {
    case AudiencePreviewStatus::completed:
      return State::done;
    case AudiencePreviewStatus::failed:
      return State::failed;
    default:
      return State::running;
  }
}

// The two that follow are plain texts in the API, read in any case.

bool is_one_of(std::string_view status, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words,
                             [&](std::string_view word) { return http::same_name(word, status); });
}

State reverse_etl_state(std::string_view status) {
  if (is_one_of(status, {"SUCCESS"})) return State::done;
  return is_one_of(status, {"FAIL", "FAILED", "PARTIAL_SUCCESS", "CANCELLED", "CANCELED"})
             ? State::failed
             : State::running;
}

State audience_state(std::string_view status) {
  if (is_one_of(status, {"Failed", "Error"})) return State::failed;
  return is_one_of(status, {"Live", "Not Computing", "Awaiting Destinations", "Locked", "Disabled"})
             ? State::done
             : State::running;
}

}  // namespace

Regulation Jobs::wait_for_regulation(const RegulationId& regulation,
                                     const WaitOptions& options) const {
  Regulation found;
  detail::poll(*core_, operations::deletion_and_suppression::get_regulation, options,
               [&](const CallOptions& call) {
                 found = DeletionAndSuppression(core_).get_regulation(regulation, call);
                 return progress_of(state_of(found.overall_status), found.overall_status.text(),
                                    found);
               });
  return found;
}

ReverseEtlSyncStatus Jobs::wait_for_reverse_etl_sync(const ReverseEtlModelId& model,
                                                     const ReverseEtlSyncId& sync,
                                                     const WaitOptions& options) const {
  ReverseEtlSyncStatus found;
  detail::poll(*core_, operations::reverse_etl::get_sync_status, options,
               [&](const CallOptions& call) {
                 found = ReverseEtl(core_).get_sync_status(model, sync, call);
                 return progress_of(reverse_etl_state(found.sync_status), found.sync_status, found);
               });
  return found;
}

AudiencePreview Jobs::wait_for_audience_preview(const SpaceId& space,
                                                const AudiencePreviewId& preview,
                                                const WaitOptions& options) const {
  std::optional<AudiencePreview> found;
  detail::poll(*core_, operations::audiences::get_preview, options, [&](const CallOptions& call) {
    found.emplace(Audiences(core_).get_preview(space, preview, call));
    return progress_of(state_of(found->status), found->status.text(), *found);
  });
  return std::move(*found);
}

Audience Jobs::wait_for_audience(const SpaceId& space, const AudienceId& audience,
                                 const WaitOptions& options) const {
  Audience found;
  detail::poll(*core_, operations::audiences::get, options, [&](const CallOptions& call) {
    found = Audiences(core_).get(space, audience, {}, call);
    const std::string status = found.status.value_or("");
    return progress_of(audience_state(status), status, found);
  });
  return found;
}

WarehouseSync Jobs::wait_for_warehouse_sync(const WarehouseId& warehouse, const SourceId& source,
                                            std::chrono::system_clock::time_point since,
                                            const WaitOptions& options) const {
  const auto ended = [&](const WarehouseSync& sync) {
    const auto begin = sync.start.time_point();
    return begin && *begin >= since && sync.end && !sync.end->empty();
  };
  WarehouseSync found;
  detail::poll(
      *core_, operations::selective_sync::list_source_syncs, options, [&](const CallOptions& call) {
        // The reports come newest first: the first page is enough.
        const auto page =
            SelectiveSync(core_).list_source_syncs_page(warehouse, source, {.count = 20}, call);
        const auto sync = std::ranges::find_if(page.items, ended);
        const bool done = sync != page.items.end();
        if (done) found = *sync;
        return progress_of(done ? State::done : State::running, done ? found.status : "not ended",
                           found);
      });
  return found;
}

}  // namespace segment::inline SEGMENT_ABI

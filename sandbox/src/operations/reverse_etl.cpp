#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "operations/progress.hpp"
#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

using namespace std::chrono;

constexpr Resource model_resource{.collection = names::models, .what = "reverse ETL model"};
constexpr Resource sync_resource{.collection = names::model_syncs, .what = "reverse ETL sync"};

constexpr std::int64_t usual_page_of_syncs = 10;

void fill_model(Call& call, Json& fresh) {
  check_reference(call, "sourceId", names::sources);
  for (const auto& member : call.body.as_object()) fresh[member.name] = member.value;
}

// The only way for a sync to fail here is a query that is not a SELECT.
bool selects(const Json& model) {
  return detail::lower(model.at("query").as_string()).find("select") != std::string::npos;
}

Json start_sync(Call& call) {
  for (const auto& [member, collection] :
       {std::pair{"sourceId", names::sources}, std::pair{"modelId", model_resource.collection},
        std::pair{"subscriptionId", names::subscriptions}}) {
    check_reference(call, member, collection);
  }
  const Json& model = kept(call.world, model_resource, call.body.at("modelId").as_string());
  if (model.at("sourceId") != call.body.at("sourceId")) {
    throw invalid("sourceId", "is not what the model queries");
  }
  if (!model.at("enabled").as_bool()) throw invalid("modelId", "is switched off");
  auto& syncs = call.world.collection(sync_resource.collection);
  const bool first = syncs
                         .all([&](const Json& sync) {
                           return sync.at("modelId") == model.at("id") &&
                                  sync.at("subscriptionId") == call.body.at("subscriptionId");
                         })
                         .empty();
  Json sync = call.body;
  const std::string id = call.world.ids().next(sync_resource.what);
  sync["id"] = id;
  sync["startedAt"] = time_text(call.now);
  sync["first"] = first;
  sync["selects"] = selects(model);
  syncs.put(id, sync);
  return one(call, Json::object({{"startedAt", sync.at("startedAt")}, {"syncId", id}}));
}

// A cancelled sync stops a little later.
bool is_stopped(const Call& call, const Json& sync) {
  const Json* cancelled = sync.find("cancelledAt");
  return cancelled != nullptr && age(call, *cancelled) >= job_begun;
}

bool is_over(const Call& call, const Json& sync) {
  if (sync.contains("cancelledAt")) return is_stopped(call, sync);
  const auto length = sync.at("selects").as_bool() ? job_done : job_begun;
  return age(call, sync.at("startedAt")) >= length;
}

std::string status_of(const Call& call, const Json& sync) {
  if (!is_over(call, sync)) return "IN_PROGRESS";
  if (sync.contains("cancelledAt")) return "CANCELLED";
  return sync.at("selects").as_bool() ? "SUCCESS" : "FAIL";
}

system_clock::time_point end_of(const Json& sync) {
  if (const Json* cancelled = sync.find("cancelledAt")) return time_of(*cancelled) + job_begun;
  return time_of(sync.at("startedAt")) + (sync.at("selects").as_bool() ? job_done : job_begun);
}

// In the first sync every row is new; each further one finds small changes.
struct Rows {
  std::int64_t added;
  std::int64_t updated;
  std::int64_t deleted;
  [[nodiscard]] std::int64_t all() const { return added + updated + deleted; }
};

Rows rows_of(const Json& sync) {
  if (!sync.at("selects").as_bool()) return {0, 0, 0};
  return sync.at("first").as_bool() ? Rows{120, 0, 0} : Rows{3, 17, 1};
}

const char* error_code(const Json& sync) {
  return sync.at("selects").as_bool() ? "" : "QueryFailed";
}

Json extract_phase(const Json& sync) {
  const Rows rows = rows_of(sync);
  const auto start = time_of(sync.at("startedAt"));
  return Json::object({{"addedCount", std::to_string(rows.added)},
                       {"updatedCount", std::to_string(rows.updated)},
                       {"deletedCount", std::to_string(rows.deleted)},
                       {"extractCount", std::to_string(rows.all())},
                       {"errorCode", error_code(sync)},
                       {"startedAt", time_text(start)},
                       {"finishedAt", time_text(start + job_begun)}});
}

Json load_phase(const Json& sync) {
  const auto start = time_of(sync.at("startedAt"));
  return Json::object({{"deliverSuccessCount", std::to_string(rows_of(sync).all())},
                       {"deliverFailureCount", "0"},
                       {"errorCode", ""},
                       {"startedAt", time_text(start + job_begun)},
                       {"finishedAt", time_text(start + job_done)}});
}

// A phase must have an end, so each is included only once it has one.
void add_phases(const Call& call, const Json& sync, Json& answer) {
  const auto start = time_of(sync.at("startedAt"));
  const auto until = is_over(call, sync) ? end_of(sync) : call.now;
  if (until - start >= job_begun) answer["extractPhase"] = extract_phase(sync);
  if (until - start >= job_done) answer["loadPhase"] = load_phase(sync);
}

Json shown_sync(const Call& call, const Json& sync) {
  const bool over = is_over(call, sync);
  const auto until = over ? end_of(sync) : call.now;
  const auto length = duration_cast<seconds>(until - time_of(sync.at("startedAt")));
  Json answer = Json::object({{"syncId", sync.at("id")},
                              {"modelId", sync.at("modelId")},
                              {"sourceId", sync.at("sourceId")},
                              {"syncStatus", status_of(call, sync)},
                              {"duration", std::to_string(length.count()) + "s"},
                              {"startedAt", sync.at("startedAt")}});
  if (over) answer["finishedAt"] = time_text(until);
  add_phases(call, sync, answer);
  if (over && status_of(call, sync) == "FAIL") {
    answer["error"] = "The model's query selects nothing.";
    answer["errorCode"] = error_code(sync);
  }
  return answer;
}

// The sync that the path names, of the model that the path names.
Json& sync_of(Call& call) {
  kept(call.world, model_resource, call.path.front());
  Json& sync = kept(call.world, sync_resource, call.path.at(1));
  if (sync.at("modelId") != call.path.front()) throw not_found(sync_resource.what);
  return sync;
}

Json get_sync(Call& call) { return one(call, shown_sync(call, sync_of(call))); }

Json list_syncs(Call& call) {
  kept(call.world, model_resource, call.path.at(0));
  kept(call.world, subscription_resource, call.path.at(1));
  auto syncs = call.world.collection(sync_resource.collection).all([&](const Json& sync) {
    return sync.at("modelId") == call.path.at(0) && sync.at("subscriptionId") == call.path.at(1);
  });
  std::ranges::reverse(syncs);  // newest first
  for (Json& sync : syncs) sync = shown_sync(call, sync);
  if (!call.query.contains("count")) call.query["count"] = usual_page_of_syncs;
  return page(call, syncs);
}

// If a sync cannot be cancelled, the call does not fail: the response says so.
Json cancel_sync(Call& call) {
  Json& sync = sync_of(call);
  Json answer = Json::object({{"modelId", call.path.at(0)}, {"syncId", call.path.at(1)}});
  if (sync.contains("cancelledAt")) {
    answer["errorCode"] = "SyncAlreadyCanceled";
    answer["errorMessage"] = "The sync was already cancelled.";
  } else if (is_over(call, sync)) {
    answer["errorCode"] = "SyncFinishedCannotCancel";
    answer["errorMessage"] = "The sync is over.";
  } else {
    sync["cancelledAt"] = time_text(call.now);
    answer["status"] = "CANCELLING";
  }
  return answer;
}

}  // namespace

void add_reverse_etl(Handlers& handlers) {
  handlers["createReverseEtlModel"] = create_one(model_resource, fill_model);
  handlers["listReverseEtlModels"] = list_all(model_resource);
  handlers["getReverseEtlModel"] = get_one(model_resource);
  handlers["updateReverseEtlModel"] = update_one(model_resource);
  handlers["deleteReverseEtlModel"] = remove_one(model_resource);
  handlers["createReverseEtlManualSync"] = start_sync;
  handlers["getReverseEtlSyncStatus"] = get_sync;
  handlers["listReverseEtlSyncStatusesFromModelAndSubscriptionId"] = list_syncs;
  handlers["cancelReverseEtlSyncForModel"] = cancel_sync;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox

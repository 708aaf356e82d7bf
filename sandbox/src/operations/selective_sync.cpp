#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "operations/progress.hpp"
#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "operations/synced_tables.hpp"
#include "operations/traffic.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

using namespace std::chrono;

// Every source is loaded each full hour; reports go back this many hours.
constexpr int kept_hours = 24;
constexpr seconds sync_length{90};

Json tables_of_a_source() {
  return Json::object(
      {{"tracks", synced_table({"id", "event", "user_id", "received_at"})},
       {"identifies", synced_table({"id", "user_id", "email", "received_at"})},
       {"pages", synced_table({"id", "name", "url", "user_id", "received_at"})},
       {"product_viewed", synced_table({"id", "product_id", "price", "received_at"})},
       {"order_completed", synced_table({"id", "order_id", "revenue", "received_at"})}});
}

Json& tables(Call& call, const std::string& source) {
  return synced_tables(call.world, call.path.front(), source, tables_of_a_source());
}

bool connected(Call& call, const std::string& warehouse, const std::string& source) {
  return call.world.links(names::warehouse_sources).contains({warehouse, source});
}

// 404 unless both exist and are connected.
void check_connection(Call& call) {
  kept(call.world, warehouse_resource, call.path.at(0));
  kept(call.world, source_resource, call.path.at(1));
  if (!connected(call, call.path.at(0), call.path.at(1))) throw not_found("connection");
}

Json get_sync_schedule(Call& call) {
  kept(call, warehouse_resource);
  const Json* schedule = call.world.collection(names::sync_schedules).find(call.path.front());
  return schedule != nullptr ? *schedule : Json::object({{"enabled", false}});
}

void check_hours(const Json& schedule) {
  const Json& times = schedule.at("times");
  std::set<std::int64_t> seen;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const std::int64_t hour = times.at(i).at("hourOfDay").as_integer();
    const std::string field = "schedule.times." + std::to_string(i) + ".hourOfDay";
    if (hour < 0 || hour > 23) throw invalid(field, "must be from 0 to 23");
    if (!seen.insert(hour).second) throw invalid(field, "comes twice");
  }
}

Json replace_schedule(Call& call) {
  kept(call, warehouse_resource);
  Json fresh = Json::object({{"enabled", call.body.at("enabled")}});
  const Json* schedule = call.given("schedule");
  if (schedule != nullptr) {
    check_hours(*schedule);
    fresh["schedule"] = *schedule;
  } else if (fresh.at("enabled").as_bool()) {
    throw invalid("schedule", "is required if enabled is true");
  }
  return call.world.collection(names::sync_schedules).put(call.path.front(), std::move(fresh));
}

Json list_synced_collections(Call& call) {
  check_connection(call);
  std::vector<Json> items;
  for (const auto& table : tables(call, call.path.at(1)).as_object()) {
    Json item = synced_item(table, call.path.at(0));
    item["sourceId"] = call.path.at(1);
    items.push_back(std::move(item));
  }
  return page(call, items);
}

// A source whose tables were changed is loaded a little later, not only at the full hour.
void sync_soon(Call& call, const std::string& source) {
  call.world.collection(names::extra_syncs)
      .put(call.world.ids().next("extra sync"),
           Json::object({{"warehouseId", call.path.front()},
                         {"sourceId", source},
                         {"start", time_text(call.now + job_begun)}}));
}

std::string described(const Json& given) {
  std::string text = given.at("collection").as_string();
  if (const Json* property = given.find("property")) text += "." + property->as_string();
  return text;
}

Json update(Call& call) {
  const Json& warehouse = kept(call, warehouse_resource);
  const Json& overrides = call.body.at("syncOverrides");
  for (std::size_t i = 0; i < overrides.size(); ++i) {
    const std::string& source = overrides.at(i).at("sourceId").as_string();
    if (!connected(call, call.path.front(), source)) {
      throw invalid("syncOverrides." + std::to_string(i) + ".sourceId",
                    "does not name a source of this warehouse");
    }
  }
  std::set<std::string> changed;
  Json warnings = Json::array();
  for (const Json& given : overrides.as_array()) {
    const std::string& source = given.at("sourceId").as_string();
    const Switched outcome = switch_tables(tables(call, source), given);
    if (outcome == Switched::something) changed.insert(source);
    if (outcome == Switched::unknown) warnings.push_back("Nothing is called " + described(given));
  }
  for (const std::string& source : changed) sync_soon(call, source);
  touch(call, warehouse_resource, warehouse);
  return Json::object(
      {{"status", changed.empty() ? "UNCHANGED" : "UPDATED"}, {"warnings", std::move(warnings)}});
}

struct Sync {
  std::string source;
  system_clock::time_point start;
  seconds length;
};

std::int64_t rows_of(const Sync& sync) {
  const auto to = floor<minutes>(sync.start);
  std::int64_t rows = 0;
  for (const TrafficLine& line : traffic_lines()) {
    rows += received(sync.source, line, to - hours{1}, to);
  }
  return rows;
}

Json report(const Call& call, const Sync& sync) {
  const bool over = call.now >= sync.start + sync.length;
  const auto length = over ? sync.length : duration_cast<seconds>(call.now - sync.start);
  return Json::object(
      {{"sourceId", sync.source},
       {"start", time_text(sync.start)},
       {"end", over ? Json(time_text(sync.start + sync.length)) : Json()},
       {"status", over ? "SUCCESS" : "RUNNING"},
       {"duration", static_cast<double>(length.count())},
       {"humanDuration", std::to_string(length.count()) + " seconds"},
       {"count", over ? rows_of(sync) : 0},
       {"notices", over ? Json::array()
                        : Json::array({Json::object({{"level", "info"},
                                                     {"message", "The sync is still running."},
                                                     {"createdAt", time_text(call.now)}})})}});
}

void add_syncs(Call& call, const std::string& source, std::vector<Sync>& all) {
  const auto hour = floor<hours>(call.now);
  for (int i = 0; i < kept_hours; ++i) all.push_back({source, hour - hours{i}, sync_length});
  call.world.collection(names::extra_syncs).each([&](const std::string&, const Json& extra) {
    const auto start = time_of(extra.at("start"));
    const bool here = extra.at("warehouseId") == call.path.front() &&
                      extra.at("sourceId") == source && start <= call.now;
    if (here) all.push_back({source, start, job_done - job_begun});
  });
}

// Newest first. A disabled warehouse is not filled.
Json reports(Call& call, const std::vector<std::string>& sources) {
  std::vector<Sync> syncs;
  const Json& warehouse = kept(call.world, warehouse_resource, call.path.front());
  if (sends(warehouse)) {
    for (const std::string& source : sources) add_syncs(call, source, syncs);
  }
  std::ranges::stable_sort(syncs, std::greater{}, &Sync::start);
  std::vector<Json> all;
  for (const Sync& sync : syncs) all.push_back(report(call, sync));
  return page(call, all);
}

Json list_of_warehouse(Call& call) {
  kept(call, warehouse_resource);
  std::vector<std::string> sources;
  for (const auto& [warehouse, source] : call.world.links(names::warehouse_sources)) {
    if (warehouse == call.path.front()) sources.push_back(source);
  }
  return reports(call, sources);
}

Json list_source_syncs(Call& call) {
  check_connection(call);
  return reports(call, {call.path.at(1)});
}

}  // namespace

void add_selective_sync(Handlers& handlers) {
  handlers["getAdvancedSyncScheduleFromWarehouse"] = get_sync_schedule;
  handlers["replaceAdvancedSyncScheduleForWarehouse"] = replace_schedule;
  handlers["listSelectiveSyncsFromWarehouseAndSource"] = list_synced_collections;
  handlers["updateSelectiveSyncForWarehouse"] = update;
  handlers["listSyncsFromWarehouse"] = list_of_warehouse;
  handlers["listSyncsFromWarehouseAndSource"] = list_source_syncs;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox

// Two calls that only trigger something: downloads of logs, and syncs of dbt models.

#include <string>

#include "operations/progress.hpp"
#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "segment/types/timestamp.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

using namespace std::chrono;

constexpr days logs_are_kept{31};
constexpr int files_an_hour = 2;

// The requested hour: it must be a full one that is over, and not too old.
system_clock::time_point checked_hour(const Call& call) {
  const auto time = Timestamp(call.body.at("hour").as_string()).time_point();
  if (!time) throw invalid("hour", "must be a time such as 2026-08-01T12:00:00Z");
  if (floor<hours>(*time) != *time) throw invalid("hour", "must be a full hour");
  if (*time + hours{1} > call.now) throw invalid("hour", "is not over yet");
  if (call.now - *time > logs_are_kept) throw invalid("hour", "is too long ago");
  return time_of(call.body.at("hour"));
}

// URLs that lead nowhere: nothing may leave the machine.
Json create_download(Call& call) {
  const std::string hour = time_text(checked_hour(call)).substr(0, 13);
  const std::string collection =
      made_up_text(call.body.at("collectionId").as_string(), 1, 12);  // valid in any URL
  Json urls = Json::array();
  for (int part = 0; part < files_an_hour; ++part) {
    const std::string name = hour + "-" + std::to_string(part) + ".json.gz";
    urls.push_back("https://logs.example.test/" + collection + "/" + name +
                   "?signature=" + made_up_text(name, 1, 24));
  }
  return one(call, Json::object({{"urls", std::move(urls)}}));
}

Json trigger_models(Call& call) {
  check_reference(call, "sourceId", names::sources);
  return one(call, Json::object({{"id", call.world.ids().next("dbt model sync")},
                                 {"sourceId", call.body.at("sourceId")},
                                 {"status", "TRIGGERED"}}));
}

}  // namespace

void add_logs_and_models(Handlers& handlers) {
  handlers["createDownload"] = create_download;
  handlers["createDbtModelSyncTrigger"] = trigger_models;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox

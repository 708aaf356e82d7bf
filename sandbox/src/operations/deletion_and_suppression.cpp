#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "operations/progress.hpp"
#include "operations/registry.hpp"
#include "operations/resources.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

using Time = std::chrono::system_clock::time_point;

constexpr auto deletions_are_kept = std::chrono::days{90};

Time created_at(const Json& regulation) { return time_of(regulation.at("createdAt")); }

bool is_done(const Json& regulation, Time now) { return now >= created_at(regulation) + job_done; }

bool fails(const Json& regulation) { return regulation.at("fails").as_bool(); }

// No progress is stored: how far a regulation has got depends on the clock.
std::string status_of(const Json& regulation, Time now) {
  if (now < created_at(regulation) + job_begun) return "INITIALIZED";
  if (!is_done(regulation, now)) return "RUNNING";
  return fails(regulation) ? "FAILED" : "FINISHED";
}

bool suppresses(const std::string& type) { return type.starts_with("SUPPRESS_"); }
bool deletes(const std::string& type) { return type.find("DELETE") != std::string::npos; }
bool reaches_destinations(const std::string& type) {
  return type == "DELETE_ONLY" || type == "SUPPRESS_WITH_DELETE";
}

bool is_forgotten(const Json& regulation, Time now) {
  return deletes(regulation.at("regulationType").as_string()) &&
         now > created_at(regulation) + deletions_are_kept;
}

bool is_of_workspace(const Json& regulation) { return !regulation.contains("sourceId"); }

// A subject: the type of its id, and its id.
using Subjects = std::vector<std::pair<std::string, std::string>>;

// The subjects that are suppressed after all regulations of the workspace, in their order.
Subjects suppressed(World& world, Time now) {
  Subjects all;
  world.collection(names::regulations).each([&](const std::string&, const Json& regulation) {
    if (!is_of_workspace(regulation) || fails(regulation) || !is_done(regulation, now)) return;
    const std::string& type = regulation.at("regulationType").as_string();
    for (const Json& id : regulation.at("subjects").as_array()) {
      const std::pair subject{regulation.at("subjectType").as_string(), id.as_string()};
      if (suppresses(type) && std::ranges::find(all, subject) == all.end()) all.push_back(subject);
      if (type == "UNSUPPRESS") std::erase(all, subject);
    }
  });
  return all;
}

Json list_suppressions(Call& call) {
  std::vector<Json> things;
  for (const auto& [type, id] : suppressed(call.world, call.now)) {
    things.push_back(Json::object({{"subjectType", type}, {"subjectIds", Json::array({id})}}));
  }
  return page(call, things);
}

// The streams that a regulation goes through, and the destinations of each, as they are now: what
// is connected later is not affected.
Json streams(Call& call, const std::string& source, bool with_destinations) {
  Json destinations = Json::array();
  call.world.collection(names::destinations).each([&](const std::string& id, const Json& kept) {
    if (!with_destinations || kept.at("sourceId") != Json(source)) return;
    const Json* name = kept.find("name");
    destinations.push_back(
        Json::object({{"name", name != nullptr ? *name : Json("")}, {"id", id}}));
  });
  return Json::object({{"id", source}, {"destinations", std::move(destinations)}});
}

void check_subject(const Call& call, std::string_view subject_type,
                   std::string_view other_subject_type) {
  const std::string& type = call.body.at("regulationType").as_string();
  const std::string& subject = call.body.at("subjectType").as_string();
  if (subject != subject_type && subject != other_subject_type) {
    throw invalid("subjectType", "cannot be regulated here");
  }
  if (subject == "ANONYMOUS_ID" && type != "DELETE_ARCHIVE_ONLY") {
    throw invalid("subjectType", "is only for DELETE_ARCHIVE_ONLY");
  }
  if (call.body.at("subjectIds").empty()) throw invalid("subjectIds", "must not be empty");
}

void check_regulation_type(const Call& call) {
  if (call.body.at("regulationType") == Json("DELETE_ARCHIVE_ONLY")) {
    throw invalid("regulationType", "is only for sources that are not cloud sources");
  }
}

// A source cannot lift what the whole workspace suppresses.
bool is_bound_to_fail(Call& call) {
  if (call.path.empty() || call.body.at("regulationType") != Json("UNSUPPRESS")) return false;
  const auto held = suppressed(call.world, call.now);
  return std::ranges::any_of(call.body.at("subjectIds").as_array(), [&](const Json& id) {
    const std::pair subject{call.body.at("subjectType").as_string(), id.as_string()};
    return std::ranges::find(held, subject) != held.end();
  });
}

// The monthly quota of a category: one for what stays within Segment, one for what is forwarded to
// destinations.
void take_from_quota(Call& call, std::size_t subjects) {
  constexpr int users_a_month = 110'000;
  const bool goes_on = reaches_destinations(call.body.at("regulationType").as_string());
  call.quota = call.quotas.take_from_month(
      goes_on ? "regulations of Segment and destinations" : "regulations of Segment",
      static_cast<int>(subjects), users_a_month);
}

void check_number_of_subjects(const Call& call) {
  constexpr std::size_t most = 5000;
  if (call.body.at("subjectIds").size() <= most) return;
  throw invalid("subjectIds", "\"subjectIds\" must contain less than or equal to " +
                                  std::to_string(most) + " items");
}

Json create_regulation(Call& call) {
  check_number_of_subjects(call);
  take_from_quota(call, call.body.at("subjectIds").size());
  Json regulation = Json::object({{"createdAt", time_text(call.now)},
                                  {"regulationType", call.body.at("regulationType")},
                                  {"subjectType", call.body.at("subjectType")},
                                  {"subjects", call.body.at("subjectIds")},
                                  {"fails", is_bound_to_fail(call)},
                                  {"streams", Json::array()}});
  const bool with_destinations = reaches_destinations(call.body.at("regulationType").as_string());
  if (!call.path.empty()) regulation["sourceId"] = call.path.front();
  call.world.collection(names::sources).each([&](const std::string& id, const Json&) {
    if (call.path.empty() || call.path.front() == id) {
      regulation["streams"].push_back(streams(call, id, with_destinations));
    }
  });
  const std::string id = call.world.ids().next("regulation");
  regulation["id"] = id;
  call.world.collection(names::regulations).put(id, std::move(regulation));
  return one(call, id);
}

Json create_for_workspace(Call& call) {
  check_regulation_type(call);
  check_subject(call, "USER_ID", "OBJECT_ID");
  return create_regulation(call);
}

Json create_for_source(Call& call) {
  kept(call, source_resource);
  check_subject(call, "USER_ID", "ANONYMOUS_ID");
  return create_regulation(call);
}

Json create_for_cloud_source(Call& call) {
  const Json& source = kept(call, source_resource);
  const Json& kind = kept(call.world, source_kind, source.at("metadataId").as_string());
  if (!kind.at("isCloudEventSource").as_bool()) throw not_found("cloud source");
  check_regulation_type(call);
  check_subject(call, "OBJECT_ID", "OBJECT_ID");
  return create_regulation(call);
}

// The destinations of a stream finish one after the other, the last one together with the whole.
Json destination_status(const Json& regulation, const Json& destination, std::size_t place,
                        std::size_t count, Time now) {
  const auto share = std::chrono::milliseconds{job_done - job_begun} *
                     static_cast<std::int64_t>(place + 1) / static_cast<std::int64_t>(count);
  const Time done = created_at(regulation) + job_begun + share;
  const std::string whole = status_of(regulation, now);
  const bool is_through = now >= done && !fails(regulation);
  return Json::object({{"name", destination.at("name")},
                       {"id", destination.at("id")},
                       {"status", is_through ? "FINISHED" : whole},
                       {"errString", whole == "FAILED" ? "The workspace suppresses it." : ""},
                       // Required even before there is such a time.
                       {"finishedAt", is_through ? time_text(done) : ""}});
}

Json stream_status(const Json& regulation, Time now) {
  Json all = Json::array();
  for (const Json& stream : regulation.at("streams").as_array()) {
    Json places = Json::array();
    const auto& destinations = stream.at("destinations").as_array();
    for (std::size_t i = 0; i < destinations.size(); ++i) {
      places.push_back(
          destination_status(regulation, destinations[i], i, destinations.size(), now));
    }
    all.push_back(
        Json::object({{"id", stream.at("id")}, {"destinationStatus", std::move(places)}}));
  }
  return all;
}

void add_finish(Json& shown, const Json& regulation, Time now) {
  if (is_done(regulation, now)) {
    shown["finishedAt"] = time_text(created_at(regulation) + job_done);
  }
}

Json get_regulation(Call& call) {
  const Json* regulation = call.world.collection(names::regulations).find(call.path.front());
  if (regulation == nullptr || is_forgotten(*regulation, call.now)) throw not_found("regulation");
  Json shown = Json::object({{"id", regulation->at("id")},
                             {"workspaceId", call.world.workspace_id()},
                             {"overallStatus", status_of(*regulation, call.now)},
                             {"createdAt", regulation->at("createdAt")},
                             {"streamStatus", stream_status(*regulation, call.now)}});
  add_finish(shown, *regulation, call.now);
  return one(call, std::move(shown));
}

Json summary(const Json& regulation, Time now) {
  Json shown = Json::object({{"status", status_of(regulation, now)}});
  for (const char* member : {"id", "subjectType", "subjects", "createdAt", "regulationType"}) {
    shown[member] = regulation.at(member);
  }
  add_finish(shown, regulation, now);
  return shown;
}

bool is_asked_for(const Call& call, const Json& regulation) {
  const Json* status = call.query.find("status");
  if (status != nullptr && status->as_string() != status_of(regulation, call.now)) return false;
  const Json* types = call.query.find("regulationTypes");
  return types == nullptr ||
         std::ranges::find(types->as_array(), regulation.at("regulationType")) !=
             types->as_array().end();
}

std::vector<Json> summaries(Call& call, const std::optional<std::string>& source) {
  auto things = call.world.collection(names::regulations).all([&](const Json& regulation) {
    const Json* own = regulation.find("sourceId");
    const bool here = own == nullptr ? !source : source == own->as_string();
    return here && !is_forgotten(regulation, call.now) && is_asked_for(call, regulation);
  });
  for (Json& thing : things) thing = summary(thing, call.now);
  return things;
}

Json list_of_workspace(Call& call) { return page(call, summaries(call, std::nullopt)); }

// Its response has no cursor, although the request takes one.
Json list_source_regulations(Call& call) {
  kept(call, source_resource);
  return page(call, summaries(call, call.path.front()));
}

}  // namespace

void add_deletion_and_suppression(Handlers& handlers) {
  handlers["createWorkspaceRegulation"] = create_for_workspace;
  handlers["createSourceRegulation"] = create_for_source;
  handlers["createCloudSourceRegulation"] = create_for_cloud_source;
  handlers["getRegulation"] = get_regulation;
  handlers["listWorkspaceRegulations"] = list_of_workspace;
  handlers["listRegulationsFromSource"] = list_source_regulations;
  handlers["listSuppressions"] = list_suppressions;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox

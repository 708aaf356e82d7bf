#include "operations/audiences.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "operations/progress.hpp"
#include "operations/registry.hpp"
#include "operations/spaces.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

constexpr Resource audience_resource{
    .collection = names::audiences, .what = "audience", .parent = "spaceId"};

namespace {

// Members of a stored audience that no response contains.
constexpr std::string_view hidden_members[] = {"busySince", "lockedSince"};

constexpr std::size_t longest_search = 255;

Json shown_summary(const Call& call, const Json& kept) {
  Json shown = kept;
  for (std::string_view member : hidden_members) shown.erase(member);
  shown["status"] = computed_status(call, kept);
  return shown;
}

// With its size once it has been computed, and with its schedules on request.
Json shown_in_full(Call& call, const Json& kept) {
  Json shown = shown_summary(call, kept);
  const std::string& type = kept.at("audienceType").as_string();
  const std::string status = shown.at("status").as_string();
  const bool linked = type == "LINKED";
  shown["computeCadence"] = Json::object({{"type", linked ? "BATCH" : "REALTIME"}});
  if (status == "Live" || status == "Computing") {
    shown["size"] = audience_size(kept.at("definition"), type);
  }
  if (!shown["options"].contains("filterByExternalIds")) {
    shown["options"]["filterByExternalIds"] = usual_external_ids();
  }
  if (const Json* include = call.query.find("include"); include != nullptr) {
    shown["schedules"] = schedules_of(call, kept.at("id").as_string());
  }
  return shown;
}

void fill_audience(Call& call, Json& fresh) {
  const std::string& type = call.body.at("audienceType").as_string();
  fresh["name"] = call.body.at("name");
  fresh["key"] = new_key(call, audience_resource);
  const Json* enabled = call.given("enabled");
  fresh["enabled"] = enabled != nullptr ? *enabled : Json(true);
  if (const Json* description = call.given("description")) fresh["description"] = *description;
  fresh["definition"] = audience_definition(call.body.at("definition"), type);
  fresh["audienceType"] = type;
  const Json* options = call.given("options");
  fresh["options"] = options != nullptr ? *options : Json::object();
  stamp_created(call, fresh);
}

// An audience keeps its target entity, unless alpha's definition names another one.
void change_audience(Call& call, Json& audience) {
  check_name(call);
  check_unlocked(call, audience);
  for (const char* member : {"name", "description", "enabled", "options"}) {
    if (const Json* given = call.given(member)) audience[member] = *given;
  }
  if (const Json* definition = call.given("definition")) {
    for (const auto& member : definition->as_object()) {
      if (!member.value.is_null()) audience["definition"][member.name] = member.value;
    }
  }
  stamp_changed(call, audience);
  audience["busySince"] = time_text(call.now);
  audience["lockedSince"] = time_text(call.now);
}

// The responses of the generic handlers lack what depends on the time.
Handler summarized(Handler inner_handler) {
  return [handler = std::move(inner_handler)](Call& call) {
    handler(call);
    return one(call, shown_summary(call, kept(call.world, audience_resource, call.touched->id)));
  };
}

bool found(const Json* search, const Json& audience) {
  if (search == nullptr) return true;
  const std::string& text = search->at("query").as_string();
  const std::string& field = search->at("type").as_string();
  if (field == "KEY") return audience.at("key").as_string().starts_with(text);
  const Json& place = field == "NAME" ? audience.at("name") : audience.at("definition").at("query");
  return place.as_string().find(text) != std::string::npos;
}

const Json* checked_search(const Call& call) {
  const Json* search = call.query.find("search");
  if (search != nullptr && search->at("query").as_string().size() > longest_search) {
    throw invalid("search.query", "has more than 255 characters");
  }
  return search;
}

std::vector<Json> audiences_of_space(Call& call) {
  const Json* search = checked_search(call);
  return call.world.collection(audience_resource.collection).all([&](const Json& audience) {
    return audience.at("spaceId") == call.path.front() && found(search, audience);
  });
}

Json list_audiences(Call& call) {
  auto all = audiences_of_space(call);
  for (Json& audience : all) audience = shown_in_full(call, audience);
  return page(call, all);
}

Json get_audience(Call& call) { return one(call, shown_in_full(call, audience_of(call))); }

Json force_run(Call& call) {
  Json& audience = linked_audience_of(call);
  if (!audience.at("enabled").as_bool()) throw conflict("The audience is switched off.");
  audience["busySince"] = time_text(call.now);
  touch(call, audience_resource, audience);
  return one(call, Json::object({{"id", call.world.ids().next("audience run")}}));
}

void sort(const Json* order, std::vector<Json>& audiences) {
  if (order == nullptr) return;
  const std::string& field = order->at("field").as_string();
  const char* member = field == "NAME" ? "name" : field == "CREATED_AT" ? "createdAt" : "updatedAt";
  const bool down = order->at("direction") == Json("DESC");
  std::ranges::stable_sort(audiences, [&](const Json& a, const Json& b) {
    const std::string& first = (down ? b : a).at(member).as_string();
    return first < (down ? a : b).at(member).as_string();
  });
}

// An audience references another one if its query contains the other's key.
Json list_audience_consumers(Call& call) {
  const Json audience = audience_of(call);
  const std::string key = "'" + audience.at("key").as_string() + "'";
  auto all = audiences_of_space(call);
  std::erase_if(all, [&](const Json& other) {
    const std::string& query = other.at("definition").at("query").as_string();
    return other.at("id") == audience.at("id") || query.find(key) == std::string::npos;
  });
  sort(call.query.find("sort"), all);
  for (Json& other : all) other = shown_summary(call, other);
  return page(call, all);
}

}  // namespace

Json& audience_of(Call& call) {
  Json& audience = kept(call.world, audience_resource, call.path.at(1));
  if (audience.at("spaceId") != call.path.front()) throw not_found(audience_resource.what);
  return audience;
}

Json& linked_audience_of(Call& call) {
  Json& audience = audience_of(call);
  if (audience.at("audienceType") != Json("LINKED")) {
    throw refuse(400, "bad-request", "Only linked audiences have this.");
  }
  return audience;
}

Json audience_definition(const Json& given, std::string_view audience_type) {
  Json definition = given;
  const Json* target = given.find("targetEntity");
  const bool named = target != nullptr && !target->is_null();
  if (!named) definition.erase("targetEntity");
  if (!named && audience_type == "LINKED") definition["targetEntity"] = "profile";
  return definition;
}

Json audience_size(const Json& definition, std::string_view audience_type) {
  const auto count = static_cast<std::int64_t>(definition.at("query").as_string().size()) * 37;
  const Json* target = definition.find("targetEntity");
  const bool entities = audience_type == "LINKED" && target != nullptr && *target != "profile";
  const char* unit = audience_type == "ACCOUNTS" ? "ACCOUNTS" : entities ? "ENTITIES" : "USERS";
  return Json::object({{"count", count}, {"type", unit}, {"uniqueCount", count}});
}

Json usual_external_ids() { return Json::array({"user_id", "email", "android.idfa", "ios.idfa"}); }

void add_audiences(Handlers& handlers) {
  const Resource& audience = audience_resource;
  handlers["createAudience"] = in_space(summarized(create_one(audience, fill_audience)));
  handlers["listAudiences"] = in_space(list_audiences);
  handlers["getAudience"] = in_space(get_audience);
  handlers["updateAudienceForSpace"] = in_space(summarized(update_one(audience, change_audience)));
  handlers["removeAudienceFromSpace"] = in_space(remove_one(audience));
  handlers["forceExecuteAudienceRun"] = in_space(force_run);
  handlers["listAudienceConsumersFromSpaceAndAudience"] = in_space(list_audience_consumers);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox

#include "operations/spaces.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "operations/progress.hpp"
#include "operations/registry.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

constexpr Resource space_resource{.collection = names::spaces, .what = "space"};

namespace {

bool is_address(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && text.find('.', at) != std::string_view::npos;
}

bool is_phone_number(std::string_view text) {
  if (!text.starts_with('+') || text.size() < 8) return false;
  return std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

// E-mail addresses and phone numbers have a format; device tokens have none.
bool is_valid(std::string_view type, std::string_view key) {
  if (type == "EMAIL") return is_address(key);
  if (type == "SMS" || type == "WHATSAPP") return is_phone_number(key);
  return !key.empty();
}

Json problem(const char* code, const char* message) {
  return Json::object({{"code", code}, {"message", message}});
}

Json invalid_key() {
  return Json::array({problem("invalid_key", "This is not a number or address of that type.")});
}

std::string name_of(const Call& call, const Json& given) {
  return call.path.front() + "/" + given.at("type").as_string() + "/" + given.at("key").as_string();
}

Json* find_group(Json& kept, const Json& name) {
  for (Json& group : kept["groups"].as_array()) {
    if (group.at("name") == name) return &group;
  }
  return nullptr;
}

// A group has the same id for everyone in the space.
std::string group_id(const Call& call, const Json& name) {
  return made_up_id("group of " + call.path.front() + " " + name.as_string(), 1);
}

void set_groups(const Call& call, const Json& given, Json& kept) {
  for (const Json& wanted : given.as_array()) {
    Json* group = find_group(kept, wanted.at("name"));
    if (group == nullptr) {
      kept["groups"].push_back(Json::object({{"name", wanted.at("name")}}));
      group = &kept["groups"].as_array().back();
    }
    (*group)["status"] = wanted.at("status");
    (*group)["id"] = group_id(call, wanted.at("name"));
    (*group)["updatedAt"] = time_text(call.now);
  }
}

// Whatever is not named is unchanged.
Json set_subscription(Call& call, const Json& given) {
  auto& all = call.world.collection(names::messaging_subscriptions);
  const std::string name = name_of(call, given);
  Json* found = all.find(name);
  Json& kept = found != nullptr ? *found
                                : all.put(name, Json::object({
                                                    {"key", given.at("key")},
                                                    {"type", given.at("type")},
                                                    {"groups", Json::array()},
                                                }));
  if (const Json* status = given.find("status")) kept["status"] = *status;
  if (const Json* groups = given.find("groups")) set_groups(call, *groups, kept);
  kept["updatedAt"] = time_text(call.now);
  Json outcome = given;
  if (Json* groups = outcome.find("groups")) {
    for (Json& group : groups->as_array()) group["id"] = group_id(call, group.at("name"));
  }
  return outcome;
}

Json replace_subscriptions(Call& call) {
  Json successes = Json::array();
  Json failures = Json::array();
  for (const Json& given : call.body.at("subscriptions").as_array()) {
    const std::string& type = given.at("type").as_string();
    const bool settable = type == "EMAIL" || type == "SMS" || type == "WHATSAPP";
    if (settable && is_valid(type, given.at("key").as_string())) {
      successes.push_back(set_subscription(call, given));
      continue;
    }
    Json failure = Json::object({{"key", given.at("key")}, {"type", given.at("type")}});
    failure["errors"] =
        settable ? invalid_key()
                 : Json::array({problem("invalid_type", "Only devices can set this type.")});
    failures.push_back(std::move(failure));
  }
  return Json::object({{"successes", std::move(successes)}, {"failures", std::move(failures)}});
}

Json query_subscriptions(Call& call) {
  Json successes = Json::array();
  Json failures = Json::array();
  for (const Json& wanted : call.body.at("subscriptions").as_array()) {
    Json answer = Json::object({{"key", wanted.at("key")}, {"type", wanted.at("type")}});
    if (!is_valid(wanted.at("type").as_string(), wanted.at("key").as_string())) {
      answer["errors"] = invalid_key();
      failures.push_back(std::move(answer));
      continue;
    }
    const Json* kept =
        call.world.collection(names::messaging_subscriptions).find(name_of(call, wanted));
    successes.push_back(kept != nullptr ? *kept : std::move(answer));
  }
  return Json::object({{"successes", std::move(successes)},
                       {"failures", std::move(failures)},
                       {"errors", Json::array()}});
}

Json list_spaces(Call& call) { return page(call, spaces(call.world).all()); }

}  // namespace

Collection& spaces(World& world) {
  auto& all = world.collection(space_resource.collection);
  if (all.size() > 0) return all;
  for (const auto& [slug, name] :
       {std::pair{"shop", "Shop"}, std::pair{"shop-dev", "Shop (dev)"}}) {
    const std::string id = world.ids().next(space_resource.what);
    all.put(id, Json::object({{"id", id}, {"slug", slug}, {"name", name}}));
  }
  return all;
}

Handler in_space(Handler inner) {
  return [inner = std::move(inner)](Call& call) {
    if (!spaces(call.world).contains(call.path.front())) throw not_found(space_resource.what);
    return inner(call);
  };
}

void add_spaces(Handlers& handlers) {
  handlers["listSpaces"] = list_spaces;
  handlers["getSpace"] = in_space(get_one(space_resource));
  handlers["replaceMessagingSubscriptionsInSpaces"] = in_space(replace_subscriptions);
  handlers["batchQueryMessagingSubscriptionsForSpace"] = in_space(query_subscriptions);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox

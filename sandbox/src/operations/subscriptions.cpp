#include <algorithm>
#include <string>
#include <utility>

#include "operations/registry.hpp"
#include "operations/resources.hpp"
#include "operations/settings.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// The action that the body names, of the destination's kind.
const Json& chosen_action(Call& call) {
  const Json& destination = kept(call.world, destination_resource, call.path.front());
  const Json& kind = kept(call.world, destination_kind, destination.at("metadataId").as_string());
  for (const Json& action : kind.at("actions").as_array()) {
    if (action.at("id") == call.body.at("actionId")) return action;
  }
  throw invalid("actionId", "does not name an action of this destination");
}

void fill_subscription(Call& call, Json& fresh) {
  const Json& action = chosen_action(call);
  fresh["actionSlug"] = action.at("slug");
  fresh["settings"] = new_settings(call.given("settings"));
  for (const char* member : {"name", "actionId", "trigger", "enabled", "modelId"}) {
    if (const Json* given = call.given(member)) fresh[member] = *given;
  }
}

// The changes are one level down, and have slightly different names than in responses.
void change_subscription(Call& call, Json& subscription) {
  for (const auto& member : call.body.at("input").as_object()) {
    if (member.name == "settings") {
      merge_settings(subscription["settings"], member.value);
    } else {
      subscription[member.name == "reverseETLModelId" ? "modelId" : member.name] = member.value;
    }
  }
}

}  // namespace

void add_subscriptions(Handlers& handlers) {
  const Resource& subscription = subscription_resource;
  handlers["createDestinationSubscription"] =
      below(destination_resource, create_one(subscription, fill_subscription));
  handlers["listSubscriptionsFromDestination"] =
      below(destination_resource, list_all(subscription));
  handlers["getSubscriptionFromDestination"] = below(destination_resource, get_one(subscription));
  handlers["updateSubscriptionForDestination"] =
      below(destination_resource, update_one(subscription, change_subscription));
  handlers["removeSubscriptionFromDestination"] =
      below(destination_resource, remove_one(subscription));
}

}  // namespace segment::inline SEGMENT_ABI::sandbox

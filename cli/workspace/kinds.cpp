#include "workspace/kinds.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace segment::cli::workspace {

namespace {

constexpr unsigned identity = identifies | fixed;  // for good

std::vector<Kind> only_referred_to() {
  return {{.name = "role",
           .list = "listRoles",
           .called_by = "name",
           .members = {{"name", "", identity}}},
          {.name = "space",
           .list = "listSpaces",
           .called_by = "slug",
           .members = {{"slug", "", identity}}}};
}

std::vector<Kind> labels_and_functions() {
  return {{.name = "label",
           .list = "listLabels",
           .members = {{"key", "", identity}, {"value", "", identity}, {"description", "", fixed}},
           .create = "createLabel",
           .remove = "deleteLabel",
           .has_id = false},
          {.name = "function",
           .list = "listFunctions",
           .called_by = "displayName",
           .members = {{"resourceType", "", identity},
                       {"displayName", "", identifies, "", MemberForm::function_name},
                       {"code"},
                       {"settings"},
                       {"description"},
                       {"logoUrl"}},
           .create = "createFunction",
           .update = "updateFunction",
           .remove = "deleteFunction",
           .also_reads = {"getFunction", "getWorkspace"},
           .described_by = "getFunction"}};
}

std::vector<Kind> sources_and_models() {
  return {{.name = "source",
           .list = "listSources",
           .called_by = "slug",
           .members = {{"slug", "", identifies},
                       {"metadataId", catalog, fixed},
                       {"name"},
                       {"enabled"},
                       {"settings", "", merged},
                       {"labels", "", compared, "replaceLabelsInSource", MemberForm::labels}},
           .create = "createSource",
           .update = "updateSource",
           .remove = "deleteSource",
           .catalog_list = "getSourcesCatalog",
           .created_without = "disconnectAllWarehouses"},
          {.name = "model",
           .list = "listReverseEtlModels",
           .called_by = "name",
           .members = {{"sourceId", "source", identity},
                       {"name", "", identifies},
                       {"description"},
                       {"enabled"},
                       {"query"},
                       {"queryIdentifierColumn"}},
           .create = "createReverseEtlModel",
           .update = "updateReverseEtlModel",
           .remove = "deleteReverseEtlModel"}};
}

std::vector<Kind> destinations_and_below() {
  return {{.name = "destination",
           .list = "listDestinations",
           .called_by = "name",
           .members = {{"sourceId", "source", identity},
                       {"metadataId", catalog, identity},
                       {"name", "", identifies | may_be_absent},
                       {"enabled"},
                       {"settings", "", merged}},
           .create = "createDestination",
           .update = "updateDestination",
           .remove = "deleteDestination",
           .catalog_list = "getDestinationsCatalog"},
          {.name = "subscription",
           .list = "listSubscriptionsFromDestination",
           .parent = "destination",
           .called_by = "name",
           .members = {{"actionId", "", identity},
                       {"name", "", identifies},
                       {"trigger"},
                       {"enabled"},
                       {"settings", "", merged},
                       {"modelId", "model"},
                       {"reverseETLSchedule"}},
           .create = "createDestinationSubscription",
           .update = "updateSubscriptionForDestination",
           .remove = "removeSubscriptionFromDestination"},
          {.name = "filter",
           .list = "listFiltersFromDestination",
           .parent = "destination",
           .called_by = "title",
           .members = {{"title", "", identifies},
                       {"sourceId", "source", fixed | as_above},
                       {"if"},
                       {"actions"},
                       {"description"},
                       {"enabled"}},
           .create = "createFilterForDestination",
           .update = "updateFilterForDestination",
           .remove = "removeFilterFromDestination"}};
}

std::vector<Kind> warehouses_and_below() {
  return {{.name = "warehouse",
           .list = "listWarehouses",
           .called_by = "name",
           .members = {{"metadataId", catalog, identity},
                       {.name = "name",
                        .use = identifies | may_be_absent,
                        .response_has_it_in = "settings"},
                       {"enabled"},
                       {"settings", "", merged}},
           .create = "createWarehouse",
           .update = "updateWarehouse",
           .remove = "deleteWarehouse",
           .catalog_list = "getWarehousesCatalog",
           .created_without = "disconnectAllSources"},
          {.name = "warehouse connection",
           .list = "listConnectedSourcesFromWarehouse",
           .parent = "warehouse",
           .members = {{"sourceId", "source", identity}},
           .create = "addConnectionFromSourceToWarehouse",
           .remove = "removeSourceConnectionFromWarehouse",
           .listed_as = "source",
           .has_id = false}};
}

std::vector<Kind> tracking_plans_and_below() {
  return {{.name = "tracking plan",
           .list = "listTrackingPlans",
           .called_by = "name",
           .members = {{"type", "", identity}, {"name", "", identifies}, {"description"}},
           .create = "createTrackingPlan",
           .update = "updateTrackingPlan",
           .remove = "deleteTrackingPlan"},
          {.name = "rule",
           .list = "listRulesFromTrackingPlan",
           .parent = "tracking plan",
           .members = {{"type", "", identity},
                       {"key", "", identity, "", MemberForm::text_if_absent},
                       {"version", "", identity},
                       {"jsonSchema"}},
           .create = "updateRulesInTrackingPlan",
           .update = "updateRulesInTrackingPlan",
           .remove = "removeRulesFromTrackingPlan",
           .batch = "rules",
           .batch_size = 200,
           .has_id = false},
          // A source has at most one plan; which one is a member that can change.
          {.name = "plan connection",
           .list = "listSourcesFromTrackingPlan",
           .listed_below = "tracking plan",
           .members = {{"sourceId", "source", identity},
                       {"trackingPlanId", "tracking plan", names_above}},
           .create = "addSourceToTrackingPlan",
           .update = "addSourceToTrackingPlan",
           .remove = "removeSourceFromTrackingPlan",
           .listed_as = "source",
           .has_id = false},
          {.name = "schema settings",
           .list = "listSchemaSettingsInSource",
           .listed_below = "source",
           .members = {{"sourceId", "source", identity | names_above},
                       {"track", "", merged},
                       {"identify", "", merged},
                       {"group", "", merged},
                       {"forwardingViolationsTo", "source"},
                       {"forwardingBlockedEventsTo", "source"}},
           .create = "updateSchemaSettingsInSource",
           .update = "updateSchemaSettingsInSource",
           .members_in = "settings",
           .has_id = false,
           .is_single = true}};
}

std::vector<Kind> transformations_and_groups() {
  return {{.name = "transformation",
           .list = "listTransformations",
           .called_by = "name",
           .members = {{"sourceId", "source", identifies},
                       {"name", "", identifies},
                       {"destinationMetadataId", catalog},
                       {"enabled"},
                       {"if"},
                       {"drop"},
                       {"newEventName"},
                       {"propertyRenames"},
                       {"propertyValueTransformations"},
                       {"fqlDefinedProperties"},
                       {"allowProperties"},
                       {"hashPropertiesConfiguration"}},
           .create = "createTransformation",
           .update = "updateTransformation",
           .remove = "deleteTransformation",
           .catalog_list = "getDestinationsCatalog"},
          {.name = "group",
           .list = "listUserGroups",
           .called_by = "name",
           .members = {{"name", "", identifies},
                       {"permissions", "", compared, "replacePermissionsForUserGroup",
                        MemberForm::permissions}},
           .create = "createUserGroup",
           .update = "updateUserGroup",
           .remove = "deleteUserGroup",
           .also_reads = {"listRoles", "listSpaces"}},
          {.name = "group member",
           .list = "listUsersFromUserGroup",
           .parent = "group",
           .called_by = "email",
           .members = {{"email", "", identity, "", MemberForm::email}},
           .create = "addUsersToUserGroup",
           .remove = "removeUsersFromUserGroup",
           .also_reads = {"listInvitesFromUserGroup", "listUsers", "listInvites"},
           .batch = "emails",
           .batch_size = 50,
           .other_lists = {"listInvitesFromUserGroup"},
           .has_id = false}};
}

}  // namespace

const KindMember* Kind::find(std::string_view member) const noexcept {
  const auto found = std::ranges::find(members, member, &KindMember::name);
  return found != members.end() ? &*found : nullptr;
}

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = [] {
    std::vector<Kind> joined;
    for (auto part : {only_referred_to(), labels_and_functions(), sources_and_models(),
                      destinations_and_below(), warehouses_and_below(), tracking_plans_and_below(),
                      transformations_and_groups()}) {
      joined.insert(joined.end(), part.begin(), part.end());
    }
    return joined;
  }();
  return all;
}

const Kind* find_kind(std::string_view name) noexcept {
  const auto found = std::ranges::find(kinds(), name, &Kind::name);
  return found != kinds().end() ? &*found : nullptr;
}

const Kind& kind_called(std::string_view name) {
  if (const Kind* kind = find_kind(name)) return *kind;
  throw std::logic_error("no kind " + std::string(name));
}

}  // namespace segment::cli::workspace

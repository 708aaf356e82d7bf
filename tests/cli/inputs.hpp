#pragma once

namespace segment::test {

// The input of each operation against the seeded sandbox is in inputs.json, from which the examples
// in the documents are generated too. A string that starts with `$` stands for an id or a time that
// the test has looked up. Operations that are not there get only their path parameters, by their
// own names. A version that is a separate method has a separate entry.

/// Where the ids are found: in the export of the seeded workspace, and in the responses of the
/// lists below. A step that starts with a colon stands for the value found under that name before.
struct Place {
  const char* name;
  const char* where;
};
inline constexpr Place places[] = {
    {"sourceId", "listSources/0/id"},
    {"sourceMetadataId", "listSources/0/metadata/id"},
    {"writeKey", "listSources/0/writeKeys/0"},
    {"functionSourceId", "listSources/1/id"},
    {"appId", "listSources/2/id"},
    {"cloudSourceId", "listSources/4/id"},
    {"databaseId", "listSources/3/id"},
    {"destinationId", "listDestinations/0/id"},
    {"destinationMetadataId", "listDestinations/0/metadata/id"},
    {"actionId", "listDestinations/0/metadata/actions/0/id"},
    {"adsId", "listDestinations/1/id"},
    {"hookId", "listDestinations/3/id"},
    {"subscriptionId", "listSubscriptionsFromDestination/:destinationId/0/id"},
    {"modelSubscriptionId", "listSubscriptionsFromDestination/:adsId/0/id"},
    {"filterId", "listFiltersFromDestination/:destinationId/0/id"},
    {"warehouseId", "listWarehouses/0/id"},
    {"warehouseMetadataId", "listWarehouses/0/metadata/id"},
    {"credentialId", "listCredentials/0/id"},
    {"regulateId", "listWorkspaceRegulations/0/id"},
    {"functionId", "listFunctions/1/id"},
    {"versionId", "listFunctionVersions/:functionId/0/id"},
    {"classId", "listFunctions/0/catalogId"},
    {"userGroupId", "listUserGroups/0/id"},
    {"userId", "listUsers/0/id"},
    {"email", "listUsers/0/email"},
    {"otherUserId", "listUsers/1/id"},
    {"memberEmail", "listUsersFromUserGroup/:userGroupId/0/email"},
    {"invitedEmail", "listInvites/0"},
    {"roleId", "listRoles/3/id"},
    {"labelKey", "listLabels/0/key"},
    {"labelValue", "listLabels/0/value"},
    {"spaceId", "listSpaces/0/id"},
    {"audienceId", "listAudiences/:spaceId/0/id"},
    {"linkedAudienceId", "listAudiences/:spaceId/1/id"},
    {"traitId", "listComputedTraits/:spaceId/0/id"},
    {"profilesWarehouseId", "listProfilesWarehouseInSpace/:spaceId/0/id"},
    {"eventName", "listEvents/:spaceId/0/name"},
    {"traitKey", "listTraits/:spaceId/0/trait"},
    {"modelId", "listReverseEtlModels/0/id"},
    {"trackingPlanId", "listTrackingPlans/0/id"},
    {"transformationId", "listTransformations/0/id"},
};
inline constexpr const char* further_lists[] = {
    "listDestinationsFromAudience",
    "listActivationsFromAudience",
    "listAudienceSchedulesFromSpaceAndAudience",
    "listInsertFunctionInstances",
    "listFiltersForSpace",
    "listPropertiesFromEvent",
    "listReverseEtlSyncStatusesFromModelAndSubscriptionId",
};
inline constexpr Place further_places[] = {
    {"connectionId", "listDestinationsFromAudience/connections/0/id"},
    {"idleConnectionId", "listDestinationsFromAudience/connections/1/id"},
    {"activationId", "listActivationsFromAudience/activations/0/id"},
    {"scheduleId", "listAudienceSchedulesFromSpaceAndAudience/audienceSchedules/0/id"},
    {"instanceId", "listInsertFunctionInstances/instances/0/id"},
    {"spaceFilterId", "listFiltersForSpace/filters/0/id"},
    {"propertyName", "listPropertiesFromEvent/eventProperties/0/name"},
    {"syncId", "listReverseEtlSyncStatusesFromModelAndSubscriptionId/syncStatuses/0/syncId"},
};

}  // namespace segment::test

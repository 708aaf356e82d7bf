#include "operations/registry.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

constexpr void (*add_group_of_calls[])(Handlers&) = {
    add_activations,
    add_audience_connections,
    add_audience_previews,
    add_audience_schedules,
    add_audiences,
    add_audit_trail,
    add_catalog,
    add_computed_traits,
    add_credentials,
    add_deletion_and_suppression,
    add_delivery_metrics,
    add_delivery_overview,
    add_destination_filters,
    add_destinations,
    add_events,
    add_filter_preview,
    add_function_instances,
    add_function_versions,
    add_functions,
    add_iam_groups,
    add_iam_users,
    add_journeys,
    add_labels,
    add_live_plugins,
    add_logs_and_models,
    add_profiles_sync,
    add_reverse_etl,
    add_schema_settings,
    add_selective_sync,
    add_source_labels,
    add_sources,
    add_space_filters,
    add_space_schema,
    add_spaces,
    add_subscriptions,
    add_testing,
    add_tracking_plan_rules,
    add_tracking_plans,
    add_transformations,
    add_usage,
    add_warehouse_connections,
    add_warehouses,
    add_workspaces,
};

}  // namespace

Handlers all_handlers() {
  Handlers handlers;
  for (auto* add : add_group_of_calls) add(handlers);
  return handlers;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox

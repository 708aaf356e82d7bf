#pragma once

#include <map>
#include <string_view>

#include "engine/call.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// The handler of each operation, by its name. An operation without one returns an example.
using Handlers = std::map<std::string_view, Handler>;

[[nodiscard]] Handlers all_handlers();

// One function per group, or per part of one; all_handlers calls them, in any order.
void add_activations(Handlers& handlers);
void add_audience_connections(Handlers& handlers);
void add_audience_previews(Handlers& handlers);
void add_audience_schedules(Handlers& handlers);
void add_audiences(Handlers& handlers);
void add_audit_trail(Handlers& handlers);
void add_catalog(Handlers& handlers);
void add_computed_traits(Handlers& handlers);
void add_credentials(Handlers& handlers);
void add_deletion_and_suppression(Handlers& handlers);
void add_delivery_metrics(Handlers& handlers);
void add_delivery_overview(Handlers& handlers);
void add_destination_filters(Handlers& handlers);
void add_destinations(Handlers& handlers);
void add_events(Handlers& handlers);
void add_filter_preview(Handlers& handlers);
void add_function_instances(Handlers& handlers);
void add_function_versions(Handlers& handlers);
void add_functions(Handlers& handlers);
void add_iam_groups(Handlers& handlers);
void add_iam_users(Handlers& handlers);
void add_journeys(Handlers& handlers);
void add_labels(Handlers& handlers);
void add_live_plugins(Handlers& handlers);
void add_logs_and_models(Handlers& handlers);
void add_profiles_sync(Handlers& handlers);
void add_reverse_etl(Handlers& handlers);
void add_schema_settings(Handlers& handlers);
void add_selective_sync(Handlers& handlers);
void add_source_labels(Handlers& handlers);
void add_sources(Handlers& handlers);
void add_space_filters(Handlers& handlers);
void add_space_schema(Handlers& handlers);
void add_spaces(Handlers& handlers);
void add_subscriptions(Handlers& handlers);
void add_testing(Handlers& handlers);
void add_tracking_plan_rules(Handlers& handlers);
void add_tracking_plans(Handlers& handlers);
void add_transformations(Handlers& handlers);
void add_usage(Handlers& handlers);
void add_warehouse_connections(Handlers& handlers);
void add_warehouses(Handlers& handlers);
void add_workspaces(Handlers& handlers);

}  // namespace segment::inline SEGMENT_ABI::sandbox

#pragma once

#include <string_view>

#include "segment/version.hpp"

/// The names of a world's collections and links, shared by all operations.
namespace segment::inline SEGMENT_ABI::sandbox::names {

// Collections, by the ids of their items unless stated otherwise.
inline constexpr std::string_view activations = "activations";
inline constexpr std::string_view audience_connections = "audience connections";
inline constexpr std::string_view audience_previews = "audience previews";
inline constexpr std::string_view audience_schedules = "audience schedules";
inline constexpr std::string_view audiences = "audiences";
inline constexpr std::string_view audit_events = "audit events";
inline constexpr std::string_view computed_traits = "computed traits";
inline constexpr std::string_view credentials = "credentials";
inline constexpr std::string_view destination_filters = "destination filters";
inline constexpr std::string_view destination_kinds = "destination kinds";
inline constexpr std::string_view destinations = "destinations";
inline constexpr std::string_view extra_syncs = "extra warehouse syncs";
inline constexpr std::string_view function_instances = "insert function instances";
inline constexpr std::string_view function_versions = "function versions";
inline constexpr std::string_view functions = "functions";
inline constexpr std::string_view invites = "invites";  // by e-mail address
inline constexpr std::string_view journeys = "journeys";
inline constexpr std::string_view labels = "labels";
inline constexpr std::string_view live_plugins = "live plugins";  // by source
inline constexpr std::string_view messaging_subscriptions = "messaging subscriptions";
inline constexpr std::string_view model_syncs = "reverse ETL syncs";
inline constexpr std::string_view models = "reverse ETL models";
inline constexpr std::string_view profiles_warehouses = "profiles warehouses";
inline constexpr std::string_view regulations = "regulations";
inline constexpr std::string_view roles = "roles";
inline constexpr std::string_view schema_settings = "schema settings";  // by source
inline constexpr std::string_view source_kinds = "source kinds";
inline constexpr std::string_view sources = "sources";
inline constexpr std::string_view space_filters = "space filters";
inline constexpr std::string_view spaces = "spaces";
inline constexpr std::string_view subscriptions = "subscriptions";
inline constexpr std::string_view sync_schedules = "sync schedules";  // by warehouse
inline constexpr std::string_view synced_tables =
    "synced tables";  // by warehouse and source or space
inline constexpr std::string_view tracking_plan_rules = "tracking plan rules";  // by plan
inline constexpr std::string_view tracking_plans = "tracking plans";
inline constexpr std::string_view transformations = "transformations";
inline constexpr std::string_view user_groups = "user groups";
inline constexpr std::string_view users = "users";
inline constexpr std::string_view warehouse_kinds = "warehouse kinds";
inline constexpr std::string_view warehouses = "warehouses";

// Links.
/// From slugs to the sources that have them, so that lookup is fast among a hundred thousand.
inline constexpr std::string_view source_slugs = "source slugs";
/// From user groups to the e-mail addresses of their members, including invited ones.
inline constexpr std::string_view group_members = "group members";
/// From tracking plans to their sources.
inline constexpr std::string_view tracking_plan_sources = "tracking plan sources";
/// From warehouses to the sources that fill them.
inline constexpr std::string_view warehouse_sources = "warehouse sources";

}  // namespace segment::inline SEGMENT_ABI::sandbox::names

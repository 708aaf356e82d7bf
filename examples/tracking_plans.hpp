#pragma once

// The rules of a tracking plan by name, and the difference between two sets of them.

#include <segment/segment.hpp>

#include <iostream>
#include <map>
#include <string>

namespace example {

/// JSON schemas by type, key and version.
using Rules = std::map<std::string, segment::Json>;

inline std::string name_of(const segment::TrackingPlanRule& rule) {
  const std::string of = rule.key.value_or("").empty() ? "(every)" : *rule.key;
  return std::string(rule.type.text()) + " " + of + " v" + std::to_string(rule.version);
}

inline Rules rules_of(const segment::Client& client, const segment::TrackingPlanId& plan) {
  Rules rules;
  for (const segment::TrackingPlanRule& rule : client.tracking_plans().list_rules(plan)) {
    rules[name_of(rule)] = rule.json_schema.value_or(segment::Json());
  }
  return rules;
}

inline void print_difference(const Rules& before, const Rules& after) {
  for (const auto& [name, schema] : after) {
    const auto old = before.find(name);
    if (old == before.end()) {
      std::cout << "+ " << name << '\n';
    } else if (!(old->second == schema)) {
      std::cout << "~ " << name << '\n';
    }
  }
  for (const auto& [name, schema] : before) {
    if (!after.contains(name)) std::cout << "- " << name << '\n';
  }
  if (before == after) std::cout << "no difference\n";
}

/// The plan with this name; creates it if there is none.
inline segment::TrackingPlan find_or_create(const segment::Client& client,
                                            const segment::CreateTrackingPlan& wanted) {
  const auto find = [&]() -> std::optional<segment::TrackingPlan> {
    for (const segment::TrackingPlan& plan : client.tracking_plans().list()) {
      if (plan.name == *wanted.name) return plan;
    }
    return std::nullopt;
  };
  return segment::create_if_absent(client, find,
                                   [&] { return client.tracking_plans().create(wanted); });
}

}  // namespace example

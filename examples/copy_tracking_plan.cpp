// Copies a tracking plan to another workspace, for example from staging to production. It shows the
// difference first, and writes only with --write. Here the workspaces are two sandboxes; with
// --live they are those of SEGMENT_TOKEN and SEGMENT_OTHER_TOKEN.
//
//     copy_tracking_plan [NAME] [--write] [--live]

#include <segment/segment.hpp>

#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "connect.hpp"
#include "tracking_plans.hpp"

namespace {

using Plans = std::optional<segment::TrackingPlan>;

// The plan with this name; the first one if there is no name.
Plans find(const segment::Client& client, const std::string& name) {
  for (const segment::TrackingPlan& plan : client.tracking_plans().list()) {
    if (name.empty() || plan.name == name) return plan;
  }
  return std::nullopt;
}

std::vector<segment::TrackingPlanRuleInput> inputs_of(const segment::Client& client,
                                                      const segment::TrackingPlanId& plan) {
  std::vector<segment::TrackingPlanRuleInput> rules;
  for (const segment::TrackingPlanRule& rule : client.tracking_plans().list_rules(plan)) {
    rules.push_back({.type = rule.type,
                     .key = rule.key,
                     .json_schema = rule.json_schema,
                     .version = rule.version});
  }
  return rules;
}

bool copy(const segment::Client& from, const segment::Client& to, const segment::TrackingPlan& plan,
          bool write) {
  const Plans existing = find(to, plan.name.value_or(""));
  const example::Rules before = existing ? example::rules_of(to, existing->id) : example::Rules{};
  std::cout << plan.name.value_or("?") << (existing ? "" : " is new there") << '\n';
  example::print_difference(before, example::rules_of(from, plan.id));
  if (!write) return false;

  const segment::TrackingPlan copied = example::find_or_create(
      to, {.name = plan.name.value_or("?"), .description = plan.description, .type = plan.type});
  segment::replace_rules(to, copied.id, inputs_of(from, plan.id));  // in as many calls as it takes
  return example::rules_of(to, copied.id) == example::rules_of(from, plan.id);
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection here(argc, argv);
  const example::Connection there(argc, argv);
  const segment::Client from(here.options());
  const segment::Client to(there.options("SEGMENT_OTHER_TOKEN"));

  const bool write = !here.live() || here.has("--write");
  const std::string name = here.words().empty() ? "" : here.words().back();
  const Plans plan = find(from, name);
  if (!plan) throw std::runtime_error("there is no such plan");
  if (!here.live()) {  // so that there is something to copy
    to.tracking_plans().remove(find(to, plan->name.value_or(""))->id);
  }
  if (!write) {
    copy(from, to, *plan, false);
    std::cout << "--write writes it\n";
  } else if (!copy(from, to, *plan, true)) {
    throw std::runtime_error("the plans differ: somebody else writes too");
  } else {
    std::cout << "written\n";
  }
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}

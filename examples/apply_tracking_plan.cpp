// Applies a tracking plan from a file: creates the plan if it is missing, replaces its rules, and
// reports what changed.
//
//     apply_tracking_plan [FILE] [--live]

#include <segment/segment.hpp>

#include <exception>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "connect.hpp"
#include "tracking_plans.hpp"

namespace {

struct Plan {
  std::string name;
  std::vector<segment::TrackingPlanRuleInput> rules;
};

// Strict reading, so that a typo cannot silently drop a rule's schema.
Plan read_plan(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file);
  segment::Json json = segment::Json::parse(std::string(std::istreambuf_iterator<char>(in), {}));
  std::string name = json.at("name").as_string();
  json.erase("name");
  const auto body = segment::from_json_strict<segment::ReplaceTrackingPlanRules>(json);
  return {.name = std::move(name), .rules = body.rules};
}

void apply(const segment::Client& client, const Plan& wanted) {
  const auto plan = example::find_or_create(
      client, {.name = wanted.name, .type = segment::TrackingPlanType::live});
  const example::Rules before = example::rules_of(client, plan.id);
  segment::replace_rules(client, plan.id, wanted.rules);  // in as many calls as it takes
  example::print_difference(before, example::rules_of(client, plan.id));
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());
  const bool named = !connection.words().empty();
  const Plan wanted =
      read_plan(named ? connection.words().front() : EXAMPLE_FOLDER "/tracking_plan.json");
  apply(client, wanted);
  std::cout << "and once more:\n";
  apply(client, wanted);
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}

// Lists the sources without a tracking plan, for introducing plans step by step.

#include <segment/segment.hpp>

#include <exception>
#include <iostream>
#include <map>
#include <string>

#include "connect.hpp"

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());

  std::map<segment::SourceId, std::string> plan_of;
  for (const segment::TrackingPlan& plan : client.tracking_plans().list()) {
    for (const segment::Source& source : client.tracking_plans().list_sources(plan.id)) {
      plan_of.emplace(source.id, plan.name.value_or(plan.id.text()));
    }
  }
  int without = 0;
  for (const segment::Source& source : client.sources().list()) {
    const auto plan = plan_of.find(source.id);
    if (plan != plan_of.end()) {
      std::cout << "  " << source.slug << ": " << plan->second << '\n';
    } else {
      ++without;
      std::cout << "! " << source.slug << ": no plan" << (source.enabled ? "" : " (disabled)")
                << '\n';
    }
  }
  std::cout << without << " without a tracking plan\n";
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}

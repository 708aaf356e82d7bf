// Plots in the terminal how many events reached each destination during the last days, and how many
// did not.

#include <segment/segment.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <exception>
#include <iostream>
#include <map>
#include <string>

#include "connect.hpp"

namespace {

using Counts = std::map<std::string, std::int64_t>;  // by day

constexpr std::int64_t widest = 50;

Counts by_day(segment::List<segment::DeliveryOverviewPage> datasets) {
  Counts counts;
  for (const segment::DeliveryOverviewDataset& dataset : datasets) {
    for (const auto& point : dataset.series) counts[point.time.text().substr(0, 10)] += point.count;
  }
  return counts;
}

void plot(const Counts& delivered, const Counts& failed) {
  std::int64_t most = 1;
  for (const auto& [day, count] : delivered) {
    const auto lost = failed.find(day);
    most = std::max(most, count + (lost != failed.end() ? lost->second : 0));
  }
  for (const auto& [day, count] : delivered) {
    const auto found = failed.find(day);
    const std::int64_t lost = found != failed.end() ? found->second : 0;
    const auto bar = [&](std::int64_t of, char c) {
      return std::string(static_cast<std::size_t>((of * widest + most - 1) / most), c);
    };
    std::cout << "  " << day << "  " << bar(count, '#') << bar(lost, 'x') << "  " << count
              << " delivered, " << lost << " failed\n";
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());
  const auto now = std::chrono::system_clock::now();
  for (const segment::Destination& destination : client.destinations().list().to_vector(3)) {
    std::cout << destination.name.value_or(destination.metadata.name) << '\n';
    const segment::DeliveryOverviewDestinationQuery query{
        .source_id = destination.source_id,
        .destination_config_id = destination.id,
        .start_time = segment::Timestamp(now - std::chrono::days(7)),
        .end_time = segment::Timestamp(now),
        .granularity = segment::Granularity::day};
    plot(by_day(client.delivery_overview().get_egress_success_metrics(query)),
         by_day(client.delivery_overview().get_egress_failed_metrics(query)));
  }
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}

// Questions that take several calls.

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <chrono>
#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "calls/connection.hpp"
#include "command_line/call_flags.hpp"
#include "commands/commands.hpp"
#include "commands/print_response.hpp"
#include "insight/delivery.hpp"
#include "insight/report.hpp"
#include "messages/errors.hpp"
#include "messages/warnings.hpp"
#include "segment/types/timestamp.hpp"
#include "terminal/terminal.hpp"
#include "workspace/live.hpp"
#include "workspace/read_snapshot.hpp"
#include "workspace/snapshot.hpp"

namespace segment::cli {

namespace {

using workspace::Snapshot;

struct QuestionArguments {
  std::string about{};  // a source or a destination, by its slug, name or id
  int days = 0;
  CallFlags flags{};
};

// What could not be fetched is missing from the result, and a warning says so. Without one of the
// lists that are needed there is no answer.
Snapshot read_lists(const Connection& connection, const QuestionArguments& given,
                    std::vector<std::string> operations, const std::vector<std::string>& needed) {
  const workspace::Export found = workspace::export_of(connection, given.flags.call_options(),
                                                       {.only = std::move(operations)}, false);
  if (found.failure) std::rethrow_exception(found.failure);
  for (const std::string& operation : needed) {
    const auto refused = found.refusals.find(operation);
    if (refused != found.refusals.end()) std::rethrow_exception(refused->second);
  }
  Snapshot snapshot = workspace::read_snapshot(found.document, "the workspace");
  for (const auto& [operation, why] : snapshot.skipped) {
    warn(operation + " " + why + "; its part is missing");
  }
  return snapshot;
}

void show(const insight::Report& report, const Connection& connection,
          const QuestionArguments& given) {
  const Format format = connection.format(Format::table);
  Output output;
  if (!is_for_people(format, given.flags)) {
    const Json rows(report.rows);
    return print_response(output, format, given.flags, rows, rows);
  }
  if (report.rows.empty()) return output.line("none");
  output.write(report.table.text(output_width()));
}

struct Span {
  std::string start;
  std::string end;
};

Span last_days(int days) {
  const auto now = std::chrono::floor<std::chrono::minutes>(std::chrono::system_clock::now());
  return {.start = Timestamp(now - std::chrono::hours(24 * days)).text(),
          .end = Timestamp(now).text()};
}

void run_connections(const QuestionArguments& given) {
  const Connection connection(given.flags, Waits::reported);
  std::vector<std::string> needed;
  if (!given.about.empty()) needed.emplace_back("listSources");  // or there is no such source
  const Snapshot snapshot = read_lists(
      connection, given,
      {"listSources", "listDestinations", "listFiltersFromDestination",
       "listSubscriptionsFromDestination", "listWarehouses", "listConnectedSourcesFromWarehouse"},
      needed);
  show(insight::connections_in(snapshot, given.about), connection, given);
}

void run_ungoverned(const QuestionArguments& given) {
  const Connection connection(given.flags, Waits::reported);
  const std::vector<std::string> lists{"listSources", "listTrackingPlans",
                                       "listSourcesFromTrackingPlan"};
  const Snapshot snapshot = read_lists(connection, given, lists, lists);
  show(insight::ungoverned_in(snapshot), connection, given);
}

void run_stale(const QuestionArguments& given) {
  const Connection connection(given.flags, Waits::reported);
  const Snapshot snapshot = read_lists(connection, given, {"listSources"}, {"listSources"});
  const Span span = last_days(given.days);
  const Json query = Json::object({{"granularity", "DAY"},
                                   {"startTime", span.start},
                                   {"endTime", span.end},
                                   {"groupBy", Json::array({"source"})}});
  const Json volume =
      workspace::make_call(connection, given.flags.call_options(), "getEventsVolumeFromWorkspace",
                           Json::object({{"query", query}}));
  show(insight::stale_in(snapshot, volume.at("result").as_array()), connection, given);
}

const workspace::Thing& destination_called(const Snapshot& snapshot, const std::string& text) {
  const workspace::Thing* found = snapshot.with_id("destination", text);
  if (found != nullptr) return *found;
  const auto& all = snapshot.of(workspace::kind_called("destination"));
  const auto is_it = [&](const auto& each) { return workspace::text_of(each, "name") == text; };
  const auto count = std::ranges::count_if(all, is_it);
  if (count == 0) throw Malformed("there is no destination " + text);
  if (count > 1) {
    throw Malformed(std::to_string(count) + " destinations are called " + text +
                    "; name one by its id, as in `segment connections --output json`");
  }
  return *std::ranges::find_if(all, is_it);
}

insight::Delivery read_delivery(const Connection& connection, const QuestionArguments& given,
                                const workspace::Thing& destination) {
  constexpr std::pair<std::string_view, std::int64_t insight::Delivered::*> reports[] = {
      {"getEgressSuccessMetricsFromDeliveryOverview", &insight::Delivered::delivered},
      {"getEgressFailedMetricsFromDeliveryOverview", &insight::Delivered::failed},
      {"getFilteredAtDestinationMetricsFromDeliveryOverview", &insight::Delivered::filtered}};
  const Span span = last_days(given.days);
  const Json query = Json::object({{"sourceId", workspace::text_of(destination, "sourceId")},
                                   {"destinationConfigId", destination.id},
                                   {"startTime", span.start},
                                   {"endTime", span.end},
                                   {"granularity", "DAY"}});
  insight::Delivery delivery;
  for (const auto& [operation, member] : reports) {
    const Json found = workspace::make_call(connection, given.flags.call_options(), operation,
                                            Json::object({{"query", query}}));
    insight::add_counts(delivery, found.at("dataset").as_array(), member);
  }
  return delivery;
}

void run_delivery(const QuestionArguments& given) {
  const Connection connection(given.flags, Waits::reported);
  const Snapshot snapshot =
      read_lists(connection, given, {"listDestinations", "listSources"}, {"listDestinations"});
  const workspace::Thing& destination = destination_called(snapshot, given.about);
  const insight::Delivery delivery = read_delivery(connection, given, destination);
  const Format format = connection.format(Format::table);
  Output output;
  if (is_for_people(format, given.flags)) {
    return output.write(insight::plot_of(snapshot.title_of(destination), delivery));
  }
  const Json rows(insight::rows_of(delivery));
  print_response(output, format, given.flags, rows, rows);
}

constexpr auto reports = "Reports";

using Run = void (*)(const QuestionArguments&);

void set_up(CLI::App& command, const std::shared_ptr<QuestionArguments>& given, Action& action,
            Run run) {
  add_output_flags(command, given->flags);
  add_call_flags(command, given->flags);
  command.callback([&action, given, run] {
    action = [given, run] {
      static_cast<void>(given->flags.pointer());  // invalid arguments are refused first
      static_cast<void>(given->flags.call_options());
      run(*given);
    };
  });
}

void add_days(CLI::App& command, QuestionArguments& given, int usual, int most) {
  given.days = usual;
  command.add_option("--days", given.days, "The number of days (" + std::to_string(usual) + ")")
      ->type_name("N")
      ->check([most](const std::string& typed) {
        int days = 0;
        const char* end = typed.data() + typed.size();
        const bool is_number = std::from_chars(typed.data(), end, days).ptr == end;
        return is_number && days >= 1 && days <= most
                   ? std::string()
                   : "must be a whole number from 1 to " + std::to_string(most);
      });
}

}  // namespace

void add_insight_commands(CLI::App& program, Action& action) {
  auto given = std::make_shared<QuestionArguments>();
  CLI::App& connections = *program.add_subcommand(
      "connections", "Which sources feed which destinations and warehouses, and through what");
  refuse_empty(
      *connections.add_option("--source", given->about, "Only this source")->type_name("SLUG|ID"));
  connections.footer(
      "Calls listSources, listDestinations, listWarehouses, and for each destination and warehouse "
      "listFiltersFromDestination, listSubscriptionsFromDestination and "
      "listConnectedSourcesFromWarehouse.");
  set_up(connections, given, action, run_connections);

  given = std::make_shared<QuestionArguments>();
  CLI::App& delivery = *program.add_subcommand(
      "delivery", "What happened to a destination's events, day by day, as a plot");
  refuse_empty(*delivery.add_option("DESTINATION", given->about, "Its name or id")->required());
  add_days(delivery, *given, 14, 30);
  delivery.footer(
      "Calls listDestinations, listSources, and of the delivery overview "
      "getEgressSuccessMetricsFromDeliveryOverview, getEgressFailedMetricsFromDeliveryOverview and "
      "getFilteredAtDestinationMetricsFromDeliveryOverview.");
  set_up(delivery, given, action, run_delivery);
}

void add_source_questions(CLI::App& program, Action& action) {
  CLI::App& sources = *program.get_subcommand("sources");
  auto given = std::make_shared<QuestionArguments>();
  CLI::App& ungoverned =
      *sources.add_subcommand("ungoverned", "Sources without a tracking plan")->group(reports);
  ungoverned.footer(
      "Calls listSources, listTrackingPlans, and listSourcesFromTrackingPlan of each.");
  set_up(ungoverned, given, action, run_ungoverned);

  given = std::make_shared<QuestionArguments>();
  CLI::App& stale =
      *sources.add_subcommand("stale", "Sources without recent events")->group(reports);
  add_days(stale, *given, 7, 90);
  stale.footer("Calls listSources and getEventsVolumeFromWorkspace, by day and source.");
  set_up(stale, given, action, run_stale);
}

}  // namespace segment::cli

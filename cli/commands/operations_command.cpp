#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "commands/commands.hpp"
#include "operations/catalog.hpp"
#include "operations/describe_operation.hpp"
#include "output/output.hpp"
#include "segment/api/operations.hpp"
#include "terminal/table.hpp"

namespace segment::cli {

namespace {

constexpr std::size_t no_bound = static_cast<std::size_t>(-1);

std::string stability_of(const Operation& operation) {
  return std::string(to_string(operation.stability())) + (operation.preview ? ",preview" : "");
}

void list_operations(bool json) {
  Output output;
  Table table{.headings = {"OPERATION", "VERB", "PATH", "STABILITY", "LIMIT", "COMMAND"}};
  for (const auto* call : operations::all()) {
    const Operation& operation = *call;
    if (json) {
      output.line(operation_json(*call).dump());
      continue;
    }
    const std::string limit = limit_text(operation.rate_limit);
    table.rows.push_back({std::string(operation.id), std::string(to_string(operation.method)),
                          std::string(operation.path), stability_of(operation),
                          limit.empty() ? "-" : limit, command_of(operation)});
  }
  // Uncut: it is there to be searched.
  if (!json) output.write(table.text(no_bound));
}

// An operation is shown in each of its shapes.
void show_operation(const std::string& id, bool json) {
  Output output;
  const Operation& most_stable = find_call(id);
  for (const Operation* call : operations::all()) {
    if (call->id != most_stable.id) continue;
    if (json) {
      output.line(operation_json(*call).dump());
    } else {
      output.write((call == &most_stable ? "" : "\n") + operation_text(*call));
    }
  }
}

}  // namespace

void add_operations_command(CLI::App& program, Action& action) {
  struct Given {
    std::string id{};
    bool json = false;
  };
  const auto given = std::make_shared<Given>();
  CLI::App& operations =
      *program.add_subcommand("operations", "All operations, with verb, path, stability and limit");
  operations.add_flag("--json", given->json, "Print JSON, an operation a line");
  CLI::App& show = *operations.add_subcommand("show", "One operation, with what it is given");
  show.add_option("OPERATION_ID", given->id)->required();
  show.add_flag("--json", given->json, "Print JSON");
  operations.callback([&action, given, &show] {
    action = [given, one = show.parsed()] {
      if (one) return show_operation(given->id, given->json);
      list_operations(given->json);
    };
  });
}

}  // namespace segment::cli

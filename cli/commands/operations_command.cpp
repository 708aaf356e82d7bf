#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "commands/commands.hpp"
#include "operations/catalog.hpp"
#include "operations/describe_operation.hpp"
#include "output/format.hpp"
#include "output/output.hpp"
#include "output/values.hpp"
#include "segment/api/operations.hpp"
#include "terminal/table.hpp"

namespace segment::cli {

namespace {

constexpr std::size_t no_bound = static_cast<std::size_t>(-1);

std::string stability_of(const Operation& operation) {
  return std::string(to_string(operation.stability())) + (operation.preview ? ",preview" : "");
}

Table table_of_operations() {
  Table table{.headings = {"OPERATION", "VERB", "PATH", "STABILITY", "LIMIT", "COMMAND"}};
  for (const Operation* operation : operations::all()) {
    const std::string limit = limit_text(operation->rate_limit);
    table.rows.push_back({std::string(operation->id), std::string(to_string(operation->method)),
                          std::string(operation->path), stability_of(*operation),
                          limit.empty() ? "-" : limit, command_of(*operation)});
  }
  return table;
}

// Not cut off, so that it can be searched.
void list_operations(Format format) {
  Output output;
  if (format == Format::table) return output.write(table_of_operations().text(no_bound));
  Json::Array all;
  for (const Operation* operation : operations::all()) all.push_back(operation_json(*operation));
  print_value(output, format, Json(std::move(all)));
}

// An operation is shown in each of its versions.
void show_operation(const std::string& id, Format format) {
  Output output;
  const Operation& most_stable = find_call(id);
  for (const Operation* call : operations::all()) {
    if (call->id != most_stable.id) continue;
    if (format == Format::table) {
      output.write((call == &most_stable ? "" : "\n") + operation_text(*call));
    } else {
      print_value(output, format, operation_json(*call));
    }
  }
}

Format format_of(const std::optional<std::string>& output) {
  return output ? format_named(*output) : Format::table;
}

void add_output_flag(CLI::App& command, std::optional<std::string>& output) {
  command.add_option("--output", output, "A table for people (the default), or for programs")
      ->type_name("table|json|jsonl|csv|yaml");
}

}  // namespace

void add_operations_command(CLI::App& program, Action& action) {
  struct Given {
    std::string id{};
    std::optional<std::string> output{};
  };
  const auto given = std::make_shared<Given>();
  CLI::App& operations =
      *program.add_subcommand("operations", "All operations, with verb, path, stability and limit");
  add_output_flag(operations, given->output);
  CLI::App& show =
      *operations.add_subcommand("show", "One operation, with its parameters and result");
  show.add_option("OPERATION_ID", given->id)->required();
  add_output_flag(show, given->output);
  operations.callback([&action, given, &show] {
    action = [given, one = show.parsed()] {
      const Format format = format_of(given->output);
      if (one) return show_operation(given->id, format);
      list_operations(format);
    };
  });
}

}  // namespace segment::cli

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "call/operation_tables.hpp"
#include "commands/commands.hpp"
#include "commands/completion.hpp"
#include "messages/errors.hpp"
#include "output/output.hpp"
#include "segment/api/operations.hpp"

namespace segment::cli {

namespace {

// What may stand where an argument has no flag, as far as it is known.
void add_known_values(const std::string& path, std::vector<std::string>& words) {
  if (path == "/call" || path == "/operations/show") {
    for (const auto* call : operations::all()) {
      if (std::ranges::find(words, call->id) == words.end()) words.emplace_back(call->id);
    }
  }
  if (path == "/completion") words.insert(words.end(), std::begin(shells), std::end(shells));
}

void collect(const CLI::App& command, const std::string& path, std::vector<CompletionNode>& nodes) {
  const auto every = [](const CLI::App*) { return true; };
  CompletionNode& node = nodes.emplace_back(CompletionNode{.path = path});
  for (const CLI::App* child : command.get_subcommands(every)) {
    node.words.push_back(child->get_name());
  }
  for (const CLI::Option* option : command.get_options()) {
    for (const auto& name : option->get_lnames()) node.words.push_back("--" + name);
  }
  add_known_values(path, node.words);
  for (const CLI::App* child : command.get_subcommands(every)) {
    collect(*child, path + "/" + child->get_name(), nodes);
  }
}

void run(const CLI::App& program, const std::string& shell) {
  if (std::ranges::find(shells, shell) == std::end(shells)) {
    throw Malformed("there is completion for bash, zsh and fish only");
  }
  std::vector<CompletionNode> nodes;
  collect(program, {}, nodes);
  Output{}.write(completion_script(shell, nodes));
}

}  // namespace

void add_completion_command(CLI::App& program, Action& action) {
  const auto shell = std::make_shared<std::string>();
  CLI::App& command = *program.add_subcommand("completion", "A script that completes commands");
  command.add_option("SHELL", *shell, "bash, zsh or fish")->required();
  command.callback(
      [&action, &program, shell] { action = [&program, shell] { run(program, *shell); }; });
}

}  // namespace segment::cli

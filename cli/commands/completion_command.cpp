#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "commands/commands.hpp"
#include "completion/candidates.hpp"
#include "completion/scripts.hpp"
#include "messages/errors.hpp"
#include "output/output.hpp"

namespace segment::cli {

namespace {

void print_script(const std::string& shell) {
  if (std::ranges::find(shells, shell) == std::end(shells)) {
    throw Malformed("there is completion for bash, zsh and fish only");
  }
  Output{}.write(completion_script(shell));
}

}  // namespace

void add_completion_command(CLI::App& program, Action& action) {
  const auto shell = std::make_shared<std::string>();
  CLI::App& command =
      *program.add_subcommand("completion", "Print a script that completes commands");
  command.add_option("SHELL", *shell, "bash, zsh or fish")->required();
  command.footer("For bash: source <(segment completion bash)");
  command.callback([&action, shell] { action = [shell] { print_script(*shell); }; });
}

bool asks_for_candidates(int argc, const char* const* argv) {
  return argc > 2 && argv[1] == complete_command;
}

void print_candidates(const CLI::App& program, int argc, const char* const* argv) {
  // People who press Tab do not want to read an error in the middle of a line.
  std::FILE* const nowhere = std::freopen("/dev/null", "w", stderr);
  static_cast<void>(nowhere);
  try {
    Output output;
    const Candidates all = candidates(program, {argv + 3, argv + argc});
    for (const Candidate& each : all.found) {
      output.line(each.text + (each.description.empty() ? "" : "\t" + each.description));
    }
    if (all.before_file) {
      output.line(std::string(files_too) +
                  (all.before_file->empty() ? "" : "\t" + *all.before_file));
    }
  } catch (const std::exception&) {
    return;  // what cannot be found out is not offered
  }
}

}  // namespace segment::cli

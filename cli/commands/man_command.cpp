#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>

#include "command_line/describe_command.hpp"
#include "command_line/man.hpp"
#include "commands/commands.hpp"

namespace segment::cli {

namespace {

void write_page(const std::filesystem::path& folder, const CLI::App& command,
                const std::string& name) {
  const std::filesystem::path file = folder / (man_name(name) + ".1");
  std::ofstream page(file);
  page << man_page(command, name);
  page.close();
  if (!page) throw std::runtime_error("the page cannot be written: " + file.string());
}

void write_pages(const CLI::App& program, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  write_page(folder, program, program.get_name());
  for (const CLI::App* each : shown_commands(program)) {
    write_page(folder, *each, program.get_name() + " " + each->get_name());
  }
}

}  // namespace

void add_man_command(CLI::App& program, Action& action) {
  const auto folder = std::make_shared<std::string>();
  CLI::App& command =
      *program.add_subcommand("man", "Write the manual pages into a folder")->group("");
  command.add_option("FOLDER", *folder, "Where the pages go")->required()->type_name("FOLDER");
  command.callback([&action, &program, folder] {
    action = [&program, folder] { write_pages(program, *folder); };
  });
}

}  // namespace segment::cli

#include "command_line/late_command.hpp"

#include <CLI/CLI.hpp>
#include <cstddef>
#include <memory>
#include <utility>

namespace segment::cli {

namespace {

class LateCommand final : public CLI::App {
 public:
  LateCommand(std::string description, std::string name, CLI::App& parent,
              std::function<void(CLI::App&)> fill)
      : CLI::App(std::move(description), std::move(name), &parent),
        fill_([this, add = std::move(fill)] { add(*this); }) {
    preparse_callback([this](std::size_t) { make_whole(); });
  }

  // Constant, because the callers only describe the command.
  void make_whole() const {
    if (const auto fill = std::exchange(fill_, nullptr)) fill();
  }

 private:
  mutable std::function<void()> fill_;
};

}  // namespace

CLI::App& add_late_command(CLI::App& parent, const std::string& name, std::string description,
                           std::function<void(CLI::App&)> fill) {
  return *parent.add_subcommand(
      std::make_shared<LateCommand>(std::move(description), name, parent, std::move(fill)));
}

void make_whole(const CLI::App& command) {
  if (const auto* late = dynamic_cast<const LateCommand*>(&command)) late->make_whole();
}

}  // namespace segment::cli

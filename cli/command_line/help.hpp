#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace segment::cli {

/// The text of `--help`, in lines that fit into 80 columns: what a command does, its arguments,
/// what it is given, and last the options that every command has.
class Help final : public CLI::FormatterBase {
 public:
  [[nodiscard]] std::string make_help(const CLI::App* command, std::string name,
                                      CLI::AppFormatMode mode) const override;
};

}  // namespace segment::cli

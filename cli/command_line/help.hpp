#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace segment::cli {

/// The text of `--help`, in lines that fit into 80 columns. In a screen of 24 lines: a line for
/// each argument and for what is required, and of the rest at least the names. With `--help --all`
/// (`CLI::AppFormatMode::All`) everything.
class Help final : public CLI::FormatterBase {
 public:
  [[nodiscard]] std::string make_help(const CLI::App* command, std::string name,
                                      CLI::AppFormatMode mode) const override;
};

}  // namespace segment::cli

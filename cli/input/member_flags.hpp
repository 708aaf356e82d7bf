#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "segment/operation.hpp"
#include "segment/schema.hpp"
#include "segment/types/json.hpp"

namespace CLI {
class App;
}

namespace segment::cli {

/// A flag for each member of a query or a body. A simple value is typed as it is, anything else as
/// JSON; a list is a flag for each of its values. What the API lets be null is made so by
/// `--clear`, which names it: no text that is typed for it means that. `--from-file` reads a value
/// from a file.
class MemberFlags {
 public:
  /// Adds the flags of an operation to its command. Where the command has a flag of that name the
  /// member's begins with its part of the input: `--body-query`.
  void add_to(CLI::App& command, const Operation& call);

  /// The flag of the member whose name the command's own flag has taken: `--body-query` of
  /// `--query`; empty where that is none.
  [[nodiscard]] std::string beside(const std::string& flag) const;

  /// Puts what was typed into an input, in the place of what stands there.
  ///
  /// \throws Malformed for a text that is no value of its member's kind, and for what the operation
  ///         requires and the input lacks then.
  void put_into(Json& input) const;

 private:
  struct Flag {
    std::string name;               // as it is typed, with its dashes
    std::vector<std::string> path;  // `query`, `pagination`, `count`
    Schema type;
    bool required;  // with all that it lies in
    bool nullable;
    std::vector<std::string> typed{};
  };

  // An object whose members get flags.
  struct Place {
    Schema type;
    std::vector<std::string> path;  // of the input
    bool required;
    std::string_view owner{};   // the type that has its sentences, where another one has them
    std::string_view prefix{};  // and before each member's name there
  };

  void add_members(CLI::App& command, const Place& place);
  void add_flag(CLI::App& command, const SchemaMember& member, const Place& place);
  void add_clear_flag(CLI::App& command);
  void add_file_flag(CLI::App& command);
  static void refuse_file_as_value(const Flag& flag);
  void put_files_into(Json& input) const;
  void clear_in(Json& input) const;
  void refuse_missing(const Json& input) const;

  std::deque<Flag> flags_;  // they stay where they are: the parser writes into them
  std::vector<std::string> cleared_{};
  std::vector<std::string> files_{};  // `subject-ids=ids.txt`
};

}  // namespace segment::cli

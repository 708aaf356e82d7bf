#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "call/operation_tables.hpp"
#include "segment/types/json.hpp"

namespace CLI {
class App;
}

namespace segment::cli {

/// A flag for each member of a query or a body that is simple enough to be typed: one value, or a
/// list of texts. What is not is given by `--input`.
class MemberFlags {
 public:
  /// Adds the flags of an operation to its command; where a name is taken already there is no flag.
  void add_to(CLI::App& command, const Operation& call);

  /// Puts what was typed into an input, in the place of what stands there.
  ///
  /// \throws Malformed for a text that is no value of its member's kind.
  void put_into(Json& input) const;

 private:
  struct Flag {
    std::string name;               // as it is typed, with its dashes
    std::vector<std::string> path;  // `query`, `pagination`, `count`
    const detail::Type* type;
    std::vector<std::string> typed{};
  };

  void add_members(CLI::App& command, const detail::Type& type, std::vector<std::string> above);
  void add_flag(CLI::App& command, const detail::Member& member, std::vector<std::string> path);

  std::deque<Flag> flags_;  // they stay where they are: the parser writes into them
};

}  // namespace segment::cli

#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace segment::cli::workspace {

/// What a member is for, beside being compared.
enum MemberUse : std::uint8_t {
  compared = 0,
  identifies = 1,  // things are told apart by it
  fixed = 2,       // the API cannot change it
  merged = 4,      // an object: an update merges it key by key into what is there
};

/// A member by which things of a kind are compared.
struct KindMember {
  std::string_view name;
  /// The kind of the thing whose id it holds; empty: it is no reference.
  std::string_view refers_to{};
  unsigned use = compared;

  [[nodiscard]] bool is(MemberUse other) const noexcept { return (use & other) != 0; }
};

/// A kind of thing in a workspace: how it is read, told apart, compared and written.
struct Kind {
  std::string_view name;  // for people
  std::string_view list;  // the operation that lists it
  /// The kind that the list stands below; empty: the list is one of the workspace.
  std::string_view parent{};
  /// The member that people call it by; empty: it has no name of its own.
  std::string_view called_by{};
  std::vector<KindMember> members{};
  std::string_view create{};  // operations; empty: there is none
  std::string_view update{};
  std::string_view remove{};
  /// More operations that read it.
  std::vector<std::string_view> also_reads{};
  /// Whether the API gives each thing an id.
  bool has_id = true;
  /// Whether several are written in one call.
  bool in_batches = false;

  /// Whether it can be written at all: roles and spaces are only referred to.
  [[nodiscard]] bool is_written() const noexcept { return !create.empty(); }
  [[nodiscard]] const KindMember* find(std::string_view member) const noexcept;
};

/// Every kind, in the order of what depends on what.
[[nodiscard]] const std::vector<Kind>& kinds();

/// \throws std::logic_error where there is none of this name.
[[nodiscard]] const Kind& kind_called(std::string_view name);

/// What refers to an entry of the catalog, which is Segment's own or made of a function.
inline constexpr std::string_view catalog = "catalog";

}  // namespace segment::cli::workspace

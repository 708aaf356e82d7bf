#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace segment::cli::workspace {

/// What a member is for, besides being compared.
enum MemberUse : std::uint8_t {
  compared = 0,
  identifies = 1,      // identifies a thing
  fixed = 2,           // the API cannot change it
  merged = 4,          // an object: an update merges it key by key into what is there
  names_above = 8,     // contains the id of the item that its list is below
  may_be_absent = 16,  // identifies a thing, but may be missing
  as_above = 32,       // if missing, as in the thing above
};

/// The form of a member whose value is normalized before it is compared.
enum class MemberForm : std::uint8_t {
  plain,
  labels,
  permissions,
  email,           // in any case
  text_if_absent,  // the empty text, if missing
  function_name,   // in responses followed by the workspace's name
};

/// A member by which things of a kind are compared.
struct KindMember {
  std::string_view name;
  /// The kind of the thing whose id it contains; empty: it is not a reference.
  std::string_view refers_to{};
  unsigned use = compared;
  /// For a list that the thing's update does not write: the operation that replaces it as a whole.
  std::string_view replaced_by{};
  MemberForm form = MemberForm::plain;
  /// The object that has it in responses; requests have it next to that object.
  std::string_view response_has_it_in{};

  [[nodiscard]] bool is(MemberUse other) const noexcept { return (use & other) != 0; }
};

/// A kind of thing in a workspace: how it is read, identified, compared and written.
struct Kind {
  std::string_view name;  // for people
  std::string_view list;  // the operation that lists it
  /// The kind that the list is below; empty: it is a list of the workspace.
  std::string_view parent{};
  /// The kind that its lists are below if that is not its parent; empty: it is the parent.
  std::string_view listed_below{};
  /// The member that people call it by; empty: it has no name of its own.
  std::string_view called_by{};
  std::vector<KindMember> members{};
  std::string_view create{};  // operations; empty: there is none
  std::string_view update{};
  std::string_view remove{};
  /// The operation that lists the entries of the catalog that things of this kind refer to.
  std::string_view catalog_list{};
  /// More operations that read it.
  std::vector<std::string_view> also_reads{};
  /// The operation whose response has every member of one; empty: the list does.
  std::string_view described_by{};
  /// The member of a request that contains a batch of them; empty: each needs calls of its own.
  std::string_view batch{};
  std::size_t batch_size = 1;  // the largest in a body that the API is known to accept
  /// More lists of it, in the same place.
  std::vector<std::string_view> other_lists{};
  /// The kind of thing that its list contains: connections are listed as sources.
  std::string_view listed_as{};
  /// The member of a response that has its members.
  std::string_view members_in{};
  /// A member of the request that creates it, true so that it comes without connections.
  std::string_view created_without{};
  /// Whether the API gives each thing an id.
  bool has_id = true;
  /// Whether there is a single one instead of a list.
  bool is_single = false;

  /// Whether it can be written at all: roles and spaces are only referred to.
  [[nodiscard]] bool is_written() const noexcept { return !create.empty(); }
  /// The kind that its lists are below; empty: they are lists of the workspace.
  [[nodiscard]] std::string_view above() const noexcept {
    return parent.empty() ? listed_below : parent;
  }
  [[nodiscard]] const KindMember* find(std::string_view member) const noexcept;
};

/// Every kind, in the order of dependencies.
[[nodiscard]] const std::vector<Kind>& kinds();

/// Null if there is none of this name.
[[nodiscard]] const Kind* find_kind(std::string_view name) noexcept;

/// \throws std::logic_error if there is none of this name.
[[nodiscard]] const Kind& kind_called(std::string_view name);

/// Refers to an entry of the catalog, which is Segment's own or made from a function.
inline constexpr std::string_view catalog = "catalog";

}  // namespace segment::cli::workspace

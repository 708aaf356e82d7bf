#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "reconcile/compare.hpp"
#include "reconcile/matching.hpp"
#include "workspace/snapshot.hpp"

namespace segment::cli::workspace {

enum class Action : std::uint8_t { create, change, remove };

/// What is to be done about one thing.
struct Step {
  Action action{};
  const Thing* wanted = nullptr;   // null if it is to be deleted
  const Thing* present = nullptr;  // null if it is to be created
  std::string title{};             // for people
  std::vector<Change> changes{};
  /// Secrets that stay as they are, or stay unset: they are masked.
  std::vector<std::string> masked{};
  /// Members that differ, but that the API cannot change.
  std::vector<std::string> unchangeable{};
  /// Why it cannot be done; empty: it can.
  std::string blocked{};

  [[nodiscard]] const Kind& kind() const { return *(wanted != nullptr ? wanted : present)->kind; }
  /// Whether there is something to write.
  ///
  /// \param prune whether things and values may be deleted.
  [[nodiscard]] bool can_be_done(bool prune) const;
  /// Whether part of it stays undone, whatever is allowed, because it cannot be done or changed.
  [[nodiscard]] bool stays_undone() const { return !blocked.empty() || !unchangeable.empty(); }
};

/// The steps that turn what is present into what is wanted, in an order in which they can be done:
/// what others need first, deletions last and in reverse order.
struct Plan {
  std::vector<Step> steps{};
  /// What could not be compared, and why.
  std::vector<std::string> notes{};
  /// References to things that neither side has: `destination web / Hook: there is no source wbe in
  /// …`.
  std::vector<std::string> dangling{};

  [[nodiscard]] bool is_empty() const noexcept { return steps.empty(); }
  [[nodiscard]] std::size_t count(Action action) const;
  /// Members within steps that would lose their value.
  [[nodiscard]] std::size_t count_of_values_taken_away() const;
};

/// \param matching of the two snapshots, which outlive the plan.
/// \param references those of the matching; learns what will not be created.
/// \param chosen the kinds that are compared; the things of other kinds are only referred to.
[[nodiscard]] Plan make_plan(const Snapshot& wanted, const Snapshot& present,
                             const Matching& matching, References& references,
                             const std::vector<const Kind*>& chosen);

}  // namespace segment::cli::workspace

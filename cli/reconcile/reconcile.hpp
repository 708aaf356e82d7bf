#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "calls/connection.hpp"
#include "command_line/call_flags.hpp"
#include "output/format.hpp"
#include "reconcile/apply.hpp"
#include "reconcile/deployment.hpp"
#include "reconcile/id_file.hpp"
#include "reconcile/matching.hpp"
#include "reconcile/plan.hpp"
#include "reconcile/show_plan.hpp"
#include "workspace/export_plan.hpp"
#include "workspace/snapshot.hpp"

namespace segment::cli::workspace {

/// What is compared, as it was typed: a file, `-` for standard input, or `profile:NAME` for the
/// workspace of a profile.
struct Sides {
  std::string wanted{};
  std::optional<std::string> present{};  // nothing: the workspace
  std::string ids{};                     // empty: beside the wanted file
  ExportChoice choice{};
};

/// Two sides, how their things match, and what turns one into the other.
class Reconciliation {
 public:
  /// Reads both sides.
  ///
  /// \throws Malformed for an invalid file or name; and as every call.
  Reconciliation(const Sides& sides, const CallFlags& flags);

  [[nodiscard]] const Snapshot& wanted() const noexcept { return *wanted_; }
  [[nodiscard]] const Snapshot& present() const noexcept { return *present_; }
  [[nodiscard]] const Plan& plan() const noexcept { return plan_; }
  /// The format to print in: that of the flag, otherwise that of the workspace's profile.
  [[nodiscard]] Format format() const;

  /// Prepares every call that it takes, and sends none.
  ///
  /// \throws Malformed for the first that cannot be sent.
  void check(bool prune) const;

  /// \throws Malformed if the id file cannot be written.
  void require_ids_can_be_kept() const;

  /// Carries the plan out, and keeps the ids after each unit of it.
  Applied apply(bool prune);

  /// The functions whose code is not deployed yet.
  [[nodiscard]] std::vector<Undeployed> undeployed_after(const Applied& applied) const;
  Deployed deploy(std::vector<Undeployed> functions);

 private:
  [[nodiscard]] const Connection& connection();
  [[nodiscard]] MakeCall call();
  [[nodiscard]] Snapshot read_profile(const std::string& profile,
                                      std::unique_ptr<Connection>& connection) const;
  /// \param other the document of the present side, if it is one.
  [[nodiscard]] Snapshot read_wanted(const Sides& sides, const std::optional<Json>& other);
  [[nodiscard]] Snapshot read_present(const Sides& sides, const std::optional<Json>& other);

  CallFlags flags_;
  CallOptions options_;
  std::vector<const Kind*> chosen_;
  std::unique_ptr<Connection> connection_{};  // of what is present
  std::vector<std::string> misspelt_{};       // in the file that is wanted
  std::unique_ptr<Snapshot> wanted_{};
  std::unique_ptr<Snapshot> present_{};
  std::unique_ptr<IdFile> ids_{};
  std::unique_ptr<Matching> matching_{};
  std::unique_ptr<References> references_{};  // with the ids of what was created
  Plan plan_{};
};

}  // namespace segment::cli::workspace

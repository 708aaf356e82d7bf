#pragma once

#include <exception>
#include <string>
#include <vector>

#include "reconcile/apply.hpp"
#include "reconcile/matching.hpp"
#include "reconcile/references.hpp"
#include "reconcile/writer.hpp"
#include "workspace/snapshot.hpp"

namespace segment::cli::workspace {

/// A function whose code was written, but not deployed.
struct Undeployed {
  std::string title{};
  bool is_source_function = false;  // the API deploys no other
  /// The ids of the sources that use it: it is deployed at each.
  std::vector<std::string> sources{};

  [[nodiscard]] bool can_be_deployed() const { return is_source_function && !sources.empty(); }
};

/// The functions of the file whose code was written in this run, and the source functions whose
/// code an earlier run wrote but did not deploy.
///
/// \param references with the ids of what was created.
[[nodiscard]] std::vector<Undeployed> undeployed_after(const Applied& applied,
                                                       const Snapshot& wanted,
                                                       const Snapshot& present,
                                                       const Matching& matching,
                                                       const References& references);

/// How far deploying got.
struct Deployed {
  std::vector<std::string> done{};  // titles
  std::vector<Undeployed> left{};
  std::exception_ptr error{};  // null if no deployment failed
};

/// Deploys functions at their sources, and stops at the first that fails.
[[nodiscard]] Deployed deploy(std::vector<Undeployed> functions, const MakeCall& call);

/// The warning about a function that is left: `function Orders: its code was written, but…`.
[[nodiscard]] std::string in_words(const Undeployed& function);

}  // namespace segment::cli::workspace

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

/// A function whose code was written, and does not run yet.
struct Undeployed {
  std::string title{};
  bool is_source_function = false;  // the API deploys no other
  /// The ids of the sources that are made of it, where each is deployed by itself.
  std::vector<std::string> sources{};

  [[nodiscard]] bool can_be_deployed() const { return is_source_function && !sources.empty(); }
};

/// The functions of the file whose code was written now, and the source functions among them that
/// an earlier run left so.
///
/// \param references that know the ids of what was created.
[[nodiscard]] std::vector<Undeployed> undeployed_after(const Applied& applied,
                                                       const Snapshot& wanted,
                                                       const Snapshot& present,
                                                       const Matching& matching,
                                                       const References& references);

/// How far deploying came.
struct Deployed {
  std::vector<std::string> done{};  // titles
  std::vector<Undeployed> left{};
  std::exception_ptr error{};  // null: what is left cannot be deployed, or was not to be
};

/// Deploys functions at their sources, and ends at the first that fails.
[[nodiscard]] Deployed deploy(std::vector<Undeployed> functions, const MakeCall& call);

/// What a person is told of a function that is left: `function Orders: its code is written, but…`.
[[nodiscard]] std::string in_words(const Undeployed& function);

}  // namespace segment::cli::workspace

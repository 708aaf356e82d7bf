#pragma once

#include <exception>
#include <functional>
#include <vector>

#include "reconcile/plan.hpp"
#include "reconcile/writer.hpp"

namespace segment::cli::workspace {

/// How far a plan was carried out.
struct Applied {
  std::vector<const Step*> done{};
  /// The step that failed; null: none did.
  const Step* failed = nullptr;
  /// Why it ended early: what the step failed with, or that what follows each unit failed.
  std::exception_ptr error{};
  /// Steps that were not started after the failure.
  std::vector<const Step*> left{};
};

/// What is written at a time: a step, or several in a batch.
using Unit = std::vector<const Step*>;

/// The steps of a plan that can be done, in their order.
///
/// \param prune whether things and values are deleted.
[[nodiscard]] std::vector<Unit> units_of(const Plan& plan, bool prune);

/// Carries them out, and stops at the first that fails: the next one would often fail for the same
/// reason, and the next run continues where this one stopped.
///
/// \param before_each called with the first step of the unit that comes next.
/// \param after_each called after each unit that was started. If it throws, that ends the plan too.
[[nodiscard]] Applied apply(const std::vector<Unit>& units, Writer& writer,
                            const std::function<void(const Step&)>& before_each,
                            const std::function<void()>& after_each);

/// Refuses references to things that neither side has, and prepares every call of a plan without
/// sending one, so that what a request lacks is found before anything is changed.
///
/// \throws Malformed that names the steps.
void check(const Plan& plan, References references, const Snapshot& wanted, bool prune,
           const MakeCall& prepare);

}  // namespace segment::cli::workspace

#pragma once

#include <cstddef>
#include <string>

#include "reconcile/apply.hpp"
#include "reconcile/deployment.hpp"
#include "reconcile/plan.hpp"
#include "segment/types/json.hpp"

namespace segment::cli::workspace {

/// A plan for people: a line for each thing, its members that differ, and what could not be
/// compared.
///
/// \param width of a line, in columns.
[[nodiscard]] std::string plan_text(const Plan& plan, std::size_t width);

/// A plan for programs: `{"steps": [...], "notes": [...], "summary": {...}}`.
[[nodiscard]] Json plan_json(const Plan& plan);

/// `2 to create, 1 to change, 3 to delete`; `no difference` for an empty one.
[[nodiscard]] std::string summary_of(const Plan& plan);

/// What was done, for programs.
[[nodiscard]] Json applied_json(const Applied& applied, const Deployed& deployed);

/// `2 created, 1 changed, none deleted`.
[[nodiscard]] std::string summary_of(const Applied& applied);

/// What stays undone, whatever is allowed, and why; empty if nothing does.
[[nodiscard]] std::string undone_in(const Plan& plan);

/// A step in words: `create source website`.
[[nodiscard]] std::string in_words(const Step& step);

}  // namespace segment::cli::workspace

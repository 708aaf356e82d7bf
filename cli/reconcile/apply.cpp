#include "reconcile/apply.hpp"

#include <string>

#include "messages/errors.hpp"
#include "messages/warnings.hpp"
#include "segment/error.hpp"

namespace segment::cli::workspace {

namespace {

// With the same parent and the same purpose.
bool go_together(const Step& one, const Step& other) {
  const auto parent = [](const Step& step) -> const std::string& {
    return (step.wanted != nullptr ? step.wanted : step.present)->parent;
  };
  return !one.kind().batch.empty() && &one.kind() == &other.kind() &&
         parent(one) == parent(other) &&
         (one.action == Action::remove) == (other.action == Action::remove);
}

// Also after a step that failed halfway, because the thing itself may be there. What failed first
// is what is reported at the end.
void end_unit(const std::function<void()>& after_each, Applied& applied) {
  try {
    after_each();
  } catch (const std::exception& error) {
    if (applied.error) {
      warn(error.what());
    } else {
      applied.error = std::current_exception();
    }
  }
}

}  // namespace

std::vector<Unit> units_of(const Plan& plan, bool prune) {
  std::vector<Unit> units;
  for (const Step& step : plan.steps) {
    if (!step.can_be_done(prune)) continue;
    if (units.empty() || !go_together(*units.back().front(), step)) units.emplace_back();
    units.back().push_back(&step);
  }
  return units;
}

Applied apply(const std::vector<Unit>& units, Writer& writer,
              const std::function<void(const Step&)>& before_each,
              const std::function<void()>& after_each) {
  Applied applied;
  for (const Unit& unit : units) {
    if (applied.error) {
      applied.left.insert(applied.left.end(), unit.begin(), unit.end());
      continue;
    }
    try {
      before_each(*unit.front());
      writer.write(unit);
      applied.done.insert(applied.done.end(), unit.begin(), unit.end());
    } catch (...) {
      applied.error = std::current_exception();
      applied.failed = unit.front();
      applied.left.insert(applied.left.end(), unit.begin() + 1, unit.end());
    }
    end_unit(after_each, applied);
  }
  return applied;
}

void check(const Plan& plan, References references, const Snapshot& wanted, bool prune,
           const MakeCall& prepare) {
  if (!plan.dangling.empty()) {
    std::string all;
    for (const std::string& each : plan.dangling) all += (all.empty() ? "" : "; ") + each;
    throw Malformed(all);
  }
  Writer writer(prepare, references, wanted, prune);
  for (const Unit& unit : units_of(plan, prune)) {
    const auto refuse = [&](const std::exception& error) {
      throw Malformed(std::string(unit.front()->kind().name) + " " + unit.front()->title + ": " +
                      error.what());
    };
    try {
      writer.write(unit);
    } catch (const Malformed& error) {
      refuse(error);
    } catch (const InvalidArgumentError& error) {
      refuse(error);
    }
  }
}

}  // namespace segment::cli::workspace

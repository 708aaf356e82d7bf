#include "reconcile/deployment.hpp"

#include <algorithm>
#include <utility>

#include "segment/api/ids.hpp"
#include "segment/helpers/function_ids.hpp"

namespace segment::cli::workspace {

namespace {

bool writes_code(const Step& step) {
  if (step.action == Action::create) return step.wanted->members.contains("code");
  return step.action == Action::change &&
         std::ranges::any_of(step.changes,
                             [](const Change& change) { return change.path.front() == "code"; });
}

const Step* step_of(const Applied& applied, const Thing& wanted) {
  const auto found = std::ranges::find(applied.done, &wanted, &Step::wanted);
  return found != applied.done.end() ? *found : nullptr;
}

// The sources that use the function: those in the workspace, and those that were just created.
std::vector<std::string> sources_of(const std::string& catalog_id, const Applied& applied,
                                    const Snapshot& present, const References& references) {
  std::vector<std::string> ids;
  if (catalog_id.empty()) return ids;
  for (const Thing& source : present.of(kind_called("source"))) {
    if (text_of(source, "metadataId") == catalog_id) ids.push_back(source.id);
  }
  for (const Step* step : applied.done) {
    if (step->action != Action::create || step->kind().name != "source") continue;
    if (references.find(catalog, text_of(*step->wanted, "metadataId")) != catalog_id) continue;
    ids.push_back(references.find("source", step->wanted->id));
  }
  return ids;
}

}  // namespace

std::vector<Undeployed> undeployed_after(const Applied& applied, const Snapshot& wanted,
                                         const Snapshot& present, const Matching& matching,
                                         const References& references) {
  std::vector<Undeployed> found;
  for (const Thing& function : wanted.of(kind_called("function"))) {
    const Step* step = step_of(applied, function);
    const Thing* before = matching.present_for(function);
    const bool is_written = step != nullptr && writes_code(*step);
    const std::string catalog_id =
        before != nullptr ? before->catalog_id : references.find(catalog, function.catalog_id);
    Undeployed undeployed{.title = wanted.title_of(function),
                          .is_source_function = text_of(function, "resourceType") == "SOURCE",
                          .sources = sources_of(catalog_id, applied, present, references)};
    const bool was_left = before != nullptr && !before->is_deployed && undeployed.can_be_deployed();
    if (is_written || was_left) found.push_back(std::move(undeployed));
  }
  return found;
}

Deployed deploy(std::vector<Undeployed> functions, const MakeCall& call) {
  Deployed deployed;
  for (Undeployed& function : functions) {
    if (deployed.error || !function.can_be_deployed()) {
      deployed.left.push_back(std::move(function));
      continue;
    }
    try {
      for (const std::string& source : function.sources) {
        const std::string id = source_function_instance(SourceId(source)).text();
        call("createFunctionDeployment",
             Json::object({{"path", Json::object({{"functionId", id}})}}));
      }
      deployed.done.push_back(std::move(function.title));
    } catch (...) {
      deployed.error = std::current_exception();
      deployed.left.push_back(std::move(function));
    }
  }
  return deployed;
}

std::string in_words(const Undeployed& function) {
  const std::string what =
      "function " + function.title + ": its code was written, but not deployed";
  if (function.can_be_deployed()) return what + "; pass --deploy to deploy it at its sources";
  return what + (function.is_source_function
                     ? "; no source uses it"
                     : "; the API deploys only source functions: deploy it in the Segment app");
}

}  // namespace segment::cli::workspace

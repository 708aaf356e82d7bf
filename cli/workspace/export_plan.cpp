#include "workspace/export_plan.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "messages/errors.hpp"
#include "operations/catalog.hpp"
#include "segment/api/operations.hpp"
#include "segment/helpers/text.hpp"
#include "segment/schema.hpp"
#include "workspace/kinds.hpp"

namespace segment::cli {

namespace {

// The export already contains the same things in another version.
bool is_another_version(const Operation& operation) {
  return !operation.other_versions.empty() &&
         operation.other_versions.front().version < operation.stability();
}

bool is_of_the_workspace(const Operation& operation) {
  return operation.method == http::Method::get && operation.group != "catalog" &&
         operation.group != "testing" && !is_another_version(operation);
}

// If one enum is required, there is a list for each of its values, and all of them are requested.
void find_queries(ExportStep& step) {
  std::vector<SchemaMember> required;
  if (const auto query = query_schema(*step.call)) {
    for (const SchemaMember& member : query->members()) {
      if (member.required) required.push_back(member);
    }
  }
  if (required.empty()) {
    step.queries.push_back(Json::object());
    return;
  }
  const SchemaMember& first = required.front();
  if (required.size() == 1) {
    for (const std::string_view value : first.schema.values()) {
      Json query = Json::object();
      query[first.name] = value;
      step.queries.push_back(std::move(query));
    }
  }
  if (step.queries.empty()) step.lacks = "needs query." + std::string(first.name);
}

// The list of functions has neither code nor settings.
bool completes_its_list(const Operation& call) {
  return std::ranges::any_of(workspace::kinds(),
                             [&](const auto& kind) { return kind.described_by == call.id; });
}

// `/sources/{sourceId}/settings` is below `/sources`. One thing alone, `/sources/{sourceId}`, is in
// the list already.
std::string_view path_of_parent(const Operation& call) {
  const std::string_view path = call.path;
  const std::size_t open = path.find("/{");
  const std::size_t close = path.find('}');
  if (open == std::string_view::npos) return {};
  if (close + 1 == path.size() && !completes_its_list(call)) return {};
  return collection_of(path.substr(0, open));
}

const Operation* find_parent(const std::vector<ExportStep>& steps, const Operation& call) {
  const std::string_view wanted = path_of_parent(call);
  for (const ExportStep& step : steps) {
    if (step.call->path == wanted && lists_ids(*step.call)) return step.call;
  }
  return nullptr;
}

bool is_called(const ExportStep& step, std::string_view name) {
  const Operation& operation = *step.call;
  return operation.id == name || kebab(operation.group) == name;
}

bool is_among(const ExportStep& step, const std::vector<std::string>& names) {
  return std::ranges::any_of(names, [&](const auto& name) { return is_called(step, name); });
}

std::vector<std::string> names_of(const std::vector<ExportStep>& steps) {
  std::vector<std::string> names;
  for (const ExportStep& step : steps) names.push_back(kebab(step.call->group));
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  for (const ExportStep& step : steps) names.emplace_back(step.call->id);
  return names;
}

std::string nearest_in(const std::vector<ExportStep>& steps, const std::string& name) {
  const std::vector<std::string> known = names_of(steps);
  const std::vector<std::string_view> views(known.begin(), known.end());
  return std::string(nearest_name(name, views));
}

void check_names(const std::vector<ExportStep>& steps, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (std::ranges::any_of(steps, [&](const auto& step) { return is_called(step, name); }))
      continue;
    const std::string meant = nearest_in(steps, name);
    throw Malformed("nothing in an export is called \"" + name + "\"" +
                    (meant.empty() ? ": name a group, as in `segment --help`, or an operation, as "
                                     "in `segment operations`"
                                   : did_you_mean(meant)));
  }
}

void choose(std::vector<ExportStep>& steps, const ExportChoice& choice) {
  check_names(steps, choice.only);
  check_names(steps, choice.skip);
  for (ExportStep& step : steps) {
    step.is_wanted =
        (choice.only.empty() || is_among(step, choice.only)) && !is_among(step, choice.skip);
  }
  const auto is_needed = [&](const Operation* call) {
    return std::ranges::any_of(
        steps, [&](const ExportStep& step) { return step.is_wanted && step.parent == call; });
  };
  std::vector<ExportStep> chosen;
  for (const ExportStep& step : steps) {
    if (step.is_wanted || is_needed(step.call)) chosen.push_back(step);
  }
  steps = std::move(chosen);
}

std::vector<ExportStep> whole_plan() {
  std::vector<ExportStep> steps;
  for (const Operation* call : operations::all()) {
    if (!is_of_the_workspace(*call) || !path_parameters(*call).empty()) continue;
    find_queries(steps.emplace_back(ExportStep{.call = call}));
  }
  for (const Operation* call : operations::all()) {
    if (!is_of_the_workspace(*call) || path_parameters(*call).size() != 1) continue;
    const Operation* parent = find_parent(steps, *call);
    if (parent == nullptr) continue;
    ExportStep step{.call = call, .parent = parent};
    find_queries(step);
    if (!step.queries.empty()) steps.push_back(std::move(step));
  }
  return steps;
}

}  // namespace

std::vector<std::string> names_in_exports() { return names_of(whole_plan()); }

std::vector<ExportStep> export_plan(const ExportChoice& choice) {
  auto steps = whole_plan();
  choose(steps, choice);
  return steps;
}

}  // namespace segment::cli

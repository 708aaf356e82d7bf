#include "reconcile/show_plan.hpp"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "segment/helpers/secrets.hpp"
#include "segment/helpers/text.hpp"
#include "terminal/colour.hpp"
#include "terminal/columns.hpp"

namespace segment::cli::workspace {

namespace {

struct Look {
  std::string_view sign;
  std::string_view word;
  Colour colour;
};

// As in a diff, so that it works without colours too.
Look look_of(Action action) {
  switch (action) {
    case Action::create:
      return {"+", "create", Colour::green};
    case Action::change:
      return {"~", "change", Colour::yellow};
    case Action::remove:
      return {"-", "delete", Colour::red};
  }
  return {"?", "unknown", Colour::bold};
}

std::string cut_to(std::string_view text, std::size_t width) {
  if (columns_of(text) <= width) return std::string(text);
  return std::string(fitting(text, width - 3)) + "...";
}

// Texts of a server or a file must not control the terminal.
std::string line_of(const std::string& text, std::size_t width) {
  return cut_to(one_line(text), width);
}

constexpr auto hidden = "(secret)";

bool is_secret(const Change& change) {
  return change.is_in_secret_pair || std::ranges::any_of(change.path, is_secret_name);
}

// `postgres://ann:password@host`
bool has_password(std::string_view text) {
  const std::size_t begin = text.find("://");
  if (begin == text.npos) return false;
  text.remove_prefix(begin + 3);
  return text.substr(0, text.find_first_of("/?#")).find('@') != text.npos;
}

// A list is shown as a whole, with its content: `{"key": "Authorization", "value": …}`, too.
Json without_secrets(Json value) {
  if (value.is_string()) {
    const std::string& text = value.as_string();
    return looks_like_key(text) || has_password(text) ? Json(hidden) : value;
  }
  if (value.is_array()) {
    for (Json& each : value.as_array()) each = without_secrets(std::move(each));
  }
  if (!value.is_object()) return value;
  const bool is_pair = is_secret_pair(value);
  for (auto& [name, below] : value.as_object()) {
    const bool is_hidden = is_secret_name(name) || (is_pair && name == "value");
    below = is_hidden ? Json(hidden) : without_secrets(std::move(below));
  }
  return value;
}

std::string value_text(const std::optional<Json>& value, bool secret) {
  if (!value) return "(none)";
  const Json shown = secret ? Json(hidden) : without_secrets(*value);
  return shown == Json(hidden) ? hidden : shown.dump();
}

std::string change_line(const Change& change, std::size_t width) {
  const bool secret = is_secret(change);
  const std::string name = "    " + change.name() + ": ";
  const std::string before = value_text(change.before, secret);
  const std::string after = value_text(change.after, secret);
  const std::string all = name + before + " -> " + after;
  if (columns_of(all) <= width) return all;
  // Each gets half of the width; one that needs less leaves the rest to the other.
  const std::size_t room = width > columns_of(name) + 24 ? width - columns_of(name) - 4 : 20;
  const std::size_t half = room / 2;
  const std::size_t one = std::min(columns_of(before), room - std::min(half, columns_of(after)));
  return name + cut_to(before, one) + " -> " + cut_to(after, room - one);
}

void append_step(std::string& text, const Step& step, std::size_t width) {
  const Look look = look_of(step.action);
  const std::string line = line_of(
      std::string(look.sign) + " " + std::string(step.kind().name) + " " + step.title, width);
  text += coloured(line, look.colour, Stream::output) + '\n';
  const auto add = [&](const std::string& more) { text += line_of(more, width) + '\n'; };
  for (const Change& change : step.changes) add(change_line(change, width));
  for (const std::string& name : step.masked) add("    " + name + " is masked and stays unset");
  for (const std::string& name : step.unchangeable) {
    const bool is_lost = step.wanted != nullptr && !step.wanted->members.contains(name);
    add("    " + name +
        (is_lost ? " is missing, and the API cannot clear it: add it to the file to keep it"
                 : " differs, which the API cannot change"));
  }
  if (!step.blocked.empty()) add("    cannot be done: " + step.blocked);
}

Json change_json(const Change& change) {
  const bool secret = is_secret(change);
  const auto value = [&](const std::optional<Json>& of) {
    return secret && of ? Json(hidden) : without_secrets(of.value_or(Json()));
  };
  Json json = Json::object({{"member", change.name()},
                            {"before", value(change.before)},
                            {"after", value(change.after)}});
  if (change.takes_away) json["takesAway"] = true;
  return json;
}

Json list_json(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push_back(text);
  return list;
}

Json step_json(const Step& step) {
  Json json = Json::object(
      {{"action", look_of(step.action).word}, {"kind", step.kind().name}, {"title", step.title}});
  if (step.present != nullptr && step.kind().has_id) json["id"] = step.present->id;
  if (!step.changes.empty()) json["changes"] = Json::array();
  for (const Change& change : step.changes) json["changes"].push_back(change_json(change));
  if (!step.masked.empty()) json["masked"] = list_json(step.masked);
  if (!step.unchangeable.empty()) json["unchangeable"] = list_json(step.unchangeable);
  if (!step.blocked.empty()) json["blocked"] = step.blocked;
  return json;
}

std::string count_text(std::size_t count, std::string_view what) {
  return (count == 0 ? std::string("none") : std::to_string(count)) + " " + std::string(what);
}

Json steps_json(const std::vector<const Step*>& steps) {
  Json list = Json::array();
  for (const Step* step : steps) list.push_back(step_json(*step));
  return list;
}

}  // namespace

std::string in_words(const Step& step) {
  return std::string(look_of(step.action).word) + " " + std::string(step.kind().name) + " " +
         step.title;
}

std::string plan_text(const Plan& plan, std::size_t width) {
  std::string text;
  for (const Step& step : plan.steps) append_step(text, step, width);
  for (const std::string& note : plan.notes) {
    text += "! " + wrapped(one_line(note), width, 2, 2) + "\n";
  }
  return text;
}

Json plan_json(const Plan& plan) {
  Json steps = Json::array();
  for (const Step& step : plan.steps) steps.push_back(step_json(step));
  return Json::object({{"steps", std::move(steps)},
                       {"notes", list_json(plan.notes)},
                       {"summary", Json::object({{"create", plan.count(Action::create)},
                                                 {"change", plan.count(Action::change)},
                                                 {"delete", plan.count(Action::remove)}})}});
}

std::string summary_of(const Plan& plan) {
  if (plan.is_empty()) return "no difference";
  return count_text(plan.count(Action::create), "to create, ") +
         count_text(plan.count(Action::change), "to change, ") +
         count_text(plan.count(Action::remove), "to delete");
}

std::string summary_of(const Applied& applied) {
  const auto count = [&](Action action) {
    return static_cast<std::size_t>(std::ranges::count_if(
        applied.done, [&](const Step* step) { return step->action == action; }));
  };
  return count_text(count(Action::create), "created, ") +
         count_text(count(Action::change), "changed, ") +
         count_text(count(Action::remove), "deleted");
}

std::string undone_in(const Plan& plan) {
  std::string text;
  std::size_t count = 0;
  for (const Step& step : plan.steps) {
    if (!step.stays_undone()) continue;
    std::string why = step.blocked;
    for (const std::string& name : step.unchangeable) {
      if (step.blocked.empty()) why += (why.empty() ? "the API cannot change " : ", ") + name;
    }
    text += (count++ == 0 ? "" : "; ") + in_words(step) + " (" + why + ")";
  }
  if (count == 0) return {};
  return std::to_string(count) + (count == 1 ? " step stays" : " steps stay") + " undone: " + text;
}

Json applied_json(const Applied& applied, const Deployed& deployed) {
  Json json = Json::object({{"done", steps_json(applied.done)}});
  if (applied.failed != nullptr) json["failed"] = step_json(*applied.failed);
  json["left"] = steps_json(applied.left);
  json["deployed"] = list_json(deployed.done);
  json["notDeployed"] = Json::array();
  for (const Undeployed& each : deployed.left) json["notDeployed"].push_back(each.title);
  return json;
}

}  // namespace segment::cli::workspace

#include "json/typed/validate.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "json/events.hpp"
#include "segment/helpers/text.hpp"
#include "segment/types/open_enum.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr std::size_t most_problems = 100;  // for an input that is wrong everywhere

class Validator {
 public:
  explicit Validator(const ValidateOptions& options) : options_(options) {}

  void check(const Type& type, const Json& json);
  [[nodiscard]] std::vector<Problem> take() { return std::move(problems_); }

 private:
  void check_text(const Type& type, const Json& json);
  void check_object(const Type& type, const Json& json);
  void check_member(const Member& member, const Json& value);
  void check_unknown(const Type& type, const Json& json);
  void check_list(const Type& type, const Json& json);
  void check_map(const Type& type, const Json& json);
  void check_one_of(const Type& type, const Json& json);
  void expect(bool holds, std::string_view wanted, const Json& json);
  void report(std::string message, JsonFinding::Kind kind = JsonFinding::Kind::wrong_kind,
              std::string_view suggestion = {});

  // Runs a check one step further down the path.
  template <class Inside>
  void below(std::string_view step, Inside&& inside) {
    const std::size_t length = path_.size();
    const std::size_t pointer_length = pointer_.size();
    if (length > 0) path_ += '.';
    path_ += step;
    pointer_ += pointer_step(step);
    inside();
    path_.resize(length);
    pointer_.resize(pointer_length);
  }

  const ValidateOptions& options_;
  std::string path_;
  std::string pointer_;
  std::vector<Problem> problems_;
};

void Validator::check(const Type& type, const Json& json) {
  switch (type.kind) {
    case Kind::any:
      return;
    case Kind::boolean:
      return expect(json.is_bool(), "a boolean", json);
    case Kind::integer:
      if (json.is_number() && !json.is_integer()) return report("must be a 64-bit integer");
      return expect(json.is_number(), "a whole number", json);
    case Kind::number:
      if (json.is_number() && !std::isfinite(json.as_number())) {
        return report("must be within the range of a double");
      }
      return expect(json.is_number(), "a number", json);
    case Kind::text:
      return expect(json.is_string(), "a string", json);
    case Kind::text_like:
      return check_text(type, json);
    case Kind::free_object:
      return expect(json.is_object(), "an object", json);
    case Kind::object:
      return check_object(type, json);
    case Kind::list:
      return check_list(type, json);
    case Kind::map:
      return check_map(type, json);
    case Kind::one_of:
      return check_one_of(type, json);
  }
}

void Validator::check_text(const Type& type, const Json& json) {
  if (!json.is_string()) return expect(false, "a string", json);
  const auto names = type.text->names;
  if (names.empty() || options_.enums == EnumCheck::none) return;
  const std::string& text = json.as_string();
  const std::size_t found = find_name(names.data(), names.size(), text);
  if (found < names.size() && (options_.enums == EnumCheck::any_case || names[found] == text))
    return;
  std::string message = "must be one of";
  std::string_view separator = " ";
  for (std::string_view name : names) {
    message.append(std::exchange(separator, ", ")).append(name);
  }
  report(std::move(message), JsonFinding::Kind::unknown_value, nearest_name(text, names));
}

void Validator::check_object(const Type& type, const Json& json) {
  if (!json.is_object()) return expect(false, "an object", json);
  for (const Member& member : type.members) {
    const Json* value = json.find(member.name);
    if (value == nullptr && !member.promised) continue;
    below(member.name, [&] {
      if (value == nullptr) return report("is required", JsonFinding::Kind::missing);
      check_member(member, *value);
    });
  }
  if (options_.unknown_members_are_problems) check_unknown(type, json);
}

void Validator::check_member(const Member& member, const Json& value) {
  if (!value.is_null() || member.type->kind == Kind::any) return check(*member.type, value);
  if (member.presence != Presence::nullable) report("must not be null");
}

void Validator::check_unknown(const Type& type, const Json& json) {
  std::vector<std::string_view> names;
  for (const Member& member : type.members) names.push_back(member.name);
  for (const Json::Member& present : json.as_object()) {
    if (std::ranges::find(names, present.name) != names.end()) continue;
    below(present.name, [&] {
      report("is an unknown member", JsonFinding::Kind::unknown_member,
             nearest_name(present.name, names));
    });
  }
}

void Validator::check_list(const Type& type, const Json& json) {
  if (!json.is_array()) return expect(false, "an array", json);
  for (std::size_t index = 0; index < json.size(); ++index) {
    below(std::to_string(index), [&] { check(*type.element, json.at(index)); });
  }
}

void Validator::check_map(const Type& type, const Json& json) {
  if (!json.is_object()) return expect(false, "an object", json);
  for (const Json::Member& entry : json.as_object()) {
    below(entry.name, [&] { check(*type.element, entry.value); });
  }
}

void Validator::check_one_of(const Type& type, const Json& json) {
  const bool fits = std::ranges::any_of(type.one_of->alternatives, [&](const Type* alternative) {
    return validate(*alternative, json, options_).empty();
  });
  if (!fits) report("matches none of its possible forms");
}

void Validator::expect(bool holds, std::string_view wanted, const Json& json) {
  if (holds) return;
  std::string message = "must be ";
  message.append(wanted).append(", not ");
  report(message.append(with_article(json.kind())));
}

void Validator::report(std::string message, JsonFinding::Kind kind, std::string_view suggestion) {
  if (problems_.size() >= most_problems) return;
  problems_.push_back({path_, std::move(message), kind, pointer_, std::string(suggestion)});
}

}  // namespace

std::vector<Problem> validate(const Type& type, const Json& json, const ValidateOptions& options) {
  Validator validator(options);
  validator.check(type, json);
  return validator.take();
}

std::vector<JsonFinding> findings_of(const Type& type, const Json& json, EnumCheck enums) {
  std::vector<JsonFinding> findings;
  for (Problem& problem :
       validate(type, json, {.unknown_members_are_problems = true, .enums = enums})) {
    findings.push_back({problem.kind, std::move(problem.pointer), std::move(problem.message),
                        std::move(problem.suggestion)});
  }
  return findings;
}

}  // namespace segment::inline SEGMENT_ABI::detail

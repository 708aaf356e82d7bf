#include "operations/prepared_call.hpp"

#include <algorithm>
#include <cstddef>

#include "errors/raise.hpp"
#include "json/events.hpp"
#include "segment/error.hpp"
#include "segment/helpers/secrets.hpp"
#include "segment/types/json.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr std::string_view bullet = "\u2022";

// How many characters of the secret itself may be shown before or after its bullets: enough for the
// prefix that says whose token it is (`github_pat_`), or for its last few characters.
constexpr std::size_t most_shown = 12;

// The characters of keys, tokens and addresses. Quotes, brackets and blanks belong to programs and
// sentences.
bool is_of_a_secret(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_.+/=:@%~!#$&*").find(c) != std::string_view::npos;
}

bool may_be_shown(std::string_view part) {
  return part.size() <= most_shown && std::ranges::all_of(part, is_of_a_secret);
}

}  // namespace

}  // namespace segment::inline SEGMENT_ABI::detail

namespace segment::inline SEGMENT_ABI {

bool is_masked_secret(std::string_view text) noexcept {
  const std::string_view whole = detail::trimmed(text);
  const std::size_t begin = whole.find(detail::bullet);
  if (begin == std::string_view::npos) return false;
  std::size_t bullets = 0;
  std::string_view rest = whole.substr(begin);
  std::string_view behind = rest;  // after the last bullet, including blanks
  for (; rest.starts_with(detail::bullet); rest = detail::trimmed(rest)) {
    rest.remove_prefix(detail::bullet.size());
    behind = rest;
    ++bullets;
  }
  const std::string_view before = whole.substr(0, begin);
  if (!before.empty() && !behind.empty()) {
    // A single bullet separates two words of a sentence (`one • two`).
    return bullets > 1 && detail::may_be_shown(before) && detail::may_be_shown(behind);
  }
  // One bullet and a blank begin a list item (`• fast`); several bullets precede a number's end
  // (`•••• 1234`).
  const std::string_view shown = before.empty() ? behind : before;
  return detail::may_be_shown(bullets > 1 ? detail::trimmed(shown) : shown);
}

namespace detail {

namespace {

bool is_settings(std::string_view name) { return name == "settings" || name.ends_with("Settings"); }

bool is_masked(const Json& value) {
  return value.is_string() && is_masked_secret(value.as_string());
}

[[noreturn]] void refuse(const Operation& operation, const std::string& pointer,
                         std::string_view why) {
  raise_invalid_argument(operation, "the body's " + pointer +
                                        " is a masked secret, not its real value; writing it back "
                                        "would destroy the secret: " +
                                        std::string(why));
}

/// Goes through a body and removes masked settings, or refuses the first one.
class Guard {
 public:
  Guard(const Operation& operation, MaskedSecrets choice)
      : operation_(operation), choice_(choice) {}

  /// \param in_settings whether the value is within settings.
  void visit(Json& value, const std::string& pointer, bool in_settings) {
    if (in_settings && is_masked(value)) {
      refuse(operation_, pointer, "it cannot be left out of a list");
    }
    if (value.is_array()) {
      std::size_t index = 0;
      for (Json& element : value.as_array()) {
        visit(element, pointer + pointer_step(std::to_string(index++)), in_settings);
      }
    } else if (value.is_object()) {
      visit_members(value, pointer, in_settings);
    }
  }

  [[nodiscard]] bool has_left_out() const noexcept { return has_left_out_; }

 private:
  void visit_members(Json& value, const std::string& pointer, bool in_settings) {
    const auto is_masked_setting = [in_settings](const auto& member) {
      return (in_settings || is_settings(member.name)) && is_masked(member.value);
    };
    for (auto& member : value.as_object()) {
      const std::string place = pointer + pointer_step(member.name);
      if (!is_masked_setting(member)) {
        visit(member.value, place, in_settings || is_settings(member.name));
      } else if (choice_ == MaskedSecrets::refuse) {
        refuse(operation_, place,
               "leave the member out, or set masked_secrets of the client or the call to strip");
      }
    }
    if (std::erase_if(value.as_object(), is_masked_setting) > 0) has_left_out_ = true;
  }

  const Operation& operation_;
  const MaskedSecrets choice_;
  bool has_left_out_ = false;
};

// What was written can be nested deeper than what is read.
Json parse_body(const Operation& operation, const std::string& body) {
  try {
    return Json::parse(body);
  } catch (const DecodeError& error) {
    raise_invalid_argument(operation, std::string("the body cannot be sent: ") + error.what());
  }
}

}  // namespace

void guard_masked_secrets(const Operation& operation, MaskedSecrets choice,
                          std::optional<std::string>& body) {
  if (choice == MaskedSecrets::send || !body || body->find(bullet) == std::string::npos) return;
  Json json = parse_body(operation, *body);
  Guard guard(operation, choice);
  guard.visit(json, "", false);
  if (guard.has_left_out()) body = json.dump();
}

}  // namespace detail

}  // namespace segment::inline SEGMENT_ABI

#include "call/masked_secrets.hpp"

#include <string_view>
#include <vector>

#include "call/raise.hpp"
#include "segment/json.hpp"

namespace segment::detail {

namespace {

// Two of the API's bullets side by side, at the beginning or the end: no name is written so, and a
// text that masks something itself, such as a function's code, does not begin or end with it.
constexpr std::string_view mask = "\u2022\u2022";

bool is_masked(const Json& value) {
  if (!value.is_string()) return false;
  const std::string& text = value.as_string();
  return text.starts_with(mask) || text.ends_with(mask);
}

[[noreturn]] void refuse(const Operation& operation, const std::string& pointer,
                         std::string_view why) {
  raise_invalid_argument(operation, "the body" + (pointer.empty() ? "" : "'s " + pointer) +
                                        " is a masked secret, as the API shows it; writing it back "
                                        "would destroy the secret: " +
                                        std::string(why));
}

/// Goes through a value and leaves masked members out, or refuses the first.
class Guard {
 public:
  Guard(const Operation& operation, MaskedSecrets choice)
      : operation_(operation), choice_(choice) {}

  void visit(Json& value, const std::string& pointer) {
    if (is_masked(value)) refuse(operation_, pointer, "it cannot be left out of a list");
    if (value.is_array()) {
      std::size_t index = 0;
      for (Json& element : value.as_array()) {
        visit(element, pointer + "/" + std::to_string(index++));
      }
    } else if (value.is_object()) {
      visit_members(value, pointer);
    }
  }

 private:
  void visit_members(Json& value, const std::string& pointer) {
    for (auto& member : value.as_object()) {
      const std::string place = pointer + "/" + member.name;
      if (!is_masked(member.value)) {
        visit(member.value, place);
      } else if (choice_ == MaskedSecrets::refuse) {
        refuse(operation_, place,
               "leave the member out, or set masked_secrets of the client or the call to strip");
      }
    }
    std::erase_if(value.as_object(), [](const auto& member) { return is_masked(member.value); });
  }

  const Operation& operation_;
  const MaskedSecrets choice_;
};

}  // namespace

void guard_masked_secrets(const Operation& operation, MaskedSecrets choice,
                          std::optional<std::string>& body) {
  if (choice == MaskedSecrets::send || !body || body->find(mask) == std::string::npos) return;
  Json json = Json::parse(*body);
  Guard(operation, choice).visit(json, "");
  body = json.dump();
}

}  // namespace segment::detail

#include "output/secrets.hpp"

#include <string_view>

#include "segment/http/header.hpp"

namespace segment::cli {

namespace {

bool is_secret(std::string_view name) {
  return http::same_name(name, "writeKey") || http::same_name(name, "writeKeys");
}

}  // namespace

void take_secrets_out(Json& json) {
  if (json.is_array()) {
    for (Json& element : json.as_array()) take_secrets_out(element);
  } else if (json.is_object()) {
    std::erase_if(json.as_object(), [](const auto& member) { return is_secret(member.name); });
    for (auto& member : json.as_object()) take_secrets_out(member.value);
  }
}

}  // namespace segment::cli

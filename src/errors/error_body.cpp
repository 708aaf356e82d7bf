#include "errors/error_body.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "json/builder.hpp"
#include "json/events.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr std::size_t most_texts = 10;

std::string plain_name(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c != '_' && c != '-') result += lower(c);
  }
  return result;
}

// Names used by gateways, proxies and other frameworks; case, underscores and hyphens are ignored.
bool usually_says(std::string_view name) {
  constexpr std::array<std::string_view, 14> names = {
      "message", "msg",    "error", "errors", "errormessage", "errordescription", "detail",
      "details", "reason", "cause", "fault",  "faultstring",  "description",      "title"};
  return std::ranges::find(names, plain_name(name)) != names.end();
}

/// A list of distinct texts.
class Texts {
 public:
  void add(std::string_view name, std::string_view text) {
    text = trimmed(text);
    if (text.empty() || texts_.size() == most_texts) return;
    std::string whole = name.empty() ? std::string(text) : std::string(name) + ": ";
    if (!name.empty()) whole += text;
    if (std::ranges::find(texts_, whole) == texts_.end()) texts_.push_back(std::move(whole));
  }

  [[nodiscard]] std::string joined(std::string_view separator) const {
    std::string result;
    for (const std::string& text : texts_) {
      result.append(result.empty() ? "" : separator).append(text);
    }
    return result;
  }

 private:
  std::vector<std::string> texts_;
};

// Adds every text, with the name of its member unless that is one of the usual names.
void add_all(const Json& json, std::string_view name, Texts& texts) {
  if (json.is_string()) texts.add(usually_says(name) ? "" : name, json.as_string());
  if (json.is_array()) {
    for (const Json& element : json.as_array()) add_all(element, name, texts);
  } else if (json.is_object()) {
    for (const auto& member : json.as_object()) {
      if (member.name != "data") add_all(member.value, member.name, texts);
    }
  }
}

void add_usual(const Json& json, Texts& texts) {
  if (json.is_array()) {
    for (const Json& element : json.as_array()) add_usual(element, texts);
  } else if (json.is_object()) {
    for (const auto& [name, value] : json.as_object()) {
      if (name == "data") continue;
      if (value.is_string()) {
        if (usually_says(name)) texts.add("", value.as_string());
      } else {
        add_usual(value, texts);
      }
    }
  }
}

// What the usual members of a JSON value say about the failure: `message`, `detail`,
// `error_description`. Skips `data`, which may hold secrets.
std::string usually_said_in(const Json& json) {
  Texts texts;
  add_usual(json, texts);
  return texts.joined("; ");
}

// The same, or every text in it if there is no such member.
std::string said_in(const Json& json) {
  std::string usual = usually_said_in(json);
  if (!usual.empty()) return usual;
  Texts texts;
  add_all(json, "", texts);
  return texts.joined("; ");
}

// The position after the markup that starts with `<` at `begin`: a tag, a comment, or a whole
// script or style element.
std::size_t behind_tag(std::string_view page, std::size_t begin) {
  for (const auto& [opening, closing] :
       {std::pair<std::string_view, std::string_view>{"<!--", "-->"},
        {"<script", "</script>"},
        {"<style", "</style>"}}) {
    if (plain_name(page.substr(begin, opening.size())) != plain_name(opening)) continue;
    const std::size_t end = page.find(closing, begin);
    return end == std::string_view::npos ? page.size() : end + closing.size();
  }
  const std::size_t end = page.find('>', begin);
  return end == std::string_view::npos ? page.size() : end + 1;
}

std::string without_tags(std::string_view page) {
  Texts texts;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t tag = std::min(page.find('<', at), page.size());
    texts.add("", page.substr(at, tag - at));
    at = tag < page.size() ? behind_tag(page, tag) : tag;
  }
  return texts.joined(", ");
}

constexpr std::size_t most_items = 1000;

class ErrorBuilder final : public JsonBuilder {
 public:
  ErrorBuilder(MemoryBudget& budget, const MismatchSink& on_mismatch)
      : JsonBuilder(budget), on_mismatch_(on_mismatch) {}

  void broken_text() override {
    if (on_mismatch_) on_mismatch_(SchemaMismatch::Kind::broken_text, pointer());
  }

 private:
  const MismatchSink& on_mismatch_;
};

std::string text_of(const Json& item, std::string_view name) {
  const Json* member = item.find(name);
  if (member == nullptr || member->is_null()) return {};
  return member->is_string() ? member->as_string() : member->dump();
}

ApiErrorItem read_item(const Json& json) {
  ApiErrorItem item;
  if (json.is_string()) item.message = json.as_string();
  item.type = text_of(json, "type");
  if (item.message.empty()) item.message = text_of(json, "message");
  if (item.message.empty()) item.message = usually_said_in(json);
  item.field = text_of(json, "field");
  if (item.message.empty() && item.type.empty()) {
    Json rest = json;
    rest.erase("field");
    item.message = said_in(rest);
  }
  if (const Json* data = json.find("data")) item.data = *data;
  if (const Json* status = json.find("status"); status != nullptr && status->is_integer()) {
    item.status = status->as_integer();
  }
  return item;
}

// An error in a format other than the API's own.
ApiErrorItem read_foreign(const Json& json) {
  ApiErrorItem item = read_item(json);
  item.message = said_in(json);
  return item;
}

}  // namespace

std::string said_in_text(std::string_view body) {
  const std::string_view text = trimmed(body);
  if (text.starts_with('<')) return without_tags(text);
  const bool json = text.find_first_of("{[\"") == 0 || text == "null";
  return json ? std::string() : std::string(text);
}

// The errors that it lists ------------------------------------------------------------------------

std::vector<ApiErrorItem> read_api_errors(std::string_view body, const MismatchSink& on_mismatch) {
  Json json;
  // Explanations of a failure are short: a body that takes more memory than this is not read.
  constexpr std::size_t enough = std::size_t{1} << 20U;
  MemoryBudget budget = MemoryBudget::of_answer(std::min(body.size(), enough));
  ErrorBuilder builder(budget, on_mismatch);
  builder.start(json);
  try {
    read_json(body, {.beside = MemoryBudget::of_reading(16 * enough)}, builder);
  } catch (const BadJson&) {
    return {};  // a gateway's page or a truncated response
  }
  std::vector<ApiErrorItem> items;
  const Json* errors = json.find("errors");
  if (errors == nullptr || !errors->is_array()) {
    ApiErrorItem item = read_foreign(json);
    if (!item.message.empty()) items.push_back(std::move(item));
    return items;
  }
  for (const Json& error : errors->as_array()) {
    if (items.size() == most_items) break;
    items.push_back(read_item(error));
  }
  return items;
}

}  // namespace segment::inline SEGMENT_ABI::detail

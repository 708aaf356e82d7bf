#include "output/output.hpp"

#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "messages/errors.hpp"
#include "operations/catalog.hpp"

namespace segment::cli {

namespace {

[[noreturn]] void failed(int number) {
  if (number == EPIPE) throw ReaderGone{};
  throw std::runtime_error("standard output cannot be written: " +
                           std::generic_category().message(number));
}

}  // namespace

void Output::write(std::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) failed(errno);
}

void Output::flush() {
  errno = 0;
  if (std::fflush(stdout) != 0) failed(errno);
}

std::string result_text(const Operation& call, const Json& data) {
  if (call.data == nullptr && data.empty()) return R"({"status":"SUCCESS"})";
  return data.dump();
}

Json::Array items_of(const Operation& call, Json data) {
  Json* list = data.find(list_member(call)->name);
  return list != nullptr && list->is_array() ? std::move(list->as_array()) : Json::Array();
}

void ListDocument::add(Json data) {
  const std::string_view list = list_member(call_)->name;
  if (!std::exchange(has_begun_, true)) output_.write("{" + Json(list).dump() + ":[");
  for (const Json& item : items_of(call_, data)) {
    output_.write((std::exchange(has_items_, true) ? ",\n" : "\n") + item.dump());
  }
  output_.flush();
  others_ = Json::object();
  for (auto& [name, value] : data.as_object()) {
    if (name != list) others_[name] = std::move(value);
  }
}

void ListDocument::end() {
  std::string text = "]";
  for (const auto& [name, value] : others_.as_object()) {
    text += "," + Json(name).dump() + ":" + value.dump();
  }
  output_.line(text + "}");
  output_.flush();
}

void write_items(Output& output, const Operation& call, const Json& data) {
  for (const Json& item : items_of(call, data)) output.line(item.dump());
  output.flush();
}

}  // namespace segment::cli

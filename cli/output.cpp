#include "output.hpp"

#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <system_error>

#include "catalog.hpp"
#include "errors.hpp"
#include "json/type.hpp"
#include "segment/convert.hpp"
#include "segment/error.hpp"

namespace segment::cli {

namespace {

[[noreturn]] void failed(int number) {
  if (number == EPIPE) throw ReaderGone{};
  throw std::runtime_error("standard output cannot be written: " +
                           std::generic_category().message(number));
}

// What came cannot be written: that is the answer's fault, not the input's.
template <class Convert>
auto converted(const Convert& convert) {
  try {
    return convert();
  } catch (const InvalidArgumentError& error) {
    throw DecodeError(std::string("the answer cannot be written as JSON: ") + error.what());
  }
}

// Calls `use(type, item)` for each item of a page.
template <class Use>
void each_item(const detail::CallTable& call, const void* page, const Use& use) {
  const detail::Member& member = *list_member(call);
  const void* list = detail::value_of(member, page);
  if (list == nullptr) return;
  const std::size_t size = member.type->list->size(list);
  for (std::size_t i = 0; i < size; ++i) {
    use(*member.type->element, member.type->list->at(list, i));
  }
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

std::string result_text(const detail::CallTable& call, const void* result) {
  if (call.data == nullptr) return R"({"status":"SUCCESS"})";
  return converted([&] { return detail::to_json_text(*call.data, result); });
}

Json result_json(const detail::CallTable& call, const void* result) {
  if (call.data == nullptr) return Json::object({{"status", "SUCCESS"}});
  return converted([&] { return detail::to_json(*call.data, result); });
}

void write_items(Output& output, const detail::CallTable& call, const void* page) {
  each_item(call, page, [&](const detail::Type& type, const void* item) {
    output.line(converted([&] { return detail::to_json_text(type, item); }));
  });
  output.flush();
}

Json::Array items_json(const detail::CallTable& call, const void* page) {
  Json::Array items;
  each_item(call, page, [&](const detail::Type& type, const void* item) {
    items.push_back(converted([&] { return detail::to_json(type, item); }));
  });
  return items;
}

}  // namespace segment::cli

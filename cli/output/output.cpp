#include "output/output.hpp"

#include <cerrno>
#include <cstdio>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "messages/errors.hpp"
#include "segment/schema.hpp"

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

Json::Array items_of(const Operation& call, Json data) {
  Json* list = data.find(list_in_result(call)->name);
  return list != nullptr && list->is_array() ? std::move(list->as_array()) : Json::Array();
}

std::size_t count_of(const Operation& call, const Json& data) {
  const Json* list = data.find(list_in_result(call)->name);
  return list != nullptr ? list->size() : 0;
}

}  // namespace segment::cli

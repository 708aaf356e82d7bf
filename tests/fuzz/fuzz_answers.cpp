// Whatever a server answers to whichever operation: it is read, or refused with an error of the
// library's own; what was read is written, read and written again alike.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "call/call_table.hpp"
#include "call/decode_answer.hpp"
#include "fuzz.hpp"
#include "json/walk.hpp"
#include "json/writer.hpp"
#include "segment/error.hpp"

namespace {

using namespace segment;

using Result = std::unique_ptr<void, void (*)(void*) noexcept>;

Result make_result(const detail::CallTable& table) {
  if (table.result_lifetime == nullptr) return {nullptr, [](void*) noexcept {}};
  return {table.result_lifetime->make(), table.result_lifetime->destroy};
}

bool read(const detail::CallTable& table, std::string body, void* result) {
  const http::Request request;
  const SchemaMismatchObserver observer = [](const SchemaMismatch& schema_mismatch) {
    fuzz::require(schema_mismatch.pointer.empty() || schema_mismatch.pointer.front() == '/');
  };
  try {
    detail::decode_answer({.operation = *table.operation, .request = request}, table,
                          {.status = 200, .headers = {}, .body = std::move(body)}, observer,
                          result);
    return true;
  } catch (const Error&) {
    return false;
  }
}

std::string written(const detail::CallTable& table, const void* result) {
  std::string text;
  detail::JsonWriter writer(text);
  detail::walk(*table.data, result, writer);
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto calls = detail::all_calls();
  const detail::CallTable& table = *calls[data[0] % calls.size()];
  const Result first = make_result(table);
  if (!read(table, std::string(fuzz::text_of(data + 1, size - 1)), first.get())) return 0;
  if (table.data == nullptr || table.data->kind == detail::Kind::any) return 0;
  const std::string text = written(table, first.get());
  const Result second = make_result(table);
  fuzz::require(read(table, "{\"data\":" + text + "}", second.get()));
  fuzz::require(written(table, second.get()) == text);
  return 0;
}

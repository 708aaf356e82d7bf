// Whatever a server responds to any operation is either read, or refused with an error of the
// library; what was read can be written, read and written again unchanged.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "call/call_outcome.hpp"
#include "fuzz.hpp"
#include "json/events.hpp"
#include "json/writer.hpp"
#include "operations/operation_tables.hpp"
#include "segment/api/operations.hpp"
#include "segment/error.hpp"

namespace {

using namespace segment;

using Result = std::unique_ptr<void, void (*)(void*) noexcept>;

Result make_result(const Operation& operation) {
  if (operation.result_lifetime == nullptr) return {nullptr, [](void*) noexcept {}};
  return {operation.result_lifetime->make(), operation.result_lifetime->destroy};
}

bool read(const Operation& operation, std::string body, void* result) {
  const http::Request request;
  ClientOptions client;
  client.on_schema_mismatch = [](const SchemaMismatch& schema_mismatch) {
    fuzz::require(schema_mismatch.pointer.empty() || schema_mismatch.pointer.front() == '/');
  };
  try {
    detail::decode_response({.operation = operation, .request = request}, operation,
                            {.status = 200, .headers = {}, .body = std::move(body)}, client,
                            result);
    return true;
  } catch (const Error&) {
    return false;
  }
}

std::string written(const Operation& operation, const void* result) {
  std::string text;
  detail::JsonWriter writer(text);
  detail::walk(*operation.data, result, writer);
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto calls = operations::all();
  const Operation& operation = *calls[data[0] % calls.size()];
  const Result first = make_result(operation);
  if (!read(operation, std::string(fuzz::text_of(data + 1, size - 1)), first.get())) return 0;
  if (operation.data == nullptr || operation.data->kind == detail::Kind::any) return 0;
  const std::string text = written(operation, first.get());
  const Result second = make_result(operation);
  fuzz::require(read(operation, "{\"data\":" + text + "}", second.get()));
  fuzz::require(written(operation, second.get()) == text);
  return 0;
}

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "both_readers.hpp"
#include "json/events.hpp"
#include "json/typed/decoder.hpp"
#include "json/typed/describe_members.hpp"
#include "segment/convert.hpp"
#include "segment/types/json.hpp"

namespace segment {

/// Reads a type straight from text, as a response is read; throws BadJson if it cannot be read.
/// Every reader has to report the same events for it.
template <class T>
T read(std::string_view text, const detail::MismatchSink& schema_mismatches = {}) {
  expect_readers_agree(text);
  T object = detail::empty<T>();
  detail::Decoder decoder(detail::Describe<T>::type, &object, schema_mismatches);
  detail::read_json(text, decoder);
  return object;
}

/// Why this text cannot be read as a T: a JSON pointer, then the reason; empty if it can.
template <class T>
std::string failure(std::string_view text) {
  try {
    static_cast<void>(read<T>(text));
    return {};
  } catch (const detail::BadJson& bad) {
    return bad.pointer + " " + bad.reason;
  }
}

/// A text read as a T and written again.
template <class T>
std::string rewritten(std::string_view text) {
  return to_json_text(read<T>(text));
}

/// The mismatches that are reported when this text is read as a T, one line each, in order.
template <class T>
std::vector<std::string> mismatches_of(std::string_view text) {
  std::vector<std::string> found;
  static_cast<void>(read<T>(text, [&](SchemaMismatch::Kind kind, std::string_view pointer) {
    const char* names[] = {"unknown member ", "missing member ", "unknown enum value ",
                           "short list ", "broken text "};
    found.push_back(names[static_cast<std::size_t>(kind)] + std::string(pointer));
  }));
  return found;
}

}  // namespace segment

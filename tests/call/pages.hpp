#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "segment/testing/fake_transport.hpp"

namespace segment::testing {

/// One page of a list of sources, as the API returns it.
///
/// \param next the member for the next cursor, as JSON: `"\"b\""`, `"null"`; empty: no member.
inline std::string page_of(std::initializer_list<const char*> ids, const std::string& next = {}) {
  std::string items;
  for (const char* id : ids) {
    items += (items.empty() ? "" : ",") + std::string(R"({"id":")") + id + "\"}";
  }
  return R"({"data":{"sources":[)" + items + R"(],"pagination":{"current":"here")" +
         (next.empty() ? "" : ",\"next\":" + next) + "}}}";
}

/// The same page again and again. After twenty of them comes a last one, so that a list that does
/// not end by itself fails its test instead of hanging it.
inline FakeTransport::Responder again_and_again(std::string page) {
  return [page = std::move(page), left = 20](const http::Request&) mutable -> http::Outcome {
    return http::Response{200, {}, left-- > 0 ? page : page_of({})};
  };
}

/// The ids of the items of a range.
template <class Range>
std::vector<std::string> ids_of(Range&& range) {
  std::vector<std::string> ids;
  for (const auto& item : range) ids.push_back(item.id.text());
  return ids;
}

}  // namespace segment::testing

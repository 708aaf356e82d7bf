#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "call/call_table.hpp"
#include "call/encoded_call.hpp"

namespace segment::detail {

/// Names a page's size where the caller did not: many items enough to save requests, and within
/// what every operation is known to allow.
inline void add_usual_page_size(const Paging& paging, std::vector<QueryParameter>& query) {
  constexpr std::int64_t usual = 200;
  if (find_parameter(query, paging.count) == nullptr) {
    set_parameter(query, paging.count, std::to_string(std::min(usual, paging.max_count)));
  }
}

}  // namespace segment::detail

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"
#include "segment/version.hpp"

// Parts of requests and outcomes that the fake transport and the recordings share.

namespace segment::inline SEGMENT_ABI::testing::detail {

/// A URL's path and query, byte for byte; an empty path is `/`.
struct Target {
  std::string path{};
  std::string query{};
};

[[nodiscard]] Target target_of(std::string_view url);

/// Decodes a text's percent escapes; returns it unchanged if the result would not be UTF-8.
[[nodiscard]] std::string percent_decoded(std::string_view text);

/// The parts between the separators; one empty part for an empty text.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);

[[nodiscard]] http::Failure failure(http::FailureKind kind, bool may_have_been_sent,
                                    std::string message);

/// The failure of a request that was stopped before it was sent.
[[nodiscard]] http::Failure cancelled();

/// The outcome, or a failure if its response is larger than the request allows.
[[nodiscard]] http::Outcome within_limits(http::Outcome outcome, const http::Request& request);

}  // namespace segment::inline SEGMENT_ABI::testing::detail

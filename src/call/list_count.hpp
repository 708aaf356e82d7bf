#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "call/prepared_call.hpp"
#include "call/raise.hpp"
#include "segment/client_options.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Looks whether a list that has ended is as long as the API itself counts, and tells the observer
/// where it is not.
///
/// \param came how many items came in all.
/// \param counted by the API; nothing: it did not count.
/// \return what is wrong, as a predicate, where the caller wants an error of it.
[[nodiscard]] std::optional<std::string> short_list(const ClientOptions& client,
                                                    const PreparedCall& call, std::int64_t came,
                                                    std::optional<std::int64_t> counted);

/// Looks so at a page that is the only one of its list; at every other not at all.
///
/// \throws DecodeError where the list is short and the caller wants an error of it.
void check_only_page(const CallFacts& facts, const ClientOptions& client, const PreparedCall& call,
                     const http::Response& response, const void* page);

}  // namespace segment::inline SEGMENT_ABI::detail

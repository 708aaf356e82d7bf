#pragma once

#include <string>
#include <string_view>

#include "segment/http/request.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Takes the token out of a text: what a server or a transport says may quote the request.
///
/// Recognised are the token as it is, with escapes of JSON (also of JSON within JSON) and
/// percent-encoded. Not recognised are other encodings, such as Base64, and parts of it.
///
/// \param most where the text is longer than so many bytes without the token, the end may be left
///        out, but never so that half a token stays behind.
[[nodiscard]] std::string without_token(std::string_view text, const http::Request& request,
                                        std::size_t most = std::string::npos);

}  // namespace segment::inline SEGMENT_ABI::detail

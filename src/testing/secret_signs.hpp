#pragma once

#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

/// A name without case and separators: `api_key`, `API-Key` and `apiKey` are all `apikey`.
[[nodiscard]] std::string plain_name(std::string_view name);

/// Whether a name says that its value is a secret.
///
/// \param plain_name as `plain_name` makes it.
[[nodiscard]] bool names_a_secret(std::string_view plain_name);

/// Whether a text has the form of a well-known kind of key: a JSON web token, a private key, and
/// keys whose issuers begin them with a mark of their own.
[[nodiscard]] bool has_form_of_key(std::string_view text);

/// Whether a text could be a key, by its length and its characters. Too suspicious for names and
/// sentences, good for settings.
[[nodiscard]] bool looks_like_key(std::string_view text);

}  // namespace segment::inline SEGMENT_ABI::testing::detail

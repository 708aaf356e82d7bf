#pragma once

/// \file
/// What is a secret in JSON whose members nobody has described, such as settings: for programs that
/// show, log or record it. Recordings of exchanges are redacted by the same rules.

#include <string_view>

#include "segment/types/json.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// Whether a name says that its value is a secret: `apiKey`, `client_secret`, `Authorization`. What
/// only tells of one, as `tokenType` and `credentialId` do, is none.
///
/// \param name in any case, with or without separators.
[[nodiscard]] SEGMENT_EXPORT bool names_a_secret(std::string_view name);

/// Whether an object is a pair whose `value` is a secret: `{"name": "apiKey", "value": …}`, with
/// `key` for `name` too, or one that says so itself, `"sensitive": true`.
[[nodiscard]] SEGMENT_EXPORT bool is_secret_pair(const Json& object);

/// Whether a text has the form of a well-known kind of key, whatever it is called: a JSON web
/// token, a private key, and keys whose issuers begin them with a mark of their own (`ghp_…`).
[[nodiscard]] SEGMENT_EXPORT bool has_form_of_key(std::string_view text);

}  // namespace segment::inline SEGMENT_ABI

#pragma once

/// \file Detects secrets in free-form JSON such as settings, for programs that show, log or record
/// it. Recordings of exchanges are redacted by the same rules.

#include <string_view>

#include "segment/types/json.hpp"
#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI {

/// Whether a name says that its value is a secret: `apiKey`, `client_secret`, `Authorization`.
/// Names that merely describe a secret, such as `tokenType` and `credentialId`, do not count.
///
/// \param name in any case, with or without separators.
[[nodiscard]] SEGMENT_EXPORT bool is_secret_name(std::string_view name);

/// Whether an object is a pair whose `value` is a secret: `{"name": "apiKey", "value": …}`. `key`
/// works like `name`, and `"sensitive": true` marks any object.
[[nodiscard]] SEGMENT_EXPORT bool is_secret_pair(const Json& object);

/// Whether a text has the form of a well-known kind of key, whatever it is called: a JSON web
/// token, a private key, and keys with a vendor prefix (`ghp_…`).
[[nodiscard]] SEGMENT_EXPORT bool looks_like_key(std::string_view text);

/// Whether the text of a setting is a masked secret: bullets, with at most a few characters of the
/// secret around them (`••••1a2b`). It cannot be compared, and written back it would replace the
/// secret; `MaskedSecrets` says what calls do about that.
///
/// A sentence or a program that contains bullets is not a masked secret.
[[nodiscard]] SEGMENT_EXPORT bool is_masked_secret(std::string_view text) noexcept;

}  // namespace segment::inline SEGMENT_ABI

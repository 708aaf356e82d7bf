#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::testing {

/// What a recording takes for a secret beside what it knows by itself: the request's own token,
/// values whose names say that they are secret (`password`, `apiKey`, `writeKeys`, `client_secret`
/// and the like), texts in the form of a well-known kind of key, and texts in `settings` that look
/// like a key.
///
/// Copying: a value; copies share the function. Cost: small. Thread safety: as a struct.
struct Redaction {
  /// Names of members, query parameters and path segments whose value is a secret. The whole name
  /// has to agree, without regard to case and separators: `deploy_hook` is `deployHook` as well.
  std::vector<std::string> secret_names{};
  /// Asked for every text that nothing else took out: is it a secret? `name` is the nearest member,
  /// query parameter or path segment before it; empty where there is none. One call at a time.
  /// Empty: nobody is asked.
  std::function<bool(std::string_view name, std::string_view text)> is_secret{};
};

}  // namespace segment::inline SEGMENT_ABI::testing

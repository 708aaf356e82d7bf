#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

/// What to look for in every text, and what to write instead.
///
/// Copying: a value. Cost: each secret in every form in which it may be written. Thread safety:
/// constant, but for `add`.
class KnownSecrets {
 public:
  /// Adds the forms in which a secret may occur in a text: as it is, percent-encoded, and escaped
  /// for JSON.
  void add(const std::string& secret, const std::string& placeholder);

  /// The text with each secret replaced; of two that begin at one place, the longer one.
  [[nodiscard]] std::string replaced_in(std::string_view text) const;

 private:
  using Forms = std::map<std::string, std::string, std::less<>>;  // to placeholders

  [[nodiscard]] Forms::const_iterator longest_at_start_of(std::string_view text) const;

  Forms forms_{};
  std::array<bool, 256> begins_one_{};  // by a form's first byte
};

}  // namespace segment::inline SEGMENT_ABI::testing::detail

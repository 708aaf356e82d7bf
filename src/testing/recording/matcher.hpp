#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

/// Compares requests with recorded ones. A placeholder in the recording matches any text, and from
/// then on only that text.
class Matcher {
 public:
  /// Where two described requests differ, as a JSON pointer into them; std::nullopt if they do not.
  /// Headers are ignored.
  ///
  /// \param with_body whether bodies are compared.
  [[nodiscard]] std::optional<std::string> difference(const Json& recorded, const Json& asked,
                                                      bool with_body);

 private:
  [[nodiscard]] std::optional<std::string> compare(const Json& recorded, const Json& asked,
                                                   bool with_body);
  [[nodiscard]] bool same_path(const std::string& recorded, const std::string& asked);
  [[nodiscard]] bool same_query(const Json* recorded, const Json* asked);
  [[nodiscard]] std::optional<std::string> compare_values(const Json& recorded, const Json& asked);
  [[nodiscard]] std::optional<std::string> compare_arrays(const Json& recorded, const Json& asked);
  [[nodiscard]] std::optional<std::string> compare_objects(const Json& recorded, const Json& asked);
  [[nodiscard]] bool same_text(std::string_view recorded, std::string_view asked);

  std::map<std::string, std::string, std::less<>> meanings_;  // of the placeholders
};

}  // namespace segment::inline SEGMENT_ABI::testing::detail

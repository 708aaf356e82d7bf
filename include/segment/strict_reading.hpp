#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "segment/detail/describe.hpp"
#include "segment/error.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI {

/// One mistake in hand-written JSON.
struct JsonFinding {
  enum class Kind : std::uint8_t {
    missing,         ///< a member that the API requires is not there
    unknown_member,  ///< a member that the type does not have
    unknown_value,   ///< a text that the API does not document for the member
    wrong_kind,  ///< a number instead of a text, null for a member that cannot be null, and so on
    repeated_member,  ///< a member that occurs twice in one object
  };

  Kind kind = Kind::wrong_kind;
  /// Where, as a JSON pointer: `/rules/0/type`. Empty: all of it.
  std::string pointer{};
  /// What is wrong, as a predicate: `must be one of LIVE, PROPERTY_LIBRARY`.
  std::string message{};
  /// The member or value that was probably meant; empty if none is similar.
  std::string suggestion{};

  bool operator==(const JsonFinding&) const = default;
};

/// Hand-written JSON has mistakes. The text names every finding.
class SEGMENT_EXPORT InvalidJsonError : public InvalidArgumentError {
 public:
  /// \param type the name of the type to read.
  /// \param findings at least one.
  InvalidJsonError(const std::string& type, std::vector<JsonFinding> findings);

  [[nodiscard]] ErrorKind kind() const noexcept override;
  /// Everything that is wrong: 100 findings at most.
  [[nodiscard]] const std::vector<JsonFinding>& findings() const noexcept { return *findings_; }

 private:
  std::shared_ptr<const std::vector<JsonFinding>> findings_;
};

namespace detail {

SEGMENT_EXPORT void from_json_strict(const Type& type, void* object, const Json& json);

}  // namespace detail

/// Reads hand-written JSON text. If an object has two members with the same name, `Json::parse`
/// keeps an unspecified one of them; here they are an error.
///
/// \throws InvalidJsonError for the first member that occurs twice; DecodeError like `Json::parse`.
[[nodiscard]] SEGMENT_EXPORT Json parse_strict(std::string_view text);

/// Reads an API type from hand-written JSON, such as a plan file or a configuration. What
/// `from_json` skips, as it must in responses, is an error here.
///
///     auto written = segment::parse_strict(R"({"rules": [{"type": "TRACK", "version": 1}]})");
///     auto body = segment::from_json_strict<segment::ReplaceTrackingPlanRules>(written);
///
/// A value that is newer than this library counts as unknown.
///
/// \tparam T any struct of the API.
/// \param json with the API's own member names.
/// \throws InvalidJsonError with everything that is wrong: unknown members, unknown values, missing
///         members, values of the wrong kind.
template <class T>
[[nodiscard]] T from_json_strict(const Json& json) {
  T object = detail::empty<T>();
  detail::from_json_strict(detail::Describe<T>::type, &object, json);
  return object;
}

}  // namespace segment::inline SEGMENT_ABI

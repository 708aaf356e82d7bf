#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "segment/http/request.hpp"
#include "segment/testing/recording.hpp"
#include "segment/types/json.hpp"
#include "testing/recording/known_secrets.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

/// Removes secrets from exchanges, with the same placeholder for the same secret each time.
class Redactor {
 public:
  explicit Redactor(Redaction rules);

  /// Makes the request's own token a known secret, whatever it looks like.
  void learn_token(const http::Request& request);

  /// Removes the secrets from a described request, response or failure.
  void redact_message(Json& message);

  /// Removes secrets that were learnt after the message was redacted.
  void redact_known_in_message(Json& message) const;

 private:
  /// Where a value is.
  struct Place {
    std::string_view name{};
    bool secret = false;    // below a member that is secret as a whole
    bool settings = false;  // below free-form settings
  };

  void redact(Json& value, Place place);
  void redact_known(Json& value) const;
  void redact_object(Json& value, Place place);
  [[nodiscard]] std::string redact_text(const std::string& text, Place place);
  [[nodiscard]] std::string redact_path(const std::string& path);
  [[nodiscard]] std::string redact_parameter(const std::string& parameter);
  [[nodiscard]] std::string redact_url(const std::string& url);
  [[nodiscard]] std::string redact_url_parameters(std::string_view parameters);
  [[nodiscard]] bool is_secret_name(std::string_view name) const;
  [[nodiscard]] bool is_pair_of_rules(const Json& object) const;
  [[nodiscard]] bool is_secret(const std::string& text, const Place& place) const;
  [[nodiscard]] static bool looks_secret(const std::string& text, const Place& place);
  [[nodiscard]] std::string take(const std::string& secret, std::size_t shortest_to_look_for = 6);

  Redaction rules_;
  std::map<std::string, std::string, std::less<>> placeholders_;  // by the secret
  KnownSecrets known_;
  std::string token_;  // the newest request's
};

}  // namespace segment::inline SEGMENT_ABI::testing::detail

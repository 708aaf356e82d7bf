#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "segment/http/request.hpp"
#include "segment/testing/recording.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

/// Takes secrets out of exchanges, and puts the same placeholder in for the same secret every time.
class Redactor {
 public:
  explicit Redactor(Redaction rules);

  /// Makes the request's own token a known secret, whatever it looks like.
  void learn_token(const http::Request& request);

  /// Takes the secrets out of a described request, response or failure.
  void redact_message(Json& message);

  /// Takes those out that were learnt after the message was redacted.
  void redact_known_in_message(Json& message) const;

 private:
  /// Where a value stands.
  struct Place {
    std::string_view name{};
    bool secret = false;    // below a member that is one as a whole
    bool settings = false;  // below free-form settings
  };

  void redact(Json& value, Place place);
  void redact_known(Json& value) const;
  void redact_object(Json& value, Place place);
  [[nodiscard]] std::string redact_text(const std::string& text, Place place);
  [[nodiscard]] std::string redact_path(const std::string& path);
  [[nodiscard]] std::string redact_parameter(const std::string& parameter);
  [[nodiscard]] std::string redact_url(const std::string& url);
  [[nodiscard]] std::string redact_url_query(std::string_view query);
  [[nodiscard]] bool is_secret_name(std::string_view name) const;
  [[nodiscard]] bool is_pair_of_rules(const Json& object) const;
  [[nodiscard]] bool is_secret(const std::string& text, const Place& place) const;
  [[nodiscard]] static bool looks_secret(const std::string& text, const Place& place);
  [[nodiscard]] std::string take(const std::string& secret, std::size_t shortest_to_look_for = 6);
  void look_for(const std::string& secret, const std::string& placeholder);
  [[nodiscard]] std::string without_known(std::string_view text) const;

  Redaction rules_;
  std::map<std::string, std::string, std::less<>> placeholders_;  // by the secret
  // What is looked for in every text, the longest first, and what takes its place.
  std::vector<std::pair<std::string, std::string>> known_;
  std::string token_;  // of the newest request
};

}  // namespace segment::inline SEGMENT_ABI::testing::detail

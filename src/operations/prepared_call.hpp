#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "operations/operation_tables.hpp"
#include "segment/call_options.hpp"
#include "segment/client_options.hpp"
#include "segment/detail/call.hpp"
#include "segment/error.hpp"
#include "segment/http/header.hpp"
#include "segment/http/method.hpp"
#include "segment/operation.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// A call's input as it is sent, without a base URL and headers.
struct EncodedCall {
  std::string path;
  std::vector<QueryParameter> query;
  std::optional<std::string> body;

  /// Path and query, percent-encoded, after a base URL.
  [[nodiscard]] std::string target(std::string_view base_url = {}) const;
};

/// Encodes a call's input and the extra parameters and members of its options.
///
/// \throws InvalidArgumentError for an empty path parameter, one of `.` or `..`, text that is not
///         UTF-8, and extra body members that are not an object.
[[nodiscard]] EncodedCall encode(const Operation& operation, const CallInput& input,
                                 const CallOptions& options);

/// A body as text, with the call's extra members added.
///
/// \throws InvalidArgumentError for what cannot be written, and if the body or the extra members
///         are not an object.
[[nodiscard]] std::string body_text(const Operation& operation, Json body,
                                    const CallOptions& options);

/// The value of a query parameter, or null if it is not there.
[[nodiscard]] const std::string* find_parameter(const std::vector<QueryParameter>& query,
                                                std::string_view name);

/// Replaces a query parameter's value, or adds it.
void set_parameter(std::vector<QueryParameter>& query, std::string_view name, std::string value);

/// Adds parameters in place of those with the same names. A name may come several times.
void replace_parameters(std::vector<QueryParameter>& query,
                        const std::vector<QueryParameter>& more);

/// How many items a page has if the query does not say.
enum class PageSize : std::uint8_t {
  largest,              ///< as many as the operation allows: the fewest requests
  usual_beside_cursor,  ///< the usual number with a cursor, which the API requires; else as below
  server_default,       ///< sends only what the query names: the server decides
};

/// As many items as every server allows, whatever is published.
[[nodiscard]] std::int64_t usual_page_size(const Paging& paging) noexcept;

/// The media type that asks for a version of the API, for `Accept` and `Content-Type`.
[[nodiscard]] constexpr std::string_view media_type(ApiVersion version) noexcept {
  switch (version) {
    case ApiVersion::v1:
      return "application/vnd.segment.v1+json";
    case ApiVersion::v2:
      return "application/vnd.segment.v2+json";
    case ApiVersion::beta:
      return "application/vnd.segment.v1beta+json";
    case ApiVersion::alpha:
      return "application/vnd.segment.v1alpha+json";
  }
  return "application/vnd.segment.v1+json";
}

/// Whether a header asks for a version of the API. `CallOptions::version` is for that, which is
/// checked against a method's types.
[[nodiscard]] bool names_version(const http::Header& header) noexcept;

/// An encoded and checked call. Whatever sends takes one of these, and making one includes the
/// check, so no front can bypass it.
///
/// Copying: a value. Cost: the encoded input and the options.
class SEGMENT_EXPORT_INTERNAL PreparedCall {
 public:
  /// \param client its rules apply where the call's own options say nothing.
  /// \throws InvalidArgumentError for what must not be sent: a masked secret; a version that the
  ///         operation lacks, that is another method's, or that the client does not allow; an extra
  ///         header that a call must not set.
  PreparedCall(const ClientOptions& client, const Operation& operation, EncodedCall encoded,
               CallOptions options);

  [[nodiscard]] const Operation& operation() const noexcept { return *operation_; }
  [[nodiscard]] const EncodedCall& encoded() const noexcept { return encoded_; }
  [[nodiscard]] const CallOptions& options() const noexcept { return options_; }
  /// The caller's tag; may be empty.
  [[nodiscard]] const std::string& tag() const noexcept { return tag_; }
  /// The media type of the version to ask for.
  [[nodiscard]] std::string_view media_type() const noexcept { return media_type_; }

  /// The URL to send it to.
  ///
  /// \param with_usual_page whether to ask for a page of the usual size instead of a larger one.
  [[nodiscard]] std::string target(std::string_view base_url, bool with_usual_page) const;
  /// Whether it asks for a larger page than usual without its caller having asked for it.
  [[nodiscard]] bool may_take_usual_page() const noexcept { return may_take_usual_page_; }

  /// Sets how many items a page has, unless the caller did. Only for a list in pages.
  void set_page_size(PageSize size);
  /// Sets how many items a page has, even if the caller did. Only for a list in pages.
  void set_page_size(std::int64_t items);
  /// Asks for another page of the list. Only for a list in pages.
  void set_cursor(std::string cursor);
  /// Sends it to this region's own URL instead of the client's.
  void set_region(Region region) noexcept { base_url_ = segment::base_url(region); }
  /// The base URL to use instead of the client's; empty: the client's.
  [[nodiscard]] std::string_view base_url() const noexcept { return base_url_; }
  /// Replaces the options' stop token.
  void set_stop(std::stop_token stop) { options_.stop = std::move(stop); }
  /// Replaces the options' response callback.
  void set_on_response(std::function<void(const http::Response&)> on_response) {
    options_.on_response = std::move(on_response);
  }

 private:
  const Operation* operation_;
  EncodedCall encoded_;
  CallOptions options_;
  std::string tag_;
  std::string_view media_type_;
  std::string_view base_url_{};
  bool may_take_usual_page_ = false;
};

/// Runs a step of preparing a call, and adds the call's tag to its InvalidArgumentError.
template <class Step>
auto with_tag(const std::string& tag, Step&& step) {
  try {
    return step();
  } catch (const InvalidArgumentError& error) {
    if (tag.empty()) throw;
    ErrorFacts facts = error.facts();
    facts.tag = tag;
    throw InvalidArgumentError(error.what(), std::move(facts));
  }
}

/// Keeps a secret that was read masked (`••••`) from being written back over the real one. Checks
/// only settings, which are below a member `settings` or `…Settings`.
///
/// \param body a JSON text; changed only if masked members are removed. std::nullopt: nothing to
///        do.
/// \throws InvalidArgumentError that names the member, if it is refused or cannot be removed.
void guard_masked_secrets(const Operation& operation, MaskedSecrets choice,
                          std::optional<std::string>& body);

/// Encodes a call's input and checks it. Needs neither a token nor a URL.
///
/// \throws InvalidArgumentError for what cannot or must not be sent.
[[nodiscard]] SEGMENT_EXPORT_INTERNAL PreparedCall
prepare(const ClientOptions& client, const Operation& operation, const CallInput& input,
        CallOptions options, PageSize page_size = PageSize::usual_beside_cursor);

/// Encodes a call by verb and path, and checks it. Its result is a Json.
///
/// \throws InvalidArgumentError for a path that could lead elsewhere, and a body that cannot or
///         must not be sent.
[[nodiscard]] PreparedCall prepare_raw_call(const ClientOptions& client, http::Method method,
                                            std::string_view path,
                                            const std::vector<QueryParameter>& query,
                                            const std::optional<Json>& body,
                                            const CallOptions& options);

/// A call that only opens a connection: any response will do, and it has no result.
[[nodiscard]] PreparedCall prepare_warm_up(const ClientOptions& client, const CallOptions& options);

/// Whether an operation is the one of `prepare_warm_up`.
[[nodiscard]] bool is_warm_up(const Operation& operation) noexcept;

}  // namespace segment::inline SEGMENT_ABI::detail

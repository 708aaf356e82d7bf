#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <typeinfo>
#include <variant>
#include <vector>

#include "operations/router.hpp"
#include "segment/error.hpp"
#include "segment/http/response.hpp"
#include "segment/operation.hpp"
#include "segment/testing/fake_call.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

/// Throws InvalidArgumentError if a value is not of the type that an operation has there.
///
/// \param lifetime of the operation's type; null if it has none.
/// \param what the operation does with the type: `returns Source`.
void check_type(const Operation& operation, const segment::detail::Lifetime* lifetime,
                const std::type_info& given, const std::string& what);

/// Finds the operation of a request.
///
/// Copying: not needed. Cost: the segments of every path. Thread safety: constant.
class CallReader {
 public:
  CallReader();

  /// \return std::nullopt if no operation has its verb and path. The path of the base URL is
  ///         skipped.
  [[nodiscard]] std::optional<FakeCall> read(const http::Request& request) const;

 private:
  segment::detail::Router router_;
};

/// The responses prepared for each operation.
///
/// Copying: not needed. Cost: the responses, as text. Thread safety: none.
class PreparedResponses {
 public:
  void respond(const Operation& operation, const std::type_info& type, const void* value);
  void answer_nothing(const Operation& operation);
  void answer_pages(const Operation& operation, const std::type_info& type,
                    const std::vector<const void*>& pages);
  void fail(const Operation& operation, http::Outcome outcome);

  /// \return std::nullopt if nothing was prepared for the operation.
  /// \throws NotPreparedError for a page that a list does not have.
  [[nodiscard]] std::optional<http::Outcome> respond(const FakeCall& call);

  /// The operations with prepared responses: `getSource, listSources`.
  [[nodiscard]] std::string operations() const;

 private:
  struct Page {
    std::string cursor;  // empty for the first
    std::string body;
  };
  using Pages = std::vector<Page>;
  using Response = std::variant<http::Outcome, Pages>;

  struct Queue {
    std::deque<Response> responses{};
    bool is_front_used_up = false;  // it is repeated while nothing follows
  };

  std::deque<Response>& responses_to(const Operation& operation);
  static Pages::const_iterator find_page(const Pages& pages, std::string_view cursor);

  // By id and group: versions of an operation may share the id.
  std::map<std::pair<std::string_view, std::string_view>, Queue> responses_;
};

/// The prepared responses, and what tells requests apart.
struct ByOperation {
  CallReader reader{};
  PreparedResponses responses{};
};

/// The body of a response that lists errors.
[[nodiscard]] std::string error_body(int status, const std::vector<ApiErrorItem>& items);

}  // namespace segment::inline SEGMENT_ABI::testing::detail

#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <vector>

#include "segment/error.hpp"
#include "segment/http/transport.hpp"
#include "segment/operation.hpp"
#include "segment/page.hpp"
#include "segment/testing/fake_call.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// The cursor of a page, in the type of its list: `page-2`, or 2.
///
/// \param number from 1.
template <class Cursor>
[[nodiscard]] Cursor cursor_of_page(std::size_t number) {
  if constexpr (std::integral<Cursor>) {
    return static_cast<Cursor>(number);
  } else {
    return "page-" + std::to_string(number);
  }
}

/// Writes each page's position into it.
template <class PageType>
void number_pages(std::vector<PageType>& pages) {
  using Cursor = typename decltype(std::declval<const PageType&>().next_cursor())::value_type;
  std::int64_t total = 0;
  for (const PageType& page : pages) total += static_cast<std::int64_t>(page.items.size());
  for (std::size_t number = 1; number <= pages.size(); ++number) {
    auto& pagination = pages[number - 1].pagination.emplace();
    pagination.current = cursor_of_page<Cursor>(number);
    if (number < pages.size()) pagination.next = cursor_of_page<Cursor>(number + 1);
    if constexpr (requires { pagination.previous = cursor_of_page<Cursor>(1); }) {
      if (number > 1) pagination.previous = cursor_of_page<Cursor>(number - 1);
    }
    pagination.total_entries = total;
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail

namespace segment::inline SEGMENT_ABI::testing {

/// A call that no response was prepared for. It leaves the call immediately: it never counts as a
/// network failure, and nothing is retried.
class SEGMENT_EXPORT NotPreparedError : public ConfigurationError {
 public:
  using ConfigurationError::ConfigurationError;
  ~NotPreparedError() override;
};

/// A transport without a network, for tests of programs that use the library: it returns prepared
/// responses and keeps every request for the test to inspect.
///
/// Prepare responses by operation, as the values that the methods return:
///
///     auto fake = std::make_shared<segment::testing::FakeTransport>();
///     fake->respond(segment::operations::workspaces::get, segment::Workspace{.name = "Acme"});
///     fake->fail(segment::operations::sources::create, 409);
///     segment::Client client({.token = segment::Token("for-a-test"), .transport = fake});
///
/// Operations may then be called in any order. Several responses prepared for one operation are
/// returned in that order, and the last one is repeated until you prepare another.
///
/// Responses queued by `add` come first, in order, whatever is called; then those prepared for the
/// operation; then what `respond_with`'s function returns. Without any of them the request fails:
/// with a NotPreparedError if anything was prepared by operation, otherwise like a refused
/// connection.
///
/// Copying: not copyable; share it by shared pointer. Cost: keeps every request. Thread safety: all
/// members may be called from any thread.
class SEGMENT_EXPORT FakeTransport final : public http::Transport {
 public:
  /// Computes a response from a request.
  using Responder = std::function<http::Outcome(const http::Request&)>;

  FakeTransport();
  ~FakeTransport() override;

  /// Prepares the response to an operation.
  ///
  /// \param value what the operation's method returns, in exactly that type: for a list, a page.
  /// \throws InvalidArgumentError for another type.
  template <class T>
  FakeTransport& respond(const Operation& operation, const T& value) {
    return prepare(operation, typeid(T), &value);
  }

  /// Prepares the response to an operation that returns nothing.
  ///
  /// \throws InvalidArgumentError for one that returns something.
  FakeTransport& respond(const Operation& operation);

  /// Prepares an API error.
  ///
  /// \param status of the response: 4xx or 5xx.
  /// \param items the errors that the response lists. Empty: one item that says what the status
  ///        means.
  /// \param headers for example `Retry-After`, which holds back the token as a whole.
  /// \throws InvalidArgumentError for another status.
  FakeTransport& fail(const Operation& operation, int status, std::vector<ApiErrorItem> items = {},
                      http::Headers headers = {});

  /// Prepares a failure: a request without a response.
  FakeTransport& fail(const Operation& operation, http::Failure failure);

  /// Prepares a list, page by page: `fake->list<Source>(operations::sources::list, {{a, b}, {c}})`.
  /// Each page has the cursor of the next one and the count of all items; the cursors are `page-1`,
  /// `page-2` and so on.
  ///
  /// \throws InvalidArgumentError if the operation lists something else.
  template <class Item>
  FakeTransport& list(const Operation& operation, std::vector<std::vector<Item>> pages) {
    std::vector<Page<Item>> all;
    for (std::vector<Item>& items : pages) all.push_back({.items = std::move(items)});
    return list_pages(operation, std::move(all));
  }

  /// The same for a list whose pages have a type of their own, or contain more than items.
  /// `pagination` is overwritten.
  template <class PageType>
  FakeTransport& list_pages(const Operation& operation, std::vector<PageType> pages) {
    segment::detail::number_pages(pages);
    std::vector<const void*> all;
    for (const PageType& page : pages) all.push_back(&page);
    return prepare_pages(operation, typeid(PageType), all);
  }

  /// Adds one response with a JSON body.
  ///
  /// \param status the HTTP status.
  /// \param json the whole body, envelope included: `{"data": {...}}`. Empty: an empty body.
  /// \param headers in addition to Content-Type.
  FakeTransport& add(int status, std::string json, http::Headers headers = {});

  /// Adds one outcome of any kind: a response or a failure.
  FakeTransport& add(http::Outcome outcome);

  /// Sets the function that responds when no added outcome is left.
  FakeTransport& respond_with(Responder responder);

  /// The requests so far, oldest first.
  [[nodiscard]] std::vector<http::Request> requests() const;

  /// The most recent request. Throws std::out_of_range if there is none.
  [[nodiscard]] http::Request last_request() const;

  /// The requests so far that are API operations, oldest first, to be read back in typed form.
  [[nodiscard]] std::vector<FakeCall> calls() const;

  /// The same for one operation.
  [[nodiscard]] std::vector<FakeCall> calls(const Operation& operation) const;

  /// Calls that nothing was prepared for, as the errors describe them: for code under test that
  /// swallows errors.
  [[nodiscard]] std::vector<std::string> not_prepared() const;

  /// \throws NotPreparedError for an operation without a prepared response, if others have one.
  [[nodiscard]] http::Outcome send(const http::Request& request) override;

 private:
  FakeTransport& prepare(const Operation& operation, const std::type_info& type, const void* value);
  FakeTransport& prepare_pages(const Operation& operation, const std::type_info& type,
                               const std::vector<const void*>& pages);

  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace segment::inline SEGMENT_ABI::testing

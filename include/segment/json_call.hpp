#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "segment/call_options.hpp"
#include "segment/client.hpp"
#include "segment/operation.hpp"
#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI {

/// What a call returned.
struct JsonResult {
  /// The response's `data` as received, including members that this library does not know. Null if
  /// there is none.
  Json data{};
  /// For a paged list: the cursor of the next page. Empty after the last.
  std::optional<std::string> next_cursor{};
};

/// A call of any operation with JSON input and output, for programs that decide at run time what to
/// call. It is checked, retried and decoded like a call of the operation's own method.
///
///     auto input = segment::Json::parse(R"({"path": {"sourceId": "qQEHquLrjRDN9j1ByrChyn"}})");
///     segment::JsonCall call(segment::operations::sources::get, input);
///     std::cout << call.run(client).data.dump(2) << '\n';
///
/// Copying: cheap; copies share the input. Cost: the decoded input. Thread safety: constant; one
/// call may be run by many threads at once.
class SEGMENT_EXPORT JsonCall {
 public:
  /// The page size of a list if the input does not set it.
  enum class PageSize : std::uint8_t {
    server_default,  ///< the server's default: sends only what the input names
    largest,         ///< as large as the operation allows
  };

  /// Reads the input strictly, and checks that it can be sent. Nothing is sent.
  ///
  /// \param input `{"path": {…}, "query": {…}, "body": {…}}` with the API's own names, each part
  ///        optional. An enum value that is newer than this library is sent as is.
  /// \throws InvalidJsonError with everything that is wrong in the input; InvalidArgumentError for
  ///         input that cannot or must not be sent.
  JsonCall(const Operation& operation, const Json& input, CallOptions options = {});

  [[nodiscard]] const Operation& operation() const noexcept;

  /// Makes the call and waits for it.
  ///
  /// \throws as every call.
  [[nodiscard]] JsonResult run(const Client& client) const;

  /// Makes the call and waits for it.
  ///
  /// \return the response's `data` as received, even a null in place of the requested item, which
  ///         makes `run` throw a NotFoundError.
  /// \throws as every call.
  [[nodiscard]] Json run_for_data(const Client& client) const;

  /// Makes the call for every page of its list, and waits for them.
  ///
  /// \param visit called with each page as it arrives.
  /// \throws as every call, and what `visit` throws.
  void for_each_page(const Client& client, const std::function<void(JsonResult)>& visit,
                     PageSize size = PageSize::server_default) const;

 private:
  struct Input;

  [[nodiscard]] JsonResult run(const Client& client, std::string& response) const;

  std::shared_ptr<const Input> input_;
};

}  // namespace segment::inline SEGMENT_ABI

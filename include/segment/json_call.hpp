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
  /// What stood under `data`, as it came: with members that this library does not know. Null where
  /// nothing did.
  Json data{};
  /// Of a list in pages: where the next page begins. Nothing after the last.
  std::optional<std::string> next_cursor{};
};

/// A call of any operation whose input and result are JSON, for programs that find out at run time
/// what they call. It is checked, retried and decoded as the operation's own method does it.
///
///     auto input = segment::Json::parse(R"({"path": {"sourceId": "qQEHquLrjRDN9j1ByrChyn"}})");
///     segment::JsonCall call(segment::operations::sources::get, input);
///     std::cout << call.run(client).data.dump(2) << '\n';
///
/// Copying: cheap; copies share the input. Cost: the decoded input. Thread safety: constant; one
/// call may be run by many threads at once.
class SEGMENT_EXPORT JsonCall {
 public:
  /// How large the pages of a list are where the input does not say.
  enum class PageSize : std::uint8_t {
    of_servers,  ///< as the server has it: nothing is sent that the input does not name
    largest,     ///< as large as the operation allows
  };

  /// Reads the input strictly, and checks that it can be sent. Nothing is sent.
  ///
  /// \param input `{"path": {…}, "query": {…}, "body": {…}}` with the API's own names, each part
  ///        optional. A value of an enum that is newer than this library is sent as it is.
  /// \throws InvalidJsonError with everything that is wrong in the input; InvalidArgumentError for
  ///         what cannot be sent, or must not be.
  JsonCall(const Operation& operation, const Json& input, CallOptions options = {});

  [[nodiscard]] const Operation& operation() const noexcept;

  /// Makes the call and waits for it.
  ///
  /// \throws as every call.
  [[nodiscard]] JsonResult run(const Client& client) const;

  /// Makes the call and waits for it.
  ///
  /// \return what stands under `data`, as it came: also a null in place of what was asked for,
  /// which
  ///         is a NotFoundError of `run`.
  /// \throws as every call.
  [[nodiscard]] Json run_for_data(const Client& client) const;

  /// Makes the call for every page of its list, and waits for them.
  ///
  /// \param visit called with each page as it comes.
  /// \throws as every call, and what `visit` throws.
  void for_each_page(const Client& client, const std::function<void(JsonResult)>& visit,
                     PageSize size = PageSize::of_servers) const;

 private:
  struct Input;

  [[nodiscard]] JsonResult run(const Client& client, std::string& response) const;

  std::shared_ptr<const Input> input_;
};

}  // namespace segment::inline SEGMENT_ABI

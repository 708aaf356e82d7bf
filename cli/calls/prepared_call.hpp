#pragma once

#include <functional>
#include <memory>
#include <string>

#include "call/core.hpp"
#include "call/operation_tables.hpp"
#include "call/prepared_call.hpp"
#include "calls/returned.hpp"
#include "segment/call_options.hpp"
#include "segment/detail/call.hpp"
#include "segment/types/json.hpp"

namespace segment::cli {

/// A call whose input was looked at and is good: decoded strictly into the library's types, and
/// proven to be one that can be sent. No token and no address is needed for that.
class PreparedCall {
 public:
  /// \param input as `read_input` gives it.
  /// \throws Malformed, or InvalidArgumentError, for an input that cannot be sent, or must not be.
  PreparedCall(const Operation& operation, const Json& input, CallOptions options);

  [[nodiscard]] const Operation& operation() const noexcept { return call_.operation(); }

  /// Makes the call.
  [[nodiscard]] Returned run(const detail::Core& core) const;

  /// Makes the call.
  ///
  /// \return what stands under `data`, as it came: also a null that says that there is nothing.
  [[nodiscard]] Json run_for_data(const detail::Core& core) const;

  /// Makes the call for every page of its list.
  ///
  /// \param visit sees each page as it comes.
  /// \param size how large a page is asked for where the input does not say.
  void each_page(const std::shared_ptr<const detail::Core>& core,
                 const std::function<void(const Returned& page)>& visit,
                 detail::PageSize size = detail::PageSize::of_servers) const;

 private:
  std::shared_ptr<std::string> body_;  // of the newest answer
  detail::PreparedCall call_;
};

}  // namespace segment::cli

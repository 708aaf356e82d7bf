#pragma once

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "segment/sandbox/fault.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// The header by which a request asks for a fault.
inline constexpr std::string_view fault_header = "X-Sandbox-Fault";

/// Reads `status=503`, `delay=200`, `cut`, `reset` and `times=2`, separated by commas or
/// semicolons; `id=7` only makes the text distinct.
///
/// \return nothing for a text that asks for no fault.
/// \throws Refusal with 400 that names the word, if it is misspelt or invalid.
[[nodiscard]] std::optional<Fault> parse_fault(std::string_view text);

/// The pending faults.
class Faults {
 public:
  /// \param operation its name, or `*`.
  void add(std::string_view operation, Fault fault);

  /// Takes the fault for a call.
  ///
  /// \param operation its name; empty if there is no such operation.
  /// \param header the fault that the request asks for; empty: none. With `times` the same text
  ///        causes a fault in that many requests, and then no more.
  /// \throws Refusal with 400 if it is invalid.
  [[nodiscard]] std::optional<Fault> take(std::string_view operation, std::string_view header);

 private:
  [[nodiscard]] std::optional<Fault> take_first(std::string_view queue);
  [[nodiscard]] std::optional<Fault> asked_for(std::string_view operation, std::string_view header);
  [[nodiscard]] int& times_asked(std::string text);

  std::mutex mutex_;
  std::map<std::string, std::deque<Fault>, std::less<>> queues_;
  using TimesAsked = std::map<std::string, int, std::less<>>;
  TimesAsked asked_;  // how often, by operation and text
  std::deque<TimesAsked::iterator> asked_in_order_;
};

}  // namespace segment::inline SEGMENT_ABI::sandbox

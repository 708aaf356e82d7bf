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

/// The header by which a request asks for its own misfortune.
inline constexpr std::string_view fault_header = "X-Sandbox-Fault";

/// Reads `status=503`, `delay=200`, `cut`, `reset` and `times=2`, separated by commas or
/// semicolons; `id=7` makes it another text and says nothing.
///
/// \return nothing for a text that asks for no fault.
/// \throws Refusal with 400 that names the word, for one that is misspelt or cannot be.
[[nodiscard]] std::optional<Fault> parse_fault(std::string_view text);

/// The faults that are still to happen.
class Faults {
 public:
  /// \param operation its name, or `*`.
  void add(std::string_view operation, Fault fault);

  /// Takes the fault that befalls a call.
  ///
  /// \param operation its name; empty where there is no such operation.
  /// \param header what the request asks for itself; empty: nothing. With `times` the same text
  ///        asks for a fault that often, in as many requests, and then no more.
  /// \throws Refusal with 400 where that cannot be read.
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

#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include <segment/http/header.hpp>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// One way in which the sandbox can misbehave. Which call it befalls is said where it is handed
/// over: `sandbox.next("getSource", Fault::status(503))`.
///
/// Copying: a value. Cost: a few strings. Thread safety: as a struct.
struct Fault {
  /// How the answer ends.
  enum class Ending : std::uint8_t {
    whole,  ///< as it should
    cut,    ///< the connection is closed in the middle of the body
    reset,  ///< the connection is reset before a byte of the answer
  };

  /// Zero: the call is carried out and answered. Else this is the answer, and nothing was done.
  int answer_status = 0;
  /// The answer's body, as it stands. Only with a status.
  std::string body{};
  /// The answer's headers beside the usual ones. Only with a status.
  http::Headers headers{};
  /// How long the sandbox waits before it looks at the call.
  std::chrono::milliseconds wait{0};
  Ending ending = Ending::whole;
  /// How many calls it befalls, one after the other.
  int times = 1;

  /// Answers with this status, and does nothing.
  ///
  /// \param status the HTTP status, 200 to 599.
  /// \param body as it goes over the wire; empty: an error in the API's own form for a status from
  /// 400
  ///        on, else no body.
  /// \param headers beside the usual ones, and in place of those of the same name.
  [[nodiscard]] static Fault status(int status, std::string body = {}, http::Headers headers = {});

  /// Carries the call out, but late.
  ///
  /// \param wait in milliseconds, on the sandbox's clock.
  [[nodiscard]] static Fault delay(std::chrono::milliseconds wait);

  /// Carries the call out and closes the connection in the middle of the answer's body.
  [[nodiscard]] static Fault cut();

  /// Carries the call out and resets the connection before the answer.
  [[nodiscard]] static Fault reset();

  /// The same fault for several calls.
  ///
  /// \param count how many, at least 1.
  [[nodiscard]] Fault repeated(int count) const;
};

}  // namespace segment::inline SEGMENT_ABI::sandbox

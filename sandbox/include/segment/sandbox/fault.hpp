#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include <segment/http/header.hpp>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// A fault that the sandbox injects into a call: `sandbox.next("getSource", Fault::status(503))`.
struct SEGMENT_EXPORT Fault {
  /// How the response ends.
  enum class Ending : std::uint8_t {
    whole,  ///< normally
    cut,    ///< the connection is closed in the middle of the body
    reset,  ///< the connection is reset before the first byte of the response
  };

  /// Zero: the call is carried out. Otherwise the response has this status, and nothing is done.
  int response_status = 0;
  /// The response body, sent as is. Only with a status.
  std::string body{};
  /// Response headers in addition to the usual ones. Only with a status.
  http::Headers headers{};
  /// How long the sandbox waits before it handles the call.
  std::chrono::milliseconds wait{0};
  Ending ending = Ending::whole;
  /// How many consecutive calls are affected.
  int times = 1;

  /// Responds with this status without carrying out the call.
  ///
  /// \param status the HTTP status, 200 to 599.
  /// \param body sent as is; empty: an error in the API's own form for a status of 400 or more,
  ///        otherwise no body.
  /// \param headers in addition to the usual ones, replacing those of the same name.
  [[nodiscard]] static Fault status(int status, std::string body = {}, http::Headers headers = {});

  /// Carries the call out after a delay.
  ///
  /// \param wait in milliseconds, on the sandbox's clock.
  [[nodiscard]] static Fault delay(std::chrono::milliseconds wait);

  /// Carries the call out and closes the connection in the middle of the response body.
  [[nodiscard]] static Fault cut();

  /// Carries the call out and resets the connection before the response.
  [[nodiscard]] static Fault reset();

  /// The fault that a text describes: `status=503,times=2`, as in the header `X-Sandbox-Fault`.
  /// Without `times` it affects every call.
  ///
  /// \throws InvalidArgumentError for a word that it does not take, and for a text without a fault.
  [[nodiscard]] static Fault parse(std::string_view words);

  /// The same fault for several calls.
  ///
  /// \param count how many, at least 1.
  [[nodiscard]] Fault repeated(int count) const;
};

}  // namespace segment::inline SEGMENT_ABI::sandbox

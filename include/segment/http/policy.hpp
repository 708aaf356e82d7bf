#pragma once

#include <any>
#include <cstdint>
#include <optional>
#include <string_view>

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"
#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::http {

/// The attempt that a policy is looking at.
struct Attempt {
  const Operation& operation;
  /// The call's number, as its events have it: counts the calls of a client and its copies from 1.
  std::uint64_t call = 0;
  /// The attempt's number within the call, from 1.
  int number = 1;
  /// `CallOptions::tag`.
  std::string_view tag{};
  /// The policy's own: what `before_send` leaves here, `after_send` of the same policy finds. It is
  /// destroyed when the attempt is over, however it ends.
  std::any state{};
};

/// A step around every attempt of every call: it may change the request, answer in the server's
/// stead, and replace the outcome. It neither waits nor sends, so that blocking and asynchronous
/// calls run the same policies.
///
/// Policies are nested: the first sees the request first and the outcome last. An exception of
/// either member ends the call.
///
/// Copying: held by shared pointer. Cost: two virtual calls an attempt. Thread safety: both members
/// are called from many threads at once and must allow it; those of one attempt never overlap, but
/// may run on two threads.
class SEGMENT_EXPORT Policy {
 public:
  Policy() = default;
  Policy(const Policy&) = delete;
  Policy& operator=(const Policy&) = delete;
  virtual ~Policy() = default;

  /// Called before an attempt is sent. A header that belongs to the library or the connection
  /// (Authorization, Host, Content-Length and the like) is a ConfigurationError.
  ///
  /// \return nothing: the request goes on its way. An outcome answers it: neither later policies
  ///         nor the transport see it, and the rate limiter learns nothing from it. It counts as an
  ///         attempt and is judged, and retried, as the server's own would be.
  virtual std::optional<Outcome> before_send(Request& request, Attempt& attempt);

  /// Called with the outcome of an attempt that `before_send` let pass.
  ///
  /// \param outcome may be replaced: the call goes by what is left here.
  virtual void after_send(Outcome& outcome, Attempt& attempt);
};

}  // namespace segment::inline SEGMENT_ABI::http

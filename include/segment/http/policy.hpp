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
  /// The call's number, the same as in its events: counts the calls of a client and its copies from
  /// 1.
  std::uint64_t call = 0;
  /// The attempt's number within the call, from 1.
  int number = 1;
  /// `CallOptions::tag`.
  std::string_view tag{};
  /// The policy's own state: `after_send` of the same policy finds what `before_send` stored here.
  /// It is destroyed when the attempt is over, however it ends.
  std::any state{};
};

/// A step around every attempt of every call: it may change the request, respond instead of the
/// server, and replace the outcome. It neither waits nor sends, so that blocking and asynchronous
/// calls run the same policies.
///
/// Policies are nested: the first sees the request first and the outcome last. An exception from
/// either member ends the call.
///
/// Copying: held by shared pointer. Cost: two virtual calls per attempt. Thread safety: both
/// members must be callable from many threads at once; those of one attempt never overlap, but may
/// run on two threads.
class SEGMENT_EXPORT Policy {
 public:
  Policy() = default;
  Policy(const Policy&) = delete;
  Policy& operator=(const Policy&) = delete;
  virtual ~Policy() = default;

  /// Called before an attempt is sent. Setting a header that belongs to the library or the
  /// connection (Authorization, Host, Content-Length and the like) is a ConfigurationError.
  ///
  /// \return empty: the request is sent. Otherwise the outcome is used instead: neither later
  ///         policies nor the transport see the request, and the rate limiter learns nothing from
  ///         the outcome. It counts as an attempt and is evaluated, and retried, like the server's
  ///         own.
  virtual std::optional<Outcome> before_send(Request& request, Attempt& attempt);

  /// Called with the outcome of an attempt that `before_send` let pass.
  ///
  /// \param outcome may be replaced: the call uses what is left here.
  virtual void after_send(Outcome& outcome, Attempt& attempt);
};

}  // namespace segment::inline SEGMENT_ABI::http

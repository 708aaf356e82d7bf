#pragma once

#include "segment/http/request.hpp"
#include "segment/http/response.hpp"
#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::http {

/// Which try of which call a policy is looking at.
struct Attempt {
  const Operation& operation;
  /// 1 for the first.
  int number = 1;
};

/// A step that every try of every call passes: it may change the request before it goes, and sees
/// what came of it. Policies never wait and never send: that is the executor's part.
///
/// Copying: held by shared pointer. Cost: two virtual calls a try. Thread safety: both members are
/// called from many threads at once and must allow it.
class Policy {
 public:
  Policy() = default;
  Policy(const Policy&) = delete;
  Policy& operator=(const Policy&) = delete;
  virtual ~Policy() = default;

  /// Called before a try is sent.
  virtual void before_send(Request& request, const Attempt& attempt);

  /// Called with the outcome of a try.
  virtual void after_send(const Outcome& outcome, const Attempt& attempt);
};

}  // namespace segment::inline SEGMENT_ABI::http

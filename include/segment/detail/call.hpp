#pragma once

#include <initializer_list>
#include <memory>
#include <string_view>

#include "segment/call_options.hpp"
#include "segment/operation.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What all copies of a client share; private to the library's sources.
class Core;

/// A call that was encoded and checked; private to the library's sources.
class PreparedCall;

/// The input of one call, type-erased: the operation's tables know the types.
struct CallInput {
  /// The path's parameters, in the path's order, as text.
  std::initializer_list<std::string_view> path{};
  const void* query = nullptr;
  const void* body = nullptr;
};

/// Makes one call and waits for it; used by every blocking method.
///
/// \param result filled from the response; null if the operation returns nothing.
SEGMENT_EXPORT void call(const Core& core, const Operation& operation, const CallInput& input,
                         void* result, const CallOptions& options);

/// Several calls that are one to their caller; private to the library's sources.
class Sequence;

/// Makes the calls of a sequence one after another, and waits for them and between them.
///
/// \return the result, a new object that the caller owns; null if there is none.
SEGMENT_EXPORT void* run_sequence(const Core& core, Sequence& sequence);

}  // namespace segment::inline SEGMENT_ABI::detail

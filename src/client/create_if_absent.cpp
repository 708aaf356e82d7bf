#include "segment/helpers/create_if_absent.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// An answer of 2xx that cannot be read is the answer to something that was done.
bool is_unreadable_success(const Error& error) noexcept {
  return error.kind() == ErrorKind::decode && error.status() >= 200 && error.status() < 300;
}

bool is_cancelled(const Error& error) noexcept { return error.kind() == ErrorKind::cancelled; }

}  // namespace

bool may_have_been_created(const Error& error) noexcept {
  return !is_cancelled(error) && (error.outcome_unknown() || is_unreadable_success(error));
}

bool was_refused(const Error& error) noexcept {
  return dynamic_cast<const ApiError*>(&error) != nullptr && !error.outcome_unknown();
}

bool may_create_again(const Error& error) noexcept { return !is_unreadable_success(error); }

bool pause_before_look(const Error& error, const CreateIfAbsentOptions& options) {
  if (is_cancelled(error)) return false;
  Clock& clock = options.clock ? *options.clock : *Clock::system();
  return clock.wait_until(clock.now() + options.pause, options.stop);
}

}  // namespace segment::inline SEGMENT_ABI::detail

#include "segment/helpers/create_if_absent.hpp"

#include "client/stepwise.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// A 2xx response that cannot be read still means that the request was carried out.
bool is_unreadable_success(const Error& error) noexcept {
  return error.kind() == ErrorKind::decode && error.status() >= 200 && error.status() < 300;
}

bool is_cancelled(const Error& error) noexcept { return error.kind() == ErrorKind::cancelled; }

// Whether a creation with this error may have taken effect.
bool may_have_been_created(const Error& error) noexcept {
  return !is_cancelled(error) && (error.outcome_unknown() || is_unreadable_success(error));
}

// Whether the API refused it, so that this attempt had no effect.
bool was_refused(const Error& error) noexcept {
  return dynamic_cast<const ApiError*>(&error) != nullptr && !error.outcome_unknown();
}

}  // namespace

void Creation::created(const std::exception_ptr& error) {
  ++attempts_;
  newest_ = error;
  if (!error) {
    next_ = Step::done;
    return;
  }
  const auto* known = error_as<Error>(error);
  if (known == nullptr) std::rethrow_exception(error);
  if (may_have_been_created(*known)) doubt_ = error;
  if (!doubt_) {
    if (known->kind() != ErrorKind::conflict) std::rethrow_exception(error);
    next_ = Step::look;
    return;
  }
  if (is_cancelled(*known)) std::rethrow_exception(doubt_);
  next_ = Step::pause;
}

void Creation::paused(bool was_stopped) {
  if (was_stopped) std::rethrow_exception(doubt_);
  next_ = Step::look;
}

void Creation::looked(bool was_found, const std::exception_ptr& error) {
  if (was_found) {
    next_ = Step::done;
    return;
  }
  if (error) {
    const bool is_first = newest_ == nullptr;
    if (is_first || error_as<Error>(error) == nullptr) std::rethrow_exception(error);
    std::rethrow_exception(doubt_ ? doubt_ : newest_);
  }
  next_ = Step::create;
  const auto* known = error_as<Error>(newest_);
  if (known == nullptr) return;  // nothing has been created so far
  if (was_refused(*known)) std::rethrow_exception(newest_);
  const bool may_create_again = may_have_been_created(*known) && !is_unreadable_success(*known);
  if (attempts_ >= options_.max_attempts || !may_create_again) std::rethrow_exception(doubt_);
}

namespace {

SequenceOf<bool> wait(Stepwise client, std::chrono::milliseconds length, std::stop_token stop) {
  SequencePause pause(client.core().clock().now() + length, std::move(stop));
  co_return co_await pause;
}

}  // namespace

std::shared_ptr<Sequence> pause(const std::shared_ptr<const Core>& core,
                                std::chrono::milliseconds length, std::stop_token stop) {
  return wait(Stepwise(core), length, std::move(stop));
}

}  // namespace segment::inline SEGMENT_ABI::detail

#include "segment/many.hpp"

#include <string>
#include <utility>

#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI::detail {

Many::Many(std::shared_ptr<TaskState> state, std::size_t count, const ManyOptions& options,
           std::stop_token stop, AfterError after_error)
    : state_(std::move(state)),
      count_(count),
      max_concurrency_(options.max_concurrency),
      stop_(std::move(stop)),
      after_error_(after_error) {
  if (max_concurrency_ == 0) {
    throw InvalidArgumentError("ManyOptions::max_concurrency is 0, so no task could ever start");
  }
}

Many::~Many() = default;

void Many::start() noexcept { begin_more(std::unique_lock(mutex_)); }

void Many::ended(bool failed) noexcept {
  std::unique_lock lock(mutex_);
  --under_way_;
  has_failed_ = has_failed_ || failed;
  // Tasks that are done as soon as they start come here from within `begin`, which would recurse.
  if (!is_beginning_) begin_more(std::move(lock));
}

bool Many::may_begin() const noexcept {
  return next_ < count_ && !(has_failed_ && after_error_ == AfterError::stop) &&
         !stop_.stop_requested();
}

void Many::begin_more(std::unique_lock<std::mutex> lock) noexcept {
  is_beginning_ = true;
  while (under_way_ < max_concurrency_ && may_begin()) {
    const std::size_t index = next_++;
    ++under_way_;
    lock.unlock();
    begin(index);
    lock.lock();
  }
  is_beginning_ = false;
  // Nothing is in progress and nothing more may start, so this stays so, and nobody else gets here.
  const bool is_over = under_way_ == 0;
  lock.unlock();
  if (is_over) complete();
}

void Many::complete() noexcept {
  try {
    const Value all = finish();
    state_->succeed(all.value, all.destroy);
  } catch (...) {
    state_->fail(std::current_exception());
  }
}

std::exception_ptr not_begun(std::size_t index, std::size_t count) {
  return std::make_exception_ptr(CancelledError("a stop was requested before item " +
                                                std::to_string(index + 1) + " of " +
                                                std::to_string(count) + " started"));
}

void throw_first_error(Outcomes<void> outcomes) {
  for (std::size_t index = 0; index < outcomes.size(); ++index) {
    if (!outcomes[index]) std::rethrow_exception(not_begun(index, outcomes.size()));
    outcomes[index]->value();
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail

#include "segment/detail/pager.hpp"

#include <exception>
#include <mutex>
#include <string>
#include <unordered_set>
#include <utility>

#include "call/call_outcome.hpp"
#include "call/call_state.hpp"
#include "call/core.hpp"
#include "errors/raise.hpp"
#include "operations/prepared_call.hpp"
#include "segment/error.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

constexpr const char* page_under_way = "a page is already being fetched";

std::exception_ptr decode_error(const PreparedCall& call, const std::string& reason) {
  return std::make_exception_ptr(error_about<DecodeError>(call.operation(), call.tag(), reason));
}

}  // namespace

struct Pager::Position {
  Position(std::shared_ptr<const Core> the_core, const Operation& the_operation,
           std::string the_tag)
      : core(std::move(the_core)),
        operation(the_operation),
        tag(std::move(the_tag)),
        has_pages(the_operation.paging != nullptr) {}

  void begin(PreparedCall first);
  void take(const void* page);
  [[nodiscard]] std::exception_ptr repeated(const std::string& cursor);
  [[nodiscard]] std::exception_ptr short_of(const std::optional<std::int64_t>& total) const;

  const std::shared_ptr<const Core> core;
  const Operation& operation;
  const std::string tag;
  const bool has_pages;
  std::function<bool(void*)> fetch{};

  // Up to `mutex`: used only while a page is being fetched.
  // Hashes of the cursors so far, since following a repeated one would never end.
  std::unordered_set<std::size_t> seen{};
  bool is_whole = true;  // started at the first page
  int pages = 0;
  std::int64_t items = 0;

  mutable std::mutex mutex{};          // guards the rest
  std::optional<PreparedCall> call{};  // for the next page; none at the end or for an invalid input
  State state = State::not_begun;
  bool has_begun = false;
  bool is_fetching = false;
  bool has_own_page_size = false;  // set by the caller
  bool has_small_page = false;     // for a caller who wants only a few items
  std::optional<std::int64_t> total{};
  std::exception_ptr failure{};  // permanent
};

void Pager::Position::begin(PreparedCall first) {
  call.emplace(std::move(first));
  const Paging* paging = call->operation().paging;
  if (paging == nullptr) return;
  const auto& query = call->encoded().query;
  has_own_page_size = find_parameter(query, paging->count) != nullptr;
  const std::string* cursor = find_parameter(query, paging->cursor);
  if (cursor == nullptr) return;
  seen.insert(std::hash<std::string>{}(*cursor));
  is_whole = false;
}

// Takes the lock late, since it may call the caller's observer.
void Pager::Position::take(const void* page) {
  const Paging* paging = call->operation().paging;
  auto next = paging != nullptr ? paging->next(page) : std::nullopt;
  const PageCount count = paging != nullptr ? paging->count_of(page) : PageCount{};
  ++pages;
  items += static_cast<std::int64_t>(count.items);
  std::exception_ptr wrong = next ? repeated(*next) : short_of(count.total);
  const std::scoped_lock lock(mutex);
  failure = std::move(wrong);
  has_begun = true;
  if (count.total) total = count.total;
  state = next ? State::under_way : State::done;
  if (next) {
    call->set_cursor(std::move(*next));
    if (std::exchange(has_small_page, false)) call->set_page_size(paging->max_count);
  } else {
    call.reset();
  }
}

std::exception_ptr Pager::Position::repeated(const std::string& cursor) {
  if (seen.insert(std::hash<std::string>{}(cursor)).second) return {};
  return decode_error(*call,
                      "the server returned the same cursor twice; following it "
                      "would never end");
}

// A list of one page is checked by its call.
std::exception_ptr Pager::Position::short_of(const std::optional<std::int64_t>& counted) const {
  if (!is_whole || pages == 1) return {};
  const auto wrong = short_list(core->options(), *call, items, counted);
  return wrong ? decode_error(*call, "the list " + *wrong) : nullptr;
}

Pager::Pager(std::shared_ptr<const Core> core, const Operation& operation, const CallInput& input,
             const CallOptions& options)
    : position_(std::make_unique<Position>(std::move(core), operation, options.tag.value_or(""))) {
  try {
    position_->begin(
        prepare(position_->core->options(), operation, input, options, PageSize::server_default));
    if (has_pages()) position_->call->set_page_size(PageSize::largest);
  } catch (...) {
    position_->failure = std::current_exception();
  }
}

Pager::Pager(std::shared_ptr<const Core> core, PreparedCall first)
    : position_(std::make_unique<Position>(std::move(core), first.operation(), first.tag())) {
  position_->begin(std::move(first));
}

Pager::~Pager() = default;

bool Pager::fetch(void* page) {
  if (position_->fetch) return position_->fetch(page);
  const PreparedCall* call = begin_page();
  if (call == nullptr) return false;
  try {
    run(core(), *call, page);
  } catch (...) {
    end_page(nullptr);
    throw;
  }
  end_page(page);
  return true;
}

void Pager::throw_if_failed() const {
  const std::scoped_lock lock(position_->mutex);
  if (position_->failure) std::rethrow_exception(position_->failure);
}

Pager::State Pager::state() const {
  const std::scoped_lock lock(position_->mutex);
  if (position_->is_fetching) return State::under_way;
  const bool is_unreported = position_->failure && position_->state != State::failed;
  return is_unreported ? State::under_way : position_->state;
}

bool Pager::has_pages() const noexcept { return position_->has_pages; }

bool Pager::has_begun() const {
  const std::scoped_lock lock(position_->mutex);
  return position_->has_begun;
}

std::optional<std::string> Pager::cursor() const {
  const std::scoped_lock lock(position_->mutex);
  const auto& call = position_->call;
  if (!call || !has_pages()) return std::nullopt;
  const std::string* cursor =
      find_parameter(call->encoded().query, call->operation().paging->cursor);
  return cursor != nullptr ? std::optional(*cursor) : std::nullopt;
}

std::optional<std::int64_t> Pager::total() const {
  const std::scoped_lock lock(position_->mutex);
  return position_->total;
}

void Pager::expect_at_most(std::size_t items) {
  Position& at = *position_;
  const std::scoped_lock lock(at.mutex);
  if (at.is_fetching || at.state != State::not_begun || at.has_own_page_size || items == 0) return;
  if (!at.call || !at.has_pages) return;
  const std::int64_t largest = at.call->operation().paging->max_count;
  at.has_small_page = std::cmp_less(items, largest);
  at.call->set_page_size(at.has_small_page ? static_cast<std::int64_t>(items) : largest);
}

std::shared_ptr<Pager> Pager::single_items() const {
  throw_if_failed();
  const auto call = [this] {
    const std::scoped_lock lock(position_->mutex);
    if (position_->is_fetching || !position_->call) raise(page_under_way);
    return *position_->call;
  };
  auto pager = std::make_shared<Pager>(position_->core, call());
  pager->position_->call->set_page_size(1);
  return pager;
}

const PreparedCall* Pager::begin_page() {
  Position& at = *position_;
  const std::scoped_lock lock(at.mutex);
  if (at.is_fetching) raise(page_under_way);
  if (at.failure) {
    at.state = State::failed;
    std::rethrow_exception(at.failure);
  }
  if (at.state == State::done) return nullptr;
  at.is_fetching = true;
  return &*at.call;
}

void Pager::end_page(const void* page) noexcept {
  Position& at = *position_;
  std::exception_ptr failure;
  try {
    if (page != nullptr) at.take(page);
  } catch (...) {
    failure = std::current_exception();
  }
  const std::scoped_lock lock(at.mutex);
  at.is_fetching = false;
  if (failure) at.failure = std::move(failure);
}

void Pager::fetch_by(std::function<bool(void*)> fetch) { position_->fetch = std::move(fetch); }

const Core& Pager::core() const noexcept { return *position_->core; }

void Pager::raise(const std::string& reason) const {
  throw error_about<InvalidArgumentError>(position_->operation, position_->tag, reason);
}

}  // namespace segment::inline SEGMENT_ABI::detail

#include "http/curl/curl_engine.hpp"

#include <algorithm>
#include <climits>
#include <utility>

#include "http/curl/failure.hpp"
#include "threads/library_thread.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

// Transfers ---------------------------------------------------------------------------------------

using std::chrono::steady_clock;

void Transfer::take(const Request& request, OnOutcome done, std::function<void()> on_stop) {
  request_ = &request;
  done_ = std::move(done);
  const auto timeout = request.limits.attempt_timeout;
  constexpr auto ages = std::chrono::hours{24 * 365};  // a longer timeout could overflow the clock
  if (timeout.count() > 0 && timeout < ages) expiry_ = steady_clock::now() + timeout;
  if (request.stop.stop_possible()) on_stop_.emplace(request.stop, std::move(on_stop));
}

OnOutcome Transfer::release() {
  on_stop_.reset();
  exchange_.reset();
  expiry_.reset();
  request_ = nullptr;
  return std::exchange(done_, {});
}

std::optional<Failure> Transfer::begin(CURLM* multi, const CurlOptions& options,
                                       Connections& connections) {
  exchange_.emplace(easy_, multi, *request_, options, connections);
  curl_easy_setopt(easy(), CURLOPT_PRIVATE, this);
  return exchange_->begin();
}

// The engine --------------------------------------------------------------------------------------

namespace {

// How long libcurl gets to time out a request itself, since it reports the cause more precisely.
constexpr std::chrono::milliseconds libcurls_own_time{20};

constexpr const char* out_of_time = "The time limit expired before a connection was available.";

}  // namespace

CurlEngine::CurlEngine(const CurlOptions& options, std::shared_ptr<Shared> shared,
                       IdleClock idle_clock)
    : options_(options),
      shared_(std::move(shared)),
      max_connections_(std::max<std::size_t>(options.max_connections, 1)),
      connections_(idle_clock),
      multi_(make_multi(static_cast<long>(std::min<std::size_t>(max_connections_, INT_MAX)))) {
  curl_multi_setopt(multi_.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS,
                    static_cast<long>(std::min<std::size_t>(max_connections_, INT_MAX)));
  sockets_ = std::make_unique<Sockets>(multi_.get());
}

CurlEngine::~CurlEngine() {
  take_submitted();
  constexpr const char* ended = "The client was shut down.";
  while (!active_.empty()) {
    Transfer& transfer = *active_.back();
    end(transfer, transfer.exchange().failure(FailureKind::cancelled, ended));
  }
  end_waiting_where([](const Transfer&) { return true; }, FailureKind::cancelled, ended);
  deliver();
}

// --- From any thread -----------------------------------------------------------------------------

void CurlEngine::start(const Request& request, OnOutcome done) {
  if (auto failure = unfit(request)) return done(*std::move(failure));
  std::unique_ptr<Transfer> transfer = make(request, std::move(done));
  const std::scoped_lock lock(mutex_);
  // The polling thread may have seen its stop already, and found no such transfer.
  if (transfer->stop_requested()) stop_requested_ = true;
  submitted_.push_back(std::move(transfer));
  wake_sleeper();
}

std::unique_ptr<Transfer> CurlEngine::make(const Request& request, OnOutcome done) {
  std::unique_ptr<Transfer> transfer;
  {
    const std::scoped_lock lock(mutex_);
    if (!idle_.empty()) {
      transfer = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (!transfer) transfer = std::make_unique<Transfer>(shared_);
  transfer->take(request, std::move(done), [this] { request_stop(); });
  return transfer;
}

// A stop may be requested in a forked child, where this is the parent's.
void CurlEngine::request_stop() {
  if (generation_ != segment::detail::process_generation()) return;
  const std::scoped_lock lock(mutex_);
  stop_requested_ = true;
  wake_sleeper();
}

void CurlEngine::wake() noexcept {
  const std::scoped_lock lock(mutex_);
  must_not_sleep_ = true;
  wake_sleeper();
}

// Requires the lock. One wake-up is enough until the sleeper has seen it.
void CurlEngine::wake_sleeper() noexcept {
  if (std::exchange(asleep_, false)) sockets_->wake();
}

// --- On the thread that polls --------------------------------------------------------------------

void CurlEngine::poll(std::chrono::milliseconds longest) {
  sleep(longest);
  take_submitted();
  begin_waiting();
  sockets_->act();
  end_finished();
  end_expired();
  deliver();
}

void CurlEngine::sleep(std::chrono::milliseconds longest) {
  auto until = steady_clock::now() + longest;
  if (first_expiry_) until = std::min(until, *first_expiry_);
  {
    const std::scoped_lock lock(mutex_);
    const bool may_begin = !waiting_.empty() && active_.size() < max_connections_;
    if (may_begin || !submitted_.empty() || stop_requested_ || must_not_sleep_) {
      until = steady_clock::now();  // only check whether anything is ready
    } else {
      asleep_ = true;
    }
  }
  // While nothing is in progress, nothing else would notice that the server ends a connection.
  const bool is_idle = active_.empty() && waiting_.empty();
  std::vector<pollfd> none;
  sockets_->wait(until, is_idle ? connections_.watched() : none);
  if (is_idle) connections_.end_what_the_server_ended();
  const std::scoped_lock lock(mutex_);
  asleep_ = false;
  must_not_sleep_ = false;
}

void CurlEngine::take_submitted() {
  bool stop = false;
  {
    const std::scoped_lock lock(mutex_);
    stop = std::exchange(stop_requested_, false);
    for (auto& transfer : submitted_) {
      const auto expiry = transfer->expiry();
      if (expiry) first_expiry_ = std::min(first_expiry_.value_or(*expiry), *expiry);
      waiting_.push_back(std::move(transfer));
    }
    submitted_.clear();
  }
  if (stop) end_stopped();
}

void CurlEngine::begin_waiting() {
  if (!waiting_.empty()) end_old_connections();
  while (!waiting_.empty() && active_.size() < max_connections_) {
    std::unique_ptr<Transfer> transfer = std::move(waiting_.front());
    waiting_.pop_front();
    begin(std::move(transfer));
  }
}

void CurlEngine::end_old_connections() {
  connections_.end_what_is_old([this](long port) {
    return std::any_of(active_.begin(), active_.end(),
                       [port](const auto& transfer) { return transfer->local_port() == port; });
  });
}

void CurlEngine::begin(std::unique_ptr<Transfer> transfer) {
  Transfer& begun = *transfer;
  begun.place = active_.size();
  active_.push_back(std::move(transfer));
  if (auto failure = begun.begin(multi_.get(), options_, connections_)) {
    end(begun, *std::move(failure));
  }
}

void CurlEngine::end_finished() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    void* found = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &found);
    auto& transfer = *static_cast<Transfer*>(found);
    if (auto outcome = transfer.exchange().finish(message->data.result)) {
      end(transfer, *std::move(outcome));
    }
  }
}

// Checks each transfer once, and keeps the order of those that stay.
template <class Condition>
void CurlEngine::end_waiting_where(Condition condition, FailureKind kind, const char* message) {
  for (std::size_t left = waiting_.size(); left-- > 0;) {
    std::unique_ptr<Transfer> transfer = std::move(waiting_.front());
    waiting_.pop_front();
    if (condition(*transfer)) {
      end_waiting(std::move(transfer), kind, message);
    } else {
      waiting_.push_back(std::move(transfer));
    }
  }
}

void CurlEngine::end_stopped() {
  for (std::size_t i = active_.size(); i-- > 0;) {  // the last one takes the place of one that ends
    Transfer& transfer = *active_[i];
    if (!transfer.stop_requested()) continue;
    end(transfer,
        transfer.exchange().failure(FailureKind::cancelled, "The request was cancelled."));
  }
  end_waiting_where([](const Transfer& transfer) { return transfer.stop_requested(); },
                    FailureKind::cancelled, "The request was cancelled before it was sent.");
}

// libcurl times out what it sends, but not what it lets wait for a connection, and does not know
// how long a request waited before that.
void CurlEngine::end_expired() {
  const auto now = steady_clock::now();
  if (!first_expiry_ || now < *first_expiry_) return;
  first_expiry_.reset();
  for (std::size_t i = active_.size(); i-- > 0;) {
    Transfer& transfer = *active_[i];
    if (!has_expired(transfer, now, libcurls_own_time)) continue;
    end(transfer, transfer.exchange().conclude(CURLE_OPERATION_TIMEDOUT));
  }
  end_waiting_where([&](const Transfer& transfer) { return has_expired(transfer, now, {}); },
                    FailureKind::timeout, out_of_time);
}

// If it has not, notes when to check again.
bool CurlEngine::has_expired(const Transfer& transfer, steady_clock::time_point now,
                             std::chrono::milliseconds grace) {
  if (!transfer.expiry()) return false;
  const auto expiry = *transfer.expiry() + grace;
  if (expiry <= now) return true;
  first_expiry_ = std::min(first_expiry_.value_or(expiry), expiry);
  return false;
}

void CurlEngine::end_waiting(std::unique_ptr<Transfer> transfer, FailureKind kind,
                             const char* message) {
  Transfer& ending = *transfer;
  ending.place = active_.size();
  active_.push_back(std::move(transfer));
  end(ending, Failure{.kind = kind, .may_have_been_sent = false, .message = message});
}

void CurlEngine::end(Transfer& transfer, Outcome outcome) {
  std::unique_ptr<Transfer> ended = take_out(transfer);
  ended_.push_back({ended->release(), std::move(outcome)});
  const std::scoped_lock lock(mutex_);
  if (idle_.size() < max_connections_) idle_.push_back(std::move(ended));
}

std::unique_ptr<Transfer> CurlEngine::take_out(Transfer& transfer) {
  curl_multi_remove_handle(multi_.get(), transfer.easy());
  const std::size_t place = transfer.place;
  std::swap(active_[place], active_.back());
  active_[place]->place = place;
  std::unique_ptr<Transfer> taken = std::move(active_.back());
  active_.pop_back();
  return taken;
}

// All at once, since setting the signal mask for what they call takes two system calls.
void CurlEngine::deliver() {
  if (ended_.empty()) return;
  const segment::detail::CallbackScope here;
  for (Ended& ended : ended_) {
    ended.done(std::move(ended.outcome));
    // A callback forked, and in the child the others belong to the parent.
    if (generation_ != segment::detail::process_generation()) break;
  }
  ended_.clear();
}

}  // namespace segment::inline SEGMENT_ABI::http::detail

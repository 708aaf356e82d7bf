#include "store.hpp"

#include <algorithm>

#include "script.hpp"

namespace segment::inline SEGMENT_ABI::redis {

namespace {

using std::chrono::steady_clock;

std::string text_of(milliseconds time) { return std::to_string(time.count()); }

}  // namespace

Store::Store(const RateLimiterOptions& options, bool is_scripted)
    : options_(options), is_scripted_(is_scripted) {}

// Talking to it -----------------------------------------------------------------------------------

// One hash tag for all keys of a fleet: a cluster then keeps them on one server, as a script
// requires.
std::string Store::key(std::string_view name) const {
  return "{" + options_.fleet + "}:" + std::string(name);
}

std::string Store::scripted_time(TimePoint now) const {
  if (!is_scripted_) return {};
  return text_of(std::chrono::floor<milliseconds>(now.time_since_epoch()));
}

std::optional<Reply> Store::exchange(const std::vector<std::string>& words, TimePoint now) {
  if (is_lost_ && now < left_alone_until_) return std::nullopt;
  const auto began = steady_clock::now();
  try {
    if (!connection_) connection_ = std::make_unique<Connection>(options_);
    Reply reply = connection_->command(words, steady_clock::now() + options_.timeout);
    if (reply.is_error && !reply.text.starts_with("NOSCRIPT")) {
      throw StoreError("Redis refused a command: " + reply.text);
    }
    restore();
    return reply;
  } catch (const std::exception& error) {
    lose(error.what(), now, steady_clock::now() - began);
    return std::nullopt;
  }
}

std::optional<Reply> Store::run_script(std::vector<std::string> words, TimePoint now) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (script_.empty()) {
      const auto loaded = exchange({"SCRIPT", "LOAD", take_script}, now);
      if (!loaded) return std::nullopt;
      script_ = loaded->text;
    }
    words[1] = script_;
    auto reply = exchange(words, now);
    if (!reply || !reply->is_error) return reply;
    script_.clear();  // the server was restarted, or its scripts were flushed
  }
  lose("Redis does not keep the script.", now, {});
  return std::nullopt;
}

void Store::lose(const std::string& reason, TimePoint now, std::chrono::nanoseconds took) {
  connection_.reset();
  left_alone_until_ =
      now + std::max(options_.retry_interval, std::chrono::ceil<milliseconds>(20 * took));
  if (is_lost_) return;
  is_lost_ = true;
  tell({.kind = StoreEvent::Kind::lost, .reason = reason});
}

void Store::restore() {
  if (!is_lost_) return;
  is_lost_ = false;
  tell({.kind = StoreEvent::Kind::restored});
}

void Store::tell(const StoreEvent& event) const noexcept {
  if (!options_.on_event) return;
  try {
    options_.on_event(event);
  } catch (...) {  // NOLINT(bugprone-empty-catch): an observer that fails breaks no call
  }
}

// What is asked of it -----------------------------------------------------------------------------

std::optional<TakeReply> Store::take(const TakeRequest& request, TimePoint now) {
  const std::string operation(request.operation);
  std::vector<std::string> words{"EVALSHA",
                                 {},
                                 "5",
                                 key("permits:" + operation),
                                 key("sum:" + operation),
                                 key("since"),
                                 key("pause:" + operation),
                                 key("pause"),
                                 std::to_string(request.limit),
                                 text_of(request.period),
                                 text_of(request.hold),
                                 std::to_string(request.wanted),
                                 scripted_time(now)};
  for (const Use& use : request.uses) {
    words.push_back(text_of(std::chrono::floor<milliseconds>(now - use.at)));
    words.push_back(std::to_string(use.count));
  }
  const auto reply = run_script(std::move(words), now);
  if (!reply) return std::nullopt;
  if (reply->elements.size() != 5) {
    lose("Redis sent a response that the script does not return.", now, {});
    return std::nullopt;
  }
  return TakeReply{.granted = static_cast<int>(reply->elements[0].integer),
                   .wait = milliseconds(reply->elements[1].integer),
                   .age = milliseconds(reply->elements[2].integer),
                   .epoch = reply->elements[3].integer,
                   .taken = static_cast<int>(reply->elements[4].integer)};
}

void Store::block(std::string_view operation, milliseconds wait, TimePoint now) {
  std::string name = "pause";
  if (!operation.empty()) name.append(":").append(operation);
  // The entry contains the time; it need not be kept for longer than that, unless time is scripted.
  const milliseconds longer = std::chrono::hours{is_scripted_ ? 1 : 0};
  (void)exchange(
      {"EVAL", pause_script, "1", key(name), text_of(wait), text_of(longer), scripted_time(now)},
      now);
}

void Store::quota_used_up(const std::string& category, milliseconds wait, TimePoint now) {
  const milliseconds life = std::clamp<milliseconds>(wait, milliseconds{1}, std::chrono::hours{1});
  (void)exchange({"SET", key("quota:" + category), text_of(wait), "PX", text_of(life)}, now);
}

std::optional<milliseconds> Store::quota_used_up(const std::string& category, TimePoint now) {
  const auto left = exchange({"PTTL", key("quota:" + category)}, now);
  if (!left || left->integer <= 0) return std::nullopt;
  return milliseconds(left->integer);
}

}  // namespace segment::inline SEGMENT_ABI::redis

#include "segment/testing/recording.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "segment/types/json.hpp"
#include "testing/exchange.hpp"
#include "testing/recording/matcher.hpp"
#include "testing/recording/recording_file.hpp"
#include "testing/recording/redactor.hpp"

namespace segment::inline SEGMENT_ABI::testing {

namespace {

constexpr std::size_t longest_quote = 300;

std::string name_of(const Json& request) {
  std::string name = request.at("method").as_string() + " " + request.at("path").as_string();
  char separator = '?';
  if (const Json* query = request.find("query")) {
    for (const Json& parameter : query->as_array()) {
      name += separator + parameter.as_string();
      separator = '&';
    }
  }
  return name;
}

// What a request has at a pointer: as JSON, cut if it is long.
std::string quote(const Json& request, std::string_view pointer) {
  const Json* value = &request;
  while (!pointer.empty() && value != nullptr) {
    const std::size_t end = std::min(pointer.find('/', 1), pointer.size());
    std::string step(pointer.substr(1, end - 1));
    pointer.remove_prefix(end);
    if (value->is_array()) {
      const std::size_t index = std::stoul(step);
      value = index < value->size() ? &value->at(index) : nullptr;
      continue;
    }
    for (const auto& [escape, meant] : {std::pair{"~1", "/"}, std::pair{"~0", "~"}}) {
      for (auto at = step.find(escape); at != step.npos; at = step.find(escape, at + 1)) {
        step.replace(at, 2, meant);
      }
    }
    value = value->find(step);
  }
  if (value == nullptr) return "nothing";
  std::string text = value->dump();
  if (text.size() > longest_quote) text = text.substr(0, longest_quote) + " (cut)";
  return text;
}

}  // namespace

ReplayMismatchError::~ReplayMismatchError() = default;

struct ReplayTransport::State {
  struct Entry {
    Json exchange;
    bool used = false;

    [[nodiscard]] const Json& request() const { return exchange.at("request"); }
  };

  State(const std::string& file, ReplayOptions options)
      : path(file), mode(options.mode), redactor(std::move(options.redaction)) {
    for (Json& exchange : detail::read_recording(path)) {
      entries.push_back({.exchange = std::move(exchange)});
    }
  }

  Entry& find(const Json& asked) {
    return mode == ReplayMode::strict ? find_next(asked) : find_any(asked);
  }

  Entry& find_next(const Json& asked) {
    const std::string whole = std::to_string(entries.size());
    if (next == entries.size()) {
      mismatch("all " + whole + " recorded requests were used, and then came " +
               name_of(clean(asked)));
    }
    Entry& entry = entries[next];
    const auto pointer = matcher.difference(entry.request(), asked, true);
    if (pointer) {
      const Json shown = clean(asked);
      mismatch("request " + std::to_string(next + 1) + " of " + whole + " is recorded as " +
               name_of(entry.request()) + ", but " + name_of(shown) + " was requested; at " +
               *pointer + " it has " + quote(shown, *pointer) + " and not " +
               quote(entry.request(), *pointer));
    }
    ++next;
    return entry;
  }

  Entry& find_any(const Json& asked) {
    // The unused ones first, since a match binds placeholders to this request's values.
    for (Entry& entry : entries) {
      if (!entry.used && !matcher.difference(entry.request(), asked, false)) return entry;
    }
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
      if (entry->used && !matcher.difference(entry->request(), asked, false)) return *entry;
    }
    mismatch("none of the " + std::to_string(entries.size()) + " recorded requests is " +
             name_of(clean(asked)));
  }

  Json clean(Json asked) {
    redactor.redact_message(asked);
    return asked;
  }

  [[noreturn]] void mismatch(std::string reason) {
    reason = "the request is not in the recording " + path + ": " + reason;
    mismatches.push_back(reason);
    throw ReplayMismatchError(reason);
  }

  const std::string path;
  const ReplayMode mode;
  mutable std::mutex mutex{};
  detail::Redactor redactor;
  detail::Matcher matcher{};
  std::vector<Entry> entries{};
  std::size_t next = 0;
  std::vector<std::string> mismatches{};
};

ReplayTransport::ReplayTransport(const std::string& path, ReplayOptions options)
    : state_(std::make_unique<State>(path, std::move(options))) {}

ReplayTransport::~ReplayTransport() = default;

std::vector<std::string> ReplayTransport::unused() const {
  const std::scoped_lock lock(state_->mutex);
  std::vector<std::string> names;
  for (const State::Entry& entry : state_->entries) {
    if (!entry.used) names.push_back(name_of(entry.request()));
  }
  return names;
}

std::vector<std::string> ReplayTransport::mismatches() const {
  const std::scoped_lock lock(state_->mutex);
  return state_->mismatches;
}

http::Outcome ReplayTransport::send(const http::Request& request) {
  if (request.stop.stop_requested()) return detail::cancelled();
  const Json asked = detail::describe(request, {});
  const std::scoped_lock lock(state_->mutex);
  state_->redactor.learn_token(request);
  State::Entry& entry = state_->find(asked);
  entry.used = true;
  return detail::within_limits(detail::outcome_of(entry.exchange), request);
}

}  // namespace segment::inline SEGMENT_ABI::testing

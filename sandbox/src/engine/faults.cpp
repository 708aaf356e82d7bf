#include "engine/faults.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

#include "engine/refusal.hpp"
#include "segment/error.hpp"
#include "segment/helpers/text.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

Fault Fault::status(int status, std::string body, http::Headers headers) {
  Fault fault;
  fault.response_status = status;
  fault.body = std::move(body);
  fault.headers = std::move(headers);
  return fault;
}

Fault Fault::delay(std::chrono::milliseconds wait) {
  Fault fault;
  fault.wait = wait;
  return fault;
}

Fault Fault::cut() {
  Fault fault;
  fault.ending = Ending::cut;
  return fault;
}

Fault Fault::reset() {
  Fault fault;
  fault.ending = Ending::reset;
  return fault;
}

Fault Fault::repeated(int count) const {
  Fault fault = *this;
  fault.times = count;
  return fault;
}

namespace {

std::optional<int> number_in(std::string_view text, int least, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (value < least || value > most) return std::nullopt;
  return value;
}

// A response can quote only UTF-8.
[[noreturn]] void refuse_word(std::string_view word) {
  throw InvalidArgumentError("does not take `" + one_line(std::string(word.substr(0, 100))) +
                             "`: it takes status=200 to 599, delay=0 to 600000, cut, reset, "
                             "times=1 to 1000000 and id=TEXT");
}

int wanted_number(std::string_view word, std::string_view value, int least, int most) {
  const auto number = number_in(value, least, most);
  if (!number) refuse_word(word);
  return *number;
}

void apply(Fault& fault, std::string_view word) {
  const std::size_t equals = std::min(word.find('='), word.size());
  const std::string_view name = word.substr(0, equals);
  const std::string_view value = word.substr(std::min(equals + 1, word.size()));
  if (word == "cut") {
    fault.ending = Fault::Ending::cut;
  } else if (word == "reset") {
    fault.ending = Fault::Ending::reset;
  } else if (name == "status") {
    fault.response_status = wanted_number(word, value, 200, 599);
  } else if (name == "times") {
    fault.times = wanted_number(word, value, 1, 1'000'000);
  } else if (name == "delay") {
    fault.wait = std::chrono::milliseconds(wanted_number(word, value, 0, 600'000));
  } else if (name != "id" || value.empty()) {
    refuse_word(word);
  }
}

// `times` is 0 if the text has none.
std::optional<Fault> fault_in(std::string_view text) {
  constexpr std::string_view separators = ",; \t";
  Fault fault;
  fault.times = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (end > 0) apply(fault, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const bool nothing =
      fault.response_status == 0 && fault.wait.count() == 0 && fault.ending == Fault::Ending::whole;
  if (nothing) return std::nullopt;
  return fault;
}

}  // namespace

Fault Fault::parse(std::string_view words) {
  constexpr int every_call = std::numeric_limits<int>::max();
  std::optional<Fault> fault;
  try {
    fault = fault_in(words);
  } catch (const InvalidArgumentError& error) {
    throw InvalidArgumentError(std::string("a fault ") + error.what());
  }
  if (!fault) throw InvalidArgumentError("a fault needs a status, a delay, cut or reset");
  if (fault->times == 0) fault->times = every_call;
  return *fault;
}

std::optional<Fault> parse_fault(std::string_view text) {
  try {
    return fault_in(text);
  } catch (const InvalidArgumentError& error) {
    throw refuse(400, "sandbox-fault", std::string(fault_header) + " " + error.what() + ".");
  }
}

void Faults::add(std::string_view operation, Fault fault) {
  const std::scoped_lock lock(mutex_);
  queues_[std::string(operation)].push_back(std::move(fault));
}

std::optional<Fault> Faults::take(std::string_view operation, std::string_view header) {
  const std::scoped_lock lock(mutex_);
  if (auto fault = asked_for(operation, header)) return fault;
  if (auto fault = take_first(operation)) return fault;
  return take_first("*");
}

std::optional<Fault> Faults::take_first(std::string_view queue) {
  const auto found = queues_.find(queue);
  if (found == queues_.end() || found->second.empty()) return std::nullopt;
  Fault fault = found->second.front();
  if (--found->second.front().times <= 0) found->second.pop_front();
  return fault;
}

std::optional<Fault> Faults::asked_for(std::string_view operation, std::string_view header) {
  auto fault = parse_fault(header);
  if (!fault || fault->times == 0) return fault;
  int& asked = times_asked(std::string(operation).append(" ").append(header));
  if (asked >= fault->times) return std::nullopt;
  ++asked;
  return fault;
}

// Remembers the most recent texts and forgets older ones.
int& Faults::times_asked(std::string text) {
  constexpr std::size_t most_texts = 10'000;
  const auto [place, fresh] = asked_.emplace(std::move(text), 0);
  if (fresh) asked_in_order_.push_back(place);
  if (asked_in_order_.size() > most_texts) {
    asked_.erase(asked_in_order_.front());
    asked_in_order_.pop_front();
  }
  return place->second;
}

}  // namespace segment::inline SEGMENT_ABI::sandbox

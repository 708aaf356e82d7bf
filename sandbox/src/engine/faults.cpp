#include "engine/faults.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace segment::sandbox {

Fault Fault::status(int status, std::string body, http::Headers headers) {
  Fault fault;
  fault.answer_status = status;
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

// One word of the header; false where it asks for what cannot be.
bool apply(Fault& fault, std::string_view word) {
  const std::size_t equals = std::min(word.find('='), word.size());
  const std::string_view name = word.substr(0, equals);
  const std::string_view value = equals < word.size() ? word.substr(equals + 1) : "";
  if (name == "cut") fault.ending = Fault::Ending::cut;
  if (name == "reset") fault.ending = Fault::Ending::reset;
  std::optional<int> number = 0;
  if (name == "status") fault.answer_status = (number = number_in(value, 200, 599)).value_or(0);
  if (name == "times") fault.times = (number = number_in(value, 1, 1'000'000)).value_or(1);
  if (name == "delay") {
    number = number_in(value, 0, 600'000);
    fault.wait = std::chrono::milliseconds(number.value_or(0));
  }
  return number.has_value();
}

}  // namespace

std::optional<Fault> parse_fault(std::string_view text) {
  constexpr std::string_view separators = ",; \t";
  Fault fault;
  fault.times = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    if (!apply(fault, text.substr(0, end))) return std::nullopt;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  const bool nothing =
      fault.answer_status == 0 && fault.wait.count() == 0 && fault.ending == Fault::Ending::whole;
  if (nothing) return std::nullopt;
  return fault;
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
  int& asked = asked_[std::string(operation).append(" ").append(header)];
  if (asked >= fault->times) return std::nullopt;
  ++asked;
  return fault;
}

}  // namespace segment::sandbox

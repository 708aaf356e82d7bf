#include "log_policy.hpp"

#include <cstdio>
#include <string>
#include <string_view>
#include <variant>

namespace segment::cli {

namespace {

std::string_view name_of(http::FailureKind kind) {
  switch (kind) {
    case http::FailureKind::resolve:
      return "the host was not found";
    case http::FailureKind::connect:
      return "no connection";
    case http::FailureKind::tls:
      return "TLS failed";
    case http::FailureKind::timeout:
      return "timed out";
    case http::FailureKind::cancelled:
      return "cancelled";
    case http::FailureKind::broken:
      return "the connection broke";
    case http::FailureKind::too_large:
      return "the answer is too large";
    case http::FailureKind::other:
      return "failed";
  }
  return "failed";
}

std::string text_of(const http::Outcome& outcome) {
  if (const auto* response = std::get_if<http::Response>(&outcome)) {
    return std::to_string(response->status);
  }
  return std::string(name_of(std::get<http::Failure>(outcome).kind));
}

}  // namespace

void LogPolicy::before_send(http::Request& /*request*/, const http::Try& /*attempt*/) {
  sent_ = std::chrono::steady_clock::now();
}

void LogPolicy::after_send(const http::Outcome& outcome, const http::Try& attempt) {
  using std::chrono::milliseconds;
  const auto took =
      std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - sent_);
  const Operation& operation = attempt.operation;
  std::string line(operation.id);
  line.append(" ").append(http::to_string(operation.method)).append(" ").append(operation.path);
  line += " try " + std::to_string(attempt.number) + ": " + text_of(outcome) + " in " +
          std::to_string(took.count()) + " ms\n";
  std::fputs(line.c_str(), stderr);
}

}  // namespace segment::cli

// Shows which workspace a token opens, and what was done there during the last day: the first thing
// to check when a token may have leaked.

#include <segment/segment.hpp>

#include <chrono>
#include <exception>
#include <iostream>

#include "connect.hpp"

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::ClientOptions options = connection.options();
  const segment::Client client(options);

  const segment::TokenStatus status = client.tokens().verify();
  if (status.valid) {
    std::cout << "valid, for the workspace " << status.workspace->slug << '\n';
  } else {
    std::cout << "not valid in the " << segment::to_string(options.region) << " region\n";
    if (!connection.live()) return 1;
    const auto region = client.tokens().detect_region();
    std::cout << (region ? "but valid in another: " : "and in no other")
              << (region ? segment::to_string(*region) : "") << '\n';
    return 1;
  }

  const auto yesterday = std::chrono::system_clock::now() - std::chrono::hours(24);
  for (const segment::AuditEvent& event : client.tokens().activity(yesterday)) {
    std::cout << event.timestamp << "  " << event.actor_email.value_or(event.actor) << "  "
              << event.type << "  " << event.resource_name << '\n';
  }
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}

// Shows what a program can find out and do when a call fails.

#include <segment/segment.hpp>

#include <chrono>
#include <exception>
#include <iostream>

#include "connect.hpp"

namespace {

void remove_source(const segment::Client& client, const segment::SourceId& id) {
  try {
    client.sources().remove(id, {.timeout = std::chrono::seconds(20)});
    std::cout << "removed\n";
  } catch (const segment::NotFoundError&) {
    std::cout << "there is no such source, so there is nothing to remove\n";
  } catch (const segment::RateLimitError& error) {
    std::cout << "too many requests";
    if (error.retry_after()) std::cout << "; retry after " << error.retry_after()->count() << " ms";
    std::cout << '\n';
  } catch (const segment::AuthenticationError& error) {
    std::cout << "the token is not good for this: " << error.what() << '\n';
  } catch (const segment::ApiError& error) {
    std::cout << "the API said no (" << error.status() << "), request " << error.request_id()
              << '\n';
    for (const auto& item : error.items()) {
      std::cout << "  " << item.field << ' ' << item.message << '\n';
    }
  } catch (const segment::Error& error) {
    // No response, or an unreadable one. Check before calling again if this is true:
    std::cout << error.what() << '\n'
              << (error.outcome_unknown() ? "outcome unknown\n" : "not done\n");
  }
}

}  // namespace

int main(int argc, char** argv) try {
  const example::Connection connection(argc, argv);
  const segment::Client client(connection.options());
  remove_source(client, segment::SourceId{"no-such-source"});
  remove_source(client, segment::SourceId{""});

  segment::ClientOptions wrong = connection.options();
  wrong.token = segment::Token("not-the-token");
  remove_source(segment::Client(wrong), segment::SourceId{"any"});
  return 0;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}

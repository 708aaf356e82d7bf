// What a permit costs: bench_redis_permit SOCKET, the socket of a Redis server that may be written
// to.

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

#include "segment/redis/rate_limiter.hpp"

namespace {

double microseconds_a_permit(const std::string& socket, int batch) {
  segment::redis::RateLimiterOptions options{.unix_socket = socket, .max_batch = batch};
  options.fleet = "bench-" + std::to_string(batch);
  options.on_event = [](const segment::redis::StoreEvent& event) {
    std::cerr << to_string(event.kind) << ": " << event.reason << '\n';
    std::exit(1);
  };
  const auto limiter = segment::redis::create_rate_limiter(options);
  const segment::Operation operation{
      .id = "getThing", .group = "things", .rate_limit = {900'000, segment::RatePeriod::minute}};
  constexpr int count = 50'000;
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < count; ++i) {
    const auto now = std::chrono::steady_clock::now();
    const auto permit = limiter->acquire(operation, 1, now);
    if (permit->retry_at(now)) return 0;
    permit->complete(now);
  }
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - began;
  return took.count() / count;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: bench_redis_permit SOCKET\n";
    return 2;
  }
  for (const int batch : {10, 1}) {
    std::cout << "batches of " << batch << ": " << microseconds_a_permit(argv[1], batch)
              << " us a permit\n";
  }
  return 0;
}

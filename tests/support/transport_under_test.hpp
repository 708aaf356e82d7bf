#pragma once

#include <future>
#include <memory>
#include <utility>

#include "segment/http/curl_transport.hpp"

namespace segment::test {

/// The libcurl transport, with each request sent by `start` and waited for: what holds for `send`
/// must hold for it as well.
class StartingTransport final : public http::Transport {
 public:
  explicit StartingTransport(http::CurlOptions options = {}) : transport_(std::move(options)) {}

  [[nodiscard]] http::Outcome send(const http::Request& request) override {
    std::promise<http::Outcome> promise;
    transport_.start(request,
                     [&](http::Outcome outcome) { promise.set_value(std::move(outcome)); });
    return promise.get_future().get();
  }

 private:
  http::CurlTransport transport_;
};

// The same tests make two programs: one sends and waits, the other one starts.
#if defined(SEGMENT_TEST_STARTS)
using TransportUnderTest = StartingTransport;
#else
using TransportUnderTest = http::CurlTransport;
#endif

}  // namespace segment::test

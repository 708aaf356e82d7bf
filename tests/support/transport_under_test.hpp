#pragma once

#include <cstdlib>
#include <future>
#include <memory>
#include <utility>

#include "segment/http/curl_transport.hpp"

namespace segment::test {

/// The libcurl transport. Its tests run twice: with SEGMENT_TEST_STARTS in the environment each
/// request is sent by `start` and waited for, since what holds for `send` must hold for it as well.
class TransportUnderTest final : public http::Transport {
 public:
  explicit TransportUnderTest(http::CurlOptions options = {}) : transport_(std::move(options)) {}

  [[nodiscard]] static bool starts() { return std::getenv("SEGMENT_TEST_STARTS") != nullptr; }

  [[nodiscard]] http::Outcome send(const http::Request& request) override {
    if (!starts()) return transport_.send(request);
    std::promise<http::Outcome> promise;
    transport_.start(request,
                     [&](http::Outcome outcome) { promise.set_value(std::move(outcome)); });
    return promise.get_future().get();
  }
  void start(const http::Request& request, http::OnOutcome done) override {
    transport_.start(request, std::move(done));
  }

 private:
  http::CurlTransport transport_;
};

}  // namespace segment::test

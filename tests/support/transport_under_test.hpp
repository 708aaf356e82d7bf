#pragma once

#include <cstdlib>
#include <memory>
#include <utility>

#include "driven_engine.hpp"
#include "segment/http/curl_transport.hpp"
#include "threads/fork.hpp"

namespace segment::test {

/// The libcurl transport. Its tests run twice: with SEGMENT_TEST_STARTS in the environment each
/// request is sent by its engine and waited for, because what holds for `send` must hold for that
/// as well.
class TransportUnderTest final : public http::Transport {
 public:
  explicit TransportUnderTest(http::CurlOptions options = {}) : transport_(std::move(options)) {}

  [[nodiscard]] static bool starts() { return std::getenv("SEGMENT_TEST_STARTS") != nullptr; }

  [[nodiscard]] http::Outcome send(const http::Request& request) override {
    if (!starts()) return transport_.send(request);
    return engine_.get([this] { return std::make_unique<DrivenEngine>(transport_.engine()); })
        .send(request);
  }
  [[nodiscard]] std::unique_ptr<http::Engine> engine() override { return transport_.engine(); }

 private:
  http::CurlTransport transport_;
  segment::detail::PerProcess<DrivenEngine> engine_{};
};

}  // namespace segment::test

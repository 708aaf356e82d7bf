#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/call.hpp"
#include "engine/exchange.hpp"
#include "engine/faults.hpp"
#include "engine/rate_limiter.hpp"
#include "engine/request_log.hpp"
#include "engine/seed.hpp"
#include "operations/registry.hpp"
#include "operations/router.hpp"
#include "state/world.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// Turns a request into a response. `serve` defines the order of the checks. Every member may be
/// called from any thread.
class Engine {
 public:
  /// \param options kept by reference; its clock must be set.
  Engine(const SandboxOptions& options, std::stop_token stop);

  [[nodiscard]] WireReply answer(const WireRequest& request);
  void next(std::string_view operation, Fault fault);
  [[nodiscard]] std::vector<RequestRecord> requests() const { return log_.all(); }

 private:
  [[nodiscard]] WireReply answer_and_log(const WireRequest& request);
  [[nodiscard]] WireReply read_log(const WireRequest& request) const;
  [[nodiscard]] WireReply serve(const WireRequest& request, RequestRecord& record);
  void authorize(const WireRequest& request) const;
  [[nodiscard]] WireReply carry_out(const WireRequest& request, detail::Route route,
                                    std::string_view query);
  [[nodiscard]] WireReply handle(Call& call);
  void wait(std::chrono::milliseconds time) const;

  const SandboxOptions& options_;
  std::stop_token stop_;
  detail::Router router_;
  Handlers handlers_;
  RateLimiter limiter_;
  Faults faults_;
  std::mutex world_mutex_;
  World world_;
  std::atomic<std::uint64_t> answered_ = 0;
  RequestLog log_;
};

}  // namespace segment::inline SEGMENT_ABI::sandbox

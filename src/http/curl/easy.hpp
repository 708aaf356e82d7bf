#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <memory>
#include <new>

#include "segment/version.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// A transfer of libcurl's, and which of the options that all exchanges share it has.
///
/// Copying: not copyable. Cost: some kilobytes. Thread safety: one thread at a time.
class Easy {
 public:
  /// The options that all exchanges of a transport share depend on the scheme.
  enum class SetUp : std::uint8_t { none, for_http, for_https };

  /// Throws std::bad_alloc where libcurl gives none.
  Easy() : easy_(curl_easy_init()) {
    if (easy_ == nullptr) throw std::bad_alloc();
  }

  [[nodiscard]] CURL* get() const noexcept { return easy_.get(); }
  [[nodiscard]] SetUp set_up() const noexcept { return set_up_; }
  void set_up(SetUp set_up) noexcept { set_up_ = set_up; }

  /// Makes it as new, but for its connection.
  void reset() noexcept {
    curl_easy_reset(easy_.get());
    set_up_ = SetUp::none;
  }

 private:
  struct Cleanup {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
  };

  std::unique_ptr<CURL, Cleanup> easy_;
  SetUp set_up_ = SetUp::none;
};

}  // namespace segment::inline SEGMENT_ABI::http::detail

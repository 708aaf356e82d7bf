#pragma once

#include <curl/curl.h>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "segment/http/curl_transport.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// What all transfers of a transport share: TLS sessions, so that each connection but the first
/// resumes one; resolved addresses, which libcurl otherwise keeps for each transfer; and
/// where to look for trusted authorities.
///
/// Copying: not copyable; libcurl points to it, so each transfer holds it. Cost: small; a lock for
/// each transfer and each handshake. Thread safety: any thread.
class Shared {
 public:
  /// \throws std::bad_alloc if libcurl cannot make one.
  explicit Shared(const CurlOptions& options);
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;

  [[nodiscard]] CURLSH* get() const noexcept { return share_.get(); }

  /// Whether to try the directory of authorities alone first. OpenSSL reads a whole file of them
  /// for each connection, which takes longer than all the rest of it; from a directory it reads
  /// only the certificate that it needs. Both are trusted, so the file is used too if the directory
  /// does not suffice.
  [[nodiscard]] bool tries_directory_alone() const noexcept { return tries_directory_alone_; }
  /// Called when the directory did not suffice.
  void needs_authorities_file() noexcept { tries_directory_alone_ = false; }
  [[nodiscard]] const std::string& authorities_file() const noexcept { return authorities_file_; }

 private:
  struct Cleanup {
    void operator()(CURLSH* share) const noexcept { curl_share_cleanup(share); }
  };

  static void lock(CURL*, curl_lock_data what, curl_lock_access, void* self) noexcept;
  static void unlock(CURL*, curl_lock_data what, void* self) noexcept;

  std::string authorities_file_;
  std::atomic<bool> tries_directory_alone_ = false;
  std::array<std::mutex, CURL_LOCK_DATA_LAST> mutexes_{};
  std::unique_ptr<CURLSH, Cleanup> share_;  // destroyed first, which takes the locks
};

}  // namespace segment::inline SEGMENT_ABI::http::detail

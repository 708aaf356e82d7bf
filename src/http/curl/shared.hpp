#pragma once

#include <curl/curl.h>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>

#include "segment/http/curl_transport.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// What the transfers of one pool or engine share: the TLS sessions of the server, so that each
/// connection but the first resumes one, and the addresses that were looked up, which libcurl keeps
/// for each transfer by itself otherwise; and where to look for whom they trust.
///
/// Copying: not copyable; libcurl points to it, so each transfer holds it. Cost: small; a lock for
/// each transfer and each handshake. Thread safety: any thread.
class Shared {
 public:
  /// Throws std::bad_alloc where libcurl gives none.
  explicit Shared(const CurlOptions& options);
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;

  [[nodiscard]] CURLSH* get() const noexcept { return share_.get(); }

  /// Whether the directory of authorities is looked at alone at first. OpenSSL reads a file of them
  /// whole for each connection, which takes longer than all the rest of it; of a directory it reads
  /// the one certificate that it needs. Both are trusted, so where the directory is not enough the
  /// file follows.
  [[nodiscard]] bool tries_directory_alone() const noexcept { return tries_directory_alone_; }
  /// The directory was not enough.
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
  std::unique_ptr<CURLSH, Cleanup> share_;  // goes first: it is locked while it does
};

}  // namespace segment::inline SEGMENT_ABI::http::detail

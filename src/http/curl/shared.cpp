#include "http/curl/shared.hpp"

#include <unistd.h>

#include <cstddef>
#include <new>

#include "http/curl/failure.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

namespace {

// The given path, or the one that libcurl was built with.
std::string authorities(const std::string& given, const char* curl_version_info_data::*built_with) {
  if (!given.empty()) return given;
  const char* const found = curl_version_info(CURLVERSION_NOW)->*built_with;
  return found != nullptr ? found : "";
}

// A file given without a directory is probably short, or all that should be trusted.
bool may_try_directory_alone(const CurlOptions& options, const std::string& directory) {
  if (!has_openssl() || (!options.ca_file.empty() && options.ca_directory.empty())) return false;
  return !directory.empty() && ::access(directory.c_str(), R_OK | X_OK) == 0;
}

}  // namespace

Shared::Shared(const CurlOptions& options) : share_(curl_share_init()) {
  if (share_ == nullptr) throw std::bad_alloc();
#if LIBCURL_VERSION_NUM >= 0x074600
  authorities_file_ = authorities(options.ca_file, &curl_version_info_data::cainfo);
  tries_directory_alone_ = may_try_directory_alone(
      options, authorities(options.ca_directory, &curl_version_info_data::capath));
#endif
  curl_share_setopt(share_.get(), CURLSHOPT_LOCKFUNC, &Shared::lock);
  curl_share_setopt(share_.get(), CURLSHOPT_UNLOCKFUNC, &Shared::unlock);
  curl_share_setopt(share_.get(), CURLSHOPT_USERDATA, this);
  // Not connections: libcurl 7.88 frees memory twice if threads share them.
  curl_share_setopt(share_.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_SSL_SESSION);
  curl_share_setopt(share_.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS);
}

void Shared::lock(CURL*, curl_lock_data what, curl_lock_access, void* self) noexcept {
  static_cast<Shared*>(self)->mutexes_[static_cast<std::size_t>(what)].lock();
}

void Shared::unlock(CURL*, curl_lock_data what, void* self) noexcept {
  static_cast<Shared*>(self)->mutexes_[static_cast<std::size_t>(what)].unlock();
}

}  // namespace segment::inline SEGMENT_ABI::http::detail

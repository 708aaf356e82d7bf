#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

namespace bench {

/// A GET with libcurl and nothing else, as one writes it by hand when it is to be quick: one
/// handle, set up once. No retries, no headers of the answer, no limits but a time-out.
class Fetch {
 public:
  explicit Fetch(std::string base_url);

  Fetch(const Fetch&) = delete;
  Fetch& operator=(const Fetch&) = delete;

  /// The answer's body; throws std::runtime_error for anything but a 200.
  [[nodiscard]] std::string get();
  [[nodiscard]] std::string page(int size);

 private:
  [[nodiscard]] std::string fetch(const std::string& target);

  struct Cleanup {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
  };

  std::string base_url_;
  std::unique_ptr<curl_slist, Cleanup> headers_;
  std::unique_ptr<CURL, Cleanup> easy_;
};

}  // namespace bench

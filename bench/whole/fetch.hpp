#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

namespace bench {

/// One exchange with libcurl and nothing else, as it would be written by hand for speed: the handle
/// is set up once, and given a new URL for each exchange. No retries, no response headers, no
/// limits except a timeout.
class Transfer {
 public:
  explicit Transfer(std::string base_url);

  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  void aim_at(const std::string& target);
  /// The body must outlive the exchange.
  void aim_at(const std::string& target, const std::string& body);

  [[nodiscard]] CURL* handle() const noexcept { return easy_.get(); }

  /// After the exchange: the response body; throws std::runtime_error for anything but a 200.
  [[nodiscard]] std::string finish(CURLcode code);

 private:
  struct Cleanup {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
    void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
  };

  std::string base_url_;
  std::string body_;
  std::unique_ptr<curl_slist, Cleanup> headers_;
  std::unique_ptr<curl_slist, Cleanup> headers_of_a_body_;
  std::unique_ptr<CURL, Cleanup> easy_;
};

/// One exchange after the other; all throw std::runtime_error for anything but a 200.
class Fetch {
 public:
  explicit Fetch(const std::string& base_url) : transfer_(base_url) {}

  [[nodiscard]] std::string get();
  [[nodiscard]] std::string page(int size);
  [[nodiscard]] std::string page_at(const std::string& cursor);
  [[nodiscard]] std::string create(const std::string& body);

 private:
  [[nodiscard]] std::string fetch(const std::string& target);

  Transfer transfer_;
};

}  // namespace bench

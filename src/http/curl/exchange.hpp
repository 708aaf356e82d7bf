#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/curl/connections.hpp"
#include "http/curl/shared.hpp"
#include "segment/http/curl_transport.hpp"
#include "segment/http/header.hpp"
#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// The content codings that libcurl can decode, for Accept-Encoding.
[[nodiscard]] const std::string& accepted_encodings();

/// Whether a URL is for HTTP without TLS.
[[nodiscard]] bool is_plain_http(std::string_view url) noexcept;

/// Whether every name is an HTTP token and no value holds a control character.
[[nodiscard]] bool can_be_sent(const Headers& headers) noexcept;

/// A request's header fields in libcurl's form. They are wiped from memory on destruction, since
/// one of them is the token.
///
/// Copying: not copyable; libcurl points into it. Cost: two allocations. Thread safety: none
/// needed.
class HeaderLines {
 public:
  /// \param headers must pass `can_be_sent`.
  /// \param unless_given headers that libcurl would add by itself and must not, unless the request
  ///        has them.
  /// \param encodings the value of `Accept-Encoding` if the request has none; empty: left to
  ///        libcurl.
  HeaderLines(const Headers& headers, std::initializer_list<std::string_view> unless_given,
              std::string_view encodings = {});
  ~HeaderLines();

  HeaderLines(const HeaderLines&) = delete;
  HeaderLines& operator=(const HeaderLines&) = delete;

  [[nodiscard]] curl_slist* list() noexcept { return nodes_.empty() ? nullptr : nodes_.data(); }

 private:
  void append(std::string_view name, std::string_view separator, std::string_view value);

  std::string text_;
  std::vector<curl_slist> nodes_;
};

/// A libcurl transfer, and which of the options that all exchanges share are set on it.
///
/// Copying: not copyable. Cost: some kilobytes. Thread safety: one thread at a time.
class Easy {
 public:
  /// The options that all exchanges of a transport share depend on the scheme.
  enum class SetUp : std::uint8_t { none, for_http, for_https };

  /// \param shared with other transfers.
  /// \throws std::bad_alloc if libcurl cannot make one.
  explicit Easy(std::shared_ptr<Shared> shared);

  [[nodiscard]] CURL* get() const noexcept { return easy_.get(); }
  [[nodiscard]] Shared& shared() const noexcept { return *shared_; }
  [[nodiscard]] SetUp set_up() const noexcept { return set_up_; }
  void set_up(SetUp set_up) noexcept { set_up_ = set_up; }

  /// Whether it looks for authorities only in their directory (see `Shared`).
  [[nodiscard]] bool trusts_directory_alone() const noexcept { return trusts_directory_alone_; }
  void trusts_directory_alone(bool alone) noexcept { trusts_directory_alone_ = alone; }

  /// Makes it like new, except for its connection.
  void reset() noexcept {
    curl_easy_reset(easy_.get());
    set_up_ = SetUp::none;
    trusts_directory_alone_ = false;
  }

 private:
  struct Cleanup {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
  };

  const std::shared_ptr<Shared> shared_;  // destroyed after the transfer that uses it
  std::unique_ptr<CURL, Cleanup> easy_;
  SetUp set_up_ = SetUp::none;
  bool trusts_directory_alone_ = false;
};

/// One request and its response on a libcurl transfer, for blocking calls and for the thread of the
/// asynchronous ones. It leaves the transfer clean: nothing of it reaches the next exchange but the
/// connection and the options that all exchanges share.
///
/// Copying: not copyable; libcurl points into it. Cost: the header lines and the response. Thread
/// safety: one thread.
class Exchange {
 public:
  /// \param multi drives the transfer.
  /// \param connections the multi handle's, among which libcurl chooses.
  Exchange(Easy& easy, CURLM* multi, const Request& request, const CurlOptions& options,
           Connections& connections);
  ~Exchange();

  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  /// Starts the exchange. Call it only once.
  ///
  /// \return the reason if it could not be started.
  [[nodiscard]] std::optional<Failure> begin();

  /// Takes libcurl's final result.
  ///
  /// \return std::nullopt if the exchange was restarted: nothing had been sent, and either the
  ///         connection that libcurl had chosen held unexpected input, or the server's authority
  ///         was not among those that are tried first.
  [[nodiscard]] std::optional<Outcome> finish(CURLcode code);

  /// The outcome if the exchange is ended here, before libcurl has finished.
  [[nodiscard]] Outcome conclude(CURLcode code);
  [[nodiscard]] Failure failure(FailureKind kind, const char* message) const;

  /// The local port of its connection; 0: none yet.
  [[nodiscard]] long local_port() const noexcept { return local_port_; }

 private:
  /// Why one of our callbacks told libcurl to stop.
  enum class Halt : std::uint8_t {
    none,
    body_too_large,
    header_too_large,
    out_of_memory,
    would_send_twice,
    unexpected_input
  };

  // The options given to libcurl, in exchange_options.cpp.
  static HeaderLines lines_of(const Request& request);
  void set_up(const CurlOptions& options);
  void set_up_connection(const CurlOptions& options, bool is_plain);
  void set_up_tls(const CurlOptions& options);
  void set_up_callbacks();
  /// \param passed since the exchange was started.
  void set_up_limits(std::chrono::milliseconds passed) noexcept;
  void set_up_method_and_body();
  void set_up_body(std::string_view body);
  void set_up_retries_of_libcurl(bool has_body_bytes);
  void set_up_response();
  template <typename Value>
  void require(CURLoption option, Value value);
  [[nodiscard]] bool leaves_only_what_is_shared() const noexcept;
  void clean_up() noexcept;

  [[nodiscard]] Failure failure(CURLcode code) const;
  [[nodiscard]] static Failure refused();
  [[nodiscard]] bool may_have_been_sent() const;
  [[nodiscard]] bool was_refused(CURLcode code) const noexcept;
  [[nodiscard]] long bytes_sent() const noexcept;

  [[nodiscard]] Halt before_sending() noexcept;
  [[nodiscard]] Halt before_sending_again() noexcept;
  [[nodiscard]] bool begin_over_fresh_connection() noexcept;
  [[nodiscard]] bool begin_with_authorities_file() noexcept;
  [[nodiscard]] bool begin_anew() noexcept;
  void note_connection() noexcept;
  [[nodiscard]] long info(CURLINFO what) const noexcept;

  void take_header_line(std::string_view line);
  void reserve_body(std::size_t limit);
  void make_room(std::size_t bytes, std::size_t limit);

  static int on_before_sending(void* self, char*, char*, int, int local_port) noexcept;
  static std::size_t on_read(char* to, std::size_t size, std::size_t count, void* self) noexcept;
  static int on_seek(void* self, curl_off_t offset, int origin) noexcept;
  static std::size_t on_header(const char* from, std::size_t size, std::size_t count,
                               void* self) noexcept;
  static std::size_t on_body(const char* from, std::size_t size, std::size_t count,
                             void* self) noexcept;

  Easy& transfer_;
  CURL* const easy_;
  CURLM* const multi_;
  const Request& request_;
  Connections& connections_;
  HeaderLines lines_;
  CURLcode set_up_result_ = CURLE_OK;
  std::chrono::steady_clock::time_point started_{};
  std::size_t body_position_ = 0;
  std::size_t header_bytes_ = 0;
  bool headers_are_whole_ = false;
  long local_port_ = 0;
  // `bytes_sent` just before the request was sent, as a proxy's CONNECT may count too.
  std::optional<long> bytes_before_request_{};
  long connections_made_ = 0;         // by the time it was about to send
  bool connection_is_fresh_ = false;  // made for this exchange, and carries nothing else
  bool begun_again_ = false;          // libcurl has restarted by itself
  bool has_response_ = false;
  Halt halt_ = Halt::none;
  Response response_{};
  std::array<char, CURL_ERROR_SIZE> error_text_{};
};

}  // namespace segment::inline SEGMENT_ABI::http::detail

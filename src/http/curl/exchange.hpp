#pragma once

#include <curl/curl.h>

#include <array>
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

/// The content codings that libcurl can read, for Accept-Encoding.
[[nodiscard]] const std::string& accepted_encodings();

/// Whether a URL is for HTTP without TLS.
[[nodiscard]] bool is_plain_http(std::string_view url) noexcept;

/// Whether every name is an HTTP token and no value holds a control character.
[[nodiscard]] bool can_be_sent(const Headers& headers) noexcept;

/// A request's header fields in the form that libcurl reads, wiped from memory when they go: one of
/// them is the token.
///
/// Copying: not copyable; libcurl points into it. Cost: two allocations. Thread safety: none
/// needed.
class HeaderLines {
 public:
  /// \param headers must pass `can_be_sent`.
  /// \param unless_given names that libcurl would add by itself and must not, where the request
  ///        has none of them.
  /// \param encodings what `Accept-Encoding` says where the request has none; empty: that is left
  ///        to libcurl.
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

/// A transfer of libcurl's, and which of the options that all exchanges share it has.
///
/// Copying: not copyable. Cost: some kilobytes. Thread safety: one thread at a time.
class Easy {
 public:
  /// The options that all exchanges of a transport share depend on the scheme.
  enum class SetUp : std::uint8_t { none, for_http, for_https };

  /// \param shared with other transfers.
  /// Throws std::bad_alloc where libcurl gives none.
  explicit Easy(std::shared_ptr<Shared> shared);

  [[nodiscard]] CURL* get() const noexcept { return easy_.get(); }
  [[nodiscard]] Shared& shared() const noexcept { return *shared_; }
  [[nodiscard]] SetUp set_up() const noexcept { return set_up_; }
  void set_up(SetUp set_up) noexcept { set_up_ = set_up; }

  /// Whether it looks for authorities in their directory alone (see `Shared`).
  [[nodiscard]] bool trusts_directory_alone() const noexcept { return trusts_directory_alone_; }
  void trusts_directory_alone(bool alone) noexcept { trusts_directory_alone_ = alone; }

  /// Makes it as new, but for its connection.
  void reset() noexcept {
    curl_easy_reset(easy_.get());
    set_up_ = SetUp::none;
    trusts_directory_alone_ = false;
  }

 private:
  struct Cleanup {
    void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
  };

  const std::shared_ptr<Shared> shared_;  // goes after the transfer that uses it
  std::unique_ptr<CURL, Cleanup> easy_;
  SetUp set_up_ = SetUp::none;
  bool trusts_directory_alone_ = false;
};

/// One request and its response on a transfer of libcurl's: what a blocking call and the thread of
/// asynchronous calls have in common. It leaves the transfer clean: no header, body or option of it
/// reaches the next exchange, only the connection and the options that all of them share stay.
///
/// Copying: not copyable; libcurl points into it. Cost: one. Thread safety: one thread.
class Exchange {
 public:
  /// \param multi what drives the transfer.
  /// \param connections those of the multi handle, among which libcurl chooses.
  Exchange(Easy& easy, CURLM* multi, const Request& request, const CurlOptions& options,
           Connections& connections);
  ~Exchange();

  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  /// Has libcurl begin. Once.
  ///
  /// \return why it could not.
  [[nodiscard]] std::optional<Failure> begin();

  /// Takes the result that libcurl ended with.
  ///
  /// \return nothing where the exchange has begun again: nothing was sent yet, and the connection
  ///         that libcurl had chosen held input that nobody had asked for, or the server's
  ///         authority was not among those that were looked at first.
  [[nodiscard]] std::optional<Outcome> finish(CURLcode code);

  /// The outcome where it is ended here, before libcurl has.
  [[nodiscard]] Outcome conclude(CURLcode code);
  [[nodiscard]] Failure failure(FailureKind kind, const char* message) const;

  /// The local port of the connection that it uses; 0: none yet.
  [[nodiscard]] long local_port() const noexcept { return local_port_; }

 private:
  /// Why a callback of ours told libcurl to stop.
  enum class Halt : std::uint8_t {
    none,
    body_too_large,
    header_too_large,
    out_of_memory,
    would_send_twice,
    unexpected_input
  };

  // The options that libcurl is given: in exchange_options.cpp.
  static HeaderLines lines_of(const Request& request);
  void set_up(const CurlOptions& options);
  void set_up_connection(const CurlOptions& options, bool is_plain);
  void set_up_tls(const CurlOptions& options);
  void set_up_callbacks();
  void set_up_limits();
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

  Easy& handle_;
  CURL* const easy_;
  CURLM* const multi_;
  const Request& request_;
  Connections& connections_;
  HeaderLines lines_;
  CURLcode set_up_result_ = CURLE_OK;
  std::size_t body_position_ = 0;
  std::size_t header_bytes_ = 0;
  bool headers_are_whole_ = false;
  long local_port_ = 0;
  // What `bytes_sent` said just before the request went: a proxy's CONNECT may count as well.
  std::optional<long> bytes_before_request_{};
  long connections_made_ = 0;         // by the time it was about to send
  bool connection_is_fresh_ = false;  // made for this exchange, and carries nothing else
  bool begun_again_ = false;          // libcurl has begun a second time by itself
  bool has_response_ = false;
  Halt halt_ = Halt::none;
  Response response_{};
  std::array<char, CURL_ERROR_SIZE> error_text_{};
};

}  // namespace segment::inline SEGMENT_ABI::http::detail

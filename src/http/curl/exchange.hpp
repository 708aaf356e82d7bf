#pragma once

#include <curl/curl.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "easy.hpp"
#include "header_lines.hpp"
#include "kept_sockets.hpp"
#include "segment/http/curl_transport.hpp"
#include "segment/http/request.hpp"
#include "segment/http/response.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

/// Which connection an exchange may take.
enum class Reuse : std::uint8_t {
  kept,  ///< one that is kept alive, if there is one
  none,  ///< a fresh one
};

/// One request and its answer on a transfer of libcurl's, whoever drives that. It leaves the
/// transfer clean: no header, body or option of it reaches the next exchange, only the connection
/// and the options that all of them share stay. The transfer must not be driven any more when this
/// goes.
///
/// Copying: not copyable; libcurl points into it. Cost: one. Thread safety: one thread.
class Exchange {
 public:
  /// \param kept the sockets among which libcurl chooses; null: its one was looked at before.
  Exchange(Easy& easy, const Request& request, const CurlOptions& options, Reuse reuse,
           const KeptSockets* kept = nullptr);
  ~Exchange();

  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  /// What libcurl did not accept of the request; nothing where it is ready to go.
  [[nodiscard]] std::optional<Failure> unready() const;

  /// What became of it, by the result that libcurl ended with.
  [[nodiscard]] Outcome conclude(CURLcode code);

  /// What became of it where we ended it.
  [[nodiscard]] Failure failure(FailureKind kind, const char* message) const;

  /// Whether it ended before anything was sent, as the connection held something that nobody asked
  /// for: to be begun anew with `Reuse::none`.
  [[nodiscard]] bool needs_fresh_connection() const noexcept {
    return halt_ == Halt::unasked_input;
  }

  /// The local port of the connection that it goes over; 0: none yet, or that is not told.
  [[nodiscard]] long local_port() const noexcept { return local_port_; }

 private:
  /// Why a callback of ours told libcurl to stop.
  enum class Halt {
    none,
    body_too_large,
    header_too_large,
    out_of_memory,
    would_send_twice,
    unasked_input
  };

  // What libcurl is told: in exchange_set_up.cpp.
  static HeaderLines lines_of(const Request& request);
  void set_up(const CurlOptions& options);
  void set_up_connection(const CurlOptions& options, bool is_plain);
  void set_up_callbacks();
  void set_up_limits();
  void set_up_method_and_body();
  void set_up_body(std::string_view body);
  void set_up_resending(bool has_body_bytes);
  void set_up_answer();
  template <typename Value>
  void require(CURLoption option, Value value);
  [[nodiscard]] bool leaves_only_what_is_shared() const noexcept;
  void clean_up() noexcept;

  [[nodiscard]] Failure failure(CURLcode code) const;
  [[nodiscard]] bool may_have_been_sent() const;
  [[nodiscard]] bool has_connected() const;
  [[nodiscard]] long bytes_sent() const;

  void take_header_line(std::string_view line);
  [[nodiscard]] bool has_unasked_input(long local_port) const noexcept;
  void reserve_body(std::size_t limit);

  static int on_before_sending(void* self, char*, char*, int, int) noexcept;
  static std::size_t on_read(char* to, std::size_t size, std::size_t count, void* self) noexcept;
  static int on_seek(void* self, curl_off_t offset, int origin) noexcept;
  static std::size_t on_header(const char* from, std::size_t size, std::size_t count,
                               void* self) noexcept;
  static std::size_t on_body(const char* from, std::size_t size, std::size_t count,
                             void* self) noexcept;

  Easy& handle_;
  CURL* const easy_;
  const Request& request_;
  const Reuse reuse_;
  const KeptSockets* const kept_;
  HeaderLines lines_;
  CURLcode set_up_result_ = CURLE_OK;
  std::size_t body_position_ = 0;
  std::size_t header_bytes_ = 0;
  bool headers_are_whole_ = false;
  long local_port_ = 0;
  // What `bytes_sent` said just before the request went: a proxy's CONNECT may count as well.
  std::optional<long> bytes_before_request_{};
  bool begun_again_ = false;    // libcurl has begun a second time by itself
  bool went_as_usual_ = false;  // an answer came
  Halt halt_ = Halt::none;
  Response response_{};
  std::array<char, CURL_ERROR_SIZE> error_text_{};
};

}  // namespace segment::inline SEGMENT_ABI::http::detail

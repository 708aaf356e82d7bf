#include "http/curl/failure.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <system_error>

#include "http/curl/exchange.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {
namespace {

// A connection that ends before it is established was refused by the proxy or the network.
FailureKind kind_of_broken(const FailedTransfer& transfer) {
  return transfer.connected ? FailureKind::broken : FailureKind::connect;
}

// The OpenSSL code in a libcurl text: `error:0A000126:SSL routines::…`.
std::optional<std::uint32_t> openssl_code(std::string_view text) {
  constexpr std::string_view mark = "error:";
  constexpr std::size_t digits = 8;
  for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at)) {
    at += mark.size();
    const std::string_view number = text.substr(at, digits);
    std::uint32_t code = 0;
    const auto [end, error] =
        std::from_chars(number.data(), number.data() + number.size(), code, 16);
    if (error == std::errc{} && end == number.data() + digits) return code;
  }
  return std::nullopt;
}

bool holds_one_of(std::string_view text, std::initializer_list<std::string_view> signs) {
  return std::any_of(signs.begin(), signs.end(), [text](std::string_view sign) {
    return text.find(sign) != std::string_view::npos;
  });
}

// A connection that breaks during the handshake, for instance because a gateway restarts, says
// nothing about trust, but libcurl reports it like a refused handshake. The system's error texts
// are localised, but if TLS itself refused there is an OpenSSL code.
bool broke_in_handshake(const FailedTransfer& transfer) {
  if (!transfer.has_openssl) {
    return holds_one_of(transfer.text, {"reset by peer", "unexpected eof", "pull function"});
  }
  constexpr std::uint32_t of_system = 0x80000000U;
  constexpr std::uint32_t unexpected_eof = 0x0A000126U;
  const auto code = openssl_code(transfer.text);
  return !code || (*code & of_system) != 0 || *code == unexpected_eof;
}

FailureKind kind_of(const FailedTransfer& transfer) {
  switch (transfer.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return FailureKind::resolve;
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
    case CURLE_INTERFACE_FAILED:
      return FailureKind::connect;
    case CURLE_SSL_CONNECT_ERROR:
      return broke_in_handshake(transfer) ? FailureKind::connect : FailureKind::tls;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_USE_SSL_FAILED:
      return FailureKind::tls;
    case CURLE_OPERATION_TIMEDOUT:
      return FailureKind::timeout;
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR:  // from libcurl's decompression: our callback sets `halt_` instead
      return kind_of_broken(transfer);
    case CURLE_UNSUPPORTED_PROTOCOL:  // also what libcurl reports for a response that is not HTTP
      return transfer.connected ? FailureKind::broken : FailureKind::other;
#if LIBCURL_VERSION_NUM >= 0x080600
    case CURLE_TOO_LARGE:
      return FailureKind::too_large;
#endif
    default:
      return FailureKind::other;
  }
}

struct Refusal {
  TlsReason reason = TlsReason::other;
  std::string_view sentence{};
};

constexpr Refusal wrong_host{TlsReason::wrong_host, "The server's certificate is for another host"};

Refusal why_certificate_was_refused(const FailedTransfer& transfer) {
  // OpenSSL's X509_V_ERR_…, whose header this library does not need otherwise.
  switch (transfer.certificate_result) {
    case 0:
    case 1:  // libcurl compares names before it asks OpenSSL about the rest
      if (transfer.has_openssl) return wrong_host;
      break;
    case 62:
    case 64:
      return wrong_host;
    case 9:
      return {TlsReason::expired, "The server's certificate is not valid yet"};
    case 10:
      return {TlsReason::expired, "The server's certificate has expired"};
    case 18:
    case 19:
      return {TlsReason::unknown_authority,
              "The server's certificate is self-signed, so it is from an unknown authority"};
    case 2:
    case 20:
    case 21:
      return {TlsReason::unknown_authority,
              "The server's certificate is from an unknown authority"};
    default:
      break;
  }
  // The texts of libcurl with other TLS libraries.
  if (!transfer.has_openssl &&
      holds_one_of(transfer.text, {"host name", "hostname", "subjectAltName", "subject name",
                                   "does not match target host"})) {
    return wrong_host;
  }
  return {TlsReason::other, "The server's certificate was not accepted"};
}

Refusal why_not_trusted(const FailedTransfer& transfer) {
  if (transfer.code == CURLE_PEER_FAILED_VERIFICATION) return why_certificate_was_refused(transfer);
  return {TlsReason::other, "The TLS handshake failed"};
}

std::string_view sentence(FailureKind kind, const FailedTransfer& transfer) {
  switch (kind) {
    case FailureKind::resolve:
      return transfer.code == CURLE_COULDNT_RESOLVE_PROXY
                 ? "The proxy's name could not be looked up"
                 : "The host's name could not be looked up";
    case FailureKind::connect:
      return "No connection could be made";
    case FailureKind::tls:
      return why_not_trusted(transfer).sentence;
    case FailureKind::timeout:
      return transfer.connected ? "The response took too long" : "Connecting took too long";
    case FailureKind::broken:
      if (transfer.code == CURLE_WRITE_ERROR) {
        return "The response's body continues after its compressed data, as gzip of "
               "several members does, which is not supported";
      }
      return "The connection ended, or the response became invalid, before it was complete";
    case FailureKind::too_large:
      return "The response is larger than the limit";
    case FailureKind::cancelled:
      return "The request was cancelled";
    case FailureKind::other:
      break;
  }
  return "The request failed";
}

bool holds(std::string_view text, std::string_view part) {
  return part.size() > 1 && text.find(part) != std::string_view::npos;
}

// libcurl's own text is useful (a port, a time, a reason), but may repeat a URL: the request's,
// whose query may hold a secret, or the proxy's, with its password.
std::string_view safe_detail(const FailedTransfer& transfer) {
  const std::string_view general = curl_easy_strerror(transfer.code);
  if (transfer.text.empty() || holds(transfer.text, "://") ||
      transfer.text.find('@') != std::string_view::npos) {
    return general;
  }
  const std::size_t scheme = transfer.url.find("://");
  const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
  const std::size_t path = transfer.url.find_first_of("/?", host);
  if (path == std::string_view::npos) return transfer.text;
  const std::string_view target = transfer.url.substr(path);
  const std::size_t query = target.find('?');
  if (holds(transfer.text, target.substr(0, query))) return general;
  if (query != std::string_view::npos && holds(transfer.text, target.substr(query + 1))) {
    return general;
  }
  return transfer.text;
}

}  // namespace

bool has_openssl() noexcept {
  const char* version = curl_version_info(CURLVERSION_NOW)->ssl_version;
  if (version == nullptr) return false;
  const std::string_view name = version;
  return name.starts_with("OpenSSL") || name.starts_with("LibreSSL") ||
         name.starts_with("BoringSSL") || name.starts_with("AWS-LC") || name.starts_with("quictls");
}

Failure to_failure(const FailedTransfer& transfer) {
  const FailureKind kind = kind_of(transfer);
  std::string message(sentence(kind, transfer));
  message.append(" (").append(safe_detail(transfer)).append(").");
  return {
      .kind = kind,
      .may_have_been_sent = transfer.may_have_been_sent,
      .message = std::move(message),
      .tls_reason = kind == FailureKind::tls ? why_not_trusted(transfer).reason : TlsReason::other};
}

// Before anything is sent -------------------------------------------------------------------------

namespace {

// libcurl would guess a missing scheme.
bool is_http(std::string_view url) {
  return same_name(url.substr(0, 7), "http://") || same_name(url.substr(0, 8), "https://");
}

Failure not_sent(FailureKind kind, const char* message) {
  return {.kind = kind, .may_have_been_sent = false, .message = message};
}

}  // namespace

std::optional<Failure> unfit(const Request& request) {
  if (request.stop.stop_requested()) {
    return not_sent(FailureKind::cancelled, "The request was cancelled before it was sent.");
  }
  if (!is_http(request.url)) {
    return not_sent(FailureKind::other, "The address begins with neither http:// nor https://.");
  }
  if (!can_be_sent(request.headers)) {
    return not_sent(FailureKind::other,
                    "A header's name or value contains a character that HTTP does not allow.");
  }
  return std::nullopt;
}

}  // namespace segment::inline SEGMENT_ABI::http::detail

#include "http/curl/exchange.hpp"

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstddef>
#include <new>
#include <string>
#include <utility>

#include "http/curl/failure.hpp"
#include "http/syntax.hpp"
#include "segment/types/secret.hpp"
#include "threads/fork.hpp"

namespace segment::inline SEGMENT_ABI::http::detail {

// Header lines ------------------------------------------------------------------------------------

namespace {

bool is_blank(std::string_view value) noexcept {
  return std::all_of(value.begin(), value.end(), [](char c) { return c == ' ' || c == '\t'; });
}

constexpr std::string_view accept_encoding = "Accept-Encoding";

// What libcurl needs besides name and value: `: ` or `:` or `;`, and the final zero.
constexpr std::size_t extra_bytes_a_line = 3;

}  // namespace

bool can_be_sent(const Headers& headers) noexcept {
  return std::all_of(headers.begin(), headers.end(), [](HeaderView field) {
    return segment::detail::is_header_name(field.name) &&
           segment::detail::is_header_value(field.value);
  });
}

HeaderLines::HeaderLines(const Headers& headers,
                         std::initializer_list<std::string_view> unless_given,
                         std::string_view encodings) {
  std::size_t bytes = accept_encoding.size() + encodings.size() + extra_bytes_a_line;
  for (const HeaderView field : headers) {
    bytes += field.name.size() + field.value.size() + extra_bytes_a_line;
  }
  for (std::string_view name : unless_given) bytes += name.size() + extra_bytes_a_line;
  // Reserved at once: growing would leave copies behind, and libcurl keeps pointers into both.
  text_.reserve(bytes);
  nodes_.reserve(1 + headers.size() + unless_given.size());

  if (!encodings.empty() && !headers.find(accept_encoding)) {
    append(accept_encoding, ": ", encodings);
  }
  for (const HeaderView field : headers) {
    // In libcurl's form a semicolon means "with no value", a bare colon "leave this one out".
    const bool blank = is_blank(field.value);
    append(field.name, blank ? ";" : ": ", blank ? std::string_view{} : field.value);
  }
  for (std::string_view name : unless_given) {
    if (!headers.find(name)) append(name, ":", {});
  }
}

HeaderLines::~HeaderLines() { segment::detail::wipe(text_.data(), text_.size()); }

void HeaderLines::append(std::string_view name, std::string_view separator,
                         std::string_view value) {
  char* line = text_.data() + text_.size();
  text_.append(name).append(separator).append(value).push_back('\0');
  nodes_.push_back({.data = line, .next = nullptr});
  if (nodes_.size() > 1) nodes_[nodes_.size() - 2].next = &nodes_.back();
}

bool is_plain_http(std::string_view url) noexcept {
  constexpr std::string_view scheme = "http://";
  return same_name(url.substr(0, scheme.size()), scheme);
}

// Options -----------------------------------------------------------------------------------------

namespace {

// libcurl keeps timeouts in an int. Zero means none, so an expired one becomes the shortest.
long milliseconds(std::chrono::milliseconds time) {
  using Count = std::chrono::milliseconds::rep;
  if (time.count() == 0) return 0;
  return static_cast<long>(std::clamp<Count>(time.count(), 1, INT_MAX));
}

// The list that libcurl itself would write, but with a printf that takes a hundred instructions
// per byte.
std::string all_encodings() {
  const curl_version_info_data& libcurl = *curl_version_info(CURLVERSION_NOW);
  const auto has = [&](int feature) { return (libcurl.features & feature) != 0; };
  std::string encodings;
  const auto add = [&](std::string_view name) {
    encodings.append(encodings.empty() ? "" : ", ").append(name);
  };
  if (has(CURL_VERSION_LIBZ)) add("deflate, gzip");
  if (has(CURL_VERSION_BROTLI)) add("br");
  if (has(CURL_VERSION_ZSTD)) add("zstd");
  return encodings;
}

bool always_has_length(Method method) {
  return method == Method::post || method == Method::put || method == Method::patch;
}

}  // namespace

// libcurl takes a lock of its own here, which a forked child could find locked forever.
Easy::Easy(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {
  {
    const segment::detail::ForkLock lock;
    easy_.reset(curl_easy_init());
  }
  if (easy_ == nullptr) throw std::bad_alloc();
  curl_easy_setopt(easy_.get(), CURLOPT_SHARE, shared_->get());  // survives a reset
}

// Never destroyed, since a thread may still send while the program ends.
const std::string& accepted_encodings() {
  static const std::string& encodings = *new std::string(all_encodings());
  return encodings;
}

template <typename Value>
void Exchange::require(CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(easy_, option, value);
  if (set_up_result_ == CURLE_OK) set_up_result_ = code;
}

// Suppresses the headers that libcurl would add by itself. libcurl searches all lines for each
// header that it knows, so those of a body are listed only if there may be one.
HeaderLines Exchange::lines_of(const Request& request) {
  const std::string& encodings = accepted_encodings();
  if (request.method == Method::get && !request.body.has_value()) {
    return {request.headers, {"Accept"}, encodings};
  }
  return {request.headers, {"Accept", "Content-Type", "Expect"}, encodings};
}

// Options that all exchanges of a transport share are set once per handle, the rest per exchange.
void Exchange::set_up(const CurlOptions& options) {
  const bool is_plain = is_plain_http(request_.url);
  const auto shared = is_plain ? Easy::SetUp::for_http : Easy::SetUp::for_https;
  if (transfer_.set_up() != shared) {
    if (transfer_.set_up() != Easy::SetUp::none) transfer_.reset();
    set_up_connection(options, is_plain);
    set_up_callbacks();
    transfer_.set_up(shared);
  }
  require(CURLOPT_ERRORBUFFER, error_text_.data());
  require(CURLOPT_URL, request_.url.c_str());
  require(CURLOPT_HTTPHEADER, lines_.list());
  set_up_limits(std::chrono::milliseconds::zero());
  set_up_method_and_body();
  set_up_response();
}

// A GET that went as usual leaves only what all exchanges share and what each of them sets anyway.
// After anything else the handle is reset, which its connection survives.
bool Exchange::leaves_only_what_is_shared() const noexcept {
  // libcurl counts restarts over all exchanges of a handle, and then gives up.
  return has_response_ && !begun_again_ && request_.method == Method::get && !request_.body;
}

void Exchange::clean_up() noexcept {
  if (!leaves_only_what_is_shared()) {
    transfer_.reset();
    return;
  }
  // Clear what points to this exchange or quotes it.
  for (const CURLoption option : {CURLOPT_ERRORBUFFER, CURLOPT_URL, CURLOPT_HTTPHEADER,
                                  CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_PREREQDATA}) {
    curl_easy_setopt(easy_, option, static_cast<void*>(nullptr));
  }
}

void Exchange::set_up_connection(const CurlOptions& options, bool is_plain) {
#if LIBCURL_VERSION_NUM >= 0x075500
  require(CURLOPT_PROTOCOLS_STR, "http,https");
#else
  require(CURLOPT_PROTOCOLS, long{CURLPROTO_HTTP | CURLPROTO_HTTPS});
#endif
  require(CURLOPT_PATH_AS_IS, 1L);
  require(CURLOPT_FOLLOWLOCATION, 0L);
  require(CURLOPT_NOSIGNAL, 1L);  // Signals belong to the program; see SigpipeGuard.
  if (!is_plain) set_up_tls(options);
  // A proxy would carry the token, which plain HTTP sends only to this machine, to another one.
  if (options.proxy == "none" || is_plain) {
    require(CURLOPT_PROXY, "");
  } else if (!options.proxy.empty()) {
    require(CURLOPT_PROXY, options.proxy.c_str());
    require(CURLOPT_NOPROXY, "");  // the environment's exceptions are for its own proxy
  }
  require(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  connections_.follow(easy_);
  if (options.max_idle_connections == 0) require(CURLOPT_FORBID_REUSE, 1L);
  // Not required: a libcurl without HTTP/2 uses HTTP/1.1.
  curl_easy_setopt(easy_, CURLOPT_HTTP_VERSION,
                   long{options.http2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1});
#if LIBCURL_VERSION_NUM >= 0x075700
  // A name lookup cannot be interrupted. Without this, libcurl waits until it ends, perhaps
  // minutes after a timeout or a stop; with this, it leaves the lookup's thread behind.
  curl_easy_setopt(easy_, CURLOPT_QUICK_EXIT, 1L);
#endif
}

void Exchange::set_up_tls(const CurlOptions& options) {
  require(CURLOPT_SSL_VERIFYPEER, 1L);
  require(CURLOPT_SSL_VERIFYHOST, 2L);
  require(CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});  // or newer
  if (!options.ca_directory.empty()) require(CURLOPT_CAPATH, options.ca_directory.c_str());
  if (transfer_.shared().tries_directory_alone()) {
    require(CURLOPT_CAINFO, static_cast<const char*>(nullptr));
    transfer_.trusts_directory_alone(true);
  } else if (!options.ca_file.empty()) {
    require(CURLOPT_CAINFO, options.ca_file.c_str());
  }
  if (options.client_certificate_file.empty()) return;
  require(CURLOPT_SSLCERT, options.client_certificate_file.c_str());
  require(CURLOPT_SSLKEY, options.client_key_file.empty() ? options.client_certificate_file.c_str()
                                                          : options.client_key_file.c_str());
  // Otherwise OpenSSL asks for a passphrase on the terminal, and waits. GnuTLS never asks, and
  // takes this as the passphrase of a key that has none.
  if (has_openssl()) require(CURLOPT_KEYPASSWD, "");
}

void Exchange::set_up_callbacks() {
  require(CURLOPT_PREREQFUNCTION, &Exchange::on_before_sending);
  require(CURLOPT_HEADERFUNCTION, &Exchange::on_header);
  require(CURLOPT_WRITEFUNCTION, &Exchange::on_body);
  require(CURLOPT_ACCEPT_ENCODING, "");  // all that libcurl was built with
}

void Exchange::set_up_limits(std::chrono::milliseconds passed) noexcept {
  const auto left = [&](std::chrono::milliseconds limit) {
    constexpr std::chrono::milliseconds least{1};
    return milliseconds(limit.count() == 0 ? limit : std::max(limit - passed, least));
  };
  // Zero would mean libcurl's own five minutes, not that there is no limit.
  const long connect = left(request_.limits.connect_timeout);
  require(CURLOPT_CONNECTTIMEOUT_MS, connect == 0 ? long{INT_MAX} : connect);
  require(CURLOPT_TIMEOUT_MS, left(request_.limits.attempt_timeout));
  const auto stall = request_.limits.stall_timeout.count();
  require(CURLOPT_LOW_SPEED_LIMIT, long{stall > 0});  // otherwise libcurl would check every second
  require(CURLOPT_LOW_SPEED_TIME,
          static_cast<long>(std::clamp<std::chrono::seconds::rep>(stall, 0, INT_MAX)));
}

void Exchange::set_up_method_and_body() {
  const bool has_body_bytes = request_.body.has_value() && !request_.body->empty();
  if (has_body_bytes) {
    set_up_body(*request_.body);
  } else if (request_.body.has_value() || always_has_length(request_.method)) {
    require(CURLOPT_POSTFIELDS, "");
    require(CURLOPT_POSTFIELDSIZE, 0L);
  } else {
    require(CURLOPT_HTTPGET, 1L);
  }
  // Comes after those, which choose a method themselves. A method's text ends with a zero.
  if (request_.method != Method::get || request_.body.has_value()) {
    require(CURLOPT_CUSTOMREQUEST, to_string(request_.method).data());
  }
  set_up_retries_of_libcurl(has_body_bytes);
}

void Exchange::set_up_body(std::string_view body) {
  require(CURLOPT_UPLOAD, 1L);
  require(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body.size()));
  require(CURLOPT_READFUNCTION, &Exchange::on_read);
  require(CURLOPT_READDATA, this);
}

// libcurl resends a request by itself, whatever its method, if a kept-alive connection turns out to
// be dead. Three things prevent that where it must not happen:
// - a restart is refused once any byte of it has been sent;
// - a body is read through a callback that cannot rewind, so libcurl cannot send it again;
// - without a body there is nothing to rewind, so the connection is a fresh one, which libcurl does
//   not take for dead and retry.
void Exchange::set_up_retries_of_libcurl(bool has_body_bytes) {
  require(CURLOPT_PREREQDATA, this);
  require(CURLOPT_FRESH_CONNECT, long{!request_.idempotent && !has_body_bytes});
  if (request_.idempotent && has_body_bytes) {
    require(CURLOPT_SEEKFUNCTION, &Exchange::on_seek);
    require(CURLOPT_SEEKDATA, this);
  }
}

void Exchange::set_up_response() {
  require(CURLOPT_HEADERDATA, this);
  require(CURLOPT_WRITEDATA, this);
}

}  // namespace segment::inline SEGMENT_ABI::http::detail

#include "channel.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <string>
#include <utility>

namespace segment::inline SEGMENT_ABI::redis {

namespace {

class PlainChannel final : public Channel {
 public:
  explicit PlainChannel(Socket socket) : socket_(std::move(socket)) {}

  void send(std::string_view bytes, Deadline deadline) override { socket_.send(bytes, deadline); }
  std::size_t receive(char* buffer, std::size_t size, Deadline deadline) override {
    return socket_.receive(buffer, size, deadline);
  }

 private:
  Socket socket_;
};

[[noreturn]] void fail_tls(const SSL* ssl) {
  std::string text = "Redis cannot be trusted over TLS";
  const long verified = ssl != nullptr ? SSL_get_verify_result(ssl) : X509_V_OK;
  const unsigned long error = ERR_get_error();
  if (verified != X509_V_OK) {
    text.append(": ").append(X509_verify_cert_error_string(verified));
  } else if (error != 0) {
    std::array<char, 256> reason{};
    ERR_error_string_n(error, reason.data(), reason.size());
    text.append(": ").append(reason.data());
  }
  ERR_clear_error();
  throw StoreError(text + ".");
}

/// OpenSSL between two memory buffers, so that the socket's deadlines apply and no signal is
/// raised.
class TlsChannel final : public Channel {
 public:
  TlsChannel(Socket socket, const RateLimiterOptions& options, Deadline deadline)
      : socket_(std::move(socket)), context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free) {
    if (!context_) fail_tls(nullptr);
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    const bool loaded =
        options.ca_file.empty()
            ? SSL_CTX_set_default_verify_paths(context_.get()) == 1
            : SSL_CTX_load_verify_locations(context_.get(), options.ca_file.c_str(), nullptr) == 1;
    if (!loaded) throw StoreError("The certificates to trust cannot be read.");
    ssl_.reset(SSL_new(context_.get()));
    if (!ssl_) fail_tls(nullptr);
    SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));  // it takes ownership
    set_name(options.host);
    run(deadline, [this] { return SSL_connect(ssl_.get()); });
  }

  void send(std::string_view bytes, Deadline deadline) override {
    run(deadline,
        [&] { return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())); });
  }
  std::size_t receive(char* buffer, std::size_t size, Deadline deadline) override {
    return static_cast<std::size_t>(
        run(deadline, [&] { return SSL_read(ssl_.get(), buffer, static_cast<int>(size)); }));
  }

 private:
  void set_name(const std::string& host) {
    X509_VERIFY_PARAM* const rules = SSL_get0_param(ssl_.get());
    if (X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) == 1) return;
    ERR_clear_error();
    if (SSL_set1_host(ssl_.get(), host.c_str()) != 1) fail_tls(nullptr);
    SSL_set_tlsext_host_name(ssl_.get(), host.c_str());
  }

  // Runs an OpenSSL operation, and again each time after it wanted bytes.
  template <class Step>
  int run(Deadline deadline, Step step) {
    for (;;) {
      ERR_clear_error();  // SSL_get_error also takes an older error for one of this step
      const int result = step();
      const int error = SSL_get_error(ssl_.get(), result);
      flush(deadline);
      if (result > 0) return result;
      if (error != SSL_ERROR_WANT_READ) fail_tls(ssl_.get());
      std::array<char, 16384> buffer{};
      const std::size_t count = socket_.receive(buffer.data(), buffer.size(), deadline);
      BIO_write(SSL_get_rbio(ssl_.get()), buffer.data(), static_cast<int>(count));
    }
  }

  void flush(Deadline deadline) {
    std::array<char, 16384> buffer{};
    for (;;) {
      const int count =
          BIO_read(SSL_get_wbio(ssl_.get()), buffer.data(), static_cast<int>(buffer.size()));
      if (count <= 0) return;
      socket_.send({buffer.data(), static_cast<std::size_t>(count)}, deadline);
    }
  }

  Socket socket_;
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, &SSL_free};
};

}  // namespace

std::unique_ptr<Channel> Channel::open(const RateLimiterOptions& options, Deadline deadline) {
  Socket socket = options.unix_socket.empty()
                      ? Socket::connect(options.host, options.port, deadline)
                      : Socket::connect(options.unix_socket, deadline);
  if (!options.tls) return std::make_unique<PlainChannel>(std::move(socket));
  return std::make_unique<TlsChannel>(std::move(socket), options, deadline);
}

}  // namespace segment::inline SEGMENT_ABI::redis

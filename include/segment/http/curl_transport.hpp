#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "segment/http/transport.hpp"

namespace segment::inline SEGMENT_ABI::http {

/// How the libcurl transport connects. An empty text means libcurl's own default.
struct CurlOptions {
  /// PEM file of the authorities to trust, replacing the file that libcurl was built with. A
  /// directory that libcurl was built with stays trusted, unless `ca_directory` names another.
  std::string ca_file{};
  /// Directory of the authorities to trust, prepared by `openssl rehash`, replacing the one that
  /// libcurl was built with. It is used first, because it need not be read as a whole; the file is
  /// read only if the directory is not enough.
  std::string ca_directory{};
  /// PEM file of a client certificate, for a gateway that asks for one.
  std::string client_certificate_file{};
  /// PEM file of the client certificate's key, not encrypted; empty if the certificate's file
  /// contains it too.
  std::string client_key_file{};
  /// For example `http://proxy.internal:3128`. It applies to every host, whatever `no_proxy` says.
  /// Empty: the usual `https_proxy` and `no_proxy` environment variables. `"none"`: no proxy,
  /// whatever the environment says. For https:// only: over plain HTTP a proxy would see the token,
  /// so such requests go directly to this machine.
  std::string proxy{};
  /// How many idle connections are kept for the next blocking call, each for less than a minute. 0:
  /// none, and asynchronous calls keep none either. If the server closes one meanwhile, it is
  /// closed with the next such call; those of asynchronous calls are closed
  /// immediately while no such call is in progress.
  std::size_t max_idle_connections = 32;
  /// How many connections asynchronous calls may have open at the same time; 0 counts as 1. Each
  /// carries one request at a time, over HTTP/2 too; further requests wait, within their
  /// `attempt_timeout`.
  std::size_t max_connections = 32;
  /// Whether to use HTTP/2 if the server offers it over TLS.
  bool http2 = true;
};

/// The transport over libcurl: connections are reused, TLS is 1.2 or newer and verified, responses
/// are decompressed, redirects are not followed, and nothing is sent twice unless the request
/// is idempotent.
///
/// libcurl is initialised once for the process, by the first transport. A forked child opens its
/// own connections and does not touch those of its parent; a child program inherits none.
///
/// Copying: not copyable; share it by shared pointer. Cost: one libcurl handle for each call in
/// progress, kept afterwards with its connection; an engine for the asynchronous calls of each
/// client, with its own connections. Thread safety: any number of threads may send at once, and it
/// may be destroyed meanwhile: sends in progress finish, and the last one closes the connections.
/// Its engines may outlive it.
class SEGMENT_EXPORT CurlTransport final : public Transport {
 public:
  explicit CurlTransport(CurlOptions options = {});
  ~CurlTransport() override;

  [[nodiscard]] Outcome send(const Request& request) override;
  [[nodiscard]] std::unique_ptr<Engine> engine() override;

 private:
  struct State;
  std::shared_ptr<State> state_;  // Each `send` in progress holds it too.
};

}  // namespace segment::inline SEGMENT_ABI::http

#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "segment/http/transport.hpp"

namespace segment::inline SEGMENT_ABI::http {

/// How the libcurl transport connects. An empty text means: libcurl's own default.
struct CurlOptions {
  /// PEM file of the authorities to trust, in the place of the file that libcurl was built with; a
  /// directory that it was built with is trusted still, unless `ca_directory` names another.
  std::string ca_file{};
  /// Directory of the authorities to trust, as `openssl rehash` makes it, in the place of the one
  /// that libcurl was built with. It is looked at first, as it need not be read whole; the file is
  /// where it is not enough.
  std::string ca_directory{};
  /// PEM file of a client certificate, for a gateway that asks for one.
  std::string client_certificate_file{};
  /// PEM file of the client certificate's key; empty where the certificate's file holds it too.
  std::string client_key_file{};
  /// For example `http://proxy.internal:3128`. Empty: the usual `https_proxy` and `no_proxy`
  /// environment variables. `"none"`: no proxy, whatever the environment says. For https:// only:
  /// over plain HTTP any proxy would see the token, so that goes straight to this machine.
  std::string proxy{};
  /// How many idle connections are kept for the next blocking call, each for less than a minute. 0:
  /// none, and asynchronous calls keep none either. One that the server ends meanwhile is closed
  /// with the next such call; those of asynchronous calls are closed immediately.
  std::size_t max_idle_connections = 32;
  /// How many connections asynchronous calls may have open at the same time; 0 counts as 1. Each
  /// carries one request at a time, over HTTP/2 too; requests beyond it wait, within their
  /// `attempt_timeout`.
  std::size_t max_connections = 32;
  /// Whether to speak HTTP/2 where the server offers it over TLS.
  bool http2 = true;
};

/// The transport over libcurl: connections are reused, TLS is 1.2 or newer and verified, responses
/// are decompressed, redirects are not followed, and nothing is sent twice unless the request
/// is idempotent.
///
/// libcurl is initialised once for the process, by the first transport. A forked child makes
/// connections of its own and leaves those of its parent alone; a program that is started inherits
/// none.
///
/// Copying: not copyable; share it by shared pointer. Cost: one libcurl handle for each call under
/// way, kept afterwards with its connection; an engine for the asynchronous calls of each client,
/// with connections of its own. Thread safety: any number of threads may send at once, and it may
/// be destroyed meanwhile: sends under way come to their end, and the last one closes the
/// connections. Its engines need it no more.
class SEGMENT_EXPORT CurlTransport final : public Transport {
 public:
  explicit CurlTransport(CurlOptions options = {});
  ~CurlTransport() override;

  [[nodiscard]] Outcome send(const Request& request) override;
  [[nodiscard]] std::unique_ptr<Engine> engine() override;

 private:
  struct State;
  std::shared_ptr<State> state_;  // Each `send` under way holds it too.
};

}  // namespace segment::inline SEGMENT_ABI::http

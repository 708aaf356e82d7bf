#pragma once

#include <string>

#include "temporary_folder.hpp"

namespace segment::test {

/// Whether the program that makes certificates is installed.
[[nodiscard]] bool can_make_certificates();

/// What a certificate should contain.
struct Certificate {
  /// As in a certificate: `DNS:localhost,IP:127.0.0.1`.
  std::string names = "DNS:localhost,IP:127.0.0.1";
  /// If negative, it expired before it became valid.
  int days = 2;
};

/// A certificate authority for a test, and the certificates that it issues.
class Authority {
 public:
  /// Throws std::runtime_error if the program `openssl` fails.
  Authority();

  /// Writes a certificate to `NAME.pem` and its key to `NAME.key`.
  void issue(const std::string& name, const Certificate& wanted = {});

  /// The path of the authority's own certificate, which makes the others trusted.
  [[nodiscard]] std::string file() const { return path("authority.pem"); }
  /// A directory that contains only that, under the name by which OpenSSL looks for it.
  [[nodiscard]] std::string directory() const { return path("authorities"); }
  [[nodiscard]] std::string path(const std::string& name) const { return folder_.file(name); }

 private:
  void openssl(const std::string& arguments) const;

  TemporaryFolder folder_;
};

}  // namespace segment::test

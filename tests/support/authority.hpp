#pragma once

#include <string>

#include "temporary_folder.hpp"

namespace segment::test {

/// Whether the program that makes certificates is there.
[[nodiscard]] bool can_make_certificates();

/// What a certificate is to say.
struct Certificate {
  /// As in a certificate: `DNS:localhost,IP:127.0.0.1`.
  std::string names = "DNS:localhost,IP:127.0.0.1";
  /// Below zero: it was over before it began.
  int days = 2;
};

/// A certificate authority of the test's own, and the certificates that it gives out.
class Authority {
 public:
  /// Throws std::runtime_error where the program `openssl` fails.
  Authority();

  /// A certificate in `NAME.pem` with its key in `NAME.key`.
  void issue(const std::string& name, const Certificate& wanted = {});

  /// The path of the authority's own certificate, which makes the others trusted.
  [[nodiscard]] std::string file() const { return path("authority.pem"); }
  /// A directory that holds nothing but that, under the name by which OpenSSL looks for it.
  [[nodiscard]] std::string directory() const { return path("authorities"); }
  [[nodiscard]] std::string path(const std::string& name) const { return folder_.file(name); }

 private:
  void openssl(const std::string& arguments) const;

  TemporaryFolder folder_;
};

}  // namespace segment::test

// How a failed handshake is classified: by codes, which are the same everywhere, and not by texts,
// which are in the user's language.
#include <curl/curl.h>
#include <gtest/gtest.h>

#include <string_view>

#include "http/curl/failure.hpp"

namespace segment::test {
namespace {

using http::FailureKind;

http::Failure handshake(std::string_view text) {
  return http::detail::to_failure({.code = CURLE_SSL_CONNECT_ERROR,
                                   .text = text,
                                   .may_have_been_sent = false,
                                   .url = "https://segment.invalid/x"});
}

http::Failure certificate(long result, std::string_view text = "SSL: nicht anerkannt") {
  return http::detail::to_failure({.code = CURLE_PEER_FAILED_VERIFICATION,
                                   .text = text,
                                   .may_have_been_sent = false,
                                   .certificate_result = result,
                                   .url = "https://segment.invalid/x"});
}

TEST(AConnectionThatBreaksDuringTheHandshake, IsRecognisedInEveryLanguage) {
  for (const std::string_view text :
       {"OpenSSL SSL_connect: Connection reset by peer in connection to 127.0.0.1:1 ",
        "OpenSSL SSL_connect: Die Verbindung wurde vom Kommunikationspartner zurückgesetzt in "
        "connection to 127.0.0.1:1 ",
        "OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to 127.0.0.1:1 ",
        "Recv failure: Verbindungsaufbau abgelehnt", "",
        "error:0A000126:SSL routines::unexpected eof while reading",
        "TLS connect error: error:80000068:system library::Connexion ré-initialisée"}) {
    const http::Failure failure = handshake(text);
    EXPECT_EQ(failure.kind, FailureKind::connect) << text;
    EXPECT_FALSE(failure.may_have_been_sent);
  }
}

TEST(ARefusedHandshake, IsRecognisedByTheCode) {
  for (const std::string_view text :
       {"error:0A00010B:SSL routines::wrong version number",
        "error:0A000410:SSL routines::sslv3 alert handshake failure",
        "error:1408F10B:SSL routines:ssl3_get_record:wrong version number",
        "TLS connect error: error:0A000438:SSL routines::tlsv1 alert, reset by peer"}) {
    EXPECT_EQ(handshake(text).kind, FailureKind::tls) << text;
  }
}

TEST(ARefusedCertificate, IsRecognisedByTheCode) {
  for (const long code : {0L, 1L, 62L, 64L}) {
    EXPECT_EQ(certificate(code).tls_reason, TlsReason::wrong_host) << code;
  }
  for (const long code : {9L, 10L}) {
    EXPECT_EQ(certificate(code, "for host name x").tls_reason, TlsReason::expired) << code;
  }
  for (const long code : {2L, 18L, 19L, 20L, 21L}) {
    EXPECT_EQ(certificate(code).tls_reason, TlsReason::unknown_authority) << code;
  }
  EXPECT_EQ(certificate(23).tls_reason, TlsReason::other) << "revoked";
  EXPECT_EQ(certificate(23, "no host name").tls_reason, TlsReason::other);
}

TEST(ATlsLibraryWithoutCodes, IsReadByItsTexts) {
  const http::detail::FailedTransfer other_host{
      .code = CURLE_PEER_FAILED_VERIFICATION,
      .text = "SSL: certificate subject name does not match target host name 'x'",
      .has_openssl = false};
  EXPECT_EQ(http::detail::to_failure(other_host).tls_reason, TlsReason::wrong_host);
  const http::detail::FailedTransfer reset{.code = CURLE_SSL_CONNECT_ERROR,
                                           .text = "Recv failure: Connection reset by peer",
                                           .has_openssl = false};
  EXPECT_EQ(http::detail::to_failure(reset).kind, FailureKind::connect);
}

TEST(ATextFromLibcurl, ThatNamesAUserOrAnAddressIsNotPassedOn) {
  for (const std::string_view text :
       {"Could not resolve proxy: user:hidden@proxy.test", "Bad URL https://h.test/hidden"}) {
    const http::Failure failure = http::detail::to_failure({.code = CURLE_COULDNT_RESOLVE_PROXY,
                                                            .text = text,
                                                            .may_have_been_sent = false,
                                                            .url = "https://segment.invalid/x"});
    EXPECT_EQ(failure.message.find("hidden"), std::string::npos) << failure.message;
    EXPECT_TRUE(failure.message.starts_with("The proxy's name could not")) << failure.message;
  }
}

}  // namespace
}  // namespace segment::test

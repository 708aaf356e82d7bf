// Which versions of TLS are offered if the system itself would allow old ones.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "socket_client.hpp"
#include "support/temporary_folder.hpp"

namespace segment::test {
namespace {

constexpr int offers_1_2_and_1_3 = 0;
constexpr int offers_something_else = 1;

// Runs in its own process, whose OpenSSL has read the configuration.
[[noreturn]] void make_an_offer() {
  LoopbackServer server;
  server.always([](Connection& connection) {
    connection.write("HTTP/1.1 400 Bad Request\r\n\r\n");
    connection.wait_until_client_leaves();
    connection.close();
  });
  TransportUnderTest transport({.proxy = "none"});
  static_cast<void>(transport.send({.url = "https" + server.url().substr(4)}));
  static_cast<void>(server.wait_for_ended_connections(1));
  // The extension `supported_versions`: five bytes, four of them versions.
  const std::string versions("\x00\x2b\x00\x05\x04\x03\x04\x03\x03", 9);
  std::_Exit(server.times_received(versions) == 1 ? offers_1_2_and_1_3 : offers_something_else);
}

TEST(TlsVersions, BelowOnePointTwoAreNotOfferedWhateverTheSystemAllows) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const TemporaryFolder folder;
  folder.write("openssl.cnf",
               "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = old\n"
               "[old]\nMinProtocol = TLSv1\nCipherString = DEFAULT:@SECLEVEL=0\n");
  ::setenv("OPENSSL_CONF", folder.file("openssl.cnf").c_str(), 1);
  EXPECT_EXIT(make_an_offer(), ::testing::ExitedWithCode(offers_1_2_and_1_3), "");
  ::unsetenv("OPENSSL_CONF");
}

}  // namespace
}  // namespace segment::test

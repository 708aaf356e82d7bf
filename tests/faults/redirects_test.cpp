// A redirect is an error: following it could carry the token to another host.
#include <gtest/gtest.h>

#include "socket_client.hpp"

namespace segment::test {
namespace {

TEST(ARedirect, NeverCarriesTheTokenToAnotherHost) {
  LoopbackServer other;
  for (const int status : {300, 301, 302, 303, 307, 308}) {
    for (const std::string& target :
         {other.url("/elsewhere"), "//127.0.0.1:" + std::to_string(other.port()) + "/",
          std::string("/here")}) {
      LoopbackServer server;
      server.always(respond(status, "", {{"Location", target}, {"Refresh", "0; url=" + target}}));
      const Client client = socket_client(server.url(""));
      for (const Verb& verb : every_verb()) {
        const auto error = thrown<ApiError>([&] { verb.call(client, {}); });
        EXPECT_EQ(error.status(), status);
        EXPECT_EQ(error.attempts(), 1) << verb.name;
        EXPECT_TRUE(contains(error.what(), "redirects are not followed")) << error.what();
        expect_presentable(error);
      }
      EXPECT_EQ(server.requests().size(), every_verb().size());
    }
  }
  EXPECT_EQ(other.connections(), 0);
}

// A server can direct its requests elsewhere in other ways, too.
TEST(AnAlternativeService, IsNotUsed) {
  LoopbackServer other;
  LoopbackServer server;
  const std::string there = "127.0.0.1:" + std::to_string(other.port());
  server.always(respond(200, good_body(),
                        {{"Alt-Svc", "h2=\"" + there + "\", http/1.1=\"" + there + "\""},
                         {"Content-Location", other.url()}}));
  const Client client = socket_client(server.url(""));
  for (int call = 0; call < 2; ++call) (void)client.workspaces().get();
  EXPECT_EQ(server.requests().size(), 2U);
  EXPECT_EQ(other.connections(), 0);
}

TEST(ACookie, IsNotSentBack) {
  LoopbackServer server;
  server.always(respond(200, good_body(), {{"Set-Cookie", "session=1"}}));
  const Client client = socket_client(server.url(""));
  for (int call = 0; call < 2; ++call) (void)client.workspaces().get();
  EXPECT_FALSE(server.requests().back().headers.find("Cookie"));
}

}  // namespace
}  // namespace segment::test

// How much a client can make the sandbox store, and how it treats a bad connection.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "raw_connection.hpp"
#include "talk.hpp"

namespace segment::sandbox::test {
namespace {

const std::string no_end(300'000, 'a');

// The response to bytes after which the connection cannot be used any more.
std::string last_answer(const Sandbox& sandbox, const std::string& bytes) {
  RawConnection connection(sandbox);
  connection.send(bytes);
  const std::string answer = connection.read_to_end();
  EXPECT_EQ(answers_in(answer), 1) << answer;
  EXPECT_NE(answer.find("Connection: close"), std::string::npos) << answer;
  EXPECT_NE(answer.find("{\"errors\":["), std::string::npos) << answer;
  return answer;
}

std::string post_with(const std::string& header, const std::string& body = {}) {
  return "POST /labels HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n" + body;
}

TEST(SandboxBounds, RejectAnEndlessRequestLine) {
  const Sandbox sandbox;
  EXPECT_EQ(status_in(last_answer(sandbox, "GET /" + no_end)), 414);
}

TEST(SandboxBounds, RejectAnEndlessHeader) {
  const Sandbox sandbox;
  EXPECT_EQ(status_in(last_answer(sandbox, "GET /labels HTTP/1.1\r\nX-Long: " + no_end)), 431);
}

TEST(SandboxBounds, RejectEndlessHeaders) {
  const Sandbox sandbox;
  std::string headers = "GET /labels HTTP/1.1\r\n";
  for (int i = 0; i < 20'000; ++i) headers += "X-Many: of them\r\n";
  EXPECT_EQ(status_in(last_answer(sandbox, headers)), 431);
}

TEST(SandboxBounds, RejectAnEndlessChunkSize) {
  const Sandbox sandbox;
  EXPECT_EQ(status_in(last_answer(sandbox, post_with("Transfer-Encoding: chunked", "1;" + no_end))),
            400);
}

TEST(SandboxBounds, RejectEndlessChunks) {
  const Sandbox sandbox;
  RawConnection connection(sandbox);
  ASSERT_TRUE(connection.send(post_with("Transfer-Encoding: chunked")));
  const std::string chunk = "100000\r\n" + std::string(0x100000, 'x') + "\r\n";
  int sent = 0;
  while (sent < 200 && connection.send(chunk)) ++sent;
  EXPECT_LT(sent, 200);
}

TEST(SandboxBounds, RejectInvalidContentLength) {
  const Sandbox sandbox;
  for (const char* header :
       {"Content-Length: abc", "Content-Length: -1", "Content-Length: 1 2", "Content-Length: 0x10",
        "Content-Length: +2", "Content-Length: 2\r\nContent-Length: 3",
        "Content-Length: 2\r\nTransfer-Encoding: chunked", "Transfer-Encoding: gzip"}) {
    EXPECT_EQ(status_in(last_answer(sandbox, post_with(header, "{}"))), 400) << header;
  }
}

TEST(SandboxBounds, RejectACompressedBodyBeforeItIsRead) {
  const Sandbox sandbox;
  for (const char* encoding : {"gzip", "GZIP", "x-gzip", "deflate", "br", "zstd", "gzip, gzip",
                               "identity, gzip", "identity\r\nContent-Encoding: gzip"}) {
    const auto header = "Content-Length: 1000\r\nContent-Encoding: " + std::string(encoding);
    EXPECT_EQ(status_in(last_answer(sandbox, post_with(header))), 415) << encoding;
  }
}

TEST(SandboxBounds, AcceptABodyThatIsSaidNotToBeCompressed) {
  const Sandbox sandbox;
  const auto response = Talk(sandbox).post("/labels", R"({"label": {"key": "a", "value": "b"}})",
                                           {{"Content-Encoding", "identity"}});
  EXPECT_EQ(response.status, 201) << response.body;
}

TEST(SandboxBounds, RejectExcessiveContentLength) {
  const Sandbox sandbox;
  for (const char* length : {"1000000000000", "99999999999999999999999999"}) {
    const auto answer = last_answer(sandbox, post_with(std::string("Content-Length: ") + length));
    EXPECT_EQ(status_in(answer), 413) << length;
  }
}

TEST(SandboxBounds, DoNotApplyToTheSeed) {
  const Sandbox sandbox(SandboxOptions{.max_rules = 1});
  EXPECT_EQ(Talk(sandbox).get("/tracking-plans").status, 200);
}

TEST(SandboxBounds, CannotBeZero) {
  EXPECT_THROW(Sandbox(SandboxOptions{.max_rules = 0}), ConfigurationError);
  EXPECT_THROW(Sandbox(SandboxOptions{.max_connections = 0}), ConfigurationError);
}

TEST(SandboxBounds, CloseAConnectionThatSendsNonsense) {
  const Sandbox sandbox;
  const std::string after = "GET /labels HTTP/1.1\r\nHost: x\r\n\r\n";
  for (const char* nonsense : {"nonsense\r\n\r\n", "GET\r\n\r\n", "\r\n\r\n", "EHLO x\r\n\r\n"}) {
    EXPECT_EQ(status_in(last_answer(sandbox, nonsense + after)), 400) << nonsense;
  }
  EXPECT_TRUE(sandbox.requests().empty());
}

TEST(SandboxBounds, DoNotTakeTheBodyOfAGetForTheNextRequest) {
  const Sandbox sandbox;
  const std::string body = "DELETE /labels/a/b HTTP/1.1\r\nX: y\r\n\r\n";
  RawConnection connection(sandbox);
  connection.send("GET /labels HTTP/1.1\r\nHost: x\r\n" + connection.authorization() +
                  "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  const std::string answer = connection.read_to_end();
  EXPECT_EQ(status_in(answer), 200);
  EXPECT_EQ(answers_in(answer), 1);
}

TEST(SandboxBounds, CloseTheLongestIdleConnectionIfThereAreTooMany) {
  const Sandbox sandbox(SandboxOptions{.max_connections = 4});
  std::vector<std::unique_ptr<RawConnection>> connections;
  for (int i = 0; i < 40; ++i) {
    auto& connection = *connections.emplace_back(std::make_unique<RawConnection>(sandbox));
    connection.ask();
    EXPECT_EQ(status_in(connection.read_until("\"labels\"")), 200) << i;
  }
  // A connection is closed before the one it makes room for is served.
  int open = 0;
  for (auto& connection : connections) open += connection->has_ended() ? 0 : 1;
  EXPECT_LE(open, 4);
  EXPECT_FALSE(connections.back()->has_ended());
}

TEST(SandboxBounds, TurnAwayAConnectionIfAllAreBusy) {
  const Sandbox sandbox(SandboxOptions{.max_connections = 1});
  const std::string body = R"({"label": {"key": "a", "value": "b"}})";
  RawConnection busy(sandbox);
  busy.send("POST /labels HTTP/1.1\r\nHost: x\r\n" + busy.authorization() +
            "Expect: 100-continue\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
  EXPECT_EQ(status_in(busy.read_until("\r\n\r\n")), 100);
  RawConnection late(sandbox);
  EXPECT_EQ(status_in(late.read_to_end()), 503);
  busy.send(body);
  EXPECT_NE(busy.read_until("\"key\"").find("HTTP/1.1 201"), std::string::npos);
}

TEST(SandboxLog, KeepsTheNewestRequests) {
  const Sandbox sandbox(SandboxOptions{.max_logged_requests = 3});
  Talk talk(sandbox);
  for (const char* path : {"/labels", "/labels", "/sources", "/roles", "/users"}) talk.get(path);
  const auto log = sandbox.requests();
  ASSERT_EQ(log.size(), 3U);
  EXPECT_EQ(log[0].operation, "listSources");
  EXPECT_EQ(log[2].operation, "listUsers");
}

TEST(SandboxLog, OfTheAuditTrailKeepsTheNewestEvents) {
  const Sandbox sandbox(SandboxOptions{.seed = false, .max_audit_events = 3});
  Talk talk(sandbox);
  for (int i = 0; i < 5; ++i) {
    talk.post("/labels", R"({"label": {"key": "key", "value": ")" + std::to_string(i) + "\"}}");
  }
  const Json events = data(talk.get("/audit-events")).at("events");
  ASSERT_EQ(events.size(), 3U);
  EXPECT_NE(events.at(0).at("resourceName").as_string().find('4'), std::string::npos);
  EXPECT_NE(events.at(2).at("resourceName").as_string().find('2'), std::string::npos);
}

TEST(SandboxLog, CanBeReadByAnotherProgram) {
  const Sandbox sandbox(SandboxOptions{.max_logged_requests = 2});
  Talk talk(sandbox);
  for (const char* path : {"/labels", "/sources/none", "/nowhere"}) talk.get(path);
  const Json read = data(talk.get("/_sandbox/requests"));
  EXPECT_EQ(read.at("forgotten"), Json(1));
  ASSERT_EQ(read.at("requests").size(), 2U);
  const Json& first = read.at("requests").at(0);
  EXPECT_EQ(first.at("operation").as_string(), "getSource");
  EXPECT_EQ(first.at("path").as_string(), "/sources/{sourceId}");
  EXPECT_EQ(first.at("status"), Json(404));
  EXPECT_EQ(talk.get("/_sandbox/requests", {{"Authorization", "Bearer no"}}).status, 401);
  EXPECT_EQ(sandbox.requests().size(), 2U);
}

}  // namespace
}  // namespace segment::sandbox::test

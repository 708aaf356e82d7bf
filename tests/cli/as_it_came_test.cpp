// Output is the response as received: nothing is left out, and nothing is invented.

#include <gtest/gtest.h>

#include <string>

#include "program.hpp"
#include "support/loopback_server.hpp"

namespace segment::test {
namespace {

class WhatIsPrinted : public ::testing::Test {
 protected:
  void SetUp() override { SEGMENT_NEEDS_PROGRAM(); }

  Json printed_of(const std::string& data, const std::vector<std::string>& arguments) {
    server.next(respond(200, R"({"data":)" + data + "}"));
    const Ran ran = run_against(server.url(""), arguments, R"({"path": {"sourceId": "s"}})");
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return Json::parse(ran.out);
  }

  LoopbackServer server;
};

const std::vector<std::string> get_source{"call", "getSource", "--input", "-"};

TEST_F(WhatIsPrinted, IncludesUnknownMembers) {
  const std::string data =
      R"({"source":{"id":"s1","newMember":{"a":[1,null]},"metadata":{"id":"m","more":1}},"beside":2})";
  EXPECT_EQ(printed_of(data, get_source), Json::parse(data));
  EXPECT_EQ(printed_of(data, {"sources", "get", "s", "--output", "json"}), Json::parse(data));
}

TEST_F(WhatIsPrinted, InventsNoMemberThatTheServerLeftOut) {
  for (const std::string data : {R"({"source":{"id":"s1"}})", R"({"source":{}})", "{}"}) {
    EXPECT_EQ(printed_of(data, get_source), Json::parse(data));
  }
  EXPECT_EQ(printed_of(R"({"pagination":{}})", {"call", "listSources"}),
            Json::parse(R"({"pagination":{}})"));
}

TEST_F(WhatIsPrinted, KeepsNulls) {
  const std::string data = R"({"source":{"id":"s1","name":null,"labels":null}})";
  EXPECT_EQ(printed_of(data, get_source), Json::parse(data));
}

TEST_F(WhatIsPrinted, IsANullResultForACallButAnErrorForAGroupCommand) {
  const std::string input = R"({"path": {"functionId": "f"}})";
  for (const std::string data : {R"({"function":null})", "{}"}) {
    server.next(respond(200, R"({"data":)" + data + "}"))
        .next(respond(200, R"({"data":)" + data + "}"));
    const Ran called = run_against(server.url(""), {"call", "getFunction", "--input", "-"}, input);
    EXPECT_EQ(called.exit_code, 0) << called.err;
    EXPECT_EQ(Json::parse(called.out), Json::parse(data));
    const Ran got = run_against(server.url(""), {"functions", "get", "f"});
    EXPECT_EQ(got.exit_code, 5) << got.err;
    EXPECT_EQ(got.out, "");
  }
}

TEST_F(WhatIsPrinted, IncludesUnknownMembersWhenAllPagesAreListed) {
  const std::string item = R"({"id":"s1","newMember":true})";
  const std::string data = R"({"sources":[)" + item + R"(],"pagination":{"next":null}})";
  EXPECT_EQ(printed_of(data, {"call", "listSources", "--all"}), Json::parse(item));
  EXPECT_EQ(printed_of(data, {"sources", "list", "--all", "--output", "json"}), Json::parse(data));
}

TEST_F(WhatIsPrinted, IsTheResponseIfTheCallReturnsNothing) {
  const std::vector<std::string> remove{"call", "deleteSource", "--input", "-"};
  const std::string data = R"({"status":"SUCCESS","newMember":1})";
  EXPECT_EQ(printed_of(data, remove), Json::parse(data));
  EXPECT_EQ(printed_of("{}", remove), Json::parse(R"({"status":"SUCCESS"})"));
}

TEST_F(WhatIsPrinted, IsStillCheckedByTheLibrary) {
  server.next(respond(200, R"({"data":{"source":{"id":5}}})"));
  const Ran ran = run_against(server.url(""), {"sources", "get", "s", "--output", "json"});
  EXPECT_EQ(ran.exit_code, 10);
  EXPECT_EQ(ran.out, "");
}

TEST_F(WhatIsPrinted, ShowsADashInATableForAMissingMember) {
  server.next(respond(200, R"({"data":{"sources":[{"id":"s1"}]}})"));
  const Ran ran = run_against(server.url(""), {"sources", "list"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.out.find("false"), std::string::npos) << ran.out;
  EXPECT_NE(ran.out.find("s1  -"), std::string::npos) << ran.out;
}

TEST_F(WhatIsPrinted, HasNoWriteKeyAnywhereInAnExport) {
  server.always(depending_on_request([](const Received& request) {
    const bool sources = request.target.starts_with("/sources?");
    const auto body = R"({"data":{"sources":[{"id":"s1","unknown":{"writeKey":"secret-1"},)"
                      R"("writeKeys":["secret-2"],"newMember":7}]}})";
    return sources ? respond(200, body) : respond(403);
  }));
  const Ran ran = run_against(server.url(""), {"workspace", "export"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.out.find("secret-"), std::string::npos) << ran.out;
  EXPECT_EQ(Json::parse(ran.out).at("data").at("listSources").at(0).at("newMember"), Json(7));
  const Ran all = run_against(server.url(""), {"workspace", "export", "--with-secrets"});
  EXPECT_NE(all.out.find("secret-1"), std::string::npos) << all.out;
}

}  // namespace
}  // namespace segment::test

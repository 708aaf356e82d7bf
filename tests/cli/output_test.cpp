// Output formats, and the part of a result that is printed.

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "program.hpp"
#include "support/loopback_server.hpp"
#include "support/temporary_folder.hpp"
#include "terminal.hpp"
#include "texts.hpp"

namespace segment::test {
namespace {

constexpr auto first_page =
    R"({"data":{"sources":[{"id":"s1","slug":"a,\"b\"","enabled":true,"settings":{"n":1}},)"
    R"({"id":"s2","slug":"line\nbreak","writeKeys":["the-write-key"]}],)"
    R"("pagination":{"current":"0","next":"n","totalEntries":3}}})";
constexpr auto last_page =
    R"({"data":{"sources":[{"id":"s3","slug":" "}],"pagination":{"current":"n","totalEntries":3}}})";

class AnOutput : public ::testing::Test {
 protected:
  void SetUp() override { SEGMENT_NEEDS_PROGRAM(); }

  // Both pages of a list.
  std::string list_all(std::vector<std::string> flags) {
    server.next(respond(200, first_page)).next(respond(200, last_page));
    return list(std::move(flags), true);
  }

  std::string list(std::vector<std::string> flags, bool all = false) {
    if (all) flags.insert(flags.begin(), "--all");
    flags.insert(flags.begin(), {"sources", "list"});
    const Ran ran = run_against(server.url(""), flags);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    EXPECT_EQ(ran.out.find("the-write-key"), std::string::npos) << ran.out;
    return ran.out;
  }

  std::string get(const std::string& data, std::vector<std::string> flags) {
    server.always(respond(200, R"({"data":)" + data + "}"));
    flags.insert(flags.begin(), {"sources", "get", "s"});
    const Ran ran = run_against(server.url(""), flags);
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out;
  }

  LoopbackServer server;
};

TEST_F(AnOutput, IsOneLinePerItemOfAllPages) {
  const auto lines = lines_of(list_all({"--output", "jsonl"}));
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].at("slug"), Json("a,\"b\""));
  EXPECT_EQ(lines[2].at("id"), Json("s3"));
}

TEST_F(AnOutput, IsCsvWithTheApisNamesQuotedWhereNeeded) {
  const std::string csv = list_all({"--output", "csv"});
  const std::string heading = csv.substr(0, csv.find("\r\n"));
  EXPECT_TRUE(heading.starts_with("id,slug,")) << heading;
  EXPECT_EQ(heading.find("writeKeys"), std::string::npos) << heading;
  EXPECT_NE(csv.find("\r\ns1,\"a,\"\"b\"\"\","), std::string::npos) << csv;
  EXPECT_NE(csv.find(",\"{\"\"n\"\":1}\""), std::string::npos) << csv;
  EXPECT_NE(csv.find("\r\ns2,\"line\nbreak\","), std::string::npos) << csv;
  EXPECT_NE(csv.find("\r\ns3,\" \","), std::string::npos) << csv;
  EXPECT_EQ(csv.find(heading, 1), std::string::npos) << "the headings are printed once";
}

// Another YAML parser reads the same value as in the JSON.
void expect_same(const std::string& yaml, const std::string& json) {
  TemporaryFolder folder;
  folder.write("a.yaml", yaml);
  folder.write("a.json", json);
  const Ran ran = run_program(
      "/usr/bin/env",
      {.arguments = {"python3", "-c",
                     "import json, sys, yaml\n"
                     "a = yaml.safe_load(open(sys.argv[1]))\n"
                     "b = json.load(open(sys.argv[2]))\n"
                     "sys.exit(0 if a == b else repr(a) + ' is not ' + repr(b))",
                     folder.file("a.yaml"), folder.file("a.json")},
       .environment = {
           {"PATH", "/usr/bin:/bin"}, {"PYTHONIOENCODING", "utf-8"}, {"LC_ALL", "C.UTF-8"}}});
  if (ran.err.find("No module named 'yaml'") != std::string::npos) {
    GTEST_SKIP() << "python3-yaml is not installed";
  }
  EXPECT_EQ(ran.exit_code, 0) << ran.err << yaml;
}

TEST_F(AnOutput, IsYamlThatParsesToWhatWasReceived) {
  server.next(respond(200, first_page)).next(respond(200, last_page));
  const std::string json = list({"--output", "json"}, true);
  expect_same(list_all({"--output", "yaml"}), json);
  for (
      const std::string data :
      {R"({"source":{"id":"yes","a":"no","b":"null","c":"1e3","d":"0x1f","e":"12:30","f":"~"}})",
       R"({"source":{"id":"- x","a":"a: b","b":"#c","c":"*d","d":"","e":" f ","g":"2026-01-01"}})",
       R"({"source":{"id":"%","a":"a  b","b":"'","c":"\u0000\u007f\u0085\u2028\ufeff","d":"=","<<":1}})",
       R"({"source":{"id":"a","on":[],"b":{},"c":[[],[1,[2]],{"d":[{"e":null}]}],"1":true}})",
       R"({"source":{"id":"a","b":1e30,"c":1.5,"d":-0.000001,"e":12345678901234567890}})",
       R"({"source":{"id":"\u00e9\ud83d\ude00","a":"multi\nline\ttab","b":"\\","y":"Y","n":"OFF"}})"}) {
    SCOPED_TRACE(data);
    expect_same(get(data, {"--output", "yaml"}), data);
  }
}

TEST_F(AnOutput, IsThePartAJsonPointerSelects) {
  const std::string data = R"({"source":{"id":"s1","a/b":{"m~n":[10,20]},"labels":[{"key":"k"}]}})";
  EXPECT_EQ(get(data, {"--query", "/source/id"}), "s1\n");
  EXPECT_EQ(get(data, {"--query", "/source/a~1b/m~0n/1"}), "20\n");
  EXPECT_EQ(get(data, {"--query", "/source/a~1b/m~0n"}), "10\n20\n");
  EXPECT_EQ(get(data, {"--query", "/source/id", "--output", "json"}), "\"s1\"\n");
  EXPECT_EQ(get(data, {"--query", "/source/labels"}), "KEY\nk\n");
  EXPECT_EQ(get(data, {"--query", "", "--output", "json"}), data + "\n");
  EXPECT_EQ(list_all({"--query", "/sources/2/id"}), "s3\n") << "an index into all pages together";
}

TEST_F(AnOutput, IsAnErrorIfNothingIsAtThePointer) {
  server.always(respond(200, R"({"data":{"source":{"id":"s1","list":[1]}}})"));
  for (const std::string pointer :
       {"/nope", "/source/list/1", "/source/list/01", "/source/list/-", "/source/id/0"}) {
    const Ran ran = run_against(server.url(""), {"sources", "get", "s", "--query", pointer});
    EXPECT_EQ(ran.exit_code, 1) << pointer;
    EXPECT_NE(ran.err.find("nothing at " + pointer), std::string::npos) << ran.err;
    EXPECT_EQ(ran.out, "");
  }
  const std::size_t sent = server.requests().size();
  for (const std::string pointer : {"nope", "/a~", "/a~2"}) {
    EXPECT_EQ(run_against(server.url(""), {"sources", "get", "s", "--query", pointer}).exit_code,
              2);
  }
  EXPECT_EQ(run_against(server.url(""), {"sources", "list", "--output", "xml"}).exit_code, 2);
  EXPECT_EQ(server.requests().size(), sent) << "it is rejected before anything is sent";
}

TEST_F(AnOutput, OfACallIsJsonByDefault) {
  server.always(respond(200, last_page));
  EXPECT_TRUE(run_against(server.url(""), {"call", "listSources"}).out.starts_with("{\"sources\""));
  EXPECT_TRUE(run_against(server.url(""), {"call", "listSources", "--output", "table"})
                  .out.starts_with("ID "));
}

TEST_F(AnOutput, HasColoursOnATerminalUnlessDisabled) {
  server.always(respond(200, R"({"data":{"sources":[{"id":"s1"}],"pagination":{}}})"));
  const auto screen = [&](std::map<std::string, std::string> environment) {
    environment.insert({{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", server.url("")}});
    return run_in_terminal({.arguments = {"sources", "list"}, .environment = environment}).screen;
  };
  EXPECT_TRUE(screen({}).starts_with("\x1b[1mID")) << screen({});
  EXPECT_TRUE(screen({{"NO_COLOR", ""}}).starts_with("\x1b[1mID"));
  EXPECT_TRUE(screen({{"NO_COLOR", "1"}}).starts_with("ID"));
  EXPECT_TRUE(screen({{"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}}).starts_with("ID"));
  EXPECT_TRUE(screen({{"CLICOLOR", "0"}}).starts_with("ID"));
  EXPECT_TRUE(screen({{"TERM", "dumb"}}).starts_with("ID"));
}

TEST_F(AnOutput, CannotControlATerminal) {
  server.always(respond(200, R"({"data":{"sources":[{"id":"s1","slug":"a\u001b]0;x\u0007b",)"
                             R"("name":"c\u009b2Jd\u007f"}],"pagination":{}}})"));
  for (const std::string format : {"csv", "json", "jsonl", "yaml", "table"}) {
    SCOPED_TRACE(format);
    const InTerminal ran = run_in_terminal(
        {.arguments = {"sources", "list", "--output", format},
         .environment = {
             {"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", server.url("")}, {"NO_COLOR", "1"}}});
    EXPECT_FALSE(has(ran.screen, "\x1b")) << ran.screen;
    EXPECT_FALSE(has(ran.screen, "\xc2\x9b")) << ran.screen;
    EXPECT_FALSE(has(ran.screen, "\x7f")) << ran.screen;
    EXPECT_EQ(has(ran.screen, R"(c\u009b2Jd\u007f)"), format != "csv" && format != "table");
  }
  EXPECT_TRUE(has(list({"--output", "csv"}),
                  "a\x1b]0;x\x07"
                  "b"))
      << "a pipe gets it as it is";
  EXPECT_TRUE(has(list({"--output", "json"}),
                  "c\xc2\x9b"
                  "2Jd\x7f"));
}

TEST_F(AnOutput, NamesTheColumnsThatDoNotFit) {
  const std::string wide(50, 'x');
  server.always(respond(200, R"({"data":{"sources":[{"id":")" + wide + R"(","slug":")" + wide +
                                 R"(","name":"n","workspaceId":"w","enabled":true}],)" +
                                 R"("pagination":{}}})"));
  const auto arguments = [](const std::vector<std::string>& more) {
    std::vector<std::string> all{"sources", "list"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  for (const std::vector<std::string>& flags : {std::vector<std::string>{}, {"--all"}}) {
    const InTerminal ran = run_in_terminal(
        {.arguments = arguments(flags),
         .environment = {{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", server.url("")}}});
    EXPECT_TRUE(has(ran.screen, "\x1b[2mThese columns do not fit: NAME, ")) << ran.screen;
    EXPECT_TRUE(has(ran.screen, "--output yaml")) << ran.screen;
  }
  EXPECT_FALSE(has(list({}), "do not fit")) << "a pipe gets all columns";
}

TEST_F(AnOutput, ShowsValuesEvenInANarrowTerminal) {
  server.always(respond(200, R"({"data":{"source":{"id":"s1","slug":"a-slug-that-is-quite-long",)"
                             R"("metadata":{"id":"m","name":"Javascript"}}}})"));
  const InTerminal ran = run_in_terminal(
      {.arguments = {"sources", "get", "s1"},
       .environment = {{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", server.url("")}}},
      {}, {}, 30);
  EXPECT_TRUE(has(ran.screen, "slug      a-slug-that-is-quit")) << ran.screen;
  EXPECT_FALSE(has(ran.screen, "do not fit")) << ran.screen;
}

TEST_F(AnOutput, AlignsTheColumnsOfATableByDisplayWidth) {
  server.always(respond(200,
                        R"({"data":{"sources":[{"id":"s1","slug":"\u65e5\u672c","enabled":true},)"
                        R"({"id":"s2","slug":"abcd","enabled":true}],"pagination":{}}})"));
  const std::string out = run_against(server.url(""), {"sources", "list"}).out;
  EXPECT_TRUE(has(out, "\ns1  \u65e5\u672c  -  ")) << out;
  EXPECT_TRUE(has(out, "\ns2  abcd  -  ")) << out;
}

TEST_F(AnOutput, CutsTheLastColumnThatPartlyFits) {
  const std::string id(30, 'i');
  server.always(respond(200, R"({"data":{"sources":[{"id":")" + id + R"(","slug":")" +
                                 std::string(40, 's') +
                                 R"(","name":"n","workspaceId":"w","enabled":true}]}})"));
  const InTerminal ran = run_in_terminal(
      {.arguments = {"sources", "list"},
       .environment = {{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", server.url("")}}},
      {}, {}, 60);
  EXPECT_TRUE(has(ran.screen, id + "  " + std::string(27, 's') + "\u2026")) << ran.screen;
  EXPECT_TRUE(has(ran.screen, "do not fit: NAME,")) << ran.screen;
}

TEST_F(AnOutput, ShowsNamesOfObjectsAndPutsConstantColumnsLast) {
  server.always(respond(200, R"({"data":{"sources":[{"id":"s1","slug":"w","workspaceId":"ws",)"
                             R"("metadata":{"id":"m","name":"Javascript"},"labels":[{"key":"k"}],)"
                             R"("enabled":true}],"pagination":{}}})"));
  const std::string piped = run_against(server.url(""), {"sources", "list"}).out;
  EXPECT_TRUE(piped.starts_with("ID  SLUG  NAME  METADATA_NAME  ENABLED  WORKSPACE_ID\n")) << piped;
  EXPECT_TRUE(has(piped, "Javascript")) << piped;
  const InTerminal shown = run_in_terminal(
      {.arguments = {"sources", "list"},
       .environment = {{"SEGMENT_TOKEN", token}, {"SEGMENT_BASE_URL", server.url("")}}},
      {}, {}, 120);
  EXPECT_TRUE(has(shown.screen, R"([{"key":"k"}])")) << shown.screen;
  EXPECT_FALSE(has(shown.screen, "KEYS")) << "write keys are not a column: " << shown.screen;
}

TEST_F(AnOutput, SaysWhereAPointerStopsMatching) {
  server.always(respond(200, R"({"data":{"source":{"id":"s1","list":[1]}}})"));
  const auto error = [&](const std::string& pointer) {
    return run_against(server.url(""), {"sources", "get", "s", "--query", pointer}).err;
  };
  EXPECT_TRUE(has(error("/source/list/*/id"), "; at /source/list it has 1 item, 0"))
      << error("/source/list/*/id");
  EXPECT_TRUE(has(error("/nope/id"), "; it has source")) << error("/nope/id");
  EXPECT_TRUE(has(error("/list/0"), "(did you mean /source/list/0?)")) << error("/list/0");
}

TEST_F(AnOutput, HasNoColoursThroughAPipeUnlessForced) {
  const auto error = [](std::map<std::string, std::string> environment) {
    return run({.arguments = {"nope"}, .environment = std::move(environment)}).err;
  };
  EXPECT_TRUE(error({}).starts_with("error: "));
  EXPECT_TRUE(error({{"CLICOLOR_FORCE", "0"}}).starts_with("error: "));
  EXPECT_TRUE(error({{"CLICOLOR_FORCE", "1"}}).starts_with("\x1b[31merror:\x1b[0m "));
}

}  // namespace
}  // namespace segment::test

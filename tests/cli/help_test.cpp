// `--help`: every member of an input, with a sentence and how to write it, in lines that fit a
// terminal.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "json/type.hpp"
#include "operations/operation_tables.hpp"
#include "program.hpp"
#include "segment/api/operations.hpp"
#include "support/temporary_folder.hpp"
#include "texts.hpp"

namespace segment::test {
namespace {

std::string help_of(std::vector<std::string> command) {
  command.insert(command.end(), {"--help", "--all"});
  const Ran ran = run({.arguments = std::move(command)});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  return ran.out;
}

std::string help_of_operation(const Operation& operation) {
  return help_of({kebab(operation.group), kebab(operation.name)});
}

// What the help says about a flag.
std::string entry_of(const std::string& help, const std::string& flag) {
  const std::size_t start = help.find("\n  " + flag + " ");
  if (start == std::string::npos) return {};
  const std::size_t end = std::min(help.find("\n  -", start + 1), help.find("\n\n", start));
  return one_line(help.substr(start, end - start));
}

class TheHelp : public ::testing::Test {
 protected:
  void SetUp() override { SEGMENT_NEEDS_PROGRAM(); }
};

void expect_narrow(const std::string& help) {
  std::size_t start = 0;
  for (std::size_t end = help.find('\n'); end != std::string::npos; end = help.find('\n', start)) {
    const std::string line = help.substr(start, end - start);
    const auto columns = std::ranges::count_if(
        line, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    EXPECT_LE(columns, 80) << line;
    start = end + 1;
  }
}

TEST_F(TheHelp, OfEveryOperationFitsEightyColumnsAndExplainsEachInputMember) {
  for (const auto* operation : operations::all()) {
    SCOPED_TRACE(std::string(operation->id));
    const std::string help = help_of_operation(*operation);
    expect_narrow(help);
    if (operation->body == nullptr) continue;
    const detail::Type* body = operation->body;
    const bool unwraps =
        body->members.size() == 1 && body->members[0].type->kind == detail::Kind::object;
    const bool insists = !unwraps || body->members[0].promised;
    if (unwraps) body = body->members[0].type;
    const std::size_t optional = help.find("\nInput:\n");
    for (const detail::Member& member : body->members) {
      const std::string flag = "--" + kebab(member.name);
      // The sentence, after the flag and its placeholder.
      EXPECT_GT(std::ranges::count(entry_of(help, flag), ' '), 2) << flag << '\n' << help;
      if (!member.promised || !insists) continue;
      EXPECT_LT(help.find("\nInput (required):\n"), help.find("\n  " + flag + " "));
      EXPECT_LT(help.find("\n  " + flag + " "), optional);
    }
  }
}

TEST_F(TheHelp, GivesEachMemberAFlagOfItsOwn) {
  const auto flag_of = [](const char* group, const char* name) {
    return entry_of(help_of({group, name}), "--body-query");
  };
  EXPECT_NE(flag_of("reverse-etl", "create-model").find("SQL"), std::string::npos);
  EXPECT_FALSE(flag_of("reverse-etl", "update-model").empty());
  EXPECT_TRUE(flag_of("sources", "create").empty());
}

TEST_F(TheHelp, SpellsOutWhatToType) {
  const Ran plan = run({.arguments = {"tracking-plans", "create", "--help"}});
  EXPECT_NE(one_line(plan.out).find("ENGAGE, LIVE, PROPERTY_LIBRARY, RULE_LIBRARY, TEMPLATE."),
            std::string::npos)
      << plan.out;
  const Ran rules = run({.arguments = {"tracking-plans", "replace-rules", "--help"}});
  EXPECT_NE(one_line(rules.out).find("jsonSchema. Repeat the flag for each, or use --from-file."),
            std::string::npos)
      << rules.out;
}

TEST_F(TheHelp, OfAGroupSaysWhatItIsAbout) {
  const Ran group = run({.arguments = {"tracking-plans", "--help"}});
  EXPECT_TRUE(group.out.starts_with("Tracking plans: rules for the events")) << group.out;
  const Ran all = run({.arguments = {"--help", "--all"}});
  EXPECT_NE(one_line(all.out).find("audit-trail The audit trail: who changed what"),
            std::string::npos)
      << all.out;
  const Ran reports = run({.arguments = {"sources", "--help"}});
  EXPECT_NE(reports.out.find("Reports:\n  ungoverned"), std::string::npos) << reports.out;
}

std::string short_help_of(std::vector<std::string> command) {
  command.emplace_back("--help");
  const Ran ran = run({.arguments = std::move(command)});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  return ran.out;
}

// Leaves one line for the next prompt.
void expect_a_screen(const std::string& help) {
  expect_narrow(help);
  EXPECT_LT(std::ranges::count(help, '\n'), 24) << help;
  EXPECT_NE(help.find("--help --all"), std::string::npos) << help;
}

TEST_F(TheHelp, OfEveryOperationFitsOnAScreenAndNamesTheCommonFlags) {
  std::set<std::string> groups;
  for (const auto* operation : operations::all()) {
    SCOPED_TRACE(std::string(operation->id));
    const std::string help = short_help_of({kebab(operation->group), kebab(operation->name)});
    expect_a_screen(help);
    groups.insert(kebab(operation->group));
    for (const char* flag : {"--output", "--dry-run", "--profile", "--timeout"}) {
      EXPECT_NE(help.find(flag), std::string::npos) << flag << help;
    }
  }
  for (const std::string& group : groups) expect_a_screen(short_help_of({group}));
}

TEST_F(TheHelp, OfEveryOtherCommandFitsOnAScreen) {
  expect_a_screen(short_help_of({}));
  for (const std::vector<std::string>& command : {std::vector<std::string>{"call"},
                                                  {"operations"},
                                                  {"operations", "show"},
                                                  {"workspace"},
                                                  {"workspace", "export"},
                                                  {"workspace", "diff"},
                                                  {"workspace", "apply"},
                                                  {"connections"},
                                                  {"delivery"},
                                                  {"sources", "ungoverned"},
                                                  {"sources", "stale"},
                                                  {"configure"},
                                                  {"whoami"},
                                                  {"completion"}}) {
    expect_a_screen(short_help_of(command));
  }
}

TEST_F(TheHelp, IsAvailableAsManualPages) {
  TemporaryFolder folder;
  EXPECT_EQ(run({.arguments = {"man", folder.file("man1")}}).exit_code, 0);
  const auto page = [&](const std::string& name) { return folder.read("man1/" + name); };
  EXPECT_TRUE(page("segment.1").starts_with(".TH \"SEGMENT\" 1 ")) << page("segment.1");
  EXPECT_NE(page("segment.1").find("SEGMENT_TOKEN"), std::string::npos);
  for (const auto* operation : operations::all()) {
    const std::string text = page("segment-" + kebab(operation->group) + ".1");
    std::string command = "segment " + kebab(operation->group) + " " + kebab(operation->name);
    for (std::size_t at = 0; (at = command.find('-', at)) != std::string::npos; at += 2) {
      command.insert(at, "\\");
    }
    EXPECT_NE(text.find(".SS \"" + command + "\"\n"), std::string::npos) << command;
  }
  const Ran shown = run_program(
      "/bin/sh", {.arguments = {"-c",
                                "command -v groff > /dev/null || exit 0; "
                                "for page in " +
                                    folder.file("man1") + "/*; do groff -man -ww -z $page; done"},
                  .environment = {{"PATH", "/usr/bin:/bin"}}});
  EXPECT_EQ(shown.err, "");
}

TEST_F(TheHelp, OfEveryOtherCommandFitsEightyColumns) {
  expect_narrow(help_of(std::vector<std::string>{}));
  std::set<std::string> groups{"call", "operations", "workspace", "completion"};
  for (const auto* operation : operations::all()) groups.insert(kebab(operation->group));
  for (const std::string& group : groups) expect_narrow(help_of({group}));
  expect_narrow(help_of({"operations", "show"}));
  expect_narrow(help_of({"workspace", "export"}));
}

TEST_F(TheHelp, ShowsHowToWriteAListOfObjects) {
  const std::string entry = entry_of(help_of({"sources", "add-labels"}), "--labels");
  EXPECT_EQ(entry,
            "--labels JSON The labels to add. As '{\"key\": \"TEXT\", \"value\": \"TEXT\"}'; "
            "optional: description. Repeat the flag for each, or use --from-file.");
}

TEST_F(TheHelp, ShowsHowToWriteAListOfStrings) {
  const std::string help = help_of({"deletion-and-suppression", "create-source-regulation"});
  const std::string entry = entry_of(help, "--subject-ids");
  EXPECT_TRUE(entry.starts_with("--subject-ids TEXT ")) << help;
  EXPECT_TRUE(entry.ends_with("Repeat the flag for each, or use --from-file.")) << help;
  EXPECT_EQ(entry.find("..."), std::string::npos) << help;
}

TEST_F(TheHelp, NamesTheValuesOfAnEnum) {
  const std::string help = help_of({"deletion-and-suppression", "create-source-regulation"});
  EXPECT_NE(entry_of(help, "--regulation-type").find("One of: "), std::string::npos) << help;
}

TEST_F(TheHelp, ExplainsPathParameters) {
  EXPECT_NE(one_line(help_of({"sources", "get"})).find("Arguments: SOURCE_ID The source."),
            std::string::npos);
}

}  // namespace
}  // namespace segment::test

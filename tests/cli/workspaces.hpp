#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "program.hpp"
#include "segment/sandbox/sandbox.hpp"
#include "support/temporary_folder.hpp"

namespace segment::test {

using sandbox::Fault;
using sandbox::RequestRecord;
using sandbox::Sandbox;

/// Two workspaces: what one holds is applied to the other, which is empty at first.
class AnApply : public ::testing::Test {
 protected:
  void SetUp() override {
    SEGMENT_NEEDS_PROGRAM();
    file = folder.file("shop.json");
  }

  static Ran call(const Sandbox& sandbox, std::vector<std::string> arguments) {
    Ran ran = run_against(sandbox.base_url(), std::move(arguments));
    EXPECT_EQ((ran.out + ran.err).find(token), std::string::npos) << "the token was printed";
    return ran;
  }

  void export_to_file(const Sandbox& sandbox) {
    const Ran ran = call(sandbox, {"workspace", "export"});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    folder.write("shop.json", ran.out);
  }

  Ran apply(const std::vector<std::string>& flags = {"--yes"}) {
    std::vector<std::string> arguments{"workspace", "apply", file};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return call(there, std::move(arguments));
  }

  void expect_no_difference() {
    const Ran ran = call(there, {"workspace", "diff", file});
    EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  }

  void edit(const std::string& before, const std::string& after) const {
    std::string text = folder.read("shop.json");
    const std::size_t place = text.find(before);
    ASSERT_NE(place, std::string::npos);
    folder.write("shop.json", text.replace(place, before.size(), after));
  }

  [[nodiscard]] std::size_t writes() const {
    const auto requests = there.requests();
    return static_cast<std::size_t>(std::ranges::count_if(
        requests, [](const RequestRecord& each) { return each.method != "GET"; }));
  }

  [[nodiscard]] std::size_t calls_of(const std::string& operation) const {
    const auto requests = there.requests();
    return static_cast<std::size_t>(
        std::ranges::count(requests, operation, &RequestRecord::operation));
  }

  static sandbox::SandboxOptions options(bool seed) {
    return {.token = token, .seed = seed, .rate_limits = false};
  }

  TemporaryFolder folder;
  std::string file;
  Sandbox here{options(true)};
  Sandbox there{options(false)};
};

}  // namespace segment::test

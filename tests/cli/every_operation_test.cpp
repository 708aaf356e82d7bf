// `segment call` of every operation against a seeded sandbox of its own.

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

#include "inputs.hpp"
#include "json/typed/validate.hpp"
#include "operations/operation_tables.hpp"
#include "program.hpp"
#include "segment/api/operations.hpp"
#include "segment/types/timestamp.hpp"

namespace segment::test {
namespace {

using namespace std::chrono;

// Each test takes a part of the operations, so that they can run in parallel.
constexpr std::size_t parts = 4;

// All others exit with 0.
const std::map<std::string_view, int> expected_codes{
    {"getAudiencePreview", 5},  // previews are not listed: only their creator knows the id
};

Ran run_in_sandbox(std::vector<std::string> arguments, std::string input = {}) {
  arguments.emplace_back("--sandbox");
  return run({.arguments = std::move(arguments), .input = std::move(input)});
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> all{""};
  for (const char c : text) {
    if (c == separator) {
      all.emplace_back();
    } else {
      all.back() += c;
    }
  }
  return all;
}

std::string read_inputs() {
  std::ifstream in(SEGMENT_CLI_INPUTS);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What the inputs refer to: ids from the sandbox's own lists, and times.
class Found {
 public:
  Found() {
    const Ran exported = run_in_sandbox({"workspace", "export", "--with-secrets"});
    if (exported.exit_code != 0) throw std::runtime_error(exported.err);
    document_ = Json::parse(exported.out).at("data");
    for (const Place& place : places) find(place);
    values_["functionAtItsSource"] = "sfn_" + value_of("functionSourceId");
    find_times();
    for (const std::string list : further_lists) {
      const Ran ran = run_in_sandbox({"call", list, "--input", "-"}, input_of(list).dump());
      if (ran.exit_code != 0) throw std::runtime_error(ran.err);
      document_[list] = Json::parse(ran.out);
    }
    for (const Place& place : further_places) find(place);
  }

  [[nodiscard]] Json input_of(const std::string& operation, const std::string& version = {}) const {
    static const Json all = Json::parse(read_inputs());
    const Json* written = all.find(operation + " " + version);
    if (written == nullptr) written = all.find(operation);
    Json input = written != nullptr ? filled(*written) : Json::object();
    for (const std::string& part : split(path_of(operation), '/')) {
      if (!part.starts_with('{')) continue;
      const std::string name = part.substr(1, part.size() - 2);
      if (!input["path"].contains(name)) input["path"][name] = value_of(name);
    }
    return input;
  }

 private:
  static std::string path_of(const std::string& operation) {
    for (const auto* call : operations::all()) {
      if (call->id == operation) return std::string(call->path);
    }
    throw std::runtime_error("no operation " + operation);
  }

  [[nodiscard]] const std::string& value_of(const std::string& name) const {
    const auto found = values_.find(name);
    if (found == values_.end()) throw std::runtime_error("nothing was found for " + name);
    return found->second;
  }

  void find(const Place& place) {
    const Json* here = &document_;
    for (const std::string& step : split(place.where, '/')) {
      const std::string name = step.starts_with(':') ? value_of(step.substr(1)) : step;
      const bool there = !here->is_array() || std::stoul(name) < here->size();
      if (!there) throw std::runtime_error(std::string("nothing is at ") + place.where);
      here = here->is_array() ? &here->at(std::stoul(name)) : &here->at(name);
    }
    values_[place.name] = here->as_string();
  }

  void find_times() {
    const auto hour = floor<hours>(system_clock::now());
    const year_month_day today{floor<days>(hour)};
    values_["month"] = Timestamp(sys_days{today.year() / today.month() / 1}).text();
    values_["hour"] = Timestamp(hour - hours{1}).text();
    values_["start"] = Timestamp(hour - hours{5}).text();
    values_["end"] = Timestamp(hour).text();
  }

  [[nodiscard]] Json filled(Json input) const {
    if (input.is_string() && input.as_string().starts_with('$')) {
      return value_of(input.as_string().substr(1));
    }
    if (input.is_array()) {
      for (Json& item : input.as_array()) item = filled(std::move(item));
    }
    if (input.is_object()) {
      for (auto& member : input.as_object()) member.value = filled(std::move(member.value));
    }
    return input;
  }

  Json document_;
  std::map<std::string, std::string> values_;
};

/// Where a response differs from the description of the operation's version.
std::string differences(const Operation& operation, const Ran& ran) {
  if (ran.exit_code != 0 || operation.data == nullptr) return {};
  std::string text;
  for (const auto& problem : detail::validate(*operation.data, Json::parse(ran.out),
                                              {.unknown_members_are_problems = true})) {
    text += problem.path + ' ' + problem.message + '\n';
  }
  return text;
}

class EveryOperation : public ::testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    SEGMENT_NEEDS_PROGRAM();
    SEGMENT_NEEDS_SANDBOX();
  }
};

TEST_P(EveryOperation, CanBeCalledInTheSandbox) {
  const Found found;
  const auto calls = operations::all();
  for (std::size_t i = GetParam(); i < calls.size(); i += parts) {
    const std::string operation(calls[i]->id);
    const std::string version(to_string(calls[i]->stability()));
    const std::string input = found.input_of(operation, version).dump();
    const Ran ran =
        run_in_sandbox({"call", operation, "--input", "-", "--version", version}, input);
    const auto expected = expected_codes.find(operation);
    EXPECT_EQ(ran.exit_code, expected != expected_codes.end() ? expected->second : 0)
        << operation << ' ' << version << ' ' << input << ' ' << ran.err;
    EXPECT_EQ(ran.exit_code == 0, !ran.out.empty()) << operation;
    EXPECT_EQ(differences(*calls[i], ran), "") << operation << ' ' << version;
  }
}

INSTANTIATE_TEST_SUITE_P(InParts, EveryOperation, ::testing::Range(std::size_t{0}, parts));

}  // namespace
}  // namespace segment::test

#include "segment/types/secret.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <ostream>
#include <string>
#include <type_traits>

#include "segment/error.hpp"

namespace segment {
namespace {

using namespace std::string_literals;

template <class Value>
concept printable = requires(std::ostream& out, const Value& value) {
  out << value;
};
static_assert(!printable<Secret> && !printable<Token> && !printable<WriteKey>);

template <class Value>
concept sortable = requires(const Value& a, const Value& b) {
  a < b;
};
static_assert(!sortable<Token>);
static_assert(!std::is_constructible_v<Token, std::nullptr_t>);
static_assert(!std::is_constructible_v<WriteKey, std::nullptr_t>);

static_assert(!std::is_convertible_v<Token, std::string>);
static_assert(!std::is_convertible_v<Token, std::string_view>);
static_assert(!std::is_constructible_v<std::string, Token>);
static_assert(!std::is_convertible_v<const char*, Token>);
static_assert(!std::is_convertible_v<const char*, WriteKey>);
static_assert(!std::is_constructible_v<WriteKey, Token>);

std::string refusal(const std::function<Token()>& make) {
  try {
    static_cast<void>(make());
  } catch (const ConfigurationError& error) {
    return error.what();
  }
  ADD_FAILURE() << "it was accepted";
  return {};
}

// A file that only this test uses, even when tests run in parallel.
class TokenFile {
 public:
  explicit TokenFile(const std::string& content)
      : path_(std::filesystem::path(::testing::TempDir()) /
              ("segment_" +
               std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) +
               std::to_string(std::hash<std::string>{}(content)) + ".token")) {
    std::ofstream(path_, std::ios::binary) << content;
  }
  TokenFile(const TokenFile&) = delete;
  TokenFile& operator=(const TokenFile&) = delete;
  ~TokenFile() { std::filesystem::remove(path_); }

  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

TEST(Token, KeepsItsTextWhateverItsPrefix) {
  EXPECT_EQ(Token("sgp_abc").reveal(), "sgp_abc");
  EXPECT_EQ(Token("an-older.one~+/=").reveal(), "an-older.one~+/=");
}

TEST(Token, TrimsSurroundingWhiteSpace) {
  EXPECT_EQ(Token(" \t\r\n sgp_abc \r\n").reveal(), "sgp_abc");
}

TEST(Token, IsRefusedIfItIsEmpty) {
  for (const char* text : {"", " ", "\r\n", "\t \n"}) {
    const std::string message = refusal([&] { return Token{std::string(text)}; });
    EXPECT_NE(message.find("empty"), std::string::npos) << message;
  }
}

TEST(Token, IsRefusedIfItWouldBreakItsHeader) {
  for (const std::string& inside : {"\n"s, "\r\nX-Evil: 1"s, "\t"s, " "s, "\0"s, "\x01"s,
                                    "\x1b[0m"s, "\x7f"s, "\x80"s, "\xc3\xa9"s, "\u00a0"s}) {
    EXPECT_THROW(Token("sgp_se" + inside + "cret"), ConfigurationError);
  }
  EXPECT_THROW(Token("sgp_secret\0"s), ConfigurationError);
}

TEST(Token, NeverAppearsInTheMessageThatRefusesIt) {
  const std::string message = refusal([] { return Token("sgp_hush hush"); });
  EXPECT_EQ(message.find("hush"), std::string::npos) << message;
}

TEST(Token, IsEmptyByDefault) {
  EXPECT_TRUE(Token().empty());
  EXPECT_EQ(Token().reveal(), "");
}

TEST(Token, ComesFromAnEnvironmentVariable) {
  ::setenv("SEGMENT_TEST_TOKEN", " sgp_abc\n", 1);
  EXPECT_EQ(Token::from_environment("SEGMENT_TEST_TOKEN").reveal(), "sgp_abc");
  ::unsetenv("SEGMENT_TEST_TOKEN");
}

TEST(Token, NamesTheEnvironmentVariableThatIsUnsetOrHoldsNoToken) {
  ::unsetenv("SEGMENT_TEST_TOKEN");
  EXPECT_NE(refusal([] {
              return Token::from_environment("SEGMENT_TEST_TOKEN");
            }).find("SEGMENT_TEST_TOKEN"),
            std::string::npos);
  ::setenv("SEGMENT_TEST_TOKEN", "", 1);
  EXPECT_NE(refusal([] {
              return Token::from_environment("SEGMENT_TEST_TOKEN");
            }).find("SEGMENT_TEST_TOKEN"),
            std::string::npos);
  ::setenv("SEGMENT_TEST_TOKEN", "sgp_hush hush", 1);
  EXPECT_EQ(refusal([] { return Token::from_environment("SEGMENT_TEST_TOKEN"); }).find("hush"),
            std::string::npos);
  ::unsetenv("SEGMENT_TEST_TOKEN");
}

TEST(Token, ComesFromTheFirstLineOfAFile) {
  EXPECT_EQ(Token::from_file(TokenFile("sgp_abc").path()).reveal(), "sgp_abc");
  EXPECT_EQ(Token::from_file(TokenFile("sgp_abc\n").path()).reveal(), "sgp_abc");
  EXPECT_EQ(Token::from_file(TokenFile("sgp_abc\r\n").path()).reveal(), "sgp_abc");
  EXPECT_EQ(Token::from_file(TokenFile(" sgp_abc \r\n# a note\r\n").path()).reveal(), "sgp_abc");
}

TEST(Token, IsRefusedFromAFileWhoseFirstLineHoldsNoToken) {
  const TokenFile empty("");
  const std::string message = refusal([&] { return Token::from_file(empty.path()); });
  EXPECT_NE(message.find(empty.path()), std::string::npos) << message;
  const TokenFile later("\nsgp_abc\n");
  EXPECT_THROW((void)Token::from_file(later.path()), ConfigurationError);
  const TokenFile binary(
      "\x7f"s
      "ELF\0\1"s);
  EXPECT_THROW((void)Token::from_file(binary.path()), ConfigurationError);
}

TEST(Token, NamesTheMissingFile) {
  const std::string path = ::testing::TempDir() + "segment_no_such_folder/token";
  EXPECT_NE(refusal([&] { return Token::from_file(path); }).find(path), std::string::npos);
}

TEST(Token, IsNotReadFromAFolder) {
  EXPECT_THROW((void)Token::from_file(::testing::TempDir()), ConfigurationError);
}

TEST(Token, IsNotReadFromAFileLargerThan64KiB) {
  const std::size_t most = std::size_t{64} << 10U;
  const TokenFile largest("sgp_abc\n" + std::string(most - 8, 'x'));
  EXPECT_EQ(Token::from_file(largest.path()).reveal(), "sgp_abc");
  const TokenFile larger("sgp_abc\n" + std::string(most - 7, 'x'));
  EXPECT_NE(refusal([&] { return Token::from_file(larger.path()); }).find("64 KiB"),
            std::string::npos);
}

TEST(Secret, CanBeCopiedMovedAndCompared) {
  const Secret original("hush");
  Secret copy = original;
  EXPECT_EQ(copy, original);
  const Secret moved = std::move(copy);
  EXPECT_EQ(moved.reveal(), "hush");
  Secret other("else");
  EXPECT_FALSE(other == original);
  EXPECT_FALSE(Secret("hus") == original);
  EXPECT_FALSE(Secret("husk") == original);
  other = original;
  EXPECT_EQ(other, original);
  other = Secret();
  EXPECT_TRUE(other.empty());
  EXPECT_EQ(original.reveal(), "hush");
}

TEST(Secret, SurvivesSelfAssignment) {
  Secret secret("hush");
  const Secret& same = secret;
  secret = same;
  EXPECT_EQ(secret.reveal(), "hush");
  secret = std::move(const_cast<Secret&>(same));  // NOLINT: what a container may do in a swap
  EXPECT_EQ(secret.reveal(), "hush");
}

TEST(WriteKey, AcceptsAnyText) { EXPECT_EQ(WriteKey(" k\n").reveal(), " k\n"); }

}  // namespace
}  // namespace segment

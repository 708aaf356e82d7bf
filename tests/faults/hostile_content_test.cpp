// Complete responses whose content is meant to do harm. They need no sockets.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "segment/helpers/text.hpp"
#include "socket_client.hpp"

namespace segment::test {
namespace {

using testing::FakeClient;

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

/// The error of a GET with this response.
template <class E>
E error_of(int status, const std::string& body) {
  FakeClient fake;
  fake.transport->respond_with([&](const auto&) {
    return http::Response{status, {{"Content-Type", "application/json"}}, body};
  });
  const auto error = thrown<E>([&] { (void)fake.client.sources().get(SourceId("s")); });
  expect_presentable(error);
  return error;
}

/// Bodies that must not break any reader.
std::vector<std::string> hostile_texts() {
  const std::string item = R"({"errors":[{"message":)";
  return {repeated("[", 200'000),
          repeated(R"({"errors":[)", 200'000),
          item + repeated("[", 200'000),
          item + R"("\ud800"}]})",
          item + R"("\udc00\ud800"}]})",
          item + "\"\xff\xfe\x80\"}]}",
          item + "\"\xed\xa0\x80\"}]}",
          item + "1e999999999}]}",
          item + "\"x\0\"}]}",
          R"({"errors":{"errors":[]}})",
          R"({"errors":null})",
          R"({"errors":[null,1,true,"text",[],{}]})",
          R"({"errors":[{"status":1e300,"type":{},"field":[],"message":null}]})",
          R"({"errors":[],"errors":[{"message":"the last one counts"}]})",
          "<!doctype html><title>502</title>",
          "\xef\xbb\xbf{}",
          "",
          "null",
          std::string(5, '\0')};
}

TEST(AnErrorBodyOfAnyShape, BecomesTheErrorOfItsStatus) {
  for (const std::string& body : hostile_texts()) {
    SCOPED_TRACE(body.substr(0, 60));
    EXPECT_EQ(error_of<BadRequestError>(400, body).attempts(), 1);
    EXPECT_EQ(error_of<NotFoundError>(404, body).status(), 404);
    EXPECT_EQ(error_of<RateLimitError>(429, body).attempts(), 4);
    EXPECT_EQ(error_of<ServerError>(503, body).attempts(), 4);
    EXPECT_LE(error_of<ApiError>(418, body).body().size(), 16'384U + 3U);
  }
}

TEST(ASuccessWithHostileContent, IsADecodeErrorThatQuotesNothing) {
  for (const std::string& body : hostile_texts()) {
    SCOPED_TRACE(body.substr(0, 60));
    const auto error = error_of<DecodeError>(200, body);
    EXPECT_EQ(error.attempts(), 1);
    EXPECT_LT(std::string(error.what()).size(), 1000U);
    EXPECT_LE(error.body().size(), 16'384U + 3U);
  }
}

TEST(ASuccessWithHostileContent, NamesTheMemberWhoseNumberIsOutOfRange) {
  for (const char* number : {"9223372036854775808", "-9223372036854775809", "1e30", "0.5"}) {
    FakeClient fake;
    fake.transport->add(200,
                        R"({"data":{"sources":[],"pagination":{"current":"a","totalEntries":)" +
                            std::string(number) + "}}}");
    const auto error = thrown<DecodeError>([&] { (void)fake.client.sources().list_page(); });
    EXPECT_EQ(error.pointer(), "/data/pagination/totalEntries") << number << error.what();
  }
}

// --- Time and memory that grow linearly with the response ----------------------------------------

// No time is measured: quadratic growth takes many minutes with texts of this length, and runs into
// the timeout of each test.

TEST(AnErrorBody, OfNothingButTokensIsCleanedInLinearTime) {
  const std::string body = repeated(test_token, 400'000);
  EXPECT_TRUE(error_of<BadRequestError>(400, body).body().starts_with("[token]"));
}

TEST(AnErrorBody, OfNothingButBackslashesIsCleanedInLinearTime) {
  EXPECT_EQ(error_of<BadRequestError>(400, repeated("\\", 4'000'000)).status(), 400);
}

// The function itself is tested, because an error body long enough to matter is not parsed.
TEST(AnErrorMessage, OfNothingButLineSeparatorsIsCleanedInLinearTime) {
  constexpr std::size_t separators = 2'000'000;
  const std::string text = repeated("\xe2\x80\xa8", separators);
  EXPECT_EQ(one_line(text), std::string(separators, ' '));
}

TEST(AnErrorBody, ThatIsTooLargeIsNotParsed) {
  const std::string body = R"({"errors":[{"message":"m"},)" + repeated("[],", 1'000'000) + "0]}";
  const auto error = error_of<BadRequestError>(400, body);
  EXPECT_TRUE(error.items().empty());
  EXPECT_EQ(error.status(), 400);
}

}  // namespace
}  // namespace segment::test

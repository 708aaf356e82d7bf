// A response with an error status becomes the error of that status, whatever its body.
#include <gtest/gtest.h>

#include <sstream>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/fake_client.hpp"

namespace segment::testing {
namespace {

using std::string;
using std::chrono::seconds;

const string json_body =
    R"({"errors":[{"type":"bad","message":"no such thing","field":"warehouse.metadataId",)"
    R"("data":{"limit":3},"status":422},{"type":"worse"}]})";
const string html_body = "<html><body><h1>It is broken</h1></body></html>";

/// Calls once and returns the error of a status, which must be of exactly this type.
template <class E>
E error_of(int status, const string& body, http::Headers headers = {}) {
  FakeClient fake;
  fake.transport->add(status, body, std::move(headers));
  return thrown<E>([&] { (void)fake.client.sources().get(SourceId("s1"), {.max_attempts = 1}); });
}

template <class E>
void expect_whatever_the_body(int status) {
  SCOPED_TRACE(status);
  const E error = error_of<E>(status, json_body, {{"X-Request-Id", "req-1"}});
  EXPECT_EQ(error.status(), status);
  EXPECT_EQ(error.request_id(), "req-1");
  EXPECT_EQ(error.operation(), "getSource");
  EXPECT_EQ(error.attempts(), 1);
  EXPECT_EQ(error.body(), json_body);
  EXPECT_FALSE(error.outcome_unknown()) << "a GET changes nothing";
  ASSERT_EQ(error.items().size(), 2U);
  EXPECT_EQ(error.items()[0].type, "bad");
  EXPECT_EQ(error.items()[0].message, "no such thing");
  EXPECT_EQ(error.items()[0].field, "warehouse.metadataId");
  EXPECT_EQ(error.items()[0].data, Json::object({{"limit", 3}}));
  EXPECT_EQ(error.items()[0].status, 422);
  EXPECT_EQ(error.items()[1], (ApiErrorItem{.type = "worse"}));

  const string text = error.what();
  EXPECT_TRUE(contains(text, "getSource")) << text;
  EXPECT_TRUE(contains(text, "GET /sources/{sourceId}")) << text;
  EXPECT_TRUE(contains(text, std::to_string(status))) << text;
  EXPECT_TRUE(contains(text, "warehouse.metadataId: no such thing")) << text;
  EXPECT_TRUE(contains(text, "worse")) << "an error without a message shows its type: " << text;
  EXPECT_TRUE(contains(text, "req-1")) << text;

  for (const string& body : {html_body, string(), string("{\"errors\": ["), string("\xff\xfe\0", 3),
                             string("null"), string("[]"), string("{\"errors\": {\"a\": 1}}")}) {
    SCOPED_TRACE(body);
    const E odd = error_of<E>(status, body);
    EXPECT_EQ(odd.status(), status);
    EXPECT_EQ(odd.body(), body);
    EXPECT_TRUE(odd.items().empty());
    EXPECT_EQ(odd.request_id(), "");
    EXPECT_TRUE(contains(odd.what(), std::to_string(status))) << odd.what();
    EXPECT_FALSE(contains(odd.what(), "html")) << odd.what();
  }
}

TEST(AStatus, BecomesItsOwnTypeOfErrorWhateverTheBody) {
  expect_whatever_the_body<BadRequestError>(400);
  expect_whatever_the_body<AuthenticationError>(401);
  expect_whatever_the_body<PermissionDeniedError>(403);
  expect_whatever_the_body<NotFoundError>(404);
  expect_whatever_the_body<ConflictError>(409);
  expect_whatever_the_body<PayloadTooLargeError>(413);
  expect_whatever_the_body<ValidationError>(422);
  expect_whatever_the_body<RateLimitError>(429);
  for (int status : {500, 501, 502, 503, 504, 599}) expect_whatever_the_body<ServerError>(status);
}

TEST(AStatus, WithoutItsOwnTypeIsAnApiError) {
  for (int status : {402, 405, 408, 410, 414, 418, 451}) expect_whatever_the_body<ApiError>(status);
}

TEST(ARedirect, IsAnErrorThatPointsAtTheBaseUrl) {
  for (int status : {301, 302, 307}) {
    const auto error = error_of<ApiError>(status, "", {{"Location", "https://elsewhere.example"}});
    EXPECT_EQ(error.status(), status);
    EXPECT_TRUE(contains(error.what(), "base URL")) << error.what();
  }
}

TEST(AnError, CanBeCaughtByItsBaseTypes) {
  static_assert(std::is_base_of_v<ApiError, NotFoundError>);
  static_assert(std::is_base_of_v<Error, ApiError>);
  static_assert(std::is_base_of_v<std::runtime_error, Error>);
  FakeClient fake;
  fake.transport->add(404, "");
  EXPECT_THROW((void)fake.client.sources().get(SourceId("s1")), std::exception);
}

// An exception that throws while it is copied ends the process.
TEST(AnError, IsCopiedWithoutThrowing) {
  static_assert(std::is_nothrow_copy_constructible_v<NotFoundError>);
  static_assert(std::is_nothrow_copy_assignable_v<NotFoundError>);
  static_assert(std::is_nothrow_copy_constructible_v<DecodeError>);
  static_assert(std::is_nothrow_copy_constructible_v<CancelledError>);
  const auto error = error_of<NotFoundError>(404, json_body);
  const NotFoundError copy = error;
  EXPECT_EQ(&copy.items(), &error.items()) << "copies share their content";
  EXPECT_STREQ(copy.what(), error.what());
}

TEST(AnyError, HasTheStatusTheRequestIdTheItemsAndTheBodyOfTheResponse) {
  FakeClient fake;
  fake.transport->add(422, json_body, {{"X-Request-Id", "req-1"}});
  try {
    (void)fake.client.sources().get(SourceId("s1"));
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.status(), 422);
    EXPECT_EQ(error.request_id(), "req-1");
    EXPECT_EQ(error.items().size(), 2U);
    EXPECT_EQ(error.body(), json_body);
  }
}

ErrorKind kind_of(const http::Outcome& outcome) {
  FakeClient fake;
  fake.transport->add(outcome);
  try {
    (void)fake.client.sources().get(SourceId("s1"), {.max_attempts = 1});
  } catch (const Error& error) {
    return error.kind();
  }
  return ErrorKind::other;
}

TEST(TheKindOfAnError, FollowsFromItsStatusOrFailure) {
  const std::vector<std::pair<int, ErrorKind>> of_status = {{200, ErrorKind::decode},
                                                            {302, ErrorKind::api},
                                                            {400, ErrorKind::bad_request},
                                                            {401, ErrorKind::authentication},
                                                            {403, ErrorKind::permission_denied},
                                                            {404, ErrorKind::not_found},
                                                            {409, ErrorKind::conflict},
                                                            {413, ErrorKind::payload_too_large},
                                                            {418, ErrorKind::api},
                                                            {422, ErrorKind::validation},
                                                            {429, ErrorKind::rate_limit},
                                                            {503, ErrorKind::server}};
  for (const auto& [status, kind] : of_status) {
    EXPECT_EQ(kind_of(http::Response{status, {}, ""}), kind) << status;
  }
  EXPECT_EQ(kind_of(broken()), ErrorKind::transport);
  EXPECT_EQ(kind_of(http::Failure{http::FailureKind::timeout}), ErrorKind::timeout);
  EXPECT_EQ(kind_of(http::Failure{http::FailureKind::tls}), ErrorKind::tls);
  EXPECT_EQ(kind_of(http::Failure{http::FailureKind::cancelled}), ErrorKind::cancelled);
  EXPECT_EQ(kind_of(http::Failure{http::FailureKind::too_large}), ErrorKind::decode);
}

TEST(TheKindOfAnError, HasANameForMetrics) {
  EXPECT_EQ(to_string(ErrorKind::other), "other");
  EXPECT_EQ(to_string(ErrorKind::local_limit), "local_limit");
  EXPECT_EQ(to_string(ErrorKind::job_failed), "job_failed");
  EXPECT_EQ(to_string(LocalLimitError("x").kind()), "local_limit");
  EXPECT_EQ(to_string(ConfigurationError("x").kind()), "configuration");
  EXPECT_EQ(to_string(InvalidArgumentError("x").kind()), "invalid_argument");
  std::ostringstream printed;
  printed << ErrorKind::not_found << ' ' << Region::eu << ' ' << ApiVersion::beta;
  EXPECT_EQ(printed.str(), "not_found eu beta");
}

TEST(CancellationsAndLocalLimits, AreNeitherTransportErrorsNorApiErrors) {
  static_assert(!std::is_base_of_v<TransportError, CancelledError>);
  static_assert(!std::is_base_of_v<ApiError, LocalLimitError>);
  static_assert(!std::is_base_of_v<TransportError, LocalLimitError>);
  static_assert(std::is_base_of_v<Error, CancelledError>);
  static_assert(std::is_base_of_v<Error, LocalLimitError>);
}

TEST(ARequestId, IsFoundUnderEachOfTheUsualNames) {
  for (const char* name :
       {"X-Request-Id", "x-request-id", "Request-Id", "X-Amzn-RequestId", "X-Amz-Cf-Id"}) {
    EXPECT_EQ(error_of<NotFoundError>(404, "", {{name, "r-7"}}).request_id(), "r-7") << name;
  }
}

TEST(AnApiError, JoinsTheServersSentenceToItsOwn) {
  for (const char* body :
       {R"({"errors": [{"message": "Not known."}]})", R"({"message": "Not known."})"}) {
    const string text = error_of<AuthenticationError>(401, body).what();
    EXPECT_TRUE(contains(text, ": Not known; check that the token is valid")) << text;
  }
}

TEST(AnApiError, SaysWhetherARetryCouldHelp) {
  for (int status : {400, 401, 403, 404, 409, 413, 418, 422, 302}) {
    FakeClient fake;
    fake.transport->add(status, "");
    try {
      (void)fake.client.sources().get(SourceId("s1"));
      ADD_FAILURE() << status;
    } catch (const ApiError& error) {
      EXPECT_FALSE(error.retryable()) << status;
      EXPECT_EQ(error.attempts(), 1) << status;
    }
  }
  EXPECT_TRUE(error_of<RateLimitError>(429, "").retryable());
  EXPECT_TRUE(error_of<ServerError>(502, "").retryable());
  EXPECT_TRUE(error_of<ApiError>(408, "").retryable());
}

TEST(ARedirect, ToTheOtherRegionNamesIt) {
  const auto text_of = [](const string& location) {
    return string(error_of<ApiError>(301, "", {{"Location", location}}).what());
  };
  for (const char* eu : {"https://eu1.api.segmentapis.com/sources/s1",
                         "HTTPS://EU1.API.segmentapis.com:443/", "//eu1.api.segmentapis.com"}) {
    EXPECT_TRUE(contains(text_of(eu), "give the client Region::eu")) << text_of(eu);
  }
  EXPECT_TRUE(contains(text_of("https://api.segmentapis.com/sources"), "Region::us"));
  for (const char* other :
       {"", "/sources", "https://elsewhere.test/https://eu1.api.segmentapis.com",
        "https://eu1.api.segmentapis.com.elsewhere.test/", "https://eu1.api.segmentapis.com@x/"}) {
    EXPECT_TRUE(contains(text_of(other), "redirects are not followed")) << text_of(other);
    EXPECT_FALSE(contains(text_of(other), "elsewhere")) << text_of(other);
  }
}

TEST(A304, IsNotARedirect) {
  const string text = error_of<ApiError>(304, "").what();
  EXPECT_FALSE(contains(text, "redirect")) << text;
  EXPECT_TRUE(contains(text, "304 Not Modified; ")) << text;
  EXPECT_TRUE(contains(text, "If-None-Match")) << text;
}

TEST(ARateLimitError, SaysWhenToRetry) {
  const auto error = error_of<RateLimitError>(429, "", {{"Retry-After", "90"}});
  EXPECT_EQ(error.retry_after(), seconds(90));
  EXPECT_TRUE(contains(error.what(), "retry after 90 s")) << error.what();
  EXPECT_EQ(error_of<RateLimitError>(429, "").retry_after(), std::nullopt);
}

TEST(OddErrors, AreReadAsFarAsPossible) {
  const auto error = error_of<ValidationError>(
      422,
      R"({"errors":[{"type":7,"message":{"a":1},"field":null,"status":"x"},"only a text",null,3]})");
  ASSERT_EQ(error.items().size(), 4U);
  EXPECT_EQ(error.items()[0], (ApiErrorItem{.type = "7", .message = R"({"a":1})"}));
  EXPECT_EQ(error.items()[1], (ApiErrorItem{.message = "only a text"}));
  EXPECT_EQ(error.items()[2], ApiErrorItem{});
}

TEST(OddErrors, ThatSayLittleStillMakeAWellFormedMessage) {
  const auto message_of = [](const char* body) {
    return string(error_of<ValidationError>(422, body).what());
  };
  const auto ends_in = [&](const char* body, const string& end) {
    const string message = message_of(body);
    EXPECT_TRUE(message.find("422 Unprocessable Entity" + end) != string::npos) << message;
  };
  ends_in(R"({"errors":[{"field":"source.slug"}]})", ": source.slug");
  ends_in(R"({"errors":[{"message":"a"},{},{"type":"t"}]})", ": a; t");
  EXPECT_EQ(message_of(R"({"errors":[{"field":"source.slug"}]})").find("field"), string::npos);
  for (const char* body : {R"({"errors":[null]})", R"({"errors":[{}]})"}) {
    const string message = message_of(body);
    EXPECT_EQ(message.find("Entity: "), string::npos) << message;
  }
}

TEST(AnErrorBodyWithoutErrors, ContributesItsTextToTheMessage) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"message":"the token is expired"})", "400 Bad Request: the token is expired"},
      {R"({"Message":"not authorized"})", ": not authorized"},
      {R"({"statusCode":400,"error":"Bad Request","message":"no"})", ": Bad Request; no"},
      {R"({"error":"invalid_token","error_description":"it is too old"})",
       ": invalid_token; it is too old"},
      {R"({"error":{"code":7,"message":"deep"}})", ": deep"},
      {R"({"fault":{"faultstring":"no route","detail":{"errorcode":"x"}}})", ": no route"},
      {R"({"type":"about:blank","title":"Not today","detail":"the reason"})",
       ": Not today; the reason"},
      {R"({"errors":{"name":["is too short","is bad"]}})", ": name: is too short; name: is bad"},
      {R"({"errors":"all of it"})", ": all of it"},
      {R"(["one","two"])", ": one; two"},
      {R"("only a text")", ": only a text"},
      {R"({"x":{"why":"because"}})", ": why: because"},
      {R"({"errors":[{"detail":"not in the API's words"}]})", ": not in the API's words"},
      {R"({"errors":[{"type":"t","title":"T"}]})", ": T"},
      {"upstream connect error\nor disconnect", ": upstream connect error or disconnect"},
      {"<html><head><title>Blocked</title><style>a{}</style></head><!-- x --><script>y</script>"
       "<body><h1>Blocked</h1>\n<p>your <b>address</b></p></body></html>",
       ": Blocked, your, address"},
      {R"(<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Denied</Message></Error>)",
       ": AccessDenied, Denied"},
  };
  for (const auto& [body, said] : cases) {
    const auto error = error_of<BadRequestError>(400, body);
    EXPECT_TRUE(contains(error.what(), said)) << body << '\n' << error.what();
    EXPECT_FALSE(contains(error.what(), "<")) << error.what();
  }
}

TEST(AnErrorBodyWithoutErrors, IsOneErrorIfItIsJson) {
  const auto error = error_of<NotFoundError>(
      404, R"({"message":"gone","type":"missing","field":"id","data":{"a":1},"status":404})");
  EXPECT_EQ(error.items(), std::vector<ApiErrorItem>({{.type = "missing",
                                                       .message = "gone",
                                                       .field = "id",
                                                       .data = Json::object({{"a", 1}}),
                                                       .status = 404}}));
}

TEST(AnErrorBodyWithoutErrors, AddsNothingIfItSaysNothing) {
  for (const char* body :
       {"", " \n", "null", "{}", "[]", "{\"a\":1}", "\"\"", "<html></html>", "<html", "\x01\x02",
        R"({"data":{"writeKey":"wk"}})", R"({"data":{"writeKey":"w)"}) {
    EXPECT_TRUE(
        string(error_of<BadRequestError>(400, body).what()).find("failed with 400 Bad Request:") ==
        string::npos)
        << body;
  }
}

TEST(AnErrorBodyWithoutErrors, OfAnyLengthKeepsTheMessageShort) {
  for (const string& body :
       {string(1'000'000, 'x'), "<p>" + string(1'000'000, 'x') + "</p>",
        R"({"message":")" + string(1'000'000, 'x') + "\"}", string(300'000, '<')}) {
    EXPECT_LT(string(error_of<BadRequestError>(400, body).what()).size(), 2500U);
  }
}

TEST(BrokenTextInAnError, LeavesTheOtherErrorsIntact) {
  const auto error = error_of<ValidationError>(
      422, "{\"errors\":[{\"field\":\"a\",\"message\":\"M\xfcller\"},{\"message\":\"ok\"}]}");
  ASSERT_EQ(error.items().size(), 2U);
  EXPECT_EQ(error.items()[0].message, "M\ufffdller");
  EXPECT_EQ(error.items()[1].message, "ok");
  EXPECT_TRUE(contains(error.what(), "a: M\ufffdller; ok")) << error.what();
}

TEST(ManyErrors, AreAllKeptAndTheMessageStaysReadable) {
  string body = R"({"errors":[)";
  for (int i = 0; i < 500; ++i) {
    body += (i == 0 ? "" : ",");
    body += R"({"field":"members.)" + std::to_string(i) + R"(","message":"is bad"})";
  }
  const auto error = error_of<ValidationError>(422, body + "]}");
  EXPECT_EQ(error.items().size(), 500U);
  EXPECT_EQ(error.items()[499].field, "members.499");
  const string text = error.what();
  EXPECT_TRUE(contains(text, "members.0: is bad; members.1: is bad")) << text;
  EXPECT_TRUE(contains(text, "(and 495 more)")) << text;
  EXPECT_FALSE(contains(text, "members.5:")) << text;
}

TEST(AnErrorWithTooManyProblems, KeepsAThousandOfThem) {
  const auto problems = [](std::size_t count) {
    string body = R"({"errors":[{"message":"m"})";
    for (std::size_t i = 1; i < count; ++i) body += R"(,{"message":"m"})";
    return error_of<ValidationError>(422, body + "]}").items().size();
  };
  EXPECT_EQ(problems(1000), 1000U);
  EXPECT_EQ(problems(1001), 1000U);
}

}  // namespace
}  // namespace segment::testing

// What is checked before every operation: token, path, version, input.

#include <gtest/gtest.h>

#include "operations/operation_tables.hpp"
#include "segment/api/operations.hpp"
#include "talk.hpp"

namespace segment::sandbox::test {
namespace {

using http::Method;

constexpr const char* website_kind = "IqDTy1TpoU";

TEST(SandboxResponses, NameTheWorkspaceOfTheToken) {
  const Sandbox sandbox;
  const Client client(sandbox.client_options());
  EXPECT_EQ(client.workspaces().get().slug, "sandbox");
  EXPECT_TRUE(client.tokens().verify().valid);
}

TEST(SandboxResponses, AreA401WithoutTheToken) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  for (const char* header : {"", "Bearer wrong", "Basic abc", "Bearer "}) {
    const auto response = talk.get("/sources", {{"Authorization", header}});
    EXPECT_EQ(response.status, 401) << header;
    EXPECT_EQ(fields(response), "- ");
  }
  EXPECT_EQ(talk.get("/no/such/path", {{"Authorization", "Bearer wrong"}}).status, 401);
}

TEST(SandboxResponses, AcceptATokenOfAnyForm) {
  const Sandbox sandbox(SandboxOptions{.token = "sgp_x~1/2+3="});
  EXPECT_EQ(sandbox.token(), "sgp_x~1/2+3=");
  EXPECT_EQ(Client(sandbox.client_options()).workspaces().get().slug, "sandbox");
}

TEST(SandboxResponses, RejectATokenThatNoHeaderCanHold) {
  EXPECT_THROW(Sandbox(SandboxOptions{.token = "a\nb"}), ConfigurationError);
}

TEST(SandboxResponses, AreA404ForAnUnknownPathOrResource) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  EXPECT_EQ(talk.get("/no/such/path").status, 404);
  EXPECT_EQ(talk.get("/sources/nope").status, 404);
  EXPECT_EQ(talk.send(Method::put, "/sources").index(), 0U);
  EXPECT_EQ(talk.remove("/sources").status, 404);
  EXPECT_EQ(talk.get("//sources").status, 404);
}

TEST(SandboxResponses, CarryARequestIdOfTheirOwn) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  const auto first = header(talk.get("/labels"), "X-Request-Id");
  const auto second = header(talk.get("/nothing"), "X-Request-Id");
  EXPECT_TRUE(first.starts_with("req_"));
  EXPECT_NE(first, second);
  EXPECT_EQ(sandbox.requests().at(0).request_id, first);
}

TEST(SandboxResponses, AreInTheVersionThatTheAcceptHeaderNames) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  const auto type = [&](const char* accept) {
    return header(talk.get("/sources", {{"Accept", accept}}), "Content-Type");
  };
  EXPECT_EQ(type("application/vnd.segment.v1+json"), "application/vnd.segment.v1+json");
  EXPECT_EQ(type("application/vnd.segment.v1beta+json"), "application/vnd.segment.v1beta+json");
  EXPECT_EQ(type("application/vnd.segment.v1alpha+json"), "application/vnd.segment.v1alpha+json");
  EXPECT_EQ(type("application/vnd.segment.stable+json"), "application/vnd.segment.v1+json");
  EXPECT_EQ(type("application/json"), "application/vnd.segment.v1+json");
  EXPECT_EQ(type("*/*"), "application/vnd.segment.v1+json");
}

TEST(SandboxResponses, AreA406ForAVersionThatTheOperationLacks) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  const Client client(sandbox.client_options());
  const auto destination = client.destinations().list().begin()->id.text();
  const auto path = "/destinations/" + destination + "/subscriptions";
  EXPECT_EQ(talk.get(path, {{"Accept", "application/vnd.segment.v1+json"}}).status, 406);
  const auto response = talk.get(path);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(header(response, "Content-Type"), "application/vnd.segment.v1alpha+json");
}

TEST(SandboxResponses, AreInThePreferredVersion) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  const std::string v1 = "application/vnd.segment.v1+json";
  const std::string beta = "application/vnd.segment.v1beta+json";
  const std::string alpha = "application/vnd.segment.v1alpha+json";
  const auto type = [&](const std::string& accept) {
    return header(talk.get("/sources", {{"Accept", accept}}), "Content-Type");
  };
  EXPECT_EQ(type(alpha + ", " + v1), v1);
  EXPECT_EQ(type(alpha + ";q=0.9, " + beta + ";q=0.8, */*;q=0.1"), alpha);
  EXPECT_EQ(type(alpha + ";q=0.1," + beta + "; Q=0.5"), beta);
  EXPECT_EQ(type("*/*, " + beta), beta);
  EXPECT_EQ(type(v1 + ";q=0, application/json"), beta);
  EXPECT_EQ(type("application/JSON; charset=utf-8"), v1);
  EXPECT_EQ(type("text/html, " + alpha + ";q=0.2, text/plain"), alpha);
  EXPECT_EQ(type("text/html"), v1);
  EXPECT_EQ(talk.get("/sources", {{"Accept", v1 + ";q=0"}}).status, 406);
}

TEST(SandboxResponses, FallBackToAnotherAcceptedVersion) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  const std::string alpha = "application/vnd.segment.v1alpha+json";
  for (const char* other : {"application/vnd.segment.v1+json;q=0.1", "application/json", "*/*"}) {
    const auto response = talk.get("/credentials", {{"Accept", alpha + ", " + other}});
    EXPECT_EQ(response.status, 200) << other;
    EXPECT_EQ(header(response, "Content-Type"), "application/vnd.segment.v1+json") << other;
  }
  EXPECT_EQ(talk.get("/credentials", {{"Accept", alpha}}).status, 406);
}

TEST(SandboxResponses, NameEachInvalidMember) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  const auto missing = talk.post("/sources", "{}");
  EXPECT_EQ(missing.status, 422);
  EXPECT_EQ(fields(missing), "slug enabled metadataId ");
  EXPECT_EQ(fields(talk.post("/sources", R"({"slug": 1, "enabled": null, "metadataId": "x"})")),
            "slug enabled ");
  EXPECT_EQ(fields(talk.post("/sources", R"({"slug": "a", "enabled": true, "metadataId": "x"})")),
            "metadataId ");
  EXPECT_EQ(fields(talk.post("/labels", R"({"label": {"key": 1}})")), "label.key label.value ");
  EXPECT_EQ(fields(talk.post("/sources", "")), "slug enabled metadataId ");
}

TEST(SandboxResponses, IgnoreUnknownMembers) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  const auto response =
      talk.post("/labels", R"({"label": {"key": "a", "value": "b", "colour": "red"}, "x": 1})");
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(data(response), Json::parse(R"({"label": {"key": "a", "value": "b"}})"));
}

TEST(SandboxResponses, RejectUnknownMembersIfConfigured) {
  const Sandbox sandbox(SandboxOptions{.refuse_unknown_members = true});
  Talk talk(sandbox);
  const auto response =
      talk.post("/labels", R"({"label": {"key": "a", "value": "b", "colour": "red"}, "x": 1})");
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(fields(response), "label.colour x ");
  EXPECT_EQ(fields(talk.get("/sources?pagination.count=2&order=asc")), "order ");
  EXPECT_EQ(talk.post("/labels", R"({"label": {"key": "a", "value": "b"}})").status, 201);
}

TEST(SandboxResponses, CheckTheSettingsOfADestinationAgainstItsKind) {
  for (const bool strict : {false, true}) {
    const Sandbox sandbox(SandboxOptions{.refuse_unknown_members = strict});
    Talk talk(sandbox);
    const Json source = data(talk.get("/sources?pagination.count=1")).at("sources").at(0);
    const auto create = [&](const std::string& settings) {
      return talk.post("/destinations", R"({"sourceId": ")" + source.at("id").as_string() +
                                            R"(", "metadataId": "54521fd725e721e32a72eebb", )" +
                                            R"("settings": )" + settings + "}");
    };
    EXPECT_EQ(fields(create(R"({"apiKey": 7})")), "settings.apiKey ");
    EXPECT_EQ(fields(create(R"({"apiKey": "x", "trackAllPages": "yes"})")),
              "settings.trackAllPages ");
    const auto made = create(R"({"apiKey": "x", "trackAllPages": true})");
    ASSERT_EQ(made.status, 200) << made.body;
    const std::string path = "/destinations/" + data(made).at("destination").at("id").as_string();
    EXPECT_EQ(fields(talk.patch(path, R"({"settings": {"trackAllPages": 1}})")),
              "settings.trackAllPages ");
    const auto unknown = talk.patch(path, R"({"settings": {"trakAllPages": true}})");
    ASSERT_EQ(unknown.status, strict ? 422 : 200);
    if (strict) {
      EXPECT_EQ(fields(unknown), "settings.trakAllPages ");
    }
  }
}

TEST(SandboxResponses, AreA400ForAMalformedRequest) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  EXPECT_EQ(talk.post("/sources", "{\"slug\":").status, 400);
  EXPECT_EQ(talk.post("/sources", "\xff").status, 400);
  EXPECT_EQ(talk.get("/sources?pagination.count=%zz").status, 400);
  EXPECT_EQ(talk.get("/sources?pagination.cursor=%ff").status, 400);
}

TEST(SandboxResponses, AreA413ForABodyThatIsTooLarge) {
  const Sandbox sandbox(SandboxOptions{.max_request_bytes = 100});
  Talk talk(sandbox);
  const std::string body = R"({"label": {"key": "a", "value": ")" + std::string(100, 'x') + "\"}}";
  EXPECT_EQ(talk.post("/labels", body).status, 413);
  EXPECT_EQ(talk.post("/labels", R"({"label": {"key": "a", "value": "b"}})").status, 201);
}

TEST(SandboxResponses, NeverContainTheToken) {
  const Sandbox sandbox(SandboxOptions{.token = "made-up-and-not-to-be-seen"});
  Talk talk(sandbox);
  for (const auto* call : operations::all()) {
    const auto outcome = talk.send(call->method, std::string(call->path) + "?message=x",
                                   {{"X-Copy", sandbox.token()}}, "{}");
    const auto& response = std::get<http::Response>(outcome);
    EXPECT_EQ(response.body.find(sandbox.token()), std::string::npos) << call->id;
    for (const auto& header : response.headers) {
      EXPECT_EQ(header.value.find(sandbox.token()), std::string::npos) << header.name;
    }
  }
}

TEST(SandboxResponses, AreLoggedWithoutParameters) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  talk.get("/sources/secret?x=secret");
  talk.get("/nowhere/secret");
  const auto log = sandbox.requests();
  ASSERT_EQ(log.size(), 2U);
  EXPECT_EQ(log[0].operation, "getSource");
  EXPECT_EQ(log[0].path, "/sources/{sourceId}");
  EXPECT_EQ(log[0].method, "GET");
  EXPECT_EQ(log[0].status, 404);
  EXPECT_EQ(log[1].operation, "");
  EXPECT_EQ(log[1].path, "");
}

TEST(SandboxResponses, DecodeAwkwardPathParameters) {
  const Sandbox sandbox;
  const Client client(sandbox.client_options());
  for (const std::string value :
       {"a/b?c#d", "tab\there", "new\nline", "Grüße 你好", "%2F", "a+b", "..."}) {
    client.labels().create({.label = Label{.key = value, .value = value}});
    client.labels().remove(value, value);
    EXPECT_THROW(client.labels().remove(value, value), NotFoundError) << value;
  }
}

TEST(SandboxResponses, AreA414ForAPathThatIsTooLong) {
  const Sandbox sandbox;
  Talk talk(sandbox);
  EXPECT_EQ(talk.get("/sources/" + std::string(6000, 'a')).status, 404);
  const auto longest = talk.get("/sources/" + std::string(20000, 'a'));
  EXPECT_EQ(longest.status, 414);
  EXPECT_EQ(talk.get("/sources").status, 200);
}

TEST(SandboxResponses, ComeForAPostWithoutABody) {
  const Sandbox sandbox;
  const Client client(sandbox.client_options());
  const auto source = client.sources().create(
      {.slug = "a", .enabled = true, .metadata_id = SourceMetadataId{website_kind}});
  EXPECT_EQ(client.sources().create_write_key(source.id).write_keys.size(), 2U);
}

}  // namespace
}  // namespace segment::sandbox::test

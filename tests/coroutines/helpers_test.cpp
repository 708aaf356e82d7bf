// Jobs, tokens and helpers, awaited where they are written.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "forms.hpp"
#include "segment/api/sources.hpp"
#include "segment/helpers.hpp"
#include "segment/jobs.hpp"
#include "segment/tokens.hpp"

namespace segment::testing {
namespace {

using std::string;

/// Like InACoroutine, with a transport that responds to each of these calls as the API does.
class Helpers : public InACoroutine {
 protected:
  Helpers() {
    fake_.transport->respond_with([this](const http::Request& request) {
      const bool is_first = fake_.sent() % 2 == 1;
      if (contains(request.url, "regulations")) return respond(is_first ? running : finished);
      if (contains(request.url, "sources")) return respond(a_source);
      if (request.method == http::Method::get) return respond(a_workspace);
      return respond(a_success);
    });
  }

  static http::Response respond(std::string_view body) {
    return {.status = 200, .body = string(body)};
  }
  static constexpr std::string_view running =
      R"({"data":{"regulation":{"id":"r1","overallStatus":"RUNNING","streamStatus":[]}}})";
  static constexpr std::string_view finished =
      R"({"data":{"regulation":{"id":"r1","overallStatus":"FINISHED","streamStatus":[]}}})";
};

INSTANTIATE_TEST_SUITE_P(OfShortAndLongTexts, Helpers, ::testing::Values(3, 300));

TEST_P(Helpers, AJobIsWaitedForByItsId) {
  const auto wait = [](AsyncClient async, string text) -> Task<Regulation> {
    co_return co_await async.jobs().wait_for_regulation(RegulationId(text));
  };
  EXPECT_EQ(wait(async(), text()).get().id.text(), "r1");
  EXPECT_EQ(fake_.sent(), 2U);
}

TEST_P(Helpers, AJobIsWaitedForWithOptionsInBraces) {
  const auto wait = [](AsyncClient async, string text) -> Task<Regulation> {
    CO_RETURN_AWAITED(async.jobs().wait_for_regulation(
        RegulationId("r"), {.call = {.tag = text}, .on_status = [text](std::string_view) {}}));
  };
  EXPECT_EQ(wait(async(), text()).get().id.text(), "r1");
}

TEST_P(Helpers, ATokenIsVerified) {
  const auto verify = [](AsyncClient async) -> Task<bool> {
    const TokenStatus status = co_await async.tokens().verify();
    co_return status.valid;
  };
  EXPECT_TRUE(verify(async()).get());
}

TEST_P(Helpers, AFunctionThatCapturesATextIsPassedToALookup) {
  const auto find = [](AsyncClient async, string text) -> Task<std::optional<SourceDetails>> {
    CO_RETURN_AWAITED(find_or_none([async, text] { return async.sources().get(SourceId(text)); }));
  };
  EXPECT_EQ(find(async(), text()).get()->slug, "web");
  EXPECT_TRUE(contains(fake_.target(), text()));
}

TEST_P(Helpers, AFunctionThatCapturesByReferenceIsAwaitedInPlace) {
  const auto find = [](AsyncClient async, string text) -> Task<std::optional<SourceDetails>> {
    co_return co_await find_or_none([&] { return async.sources().get(SourceId(text)); });
  };
  EXPECT_EQ(find(async(), text()).get()->slug, "web");
}

TEST_P(Helpers, AListIsSentInChunks) {
  const auto remove = [](AsyncClient async, string text) -> Task<void> {
    const std::vector<string> emails(5, text);
    CO_RETURN_AWAITED(
        in_chunks(emails, 2, [async, text](std::span<const string> some) -> Task<void> {
          return async.iam_users().remove_invites({.emails = {{some.begin(), some.end()}}});
        }));
  };
  remove(async(), text()).get();
  EXPECT_EQ(fake_.sent(), 3U);
}

TEST_P(Helpers, AListIsRemovedWithAndWithoutOptionsInBraces) {
  const auto remove = [](AsyncClient async, string text) -> Task<void> {
    const std::vector<string> emails(5, text);
    co_await remove_invites(async, emails);
    CO_RETURN_AWAITED(remove_invites(async, emails, {.size_in_url = 2, .call = {.tag = text}}));
  };
  remove(async(), text()).get();
  EXPECT_EQ(fake_.sent(), 4U);
}

TEST_P(Helpers, ASourceIsCreatedIfItIsAbsent) {
  const auto create = [](AsyncClient async, string text) -> Task<Source> {
    CO_RETURN_AWAITED(create_if_absent(
        async, [text]() -> Task<std::optional<Source>> { co_return std::nullopt; },
        [async, text]() -> Task<Source> {
          return async.sources().create(
              {.slug = text, .enabled = true, .metadata_id = SourceMetadataId("m")});
        },
        {.pause = std::chrono::seconds(1)}));
  };
  EXPECT_EQ(create(async(), text()).get().slug, "web");
  EXPECT_TRUE(sent(text()));
}

}  // namespace
}  // namespace segment::testing

// Looks at all memory that is freed during the lifetime of a secret: none of it may contain the
// secret.
#include <gtest/gtest.h>
#include <malloc.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/curl/exchange.hpp"
#include "segment/api/types/sources.hpp"
#include "segment/api/workspaces.hpp"
#include "segment/async_client.hpp"
#include "segment/client.hpp"
#include "segment/convert.hpp"
#include "segment/error.hpp"
#include "segment/http/transport.hpp"
#include "segment/testing/manual_clock.hpp"
#include "segment/types/secret.hpp"
#include "support/replaced_new.hpp"

namespace {

// Not found in memory by chance. Kept reversed, so that it appears nowhere as it is.
constexpr std::string_view reversed = "7X-os-os-os-yrev-hsuh-ton-detnirp-eb-ot";

std::atomic<bool> watching{false};  // NOLINT: operator delete has no other way to learn of it
std::atomic<int> leaks{0};          // NOLINT

// A cleared string loses only its first byte, so what is looked for is the end of the secret.
constexpr std::string_view reversed_end = reversed.substr(0, reversed.size() - 8);

bool holds_secret(const unsigned char* bytes, std::size_t size) noexcept {
  const auto same = [](unsigned char a, char b) { return a == static_cast<unsigned char>(b); };
  return std::search(bytes, bytes + size, reversed_end.rbegin(), reversed_end.rend(), same) !=
         bytes + size;
}

}  // namespace

// Zeroed, so that whatever is found there was written.
void* segment::test::allocate(std::size_t size) noexcept { return std::calloc(1, size); }

void segment::test::give_back(void* memory) noexcept {
  if (memory != nullptr && watching &&
      holds_secret(static_cast<const unsigned char*>(memory), malloc_usable_size(memory))) {
    ++leaks;
  }
  std::free(memory);
}

namespace segment {
namespace {

std::string secret_text() { return {reversed.rbegin(), reversed.rend()}; }

// How many pieces of memory were freed with the secret in them.
template <class Action>
int leaks_of(Action&& action) {
  leaks = 0;
  watching = true;
  std::forward<Action>(action)();
  watching = false;
  return leaks;
}

TEST(MemoryThatIsNotWiped, IsDetectedByThisTest) {
  EXPECT_GT(leaks_of([] { std::string text = secret_text(); }), 0);
}

TEST(WipedMemory, IsLeftByADestroyedToken) {
  EXPECT_EQ(leaks_of([] { Token token(secret_text()); }), 0);
  std::string spaced = "  " + secret_text() + "\r\n";
  EXPECT_EQ(leaks_of([&] { Token token(std::move(spaced)); }), 0);
}

TEST(WipedMemory, IsLeftByCopiesAndMoves) {
  EXPECT_EQ(leaks_of([] {
              const Token token(secret_text());
              Token copy = token;
              Token other("another");
              other = copy;
              copy = Token("another-one");
              std::vector<Token> many(3, token);
              many.push_back(std::move(other));
              many.erase(many.begin());
            }),
            0);
}

TEST(WipedMemory, IsLeftByATokenThatIsRefused) {
  std::string two_words = secret_text() + " and more";
  EXPECT_EQ(leaks_of([&] { EXPECT_THROW(Token(std::move(two_words)), ConfigurationError); }), 0);
}

TEST(WipedMemory, IsLeftByATokenReadFromAFile) {
  const std::string path = ::testing::TempDir() + "segment_wiped_memory_test.token";
  std::ofstream(path) << secret_text() << '\n';
  EXPECT_EQ(leaks_of([&] { static_cast<void>(Token::from_file(path)); }), 0);
  std::filesystem::remove(path);
}

TEST(WipedMemory, IsLeftByATokenReadFromTheEnvironment) {
  ::setenv("SEGMENT_WIPED_TOKEN", secret_text().c_str(), 1);
  EXPECT_EQ(leaks_of([] { static_cast<void>(Token::from_environment("SEGMENT_WIPED_TOKEN")); }), 0);
  ::unsetenv("SEGMENT_WIPED_TOKEN");
}

TEST(WipedMemory, IsLeftByASourceWithItsWriteKeys) {
  EXPECT_EQ(leaks_of([] {
              Source source;
              source.write_keys.emplace_back(secret_text());
              source.write_keys.emplace_back(secret_text());
              const Source copy = source;
            }),
            0);
}

// Responds without keeping anything of the request: with 503 so many times, then with a workspace.
class Forgetful final : public http::Transport {
 public:
  explicit Forgetful(int failures) : failures_(failures) {}
  http::Outcome send(const http::Request& request) override {
    EXPECT_TRUE(request.headers.find("Authorization"));
    if (failures_-- > 0) return http::Response{.status = 503};
    return http::Response{.status = 200, .body = R"({"data":{"workspace":{"id":"w"}}})"};
  }

 private:
  int failures_;
};

Client client_with_secret(int failures) {
  return Client({.token = Token(secret_text()),
                 .transport = std::make_shared<Forgetful>(failures),
                 .clock = std::make_shared<testing::ManualClock>()});
}

TEST(WipedMemory, IsLeftByASuccessfulCall) {
  const Client client = client_with_secret(0);
  EXPECT_EQ(leaks_of([&] { (void)client.workspaces().get(); }), 0);
}

TEST(WipedMemory, IsLeftByACallThatIsRetried) {
  const Client client = client_with_secret(2);
  EXPECT_EQ(leaks_of([&] { (void)client.workspaces().get(); }), 0);
}

TEST(WipedMemory, IsLeftByACallThatFails) {
  const Client client = client_with_secret(100);
  EXPECT_EQ(leaks_of([&] { EXPECT_THROW((void)client.workspaces().get(), ServerError); }), 0);
}

TEST(WipedMemory, IsLeftByAnAsynchronousCall) {
  const Client client = client_with_secret(1);
  EXPECT_EQ(leaks_of([&] { (void)client.async().workspaces().get().get(); }), 0);
}

TEST(WipedMemory, IsLeftByTheHeadersPassedToLibcurl) {
  http::Headers headers{{"Accept", "x"}, {"Authorization", "Bearer " + secret_text()}};
  EXPECT_EQ(leaks_of([&] {
              http::detail::HeaderLines lines(headers, {"Expect"}, "gzip");
              EXPECT_NE(lines.list(), nullptr);
            }),
            0);
}

TEST(WipedMemory, IsLeftByHeadersThatGrowAndChange) {
  const Secret bearer("Bearer " + secret_text());
  EXPECT_EQ(leaks_of([&] {
              http::Headers headers;
              headers.set("Authorization", bearer.reveal());
              for (int i = 0; i < 100; ++i) headers.add("X-" + std::to_string(i), "some value");
              headers.set("X-0", "another");
              http::Headers copy = headers;
              headers.set("Authorization", "none");
              headers = std::move(copy);
              headers.clear();
              headers.add("Accept", std::string(10'000, 'x'));
            }),
            0);
}

// A std::string would store these few bytes inline, and a move would leave them there.
TEST(WipedMemory, IsLeftByShortHeaders) {
  alignas(http::Headers) std::array<unsigned char, sizeof(http::Headers)> place{};
  const auto holds_it = [&] {
    return std::string_view(reinterpret_cast<const char*>(place.data()), place.size())
               .find("h-hush") != std::string_view::npos;
  };
  auto* const headers = new (place.data()) http::Headers();
  headers->add("K", "hush-hush");
  EXPECT_EQ(*headers->find("k"), "hush-hush");
  EXPECT_FALSE(holds_it());
  const http::Headers moved = std::move(*headers);
  EXPECT_FALSE(holds_it());
  *headers = moved;
  EXPECT_FALSE(holds_it());
  std::destroy_at(headers);
  EXPECT_FALSE(holds_it());
}

TEST(WipedMemory, HoldsNothingButZeros) {
  std::string memory = "hush";
  detail::wipe(memory.data(), memory.size());
  EXPECT_EQ(memory, std::string(4, '\0'));
  detail::wipe(nullptr, 0);
}

}  // namespace
}  // namespace segment

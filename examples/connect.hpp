#pragma once

// Connects the examples to a workspace: their own sandbox, or a real one with --live.

#include <segment/client.hpp>
#include <segment/profile.hpp>
#include <segment/sandbox/sandbox.hpp>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace example {

/// What an example is called with, and the workspace that this selects. Keeps the sandbox, if there
/// is one, for as long as the example runs.
class Connection {
 public:
  /// `--live` anywhere in the arguments selects the workspace of SEGMENT_TOKEN, in SEGMENT_REGION.
  Connection(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
      const std::string_view word = argv[i];
      (word.starts_with("--") ? flags_ : words_).emplace_back(word);
    }
    if (!live()) sandbox_ = std::make_unique<segment::sandbox::Sandbox>();
  }

  [[nodiscard]] bool live() const { return has("--live"); }
  [[nodiscard]] bool has(std::string_view flag) const {
    return std::ranges::find(flags_, flag) != flags_.end();
  }
  /// The arguments that are not flags.
  [[nodiscard]] const std::vector<std::string>& words() const noexcept { return words_; }

  /// \param token the variable with the token of a real workspace.
  [[nodiscard]] segment::ClientOptions options(const std::string& token = "SEGMENT_TOKEN") const {
    if (sandbox_) return sandbox_->client_options();
    return {.token = segment::Token::from_environment(token),
            .region = region(),
            .application = "segment-examples"};
  }

 private:
  // A token works in its own region only, so a mistyped one is refused.
  [[nodiscard]] static segment::Region region() {
    const char* name = std::getenv("SEGMENT_REGION");
    if (name == nullptr || *name == '\0') return segment::Region::us;
    const std::optional<segment::Region> known = segment::parse_region(name);
    if (!known) throw std::runtime_error("SEGMENT_REGION must be us or eu");
    return *known;
  }

  std::vector<std::string> flags_;
  std::vector<std::string> words_;
  std::unique_ptr<segment::sandbox::Sandbox> sandbox_;
};

}  // namespace example

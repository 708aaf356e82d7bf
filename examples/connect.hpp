#pragma once

// Connects the examples to a workspace: their own sandbox, or a real one with --live.

#include <segment/client.hpp>
#include <segment/sandbox/sandbox.hpp>

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace example {

/// Keeps the sandbox, if there is one, for as long as the example runs.
class Connection {
 public:
  /// `--live` anywhere in the arguments selects the workspace of SEGMENT_TOKEN, in SEGMENT_REGION.
  Connection(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) live_ = live_ || std::string_view(argv[i]) == "--live";
    if (!live_) sandbox_ = std::make_unique<segment::sandbox::Sandbox>();
  }

  [[nodiscard]] bool live() const noexcept { return live_; }

  [[nodiscard]] segment::ClientOptions options() const {
    if (sandbox_) return sandbox_->client_options();
    const char* region = std::getenv("SEGMENT_REGION");
    return {.token = segment::Token::from_environment(),
            .region = region != nullptr && std::string_view(region) == "eu" ? segment::Region::eu
                                                                            : segment::Region::us,
            .application = "segment-examples"};
  }

 private:
  bool live_ = false;
  std::unique_ptr<segment::sandbox::Sandbox> sandbox_;
};

}  // namespace example

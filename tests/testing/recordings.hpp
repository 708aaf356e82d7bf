#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <utility>

#include "segment/testing/recording.hpp"
#include "support/entries.hpp"
#include "support/fake_client.hpp"

namespace segment::testing {

/// A list of one label, as the API returns it.
inline const std::string one_label = R"({"data":{"labels":[{"key":"team","value":"growth"}]}})";

/// A folder for one test, deleted at its end.
class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() /
              ("segment-recording-" + std::to_string(std::random_device{}()) + "-" +
               std::to_string(std::random_device{}()))) {
    std::filesystem::create_directory(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string file(const std::string& name = "recording.json") const {
    return (path_ / name).string();
  }
  [[nodiscard]] std::size_t files() const { return test::entries_of(path_).size(); }

 private:
  std::filesystem::path path_;
};

inline std::string text_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// A client whose exchanges with a fake transport are recorded.
struct Recorded {
  explicit Recorded(Redaction redaction = {}, std::vector<std::string> headers = {})
      : recording(std::make_shared<RecordingTransport>(
            folder.file(), RecordingOptions{.transport = fake,
                                            .redaction = std::move(redaction),
                                            .headers = std::move(headers)})),
        client(std::move(FakeClient({.transport = recording}).client)) {}

  /// The file as it would be committed.
  [[nodiscard]] std::string text() {
    recording->save();
    return text_of(folder.file());
  }
  [[nodiscard]] Json exchange(std::size_t index) {
    return Json::parse(text()).at("exchanges").at(index);
  }
  [[nodiscard]] std::shared_ptr<ReplayTransport> replay(ReplayMode mode = ReplayMode::strict) {
    recording->save();
    return std::make_shared<ReplayTransport>(folder.file(), ReplayOptions{.mode = mode});
  }

  Folder folder{};
  std::shared_ptr<FakeTransport> fake = std::make_shared<FakeTransport>();
  std::shared_ptr<RecordingTransport> recording;
  Client client;
};

/// A client whose responses come from a recording, with a different token than the recorded one.
inline Client replayed(std::shared_ptr<http::Transport> transport) {
  return FakeClient({.token = Token("another-token-altogether"), .transport = std::move(transport)})
      .client;
}

}  // namespace segment::testing

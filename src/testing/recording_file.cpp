#include "testing/recording_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <system_error>
#include <utility>

#include "segment/error.hpp"
#include "testing/exchange.hpp"

namespace segment::inline SEGMENT_ABI::testing::detail {

namespace {

namespace fs = std::filesystem;

// Says what the file is, and which form it has.
constexpr std::string_view form_member = "segmentRecording";
constexpr int form_version = 1;

[[noreturn]] void refuse(const std::string& path, const std::string& reason) {
  throw ConfigurationError("the recording " + path + " " + reason);
}

// Beside the file, so that it can be renamed without being copied.
std::string temporary_path(const std::string& path) {
  return path + "." + std::to_string(std::random_device{}()) + ".tmp";
}

bool write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  return file.good();
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file || fs::is_directory(path)) refuse(path, "cannot be opened");
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad()) refuse(path, "cannot be read");
  return text;
}

void check_exchange(const Json& exchange) {
  const Json& request = exchange.at("request");
  (void)request.at("method").as_string();
  (void)request.at("path").as_string();
  if (const Json* query = request.find("query")) {
    for (const Json& parameter : query->as_array()) (void)parameter.as_string();
  }
  (void)outcome_of(exchange);
}

}  // namespace

void check_folder(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  std::error_code ignored;
  if (path.empty()) throw ConfigurationError("a recording needs the path of a file");
  if (!folder.empty() && !fs::is_directory(folder, ignored)) {
    refuse(path, "cannot be written: its folder is not there");
  }
}

void write_recording(const std::string& path, Json::Array exchanges) {
  const Json recording =
      Json::object({{std::string(form_member), form_version}, {"exchanges", std::move(exchanges)}});
  const std::string temporary = temporary_path(path);
  std::error_code error;
  if (!write_file(temporary, recording.dump(2) + "\n")) {
    fs::remove(temporary, error);
    refuse(path, "cannot be written");
  }
  fs::rename(temporary, path, error);
  if (!error) return;
  const std::string reason = error.message();
  fs::remove(temporary, error);
  refuse(path, "cannot be written: " + reason);
}

std::vector<Json> read_recording(const std::string& path) {
  const std::string text = read_file(path);
  std::size_t number = 0;
  try {
    const Json recording = Json::parse(text);
    if (recording.at(form_member) != Json(form_version)) {
      refuse(path, "has a form that this version cannot read");
    }
    Json::Array exchanges = recording.at("exchanges").as_array();
    for (const Json& exchange : exchanges) {
      ++number;
      check_exchange(exchange);
    }
    return exchanges;
  } catch (const ConfigurationError&) {
    throw;
  } catch (const Error& error) {
    const std::string place = number > 0 ? " in exchange " + std::to_string(number) : "";
    refuse(path, "cannot be understood" + place + ": " + error.what());
  }
}

}  // namespace segment::inline SEGMENT_ABI::testing::detail

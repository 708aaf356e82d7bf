#include "completion/id_cache.hpp"

#include <sys/stat.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <system_error>

#include "input/files.hpp"

namespace segment::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds longest_age{60};
constexpr std::chrono::seconds longest_age_of_failure{10};

// As the XDG specification says: anything but an absolute path counts as not set.
std::string folder_in(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && value[0] == '/' ? value : "";
}

fs::path cache_folder() {
  if (const std::string folder = folder_in("XDG_CACHE_HOME"); !folder.empty()) {
    return fs::path(folder) / "segment" / "completion";
  }
  const std::string home = folder_in("HOME");
  return home.empty() ? fs::path() : fs::path(home) / ".cache" / "segment" / "completion";
}

// FNV-1a: the same in every run.
std::string hash_of(const std::string& key) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
  return text.data();
}

std::optional<std::chrono::seconds> age_of(const fs::path& file) {
  std::error_code failure;
  const auto written = fs::last_write_time(file, failure);
  if (failure) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::seconds>(fs::file_time_type::clock::now() -
                                                          written);
}

}  // namespace

std::optional<Json> cached_ids(const std::string& key) {
  const fs::path folder = cache_folder();
  if (folder.empty()) return std::nullopt;
  const fs::path file = folder / (hash_of(key) + ".json");
  const auto age = age_of(file);
  if (!age || *age > longest_age || *age < std::chrono::seconds(0)) return std::nullopt;
  try {
    Json kept = Json::parse(read_text_if_there(file).value_or(""));
    const Json* of = kept.find("key");
    const Json* ids = kept.find("ids");
    if (of == nullptr || ids == nullptr || *of != Json(key)) return std::nullopt;
    if (ids->is_null() && *age > longest_age_of_failure) return std::nullopt;
    return *ids;
  } catch (const std::exception&) {
    return std::nullopt;  // another key's file, or half a file
  }
}

void cache_ids(const std::string& key, const Json& ids) {
  const fs::path folder = cache_folder();
  if (folder.empty()) return;
  ::umask(S_IRWXG | S_IRWXO);
  std::error_code failure;
  fs::create_directories(folder, failure);
  const fs::path file = folder / (hash_of(key) + ".json");
  try {
    replace_file(file, Json::object({{"key", key}, {"ids", ids}}).dump(), S_IRUSR | S_IWUSR);
  } catch (const std::exception&) {
    return;  // the next run asks again
  }
}

}  // namespace segment::cli

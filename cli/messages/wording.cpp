#include "messages/wording.hpp"

#include <string_view>

namespace segment::cli {

namespace {

struct Wording {
  std::string_view library;
  std::string_view here;
};

// Only phrases that no server would write: messages contain the server's texts too, and those stay
// as they are.
constexpr Wording wordings[] = {
    {"set masked_secrets of the client or the call to strip", "pass --masked-secrets strip"},
    {"set it to the API token", "set it to the API token, or run segment configure"},
    {"name its file in CurlOptions::ca_file", "name its file with --ca-file or SSL_CERT_FILE"},
    {"the files named in CurlOptions",
     "the file given with --ca-file, CURL_CA_BUNDLE, SSL_CERT_FILE or SSL_CERT_DIR"},
    {"belongs to the client's region",
     "belongs to the region in use (SEGMENT_REGION or the profile's region)"},
    {"max_response_bytes allows", "this program reads"},
    {"give the client Region::eu", "set SEGMENT_REGION to eu"},
    {"give the client Region::us", "set SEGMENT_REGION to us"},
};

}  // namespace

std::string in_words_of_the_command_line(std::string message) {
  for (const auto& [library, here] : wordings) {
    std::size_t at = 0;
    while ((at = message.find(library, at)) != std::string::npos) {
      message.replace(at, library.size(), here);
      at += here.size();
    }
  }
  return message;
}

}  // namespace segment::cli

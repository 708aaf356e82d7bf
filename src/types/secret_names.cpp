#include "types/text.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "segment/helpers/secrets.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

// Secret wherever they occur in a name.
constexpr std::string_view secret_words[] = {"accesskey",  "accountkey",       "adminkey",
                                             "apikey",     "appkey",           "applicationkey",
                                             "authkey",    "authorization",    "bearer",
                                             "clientkey",  "connectionstring", "consumerkey",
                                             "cookie",     "credential",       "encryptionkey",
                                             "hmac",       "integrationkey",   "jwt",
                                             "keypair",    "licensekey",       "masterkey",
                                             "passcode",   "passphrase",       "passwd",
                                             "password",   "privatekey",       "restkey",
                                             "secret",     "serverkey",        "serviceaccount",
                                             "servicekey", "sessionid",        "sessionkey",
                                             "sharedkey",  "signature",        "signingkey",
                                             "sshkey",     "storagekey",       "subscriptionkey",
                                             "token",      "webhookkey",       "writekey"};

// Secret only as the whole name; within others they mean something else.
constexpr std::string_view secret_names[] = {"auth", "oauth", "otp", "pass", "pin",
                                             "pwd",  "salt",  "sas", "sig"};

constexpr std::string_view key_marks[] = {"sgp_",     "ghp_",     "gho_",  "ghs_",  "github_pat_",
                                          "glpat-",   "xoxb-",    "xoxp-", "xoxa-", "sk_live_",
                                          "sk_test_", "rk_live_", "AKIA",  "AIza"};

// `credentialId` and `tokenType` refer to a secret without being one.
bool only_tells_of_a_secret(std::string_view bare) {
  if (bare.ends_with("type") || bare.ends_with("name")) return true;
  const auto has = [&](std::string_view word) { return bare.find(word) != bare.npos; };
  const bool is_id = bare.ends_with("id") || bare.ends_with("ids");
  return is_id && (has("credential") || has("token"));
}

bool has_secret_name_in(const Json& object, std::string_view member) {
  const Json* name = object.find(member);
  return name != nullptr && name->is_string() && is_secret_name(name->as_string());
}

}  // namespace

}  // namespace segment::inline SEGMENT_ABI::detail

namespace segment::inline SEGMENT_ABI {

bool is_secret_name(std::string_view name) {
  const std::string bare = detail::bare_name(name);
  if (std::ranges::find(detail::secret_names, bare) != std::end(detail::secret_names)) return true;
  return !detail::only_tells_of_a_secret(bare) &&
         std::ranges::any_of(detail::secret_words,
                             [&](std::string_view word) { return bare.find(word) != bare.npos; });
}

bool is_secret_pair(const Json& object) {
  const Json* flag = object.find("sensitive");
  return (flag != nullptr && flag->is_bool() && flag->as_bool()) ||
         detail::has_secret_name_in(object, "name") || detail::has_secret_name_in(object, "key");
}

bool looks_like_key(std::string_view text) {
  if (text.find("-----BEGIN") != text.npos && text.find("PRIVATE KEY") != text.npos) return true;
  constexpr std::size_t shortest = 16;
  if (text.size() < shortest || text.find_first_of(" \t\r\n") != text.npos) return false;
  if (text.starts_with("eyJ") && std::ranges::count(text, '.') == 2) return true;
  return std::ranges::any_of(detail::key_marks, [&](auto mark) { return text.starts_with(mark); });
}

}  // namespace segment::inline SEGMENT_ABI

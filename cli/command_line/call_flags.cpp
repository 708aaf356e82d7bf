#include "command_line/call_flags.hpp"

#include <CLI/CLI.hpp>
#include <charconv>
#include <chrono>
#include <cmath>
#include <fstream>

#include "messages/errors.hpp"

namespace segment::cli {

namespace {

using std::chrono::milliseconds;

// Years: enough for any wait, and far from the ends of every clock.
constexpr double longest_timeout = 1e9;

template <class Number>
std::optional<Number> number_of(const std::string& text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stopped, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc{} || stopped != end) return std::nullopt;
  return number;
}

milliseconds timeout_of(const std::string& text) {
  const auto seconds = number_of<double>(text);
  if (!seconds || !(*seconds > 0) || !(*seconds <= longest_timeout)) {
    throw Malformed("--timeout must be a number of seconds above zero");
  }
  return milliseconds(static_cast<long long>(std::ceil(*seconds * 1000)));
}

int attempts_of(const std::string& text) {
  const auto attempts = number_of<int>(text);
  if (!attempts || *attempts < 1) throw Malformed("--attempts must be a whole number, at least 1");
  return *attempts;
}

ApiVersion version_of(const std::string& text) {
  for (const auto version : {ApiVersion::v1, ApiVersion::v2, ApiVersion::beta, ApiVersion::alpha}) {
    if (to_string(version) == text) return version;
  }
  throw Malformed("--version must be v1, v2, beta or alpha");
}

MaskedSecrets masked_secrets_of(const std::string& text) {
  if (text == "refuse") return MaskedSecrets::refuse;
  if (text == "strip") return MaskedSecrets::strip;
  if (text == "send") return MaskedSecrets::send;
  throw Malformed("--masked-secrets must be refuse, strip or send");
}

ShortLists short_lists_of(const std::string& text) {
  if (text == "report") return ShortLists::report;
  if (text == "refuse") return ShortLists::refuse;
  throw Malformed("--short-lists must be report or refuse");
}

void check_ca_file(const std::string& name) {
  if (!std::ifstream(name)) throw Malformed("the file given with --ca-file cannot be opened");
}

}  // namespace

CallOptions CallFlags::call_options() const {
  CallOptions options;
  if (timeout) options.timeout = timeout_of(*timeout);
  if (attempts) options.max_attempts = attempts_of(*attempts);
  if (version) options.version = version_of(*version);
  if (masked_secrets) options.masked_secrets = masked_secrets_of(*masked_secrets);
  if (short_lists) options.short_lists = short_lists_of(*short_lists);
  if (ca_file) check_ca_file(*ca_file);
  return options;
}

std::optional<Format> CallFlags::format() const {
  return output ? std::optional(format_named(*output)) : std::nullopt;
}

std::optional<JsonPointer> CallFlags::pointer() const {
  return query ? std::optional(JsonPointer(*query)) : std::nullopt;
}

void refuse_empty(CLI::Option& option) {
  option.check([](const std::string& typed) {
    return typed.empty() ? std::string("the value is empty") : std::string();
  });
}

void add_call_flags(CLI::App& command, CallFlags& flags) {
  refuse_empty(*command
                    .add_option("--profile", flags.profile,
                                "The profile of the configuration to use; see segment configure")
                    ->type_name("NAME"));
  command
      .add_option("--timeout", flags.timeout,
                  "Give up on a call after this time, which includes retries and waits")
      ->type_name("SECONDS");
  command.add_option("--attempts", flags.attempts, "The maximum number of attempts of a call")
      ->type_name("N");
  command.add_option("--ca-file", flags.ca_file, "Trust the certificate authorities of this file")
      ->type_name("FILE");
#if defined(SEGMENT_CLI_HAS_SANDBOX)
  command.add_flag("--sandbox", flags.sandbox,
                   "Call a sandbox that runs for the duration of the command");
#else
  command.add_flag("--sandbox", flags.sandbox, "Not in this build");
#endif
  command.add_flag("-v,--verbose", flags.verbose, "Log each attempt on standard error");
}

void add_output_flags(CLI::App& command, CallFlags& flags) {
  command
      .add_option("--output", flags.output,
                  "How the result is printed: a table for people (the default), or for programs; "
                  "jsonl is one item per line")
      ->type_name("table|json|jsonl|csv|yaml");
  command
      .add_option("--query", flags.query,
                  "Print only the value at this JSON pointer (RFC 6901) of the result, for "
                  "example /sources/0/id")
      ->type_name("POINTER");
}

void add_dry_run_flags(CLI::App& command, CallFlags& flags) {
  const auto set = [&flags](DryRun how) {
    return [&flags, how](std::int64_t) { flags.dry_run = how; };
  };
  command.add_flag("--dry-run", set(DryRun::request),
                   "Show the request instead of sending it, with $SEGMENT_TOKEN for the token");
  command.add_flag("--curl", set(DryRun::curl), "Show it as a curl command");
}

void add_yes_flag(CLI::App& command, CallFlags& flags) {
  command.add_flag("--yes", flags.yes, "Delete without asking; scripts must pass it");
}

void add_version_flag(CLI::App& command, CallFlags& flags) {
  command.add_option("--version", flags.version, "The version of the API to ask for")
      ->type_name("v1|v2|beta|alpha");
}

void add_masked_secrets_flag(CLI::App& command, CallFlags& flags) {
  command
      .add_option("--masked-secrets", flags.masked_secrets,
                  "Masked secrets in the body: refuse the call (the default), leave them out, or "
                  "send them as they are")
      ->type_name("refuse|strip|send");
}

void add_short_lists_flag(CLI::App& command, CallFlags& flags, ShortLists usual) {
  const std::string what = "A list that ends with fewer items than the API counts: ";
  const bool reports = usual == ShortLists::report;
  command
      .add_option("--short-lists", flags.short_lists,
                  what + (reports ? "report it on standard error (the default), or refuse it"
                                  : "refuse it (the default), or report it on standard error"))
      ->type_name(reports ? "report|refuse" : "refuse|report");
}

}  // namespace segment::cli

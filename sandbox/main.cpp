// A Segment workspace in a box, as a program: runs until it is told to stop.

#include <segment/sandbox/sandbox.hpp>

#include <charconv>
#include <csignal>
#include <cstdint>
#include <exception>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace {

constexpr std::string_view usage =
    R"(usage: segment-sandbox [OPTIONS]

Serves a made-up Segment workspace on 127.0.0.1 until it is interrupted.

  --port N             listen here; by default on any free port
  --token TEXT         the only token to accept
  --extra-sources N    additional sources, to page through
  --no-rate-limits     limit no rates
  --no-seed            begin with an empty workspace
  --strict             refuse unknown members of an input
  --max-rules N        the most rules of a tracking plan in one request (200)
  --max-connections N  the most concurrent connections (512)
  --log-size N         how many of the most recent requests to keep (10000);
                       GET /_sandbox/requests shows them
)";

template <class Number>
Number number(std::string_view flag, std::string_view text) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw std::invalid_argument(std::string(flag) + " wants a number");
  }
  return value;
}

// Nothing where help was asked for.
std::optional<segment::sandbox::SandboxOptions> parse(int argc, char** argv) {
  segment::sandbox::SandboxOptions options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view flag = argv[i];
    const auto value = [&]() -> std::string_view {
      if (i + 1 >= argc) throw std::invalid_argument(std::string(flag) + " wants a value");
      return argv[++i];
    };
    if (flag == "--help" || flag == "-h") return std::nullopt;
    if (flag == "--port") {
      options.port = number<std::uint16_t>(flag, value());
    } else if (flag == "--token") {
      options.token = value();
    } else if (flag == "--extra-sources") {
      options.extra_sources = number<std::size_t>(flag, value());
    } else if (flag == "--no-rate-limits") {
      options.rate_limits = false;
    } else if (flag == "--no-seed") {
      options.seed = false;
    } else if (flag == "--strict") {
      options.refuse_unknown_members = true;
    } else if (flag == "--max-rules") {
      options.max_rules = number<std::size_t>(flag, value());
    } else if (flag == "--max-connections") {
      options.max_connections = number<std::size_t>(flag, value());
    } else if (flag == "--log-size") {
      options.max_logged_requests = number<std::size_t>(flag, value());
    } else {
      throw std::invalid_argument("there is no " + std::string(flag));
    }
  }
  return options;
}

// Blocked here and in every thread to come, so that only the wait below takes them.
sigset_t blocked_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

}  // namespace

int main(int argc, char** argv) try {
  auto options = parse(argc, argv);
  if (!options) {
    std::cout << usage;
    return 0;
  }
  const sigset_t signals = blocked_signals();
  const segment::sandbox::Sandbox sandbox(std::move(*options));
  std::cout << "base URL  " << sandbox.base_url() << "\ntoken     " << sandbox.token()
            << "\nexport SEGMENT_BASE_URL=" << sandbox.base_url()
            << " SEGMENT_TOKEN=" << sandbox.token() << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  return 0;
} catch (const std::invalid_argument& error) {
  std::cerr << "error: " << error.what() << "\n\n" << usage;
  return 2;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}

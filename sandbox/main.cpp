// A Segment workspace in a box, as a program: it runs until it is interrupted.

#include <segment/error.hpp>
#include <segment/helpers/text.hpp>
#include <segment/sandbox/sandbox.hpp>
#include <segment/version.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <iostream>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace {

constexpr std::string_view usage =
    R"(usage: segment-sandbox [OPTIONS]

Serves a made-up Segment workspace on 127.0.0.1 until it is interrupted.

  --port N             listen here; by default on any free port
  --token TEXT         the only token to accept
  --extra-sources N    additional sources, to page through
  --no-rate-limits     turn rate limits off
  --rate-limit N       allow at most N requests a minute, over all operations
  --fault OPERATION=FAULT
                       make an operation, or with * every one, misbehave:
                       status=503, delay=200 (milliseconds), cut, reset; with times=2 only
                       twice. --fault listSources=status=503,times=2
  --no-seed            start with an empty workspace
  --strict             refuse unknown members of an input, and settings that
                       the kind of destination does not have
  --max-rules N        the maximum number of tracking plan rules in one request
                       (200)
  --max-connections N  the maximum number of concurrent connections (512)
  --log-size N         how many of the most recent requests to keep (10000);
                       GET /_sandbox/requests shows them
  --version            print the version and exit

A request can ask for a fault itself: X-Sandbox-Fault: status=503
)";

constexpr std::string_view version = "segment-sandbox " SEGMENT_PUBLIC_API_VERSION "\n";

constexpr std::string_view flags[] = {
    "--port",    "--token",  "--extra-sources", "--rate-limit", "--no-rate-limits", "--fault",
    "--no-seed", "--strict", "--max-rules",     "--log-size",   "--max-connections"};

template <class Number>
Number number(std::string_view flag, std::string_view text, Number least = 0) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < least) {
    throw std::invalid_argument(std::string(flag) + " takes a number from " +
                                std::to_string(least) + " to " +
                                std::to_string(std::numeric_limits<Number>::max()));
  }
  return value;
}

struct InjectedFault {
  std::string operation;
  segment::sandbox::Fault fault;
};

struct Wanted {
  segment::sandbox::SandboxOptions options{};
  std::vector<InjectedFault> faults{};
  std::string_view only_says{};  // and then it exits
};

InjectedFault fault_in(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos) {
    throw std::invalid_argument("--fault takes an operation and a fault: listSources=status=503");
  }
  return {.operation = std::string(text.substr(0, equals)),
          .fault = segment::sandbox::Fault::parse(text.substr(equals + 1))};
}

[[noreturn]] void refuse_flag(std::string_view flag) {
  throw std::invalid_argument("there is no flag " + std::string(flag) +
                              segment::did_you_mean(segment::nearest_name(flag, flags)));
}

// Sets a flag that takes a value.
void set(Wanted& wanted, std::string_view flag, std::string_view value) {
  segment::sandbox::SandboxOptions& options = wanted.options;
  if (flag == "--port") {
    options.port = number<std::uint16_t>(flag, value);
  } else if (flag == "--token") {
    if (value.empty()) throw std::invalid_argument("--token must not be empty");
    options.token = value;
  } else if (flag == "--extra-sources") {
    options.extra_sources = number<std::size_t>(flag, value);
  } else if (flag == "--rate-limit") {
    options.token_limit = {.requests = number<std::uint16_t>(flag, value, 1),
                           .per = segment::RatePeriod::minute};
  } else if (flag == "--fault") {
    wanted.faults.push_back(fault_in(value));
  } else if (flag == "--max-rules") {
    options.max_rules = number<std::size_t>(flag, value, 1);
  } else if (flag == "--max-connections") {
    options.max_connections = number<std::size_t>(flag, value, 1);
  } else if (flag == "--log-size") {
    options.max_logged_requests = number<std::size_t>(flag, value);
  } else {
    refuse_flag(flag);
  }
}

Wanted parse(int argc, char** argv) {
  Wanted wanted;
  for (int i = 1; i < argc; ++i) {
    const std::string_view flag = argv[i];
    if (flag == "--help" || flag == "-h" || flag == "--version") {
      wanted.only_says = flag == "--version" ? version : usage;
      return wanted;
    }
    if (flag == "--no-rate-limits") {
      wanted.options.rate_limits = false;
    } else if (flag == "--no-seed") {
      wanted.options.seed = false;
    } else if (flag == "--strict") {
      wanted.options.refuse_unknown_members = true;
    } else if (std::ranges::find(flags, flag) == std::end(flags)) {
      refuse_flag(flag);
    } else if (i + 1 == argc) {
      throw std::invalid_argument(std::string(flag) + " needs a value");
    } else {
      set(wanted, flag, argv[++i]);
    }
  }
  return wanted;
}

// Blocked here and in every thread started later, so that only the wait below receives them.
sigset_t blocked_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// A socket would take the number of a closed stream, and then get what is written to the stream.
// What takes its place is opened the wrong way round, so that using it is still an error.
void occupy_closed_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(stream, F_GETFD) >= 0) continue;
    static_cast<void>(::open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY));
  }
}

}  // namespace

int main(int argc, char** argv) try {
  occupy_closed_streams();
  Wanted wanted = parse(argc, argv);
  if (!wanted.only_says.empty()) {
    std::cout << wanted.only_says;
    return 0;
  }
  const sigset_t signals = blocked_signals();
  segment::sandbox::Sandbox sandbox(std::move(wanted.options));
  for (InjectedFault& each : wanted.faults) sandbox.next(each.operation, std::move(each.fault));
  std::cout << "base URL  " << sandbox.base_url() << "\ntoken     " << sandbox.token()
            << "\nexport SEGMENT_BASE_URL=" << sandbox.base_url()
            << " SEGMENT_TOKEN=" << sandbox.token() << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  return 0;
} catch (const std::invalid_argument& error) {
  std::cerr << "error: " << error.what() << "; --help lists the flags\n";
  return 2;
} catch (const segment::InvalidArgumentError& error) {
  std::cerr << "error: --fault: " << error.what() << "; --help lists the flags\n";
  return 2;
} catch (const std::system_error& error) {
  const bool is_port =
      error.code() == std::errc::address_in_use || error.code() == std::errc::permission_denied;
  std::cerr << "error: " << error.what() << (is_port ? "; omit --port for a free one\n" : "\n");
  return 1;
} catch (const std::exception& error) {
  std::cerr << "error: " << error.what() << '\n';
  return 1;
}

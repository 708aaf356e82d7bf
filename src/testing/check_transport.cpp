#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "testing/far_end.hpp"
#include "testing/findings.hpp"

namespace segment::inline SEGMENT_ABI::testing {

namespace {

using detail::FarEnd;
using detail::Findings;
using http::FailureKind;
using std::chrono::milliseconds;

std::string response_text(int status, std::string_view headers, std::string_view body) {
  std::string text = "HTTP/1.1 " + std::to_string(status) + " -\r\nConnection: close\r\n";
  text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  return text.append(headers).append("\r\n").append(body);
}

std::string describe(const http::Outcome& outcome) {
  if (const auto* response = std::get_if<http::Response>(&outcome)) {
    return "a response of status " + std::to_string(response->status) + " came, with a body of " +
           std::to_string(response->body.size()) + " bytes";
  }
  const auto& failure = std::get<http::Failure>(outcome);
  return "it failed (" + std::string(to_string(failure.kind)) +
         (failure.may_have_been_sent ? ", may have been sent): " : ", not sent): ") +
         failure.message;
}

bool failed_with(const http::Outcome& outcome, FailureKind kind) {
  const auto* failure = std::get_if<http::Failure>(&outcome);
  return failure != nullptr && failure->kind == kind;
}

/// A transport under check and the server that it reaches.
struct TransportCheck {
  http::Transport& transport;
  FarEnd& far_end;
  Findings& findings;

  [[nodiscard]] http::Request get(std::string_view target) const {
    return {.url = far_end.url(target), .idempotent = true};
  }
  [[nodiscard]] bool is_response(const http::Outcome& outcome, int status, std::string_view body) {
    const auto* response = std::get_if<http::Response>(&outcome);
    return findings.expect(
        response != nullptr && response->status == status && response->body == body,
        describe(outcome));
  }
  void expect_failure(const http::Outcome& outcome, FailureKind kind, bool may_have_been_sent) {
    const auto* failure = std::get_if<http::Failure>(&outcome);
    findings.expect(failure != nullptr && failure->kind == kind &&
                        failure->may_have_been_sent == may_have_been_sent,
                    describe(outcome));
  }
};

void check_request(TransportCheck check) {
  using http::Method;
  for (const Method method :
       {Method::get, Method::post, Method::put, Method::patch, Method::delete_}) {
    check.far_end.reset();
    http::Request request = check.get("/a/b%20c?count=3&cursor=Mw%3D%3D");
    request.method = method;
    request.headers = {{"X-One", "1"}, {"X-Two", "two words; and more"}};
    if (method != Method::get) request.body = R"({"name":"é"})";
    (void)check.transport.send(request);
    const auto received = check.far_end.received();
    const std::string name(to_string(method));
    if (!check.findings.expect(received.size() == 1,
                               name + " came " + std::to_string(received.size()) + " times")) {
      continue;
    }
    check.findings.expect(received[0].method == name, name + " came as " + received[0].method);
    check.findings.expect(received[0].target == "/a/b%20c?count=3&cursor=Mw%3D%3D",
                          "the target came as " + received[0].target);
    check.findings.expect(received[0].body == request.body.value_or(""),
                          "the body of a " + name + " did not come as it was");
    for (const http::HeaderView header : request.headers) {
      const auto value = received[0].headers.find(header.name);
      check.findings.expect(value == header.value,
                            "the header " + std::string(header.name) + " did not come as it was");
    }
  }
}

void check_statuses(TransportCheck check) {
  for (const int status : {200, 201, 302, 404, 429, 500, 503}) {
    check.far_end.next(response_text(status, "Location: /elsewhere\r\nVia: a\r\nVia: b\r\n", "{}"));
    const http::Outcome outcome = check.transport.send(check.get("/status"));
    if (!check.is_response(outcome, status, "{}")) continue;
    const auto& headers = std::get<http::Response>(outcome).headers;
    check.findings.expect(std::ranges::count_if(headers,
                                                [](http::HeaderView header) {
                                                  return http::same_name(header.name, "via");
                                                }) == 2,
                          "of two headers of one name not both came back");
  }
}

void check_bodies(TransportCheck check) {
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes.push_back(static_cast<char>(i * 7 + i / 256));
  check.far_end.next(response_text(200, "", bytes));
  (void)check.is_response(check.transport.send(check.get("/bytes")), 200, bytes);
  check.far_end.next(response_text(200, "", std::string(1001, 'x')));
  http::Request request = check.get("/large");
  request.limits.max_response_bytes = 1000;
  check.expect_failure(check.transport.send(request), FailureKind::too_large, true);
}

void check_stopped_before(TransportCheck check) {
  std::stop_source stop;
  stop.request_stop();
  http::Request request = check.get("/stopped");
  request.stop = stop.get_token();
  check.expect_failure(check.transport.send(request), FailureKind::cancelled, false);
  check.findings.expect(check.far_end.received().empty(), "it was sent");
}

void check_stopped_meanwhile(TransportCheck check) {
  check.far_end.hold_next();
  std::stop_source stop;
  http::Request request = check.get("/held");
  request.stop = stop.get_token();
  std::jthread stopper([&] {
    (void)check.findings.wait_for([&] { return !check.far_end.received().empty(); });
    stop.request_stop();
  });
  const http::Outcome outcome = check.transport.send(request);
  check.findings.expect(failed_with(outcome, FailureKind::cancelled), describe(outcome));
}

void check_timeout(TransportCheck check) {
  check.far_end.hold_next();
  http::Request request = check.get("/held");
  request.limits.attempt_timeout = milliseconds{100};
  const http::Outcome outcome = check.transport.send(request);
  check.findings.expect(failed_with(outcome, FailureKind::timeout), describe(outcome));
}

void check_broken(TransportCheck check) {
  check.far_end.next({});
  http::Request request = check.get("/broken");
  request.method = http::Method::post;
  request.body = "{}";
  request.idempotent = false;
  const http::Outcome outcome = check.transport.send(request);
  const auto* failure = std::get_if<http::Failure>(&outcome);
  check.findings.expect(failure != nullptr && failure->may_have_been_sent, describe(outcome));
  check.findings.expect(
      check.far_end.received().size() == 1,
      "it was sent " + std::to_string(check.far_end.received().size()) + " times");
  (void)check.is_response(check.transport.send(check.get("/next")), 200, "/next");
}

void check_refused(TransportCheck check, milliseconds patience) {
  std::string gone;
  {
    const FarEnd other(patience);
    gone = other.url("/");
  }
  check.expect_failure(check.transport.send({.url = gone, .idempotent = true}),
                       FailureKind::connect, false);
}

void check_threads_of_transport(TransportCheck check) {
  std::atomic<int> own = 0;
  check.findings.run_in_threads(8, [&](int number) {
    const std::string target = "/of/" + std::to_string(number);
    for (int n = 0; n < 4; ++n) {
      const http::Outcome outcome = check.transport.send(check.get(target));
      const auto* response = std::get_if<http::Response>(&outcome);
      if (response != nullptr && response->body == target) ++own;
    }
  });
  check.findings.expect(own == 32, "only " + std::to_string(own) + " of 32 got their own response");
}

/// A request that was started. Kept for as long as anybody may complete it.
struct Started {
  http::Request request{};
  std::mutex mutex{};
  std::vector<http::Outcome> outcomes{};

  [[nodiscard]] std::size_t count() {
    const std::scoped_lock lock(mutex);
    return outcomes.size();
  }
};

void check_start(TransportCheck check) {
  const auto started = std::make_shared<Started>();
  started->request = check.get("/started");
  const auto done = [started](http::Outcome outcome) {
    const std::scoped_lock lock(started->mutex);
    started->outcomes.push_back(std::move(outcome));
  };
  const auto engine = check.transport.engine();
  if (engine != nullptr) {
    engine->start(started->request, done);
  } else {
    check.transport.start(started->request, done);
  }
  (void)check.findings.wait_for([&] {
    if (engine != nullptr && started->count() == 0) engine->poll(milliseconds{10});
    return started->count() > 0;
  });
  const std::size_t count = started->count();
  if (!check.findings.expect(count == 1, "it was called " + std::to_string(count) + " times")) {
    return;
  }
  (void)check.is_response(started->outcomes.front(), 200, "/started");
}

}  // namespace

std::vector<ConformanceFinding> check_transport(http::Transport& transport,
                                                const ConformanceOptions& options) {
  Findings findings(options);
  FarEnd far_end(options.patience);
  const auto run = [&](const char* rule, const auto& part) {
    findings.run(rule, [&] {
      far_end.reset();
      part(TransportCheck{transport, far_end, findings});
    });
  };
  run("A request arrives unchanged, once.", check_request);
  run("A response is one whatever its status, and no redirect is followed.", check_statuses);
  run("A body may hold any byte, and is bounded.", check_bodies);
  run("A request that is already stopped is not sent.", check_stopped_before);
  run("A stop ends a request.", check_stopped_meanwhile);
  run("The time of an attempt is kept.", check_timeout);
  run("A connection that breaks is a failure, and a POST is not sent again.", check_broken);
  run("A connection that is refused is a failure that was not sent.",
      [&](TransportCheck check) { check_refused(check, options.patience); });
  run("Many threads may send at the same time.", check_threads_of_transport);
  run("What is started is completed once.", check_start);
  return std::move(findings).all();
}

}  // namespace segment::inline SEGMENT_ABI::testing

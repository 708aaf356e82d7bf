#include "engine/engine.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <string>
#include <utility>

#include "engine/audit.hpp"
#include "engine/dates.hpp"
#include "engine/input.hpp"
#include "engine/replies.hpp"
#include "engine/version.hpp"
#include "http/syntax.hpp"
#include "operations/prepared_call.hpp"
#include "segment/api/operations.hpp"
#include "segment/error.hpp"
#include "segment/helpers/text.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

namespace {

// The operations that return 201; every other one returns 200.
constexpr std::array<std::string_view, 8> creating = {"addConnectionFromSourceToWarehouse",
                                                      "createCredential",
                                                      "createInvites",
                                                      "createLabel",
                                                      "createProfilesWarehouse",
                                                      "createReverseEtlModel",
                                                      "createSource",
                                                      "createWarehouse"};

int success_status(const Operation& operation) {
  return std::ranges::find(creating, operation.id) != creating.end() ? 201 : 200;
}

std::string_view header(const WireRequest& request, std::string_view name) {
  return request.headers.find(name).value_or("");
}

// What the server library makes of a header's value: it resolves percent escapes.
std::string as_received(std::string_view value) {
  std::string received;
  while (!value.empty()) {
    const auto byte = detail::escaped_byte(value);
    received += byte.value_or(value.front());
    value.remove_prefix(byte ? 3 : 1);
  }
  return received;
}

}  // namespace

Engine::Engine(const SandboxOptions& options, std::stop_token stop)
    : options_(options),
      stop_(std::move(stop)),
      router_(operations::all()),
      handlers_(all_handlers()),
      limiter_(options, *options.clock),
      log_(options.max_logged_requests) {
  add_seed(world_, {options_, router_, handlers_, limiter_});
}

void Engine::next(std::string_view operation, Fault fault) {
  if (operation != "*" && router_.by_id(operation) == nullptr) {
    throw InvalidArgumentError("the sandbox knows no operation " + std::string(operation));
  }
  if (fault.response_status != 0 && (fault.response_status < 200 || fault.response_status > 599)) {
    throw InvalidArgumentError("a fault's status is from 200 to 599");
  }
  if (fault.times < 1) throw InvalidArgumentError("a fault must affect at least one call");
  faults_.add(operation, std::move(fault));
}

WireReply Engine::answer(const WireRequest& request) {
  if (request.method == "GET" && request.target == request_log_path) return read_log(request);
  return answer_and_log(request);
}

// Not a request of the API, so it is not logged itself.
WireReply Engine::read_log(const WireRequest& request) const {
  WireReply reply;
  try {
    authorize(request);
    reply.headers.set("Content-Type", "application/json");
    reply.body = log_.body();
  } catch (const Refusal& refusal) {
    reply = reply_to(refusal);
  }
  reply.headers.set("X-Request-Id", "req_sandbox");
  return reply;
}

WireReply Engine::answer_and_log(const WireRequest& request) {
  RequestRecord record{.operation = {},
                       .method = request.method,
                       .path = {},
                       .status = 500,
                       .request_id = "req_" + made_up_text("request", ++answered_, 20)};
  WireReply reply;
  try {
    reply = serve(request, record);
  } catch (const Refusal& refusal) {
    reply = reply_to(refusal);
  } catch (const std::exception& error) {
    const std::string text = std::string("The sandbox failed: ") + error.what();
    reply = reply_to(refuse(500, "server", one_line(text)));
  }
  reply.headers.set("X-Request-Id", record.request_id);
  if (!reply.headers.find("Date")) {
    reply.headers.add("Date", dated(options_.clock->system_now(), "GMT"));
  }
  record.status = reply.status;
  log_.add(std::move(record));
  return reply;
}

// A fault comes first, as from a gateway in front. Then come the token, the operation, the rate
// limit, and the input.
WireReply Engine::serve(const WireRequest& request, RequestRecord& record) {
  const std::string_view target = request.target;
  const std::size_t question = std::min(target.find('?'), target.size());
  const std::string_view query = target.substr(std::min(question + 1, target.size()));
  auto route = router_.find(request.method, target.substr(0, question));
  if (route) {
    record.operation = route->call->id;
    record.path = route->call->path;
  }
  const auto fault = faults_.take(record.operation, header(request, fault_header));
  if (fault) wait(fault->wait);
  WireReply reply;
  if (fault && fault->response_status != 0) {
    reply = reply_to(*fault);
  } else {
    authorize(request);
    if (!route) throw not_found("path");
    reply = carry_out(request, std::move(*route), query);
  }
  if (fault) reply.ending = fault->ending;
  return reply;
}

void Engine::authorize(const WireRequest& request) const {
  constexpr std::string_view scheme = "Bearer ";
  const std::string_view given = header(request, "Authorization");
  const std::string_view token = given.substr(std::min(scheme.size(), given.size()));
  const bool is_known = token == options_.token || token == as_received(options_.token);
  if (given.starts_with(scheme) && is_known) return;
  throw refuse(401, "unauthorized",
               given.empty() ? "A token is needed." : "This token is not known.");
}

WireReply Engine::carry_out(const WireRequest& request, detail::Route route,
                            std::string_view query) {
  const auto chosen = chosen_version(router_.all_by_id(route.call->id), header(request, "Accept"));
  const Operation& operation = *chosen.operation;
  const auto rate = limiter_.count(operation);
  if (rate && rate->refused) return too_many_requests(*rate);

  Call call{.operation = operation,
            .options = options_,
            .request = request,
            .world = world_,
            .quotas = limiter_,
            .now = options_.clock->system_now(),
            .path = std::move(route.parameters)};
  read_input(call, query);
  WireReply reply;
  try {
    reply = handle(call);
    reply.headers.set("Content-Type", std::string(detail::media_type(chosen.version)));
    if (call.quota) {
      add_rate_headers(reply, *call.quota);
    } else if (rate) {
      add_rate_headers(reply, *rate);
    }
  } catch (const Refusal& refusal) {
    reply = reply_to(refusal);
  } catch (const QuotaUsedUp& used_up) {
    reply = too_many_requests(used_up.status);
  }
  wait(call.wait);
  return reply;
}

WireReply Engine::handle(Call& call) {
  const Operation& operation = call.operation;
  const auto handler = handlers_.find(operation.id);
  Json data;
  {
    const std::scoped_lock lock(world_mutex_);
    data = handler != handlers_.end() ? handler->second(call) : made_up_result(call);
    write_audit_trail(call);
  }
  if (call.operation.data == nullptr) data = Json::object({{"status", "SUCCESS"}});
  WireReply reply;
  reply.status = call.status.value_or(success_status(operation));
  reply.body = Json::object({{"data", std::move(data)}}).dump();
  return reply;
}

void Engine::wait(std::chrono::milliseconds time) const {
  if (time.count() > 0) options_.clock->wait_until(options_.clock->now() + time, stop_);
}

}  // namespace segment::inline SEGMENT_ABI::sandbox

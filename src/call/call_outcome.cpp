#include "call/call_outcome.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "errors/error_body.hpp"
#include "http/policies.hpp"
#include "json/events.hpp"
#include "json/typed/decoder.hpp"
#include "json/typed/describe_members.hpp"
#include "segment/types/open_enum.hpp"
#include "threads/guards.hpp"
#include "types/text.hpp"

namespace segment::inline SEGMENT_ABI::detail {

// Decoding ----------------------------------------------------------------------------------------

namespace {

/// The data of an operation that returns nothing.
struct StatusData {
  std::optional<std::string> status{};
};

constexpr std::string_view success = "SUCCESS";

constexpr Member status_members[] = {
    member<std::optional<std::string>>("status", offsetof(StatusData, status))};
constexpr Type status_type{.kind = Kind::object, .name = "StatusData", .members = status_members};

/// A response's envelope: an object with `data`, which is read in place.
struct Envelope {
  explicit Envelope(const Type& data_type)
      : data{{.name = "data",
              .offset = 0,
              .type = &data_type,
              .presence = Presence::plain,
              .promised = true,
              .wrapper = nullptr}},
        type{.kind = Kind::object, .name = "response", .members = data} {}
  Envelope(const Envelope&) = delete;
  Envelope& operator=(const Envelope&) = delete;

  Member data[1];
  Type type;
};

void check_status(const CallFacts& call, const http::Response& response, const StatusData& data) {
  if (!data.status || find_name(&success, 1, *data.status) == 0) return;
  raise_api_error(call, response,
                  {{.type = "status",
                    .message = "the status is \"" + *data.status + "\" instead of SUCCESS",
                    .field = {},
                    .data = {},
                    .status = {}}});
}

// A promised free-form object that is missing becomes empty; its C++ type alone cannot say that.
void make_free_objects_empty(const Type& data, void* result) {
  for (const Member& member : data.members) {
    if (member.type->kind == Kind::free_object && member.wrapper == nullptr) {
      make_absent(member, result);
    }
  }
}

// Reports the mismatches of a call's response to the observer; empty without one. Keeps references
// to all. A pointer consists of the server's names, which may be anything.
MismatchSink schema_mismatch_sink(const SchemaMismatchObserver& observer,
                                  const Operation& operation, const http::Request& request) {
  if (!observer) return {};
  return [&](SchemaMismatch::Kind kind, std::string_view pointer) {
    ignoring_exceptions([&] {
      const std::string shown = one_line(without_token(pointer, request));
      observer({.kind = kind, .operation = operation.id, .pointer = shown});
    });
  };
}

}  // namespace

void decode_response(CallFacts call, const Operation& operation, const http::Response& response,
                     const ClientOptions& client, void* result) {
  // The server reported success: even if something fails below, the call was carried out.
  call.outcome_unknown = call.outcome_unknown || call.operation.method != http::Method::get;
  const bool returns_nothing = operation.data == nullptr;
  const bool may_be_empty = returns_nothing || operation.data->kind == Kind::any;
  if (may_be_empty && trimmed(response.body).empty()) return;

  if (!returns_nothing) make_free_objects_empty(*operation.data, result);
  StatusData status;
  const Envelope envelope(returns_nothing ? status_type : *operation.data);
  const MismatchSink schema_mismatches =
      schema_mismatch_sink(client.on_schema_mismatch, call.operation, call.request);
  Decoder decoder(envelope.type, returns_nothing ? &status : result, schema_mismatches,
                  MemoryBudget::of_answer(response.body.size(), client.max_response_bytes));
  try {
    const std::string& body = response.body;
    read_json(body,
              {.behind = body.capacity() - body.size(),
               .beside = MemoryBudget::of_reading(client.max_response_bytes)},
              decoder);
    if (!decoder.came(0, 0)) throw BadJson{{}, "has no data"};
  } catch (const BadJson& bad) {
    raise_decode_error(call, response, bad.pointer,
                       trimmed(response.body).empty() ? "is empty" : bad.reason);
  }
  if (returns_nothing) check_status(call, response, status);
  if (operation.null_is_not_found && !decoder.came(1, 0)) {
    raise_nothing_found(call, response, operation.data->members[0].name);
  }
}

// Short lists -------------------------------------------------------------------------------------

std::optional<std::string> short_list(const ClientOptions& client, const PreparedCall& call,
                                      std::int64_t came, std::optional<std::int64_t> counted) {
  if (!counted || came >= *counted) return std::nullopt;
  const std::string detail = std::to_string(came) + (came == 1 ? " item" : " items") +
                             " came of the " + std::to_string(*counted) + " that the API counts";
  if (client.on_schema_mismatch) {
    ignoring_exceptions([&] {
      client.on_schema_mismatch({.kind = SchemaMismatch::Kind::short_list,
                                 .operation = call.operation().id,
                                 .pointer = "/data",
                                 .detail = detail});
    });
  }
  if (call.options().short_lists.value_or(client.short_lists) == ShortLists::report) {
    return std::nullopt;
  }
  return "is short: " + detail + "; the token may not see the others";
}

// The outcome -------------------------------------------------------------------------------------

namespace {

// Checks a page that is the whole list.
void check_only_page(const CallFacts& facts, const ClientOptions& client, const PreparedCall& call,
                     const http::Response& response, const void* page) {
  const Paging* paging = call.operation().paging;
  if (paging == nullptr || paging->next(page)) return;
  if (find_parameter(call.encoded().query, paging->cursor) != nullptr) return;
  const PageCount count = paging->count_of(page);
  const auto wrong = short_list(client, call, static_cast<std::int64_t>(count.items), count.total);
  if (wrong) raise_decode_error(facts, response, "/data", *wrong);
}

// Whether a text contains the word by itself: `account` does not contain `count`.
bool has_word(std::string_view text, std::string_view word) {
  const auto is_letter = [text](std::size_t place) {
    return place < text.size() && ((text[place] >= 'a' && text[place] <= 'z') ||
                                   (text[place] >= 'A' && text[place] <= 'Z'));
  };
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string_view::npos; ++at) {
    if ((at == 0 || !is_letter(at - 1)) && !is_letter(at + word.size())) return true;
  }
  return false;
}

}  // namespace

void CallOutcome::take(http::Outcome outcome, const http::Request& request) {
  newest_ = std::move(outcome);
  errors_.clear();
  const auto* response = std::get_if<http::Response>(&*newest_);
  if (response == nullptr) return;
  if (call_.options().on_response) call_.options().on_response(*response);
  if (is_success(response->status)) return;
  errors_ = read_api_errors(response->body, schema_mismatch_sink(core_.options().on_schema_mismatch,
                                                                 call_.operation(), request));
}

bool CallOutcome::refuses_page_size() const {
  if (const auto* failure = std::get_if<http::Failure>(&*newest_)) {
    return failure->kind == http::FailureKind::too_large;
  }
  const int status = std::get<http::Response>(*newest_).status;
  if (status != 400 && status != 422) return false;
  return std::ranges::any_of(errors_, [](const ApiErrorItem& item) {
    return has_word(item.field, "count") || has_word(item.message, "count");
  });
}

void CallOutcome::take(const Verdict& verdict) {
  unknown_ = unknown_ || verdict.outcome_unknown;
  retryable_ = verdict.retryable;
  retry_after_ = verdict.retry_after;
}

void CallOutcome::cancel() {
  cut_short_ = http::Failure{http::FailureKind::cancelled, false, "the caller requested a stop"};
  retryable_ = false;
}

void CallOutcome::time_out() {
  const std::string reason = "the call's time limit expired";
  // The outcome of an earlier attempt says more than the time limit.
  if (newest_) return stop(reason);
  cut_short_ = http::Failure{http::FailureKind::timeout, false, reason};
  retryable_ = true;  // nothing was sent
}

void CallOutcome::block_by_limit(std::string limit, std::string reason,
                                 std::chrono::milliseconds retry_after) {
  retryable_ = true;
  retry_after_ = retry_after;
  stop(std::move(reason));
  if (!newest_) held_back_by_ = std::move(limit);
}

void CallOutcome::deliver(const http::Request& request, int attempts, void* result) {
  const CallFacts facts{.operation = call_.operation(),
                        .request = request,
                        .tag = call_.tag(),
                        .attempts = attempts,
                        .retryable = retryable_,
                        .retry_after = retry_after_,
                        .outcome_unknown = unknown_,
                        .stopped = stopped_};
  if (cut_short_) raise_failure(facts, *cut_short_);
  if (!held_back_by_.empty()) raise_held_back(facts, held_back_by_);
  if (const auto* failure = std::get_if<http::Failure>(&*newest_)) raise_failure(facts, *failure);
  if (is_warm_up(call_.operation())) return;
  const auto& response = std::get<http::Response>(*newest_);
  if (!is_success(response.status)) raise_api_error(facts, response, std::move(errors_));
  decode_response(facts, call_.operation(), response, core_.options(), result);
  check_only_page(facts, core_.options(), call_, response, result);
}

}  // namespace segment::inline SEGMENT_ABI::detail

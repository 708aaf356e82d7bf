#include "call/decode_answer.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "json/decoder.hpp"
#include "json/describe_members.hpp"
#include "json/empty.hpp"
#include "json/reader.hpp"
#include "segment/types/open_enum.hpp"

namespace segment::inline SEGMENT_ABI::detail {

namespace {

/// What an operation answers that returns nothing.
struct StatusAnswer {
  std::optional<std::string> status{};
};

constexpr std::string_view success = "SUCCESS";

constexpr Member status_members[] = {
    member<std::optional<std::string>>("status", offsetof(StatusAnswer, status))};
constexpr Type status_type{.kind = Kind::object, .name = "StatusAnswer", .members = status_members};

/// An answer's envelope: an object with `data`, which is read in place.
struct Envelope {
  explicit Envelope(const Type& data_type)
      : data{{.name = "data",
              .offset = 0,
              .type = &data_type,
              .presence = Presence::plain,
              .promised = true,
              .wrapper = nullptr}},
        type{.kind = Kind::object, .name = "answer", .members = data} {}
  Envelope(const Envelope&) = delete;
  Envelope& operator=(const Envelope&) = delete;

  Member data[1];
  Type type;
};

void check_status(const CallFacts& call, const http::Response& response,
                  const StatusAnswer& answer) {
  if (!answer.status || find_name(&success, 1, *answer.status) == 0) return;
  raise_api_error(call, response,
                  {{.type = "status",
                    .message = "the status is \"" + *answer.status + "\" instead of SUCCESS",
                    .field = {},
                    .data = {},
                    .status = {}}});
}

// A promised free-form object is empty where none comes, which its C++ type alone does not tell.
void make_free_objects_empty(const Type& data, void* result) {
  for (const Member& member : data.members) {
    if (member.type->kind == Kind::free_object && member.wrapper == nullptr) {
      make_absent(member, result);
    }
  }
}

bool has_only_blanks(std::string_view body) {
  return body.find_first_not_of(" \t\r\n") == body.npos;
}

}  // namespace

DepartureSink schema_mismatch_sink(const SchemaMismatchObserver& observer,
                                   const Operation& operation) {
  if (!observer) return {};
  return [&](SchemaMismatch::Kind kind, std::string_view pointer) {
    observer({.kind = kind, .operation = operation.id, .pointer = pointer});
  };
}

void decode_answer(CallFacts call, const Operation& operation, const http::Response& response,
                   const SchemaMismatchObserver& on_schema_mismatch, void* result) {
  // The server said yes: whatever goes wrong from here on, it was done.
  call.outcome_unknown = call.outcome_unknown || call.operation.method != http::Method::get;
  const bool returns_nothing = operation.data == nullptr;
  const bool may_be_empty = returns_nothing || operation.data->kind == Kind::any;
  if (may_be_empty && has_only_blanks(response.body)) return;

  if (!returns_nothing) make_free_objects_empty(*operation.data, result);
  StatusAnswer status;
  const Envelope envelope(returns_nothing ? status_type : *operation.data);
  const DepartureSink schema_mismatches = schema_mismatch_sink(on_schema_mismatch, call.operation);
  Decoder decoder(envelope.type, returns_nothing ? &status : result, schema_mismatches,
                  MemoryBudget::of_answer(response.body.size()));
  try {
    read_json(response.body, response.body.capacity() - response.body.size(), decoder);
    if (!decoder.came(0)) throw BadJson{{}, "has no data"};
  } catch (const BadJson& bad) {
    raise_decode_error(call, response, bad.pointer,
                       has_only_blanks(response.body) ? "is empty" : bad.reason);
  }
  if (returns_nothing) check_status(call, response, status);
}

}  // namespace segment::inline SEGMENT_ABI::detail

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "call/core.hpp"
#include "call/retry_plan.hpp"
#include "errors/raise.hpp"
#include "operations/operation_tables.hpp"
#include "operations/prepared_call.hpp"
#include "segment/client_options.hpp"
#include "segment/error.hpp"
#include "segment/http/request.hpp"
#include "segment/http/response.hpp"
#include "segment/schema_mismatch.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Fills a result from a response that reports success.
///
/// \param client its bound on responses and its observer are used.
/// \param result of the operation's `data` type; null if the operation returns nothing.
/// \throws DecodeError if the response is not JSON, has no `data` or has a member of the wrong
///         kind; ApiError if the operation returns nothing and its status is not SUCCESS;
///         NotFoundError if null says that nothing was found.
void decode_response(CallFacts call, const Operation& operation, const http::Response& response,
                     const ClientOptions& client, void* result);

/// Checks whether a list that has ended is as long as the API's own count, and reports it to the
/// observer if not.
///
/// \param came the number of items received.
/// \param counted the API's count; std::nullopt if it did not count.
/// \return what is wrong, as a predicate, if the caller wants an error for it.
[[nodiscard]] std::optional<std::string> short_list(const ClientOptions& client,
                                                    const PreparedCall& call, std::int64_t came,
                                                    std::optional<std::int64_t> counted);

/// What is known about a call's outcome: that of the newest attempt, and what earlier ones may have
/// done. In the end it becomes the result or the error.
///
/// Copying: not needed. Cost: the newest response. Thread safety: none.
class CallOutcome {
 public:
  /// Keeps references to both.
  CallOutcome(const Core& core, const PreparedCall& call) : core_(core), call_(call) {}

  /// Takes the outcome of an attempt, and reads the errors that its response lists.
  void take(http::Outcome outcome, const http::Request& request);
  /// Takes the verdict on that outcome.
  void take(const Verdict& verdict);

  /// The newest attempt's outcome; std::nullopt before the first.
  [[nodiscard]] const std::optional<http::Outcome>& newest() const noexcept { return newest_; }
  /// The errors that its response lists.
  [[nodiscard]] const std::vector<ApiErrorItem>& errors() const noexcept { return errors_; }
  /// Whether the newest attempt failed because of the page size that it asked for: the server says
  /// so, or the response was too large.
  [[nodiscard]] bool refuses_page_size() const;
  /// Whether any attempt may have been carried out.
  [[nodiscard]] bool is_unknown() const noexcept { return unknown_; }

  /// Ends the call without a further attempt.
  ///
  /// \param reason why, as part of a message; may be empty.
  void stop(std::string reason) { stopped_ = std::move(reason); }
  /// The caller asked to stop.
  void cancel();
  /// The call's time ran out.
  void time_out();
  /// Ends the call because a limit that the client keeps prevents the next attempt.
  ///
  /// \param limit what is used up, as the subject of a sentence.
  /// \param reason why there is no further attempt, if there was one before.
  void block_by_limit(std::string limit, std::string reason, std::chrono::milliseconds retry_after);

  /// Fills the result from the newest response, or throws what went wrong.
  ///
  /// \param request the newest, whose token is removed from all of the server's texts.
  /// \param attempts the number of attempts made.
  void deliver(const http::Request& request, int attempts, void* result);

 private:
  const Core& core_;
  const PreparedCall& call_;
  std::optional<http::Outcome> newest_;
  std::vector<ApiErrorItem> errors_;
  bool retryable_ = false;
  bool unknown_ = false;
  std::optional<std::chrono::milliseconds> retry_after_;
  std::string stopped_;
  std::optional<http::Failure> cut_short_;  // cancelled, or out of time without an outcome
  std::string held_back_by_;                // the limit that kept it from being sent
};

}  // namespace segment::inline SEGMENT_ABI::detail

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
/// \param client whose bound on responses and observer hold.
/// \param result of the operation's `data` type; null where the operation returns nothing.
/// \throws DecodeError for a response that is no JSON, has no `data` or has a member of the wrong
///         kind; ApiError where the operation returns nothing and its status is not SUCCESS;
///         NotFoundError where null says that there is nothing.
void decode_response(CallFacts call, const Operation& operation, const http::Response& response,
                     const ClientOptions& client, void* result);

/// Checks whether a list that has ended is as long as the API itself counts, and reports it to the
/// observer where it is not.
///
/// \param came how many items came in all.
/// \param counted by the API; nothing: it did not count.
/// \return what is wrong, as a predicate, where the caller wants an error of it.
[[nodiscard]] std::optional<std::string> short_list(const ClientOptions& client,
                                                    const PreparedCall& call, std::int64_t came,
                                                    std::optional<std::int64_t> counted);

/// What is known of a call's outcome: of the newest attempt, and of what earlier ones may have
/// done. In the end it becomes the result or the error.
///
/// Copying: not needed. Cost: the newest response. Thread safety: none.
class CallOutcome {
 public:
  /// Both are kept by reference.
  CallOutcome(const Core& core, const PreparedCall& call) : core_(core), call_(call) {}

  /// Takes the outcome of an attempt, and reads the errors that its response lists.
  void take(http::Outcome outcome);
  /// Takes what is judged of it.
  void take(const Verdict& verdict);

  /// Of the newest attempt; nothing before there was one.
  [[nodiscard]] const std::optional<http::Outcome>& newest() const noexcept { return newest_; }
  /// That its response lists.
  [[nodiscard]] const std::vector<ApiErrorItem>& errors() const noexcept { return errors_; }
  /// Whether the newest attempt failed by the size of the page that it asked for: the server says
  /// so, or the response was too large.
  [[nodiscard]] bool refuses_page_size() const;
  /// Whether any attempt may have done what was asked for.
  [[nodiscard]] bool is_unknown() const noexcept { return unknown_; }

  /// No further attempt is made.
  ///
  /// \param reason why, as a part of a message; empty: there is nothing to say.
  void stop(std::string reason) { stopped_ = std::move(reason); }
  /// The caller asked to stop.
  void cancel();
  /// The call's time ran out.
  void time_out();
  /// A limit that the client keeps stands against the next attempt.
  ///
  /// \param limit what is used up, as the subject of a sentence.
  /// \param reason why no further attempt is made, where there was one.
  void hold_back(std::string limit, std::string reason, std::chrono::milliseconds retry_after);

  /// Fills the result from the newest response, or throws what went wrong.
  ///
  /// \param request the newest, whose token is taken out of every text of the server's.
  /// \param attempts made in all.
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
  std::optional<http::Failure> cut_short_;  // cancelled, or out of time without a response
  std::string held_back_by_;                // nothing was sent: this limit
};

}  // namespace segment::inline SEGMENT_ABI::detail

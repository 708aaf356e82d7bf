#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string_view>

#include "segment/call_options.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What all copies of a client share; private to the library's sources.
class Core;

/// An operation with the tables of its input and its answer; private to the library's sources.
struct CallTable;

/// A call that was encoded and looked over; private to the library's sources.
class PreparedCall;

/// What one call was given, without its types: the table has those.
struct CallInput {
  /// The path's parameters, in the path's order, as text.
  std::initializer_list<std::string_view> path{};
  const void* query = nullptr;
  const void* body = nullptr;
};

/// Makes one call and waits for it: the one way that every blocking method takes.
///
/// \param result filled from the answer; null where the operation returns nothing.
void call(const Core& core, const CallTable& table, const CallInput& input, void* result,
          const CallOptions& options);

/// How many items a page has where the query does not say so.
enum class PageSize : std::uint8_t {
  usual,                ///< as many as save requests
  usual_beside_cursor,  ///< that beside a cursor, which the API wants; else the server decides
  of_servers,           ///< nothing is sent that the query does not name: the server decides
};

/// Moves one page into another of the same type.
using MovePage = void (*)(void* from, void* to);

/// Fetches the pages of one list, one after the other.
class PageSource {
 public:
  /// \throws InvalidArgumentError for what cannot be sent, or must not be.
  PageSource(const std::shared_ptr<const Core>& core, const CallTable& table,
             const CallInput& input, CallOptions options);
  /// \param first the call of the first page.
  PageSource(std::shared_ptr<const Core> core, PreparedCall first);
  ~PageSource();
  PageSource(const PageSource&) = delete;
  PageSource& operator=(const PageSource&) = delete;

  /// Fetches the next page into an empty one; false, and nothing fetched, after the last.
  bool fetch(void* page);

  /// From now on has one page fetched while the one before it is read.
  void look_ahead(MovePage move);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace segment::inline SEGMENT_ABI::detail

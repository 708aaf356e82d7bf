#include <functional>
#include <string>
#include <unordered_set>
#include <utility>

#include "call/call_table.hpp"
#include "call/core.hpp"
#include "call/encoded_call.hpp"
#include "call/page_size.hpp"
#include "call/run.hpp"
#include "segment/detail/call.hpp"
#include "segment/error.hpp"

namespace segment::detail {

struct PageSource::State {
  std::shared_ptr<const Core> core;
  const CallTable& table;
  CallOptions options;
  EncodedCall call;
  // Hashes of the cursors so far: a server that sends one again would lead us round for ever.
  std::unordered_set<std::size_t> seen{};
  std::optional<std::string> next_cursor{};
  bool ended = false;

  void follow(const std::string& cursor) {
    if (!seen.insert(std::hash<std::string>{}(cursor)).second) {
      ended = true;
      ErrorFacts facts;
      facts.operation = table.operation->id;
      throw DecodeError(std::string(table.operation->id) +
                            ": the server gave a page's cursor out again; the walk would never end",
                        std::move(facts));
    }
    set_parameter(call.query, table.paging->cursor, cursor);
  }
};

PageSource::PageSource(std::shared_ptr<const Core> core, const CallTable& table,
                       const CallInput& input, CallOptions options, PageSize page_size) {
  EncodedCall call = encode(table, input, options);
  state_ =
      std::make_unique<State>(State{std::move(core), table, std::move(options), std::move(call)});
  const Paging& paging = *table.paging;
  if (page_size == PageSize::usual) add_usual_page_size(paging, state_->call.query);
  if (const auto* first = find_parameter(state_->call.query, paging.cursor)) {
    state_->seen.insert(std::hash<std::string>{}(*first));
  }
}

PageSource::~PageSource() = default;

bool PageSource::fetch(void* page) {
  State& state = *state_;
  if (state.ended) return false;
  if (state.next_cursor) state.follow(*std::exchange(state.next_cursor, std::nullopt));
  state.ended = true;  // unless there is a page after this one; an error ends the walk for good
  run(*state.core, state.table, state.call, page, state.options);
  if (const auto next = state.table.paging->next(page)) {
    state.next_cursor = next;
    state.ended = false;
  }
  return true;
}

}  // namespace segment::detail

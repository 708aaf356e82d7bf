#include <optional>
#include <utility>

#include "async/page_ahead.hpp"
#include "call/call_table.hpp"
#include "call/core.hpp"
#include "call/encoded_call.hpp"
#include "call/page_size.hpp"
#include "call/page_walk.hpp"
#include "call/run.hpp"
#include "segment/detail/call.hpp"

namespace segment::detail {

namespace {

EncodedCall first_page(const CallTable& table, const CallInput& input, const CallOptions& options,
                       PageSize page_size) {
  EncodedCall call = encode(table, input, options);
  if (page_size == PageSize::usual) add_usual_page_size(*table.paging, call.query);
  return call;
}

}  // namespace

struct PageSource::State {
  State(std::shared_ptr<const Core> the_core, const CallTable& the_table, CallOptions the_options,
        EncodedCall first)
      : core(std::move(the_core)),
        table(the_table),
        options(std::move(the_options)),
        walk(the_table, std::move(first)) {}

  std::shared_ptr<const Core> core;
  const CallTable& table;
  CallOptions options;
  PageWalk walk;
  std::optional<PageAhead> ahead{};
  MovePage move = nullptr;
};

PageSource::PageSource(std::shared_ptr<const Core> core, const CallTable& table,
                       const CallInput& input, CallOptions options, PageSize page_size) {
  EncodedCall first = first_page(table, input, options, page_size);
  state_ = std::make_unique<State>(std::move(core), table, std::move(options), std::move(first));
}

PageSource::~PageSource() = default;

bool PageSource::fetch(void* page) {
  State& state = *state_;
  if (state.ahead) return state.ahead->fetch(page, state.move);
  const EncodedCall* call = state.walk.next();
  if (call == nullptr) return false;
  run(*state.core, state.table, *call, page, state.options);
  state.walk.took(page);
  return true;
}

void PageSource::look_ahead(MovePage move) {
  State& state = *state_;
  state.move = move;
  if (!state.ahead) state.ahead.emplace(state.core, state.table, state.options, state.walk);
}

}  // namespace segment::detail

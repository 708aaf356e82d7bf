#include <optional>
#include <utility>

#include "call/core.hpp"
#include "call/prepared_call.hpp"
#include "call/run.hpp"
#include "paging/page_ahead.hpp"
#include "paging/page_walk.hpp"
#include "segment/detail/call.hpp"

namespace segment::inline SEGMENT_ABI::detail {

struct PageSource::State {
  State(std::shared_ptr<const Core> the_core, PreparedCall first)
      : core(std::move(the_core)), walk(std::move(first)) {}

  std::shared_ptr<const Core> core;
  PageWalk walk;
  std::optional<PageAhead> ahead{};
  MovePage move = nullptr;
};

PageSource::PageSource(std::shared_ptr<const Core> core, PreparedCall first)
    : state_(std::make_unique<State>(std::move(core), std::move(first))) {}

PageSource::PageSource(const std::shared_ptr<const Core>& core, const CallTable& table,
                       const CallInput& input, CallOptions options)
    : PageSource(core,
                 prepare(core->options(), table, input, std::move(options), PageSize::usual)) {}

PageSource::~PageSource() = default;

bool PageSource::fetch(void* page) {
  State& state = *state_;
  if (state.ahead) return state.ahead->fetch(page, state.move);
  const PreparedCall* call = state.walk.next();
  if (call == nullptr) return false;
  run(*state.core, *call, page);
  state.walk.took(state.core->options(), page);
  return true;
}

void PageSource::look_ahead(MovePage move) {
  State& state = *state_;
  state.move = move;
  if (!state.ahead) state.ahead.emplace(state.core, state.walk);
}

}  // namespace segment::inline SEGMENT_ABI::detail

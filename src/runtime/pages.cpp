#include <exception>
#include <utility>

#include "call/core.hpp"
#include "call/prepared_call.hpp"
#include "errors/raise.hpp"
#include "runtime/operation.hpp"
#include "segment/detail/async.hpp"

namespace segment::inline SEGMENT_ABI::detail {

std::shared_ptr<TaskState> start_page(const std::shared_ptr<Pager>& pager,
                                      std::shared_ptr<const Executor> executor) {
  const PreparedCall* call = nullptr;
  try {
    call = pager->begin_page();
    if (call == nullptr) {
      raise_invalid_argument(pager->operation(), "there is no page after the last");
    }
  } catch (...) {
    return failed(std::current_exception());
  }
  try {
    AsyncOperation::Input input{.call = *call, .executor = std::move(executor)};
    input.on_result = [pager](const void* page, const std::exception_ptr& error) {
      pager->end_page(error ? nullptr : page);
    };
    return start(pager->core().shared_from_this(), std::move(input));
  } catch (...) {
    pager->end_page(nullptr);
    return failed(std::current_exception());
  }
}

}  // namespace segment::inline SEGMENT_ABI::detail

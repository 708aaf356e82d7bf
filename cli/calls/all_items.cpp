#include "calls/all_items.hpp"

#include <utility>

#include "output/output.hpp"

namespace segment::cli {

Json all_items(const JsonCall& call, const Client& client) {
  Json items = Json::array();
  call.for_each_page(
      client,
      [&](JsonResult page) {
        for (Json& item : items_of(call.operation(), std::move(page.data))) {
          items.push_back(std::move(item));
        }
      },
      JsonCall::PageSize::largest);
  return items;
}

}  // namespace segment::cli

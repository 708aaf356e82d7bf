#pragma once

#include <string_view>

#include "segment/operation.hpp"

namespace segment::cli {

/// What an operation does, in the first sentence of its documentation. Only the command line has
/// these texts: in the library's tables they would make every program larger.
///
/// \return empty if there is no such operation.
[[nodiscard]] std::string_view sentence_of(const Operation& operation);

/// What a group of operations is about, in the first sentence of its documentation.
///
/// \param group its name, `tracking_plans`.
/// \return empty if there is no such group.
[[nodiscard]] std::string_view sentence_of_group(std::string_view group);

/// What a member of an input means, in the first sentence of its documentation.
///
/// \param owner the name of the type that has the member, or the operation's id for a parameter of
///        its path.
/// \param member as the API writes it; in a query with its dots, `pagination.count`.
/// \return empty if there is no such member.
[[nodiscard]] std::string_view sentence_of(std::string_view owner, std::string_view member);

}  // namespace segment::cli

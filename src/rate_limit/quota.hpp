#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "segment/operation.hpp"
#include "segment/rate_limiter.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// What all categories of an operation's monthly quota begin with; empty: it has no quota.
[[nodiscard]] std::string_view quota_kind(const Operation& operation) noexcept;

/// The monthly quota that a call counts against: a regulation by what it reaches, an audience
/// preview by its space. Nothing: none.
///
/// \param path the call's own, percent-encoded.
[[nodiscard]] std::optional<Quota> quota_of(const Operation& operation, std::string_view path,
                                            const std::optional<std::string>& body);

/// Takes out of an answer what it says of a monthly quota: its figures and its window are not those
/// of the operation's published limit.
///
/// \param observation of which the rest speaks of the published limit.
/// \return what speaks of the quota; nothing where the answer says nothing of it.
[[nodiscard]] std::optional<RateObservation> take_quota(RateObservation& observation,
                                                        const RateLimit& published);

}  // namespace segment::inline SEGMENT_ABI::detail

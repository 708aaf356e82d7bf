#pragma once

#include <string_view>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// What stands in an answer in the place of a secret setting.
inline constexpr std::string_view bullets = "••••••••";

/// Whether a setting of this name is a secret: a password, a key, a token.
[[nodiscard]] bool is_secret_setting(std::string_view name);

/// Settings as answers show them: secret texts as bullets.
[[nodiscard]] Json masked(const Json& settings);

/// Merges changes into settings: a null takes a key away, an object is merged in turn.
///
/// \throws Refusal with 422 for bullets: they came out of an answer, and would destroy the secret.
void merge_settings(Json& settings, const Json& changes);

/// Settings as a new thing keeps them: the same, begun with nothing.
[[nodiscard]] Json new_settings(const Json* given);

/// Holds settings of a request against the options of their kind in the catalog: a value must be of
/// its option's type, and a name that the kind does not have is an unknown member of the input.
///
/// \param refuse_unknown as SandboxOptions::refuse_unknown_members.
/// \throws Refusal with 422 that names the setting.
void check_settings(const Json& kind, const Json& settings, bool refuse_unknown);

/// Whether all settings are there that a kind in the catalog insists on.
[[nodiscard]] bool has_required_settings(const Json& kind, const Json& settings);

}  // namespace segment::inline SEGMENT_ABI::sandbox

#pragma once

#include <string_view>

#include "segment/types/json.hpp"

namespace segment::inline SEGMENT_ABI::sandbox {

/// What replaces a secret setting in a response.
inline constexpr std::string_view bullets = "••••••••";

/// Whether a setting of this name is a secret: a password, a key, a token.
[[nodiscard]] bool is_secret_setting(std::string_view name);

/// Settings as in responses: secret texts as bullets.
[[nodiscard]] Json masked(const Json& settings);

/// Merges changes into settings: a null removes a key, an object is merged recursively.
///
/// \throws Refusal with 422 for bullets: they come from a response and would overwrite the secret.
void merge_settings(Json& settings, const Json& changes);

/// The settings of a new resource: the same, merged into nothing.
[[nodiscard]] Json new_settings(const Json* given);

/// Checks settings in a request against the options of their kind in the catalog: a value must be
/// of its option's type, and a name that the kind does not have is an unknown member of the input.
///
/// \param refuse_unknown as SandboxOptions::refuse_unknown_members.
/// \throws Refusal with 422 that names the setting.
void check_settings(const Json& kind, const Json& settings, bool refuse_unknown);

/// Whether all settings that a kind in the catalog requires are present.
[[nodiscard]] bool has_required_settings(const Json& kind, const Json& settings);

}  // namespace segment::inline SEGMENT_ABI::sandbox

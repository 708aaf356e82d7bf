#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "json/builder.hpp"
#include "json/decoder_frames.hpp"
#include "json/events.hpp"
#include "json/type.hpp"
#include "segment/schema_mismatch.hpp"

namespace segment::inline SEGMENT_ABI::detail {

/// Told of each schema_mismatch from the tables, with its JSON pointer.
using DepartureSink = std::function<void(SchemaMismatch::Kind, std::string_view pointer)>;

/// Fills an object of an API type from what it is told. Unknown members are skipped, missing ones
/// keep what the object was made with, a null where none is described reads as missing, and of
/// members of one name the last wins. A member of the wrong kind is thrown as BadJson, and so is
/// what takes more memory than there is for it.
class Decoder final : public JsonEvents {
 public:
  /// \param object of the table's type, freshly made.
  /// \param schema_mismatches may be empty: then nothing is looked for. Kept by reference.
  /// \param budget what may be allocated for the object.
  Decoder(const Type& type, void* object, const DepartureSink& schema_mismatches,
          MemoryBudget budget = {});
  Decoder(const Type& type, void* object, DepartureSink&& schema_mismatches,
          MemoryBudget budget = {}) = delete;

  void null() override;
  void boolean(bool value) override;
  void integer(std::int64_t value) override;
  void wide_integer(std::uint64_t value) override;
  void number(double value, std::string_view text) override;
  void text(std::string_view value) override;
  void broken_text() override;
  void begin_object() override;
  void key(std::string_view name) override;
  void end_object() override;
  void begin_array() override;
  void end_array() override;

  /// Whether this member of the outermost object came, and was not null, once all is told.
  [[nodiscard]] bool came(std::size_t member) const noexcept { return frames_.came(member); }

 private:
  using Slot = DecoderFrames::Slot;

  bool ignored() const noexcept { return skipping_ > 0; }
  [[noreturn]] void refuse(const Type& wanted, std::string_view got) const;
  void take_text(std::string_view value);

  template <class Event>
  bool captured(const Event& event);
  bool capture(const Slot& slot, bool object = false);
  void finish_capture();

  void skip_or_enter(Kind wanted, std::string_view got);
  void leave();

  const DepartureSink& departures_;
  MemoryBudget budget_;
  DecoderFrames frames_;
  std::size_t skipping_ = 0;  // depth inside something that is skipped
  std::string unknown_;       // the step to the member that is skipped, if one is
  JsonBuilder builder_;       // at work on a free-form value while capturing_ is set
  Slot capturing_;
  Json one_of_;
};

/// Fills an object of an API type from a Json; what it throws is a BadJson.
SEGMENT_EXPORT_INTERNAL void decode(const Type& type, void* object, const Json& json,
                                    const DepartureSink& schema_mismatches = {},
                                    MemoryBudget budget = {});

}  // namespace segment::inline SEGMENT_ABI::detail

// The words that the record uses for the enumerators of layers.h (RECORD.md).
#pragma once

#include <optional>
#include <string_view>

#include "readout/layers.h"

namespace readout {

std::string_view name(Layer value);
std::string_view name(BlockRole value);
std::string_view name(EntityType value);
std::string_view name(ActorType value);
std::string_view name(MentionForm value);
std::string_view name(QuoteType value);
std::string_view name(TimexType value);
std::string_view name(Comparator value);
std::string_view name(Status value);
std::string_view name(DateBasis value);
std::string_view name(Evidentiality value);
std::string_view name(CommitmentKind value);
std::string_view name(Strength value);

/// The enumerator of a word, nothing if there is none. Instantiated for the types above.
template <class E>
std::optional<E> parse_name(std::string_view word);

}  // namespace readout

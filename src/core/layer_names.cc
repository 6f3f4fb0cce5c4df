#include "readout/layer_names.h"

#include <array>

namespace readout {
namespace {

template <class E>
struct Names;

template <>
struct Names<Layer> {
  static constexpr std::array<std::string_view, 14> kValues = {
      "structure", "tokens", "syntax", "entities", "sayings", "actors", "quotes", "timex", "figures",
      "places", "events", "commitments", "agreements", "topics"};
};

template <>
struct Names<BlockRole> {
  static constexpr std::array<std::string_view, 13> kValues = {
      "title", "caption", "credit", "dateline", "byline", "source_line", "narration", "turn",
      "heading", "list_item", "table", "navigation", "boilerplate"};
};

template <>
struct Names<EntityType> {
  static constexpr std::array<std::string_view, 8> kValues = {
      "PER", "ORG", "LOC", "GPE", "DATE", "MONEY", "QUANTITY", "OTHER"};
};

template <>
struct Names<ActorType> {
  static constexpr std::array<std::string_view, 13> kValues = {
      "person", "state", "government", "military", "armed_group", "party", "igo", "ngo",
      "company", "civil", "population", "place_as_actor", "media"};
};

template <>
struct Names<MentionForm> {
  static constexpr std::array<std::string_view, 10> kValues = {
      "name", "office", "title", "patronymic", "demonym", "metonym", "acronym", "description",
      "pronoun", "possessive"};
};

template <>
struct Names<QuoteType> {
  static constexpr std::array<std::string_view, 3> kValues = {"direct", "indirect", "mixed"};
};

template <>
struct Names<TimexType> {
  static constexpr std::array<std::string_view, 4> kValues = {"DATE", "TIME", "DURATION", "SET"};
};

template <>
struct Names<Comparator> {
  static constexpr std::array<std::string_view, 11> kValues = {
      "exact", "about", "more_than", "less_than", "at_least", "at_most", "almost", "none", "all",
      "many", "few"};
};

template <>
struct Names<Status> {
  static constexpr std::array<std::string_view, 12> kValues = {
      "happened", "ongoing", "habitual", "planned", "promised", "offered", "requested", "hoped",
      "conditional", "denied", "alleged", "refused"};
};

template <>
struct Names<DateBasis> {
  static constexpr std::array<std::string_view, 4> kValues = {"none", "stated", "narration", "document"};
};
template <>
struct Names<Evidentiality> {
  static constexpr std::array<std::string_view, 4> kValues = {
      "own_act", "observed", "reported", "alleged"};
};

template <>
struct Names<CommitmentKind> {
  static constexpr std::array<std::string_view, 10> kValues = {
      "pledge", "intention", "offer", "order", "request", "condition", "prohibition", "refusal",
      "expectation", "fulfilment"};
};

template <>
struct Names<Strength> {
  static constexpr std::array<std::string_view, 6> kValues = {
      "commits", "intends", "ready_to", "hopes", "expects", "obliged"};
};

}  // namespace

std::string_view name(Layer value) { return Names<Layer>::kValues[static_cast<size_t>(value)]; }
std::string_view name(BlockRole value) { return Names<BlockRole>::kValues[static_cast<size_t>(value)]; }
std::string_view name(EntityType value) { return Names<EntityType>::kValues[static_cast<size_t>(value)]; }
std::string_view name(ActorType value) { return Names<ActorType>::kValues[static_cast<size_t>(value)]; }
std::string_view name(MentionForm value) { return Names<MentionForm>::kValues[static_cast<size_t>(value)]; }
std::string_view name(QuoteType value) { return Names<QuoteType>::kValues[static_cast<size_t>(value)]; }
std::string_view name(TimexType value) { return Names<TimexType>::kValues[static_cast<size_t>(value)]; }
std::string_view name(Comparator value) { return Names<Comparator>::kValues[static_cast<size_t>(value)]; }
std::string_view name(Status value) { return Names<Status>::kValues[static_cast<size_t>(value)]; }
std::string_view name(DateBasis value) { return Names<DateBasis>::kValues[static_cast<size_t>(value)]; }
std::string_view name(Evidentiality value) { return Names<Evidentiality>::kValues[static_cast<size_t>(value)]; }
std::string_view name(CommitmentKind value) { return Names<CommitmentKind>::kValues[static_cast<size_t>(value)]; }
std::string_view name(Strength value) { return Names<Strength>::kValues[static_cast<size_t>(value)]; }

template <class E>
std::optional<E> parse_name(std::string_view word) {
  for (size_t i = 0; i < Names<E>::kValues.size(); ++i) {
    if (Names<E>::kValues[i] == word) return static_cast<E>(i);
  }
  return std::nullopt;
}

template std::optional<Layer> parse_name<Layer>(std::string_view);
template std::optional<BlockRole> parse_name<BlockRole>(std::string_view);
template std::optional<EntityType> parse_name<EntityType>(std::string_view);
template std::optional<ActorType> parse_name<ActorType>(std::string_view);
template std::optional<MentionForm> parse_name<MentionForm>(std::string_view);
template std::optional<QuoteType> parse_name<QuoteType>(std::string_view);
template std::optional<TimexType> parse_name<TimexType>(std::string_view);
template std::optional<Comparator> parse_name<Comparator>(std::string_view);
template std::optional<Status> parse_name<Status>(std::string_view);
template std::optional<DateBasis> parse_name<DateBasis>(std::string_view);
template std::optional<Evidentiality> parse_name<Evidentiality>(std::string_view);
template std::optional<CommitmentKind> parse_name<CommitmentKind>(std::string_view);
template std::optional<Strength> parse_name<Strength>(std::string_view);

}  // namespace readout

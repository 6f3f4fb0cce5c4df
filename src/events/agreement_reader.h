// Reads the agreements that one document names. See agreements.h.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/agreement_words.h"
#include "readout/document.h"

namespace readout::events {

/// A name or noun that means an agreement, and what stands around it.
struct FoundAgreement {
  Span span;
  size_t first = 0, head = 0, end = 0;  // tokens
  std::string_view head_word;
  std::string type;
  int known = -1;
  bool named = false;     // capitals, qualifiers, date or signatures: stands by itself
  bool definite = false;  // behind "the", "this", ...
  bool own = false;       // "this Agreement" of a document that is one
  TimexId date = kNone<TimexId>;
  std::vector<ActorId> parties;
  std::vector<std::string> qualifiers;  // folded words before the head
};

/// Folded words of one document; kept from document to document.
struct AgreementRoom {
  std::string folded;
  std::vector<std::string_view> words;  // [n tokens] lower case
  std::vector<uint32_t> at;
};

/// A word without its plural ending.
std::string_view singular(std::string_view word);

/// Kinds of paper that one calls by each other's names.
int family(std::string_view type);

class AgreementReader {
 public:
  AgreementReader(Draft& draft, const AgreementWords& table, AgreementRoom& room)
      : draft_(draft), doc_(draft.doc()), table_(table), room_(room) {}
  AgreementLayer read();

 private:
  void fold();
  std::string_view word(size_t t) const { return room_.words[t]; }
  Span span(size_t from, size_t to) const {
    return {doc_.tokens()->span[from].begin, doc_.tokens()->span[to - 1].end};
  }
  void sentence(size_t b, size_t e);
  /// A name that several papers bear ("Declaration of Principles") means the known one only among
  /// its parties, and not with another date behind it. A number of an article is no name.
  bool fits(size_t end, size_t e, int known) const;
  bool named_in(size_t from, size_t to) const;
  FoundAgreement known_name(size_t b, size_t t, size_t length, int known) const;
  /// A noun of the table at `t` with what belongs to it; false if it names no document.
  bool noun(size_t b, size_t e, size_t t, FoundAgreement& hit) const;
  /// A title that says what the document is ("JOINT COMMUNIQUE") names no other one.
  bool names_itself(size_t first, const AgreementHead& head) const;
  /// "The statements by various forces": a common noun with its own maker, no earlier paper.
  bool somebodys(size_t e, size_t t) const;
  bool all_upper(size_t t) const;
  /// With arcs: a noun that only modifies the next one ("treaty text").
  bool modifies(size_t t) const;
  /// A first word of a sentence that is a name all the same: a mention begins there.
  bool proper(size_t t) const;
  TimexId timex_at(size_t t) const;
  bool calendar(TimexId id) const;
  size_t after_timex(TimexId id, size_t fallback) const;
  /// The first mention with actors that begins in [from, to), -1 if none.
  int mention_in(size_t from, size_t to) const;
  bool signed_behind(size_t from, size_t e, bool body) const;
  /// Between the noun and the verb stands a relative pronoun, or nothing but "to be", "was",
  /// "already".
  bool relative(size_t from, size_t k) const;
  /// Parties and date from the rest of the sentence, where the row has none from its own words.
  void surroundings(size_t b, size_t e, FoundAgreement& hit) const;
  bool quiet(size_t from, size_t to) const;
  std::string_view value_of(TimexId id) const;
  /// The last row that a bare noun can mean, or -1.
  int bare_tie(const AgreementHead& head, std::string_view noun_word) const;
  /// The row of a mention, a new one if none fits; -1 if it is a bare noun without one.
  int tie(const FoundAgreement& hit);
  bool dates_agree(size_t r, const FoundAgreement& hit) const;
  /// In the text of an agreement: the row of the agreement itself, the first one of its kind.
  int own_row() const;
  /// "The joint declaration" before anybody gives its date: if the document has just one dated
  /// paper of that family, it is that one.
  void join_undated();
  void own_facts();
  std::vector<ActorId> own_parties() const;
  TimexId own_day() const;
  bool signed_here(Span at) const;
  bool alias_at(size_t b, size_t e, size_t t);
  void learn_alias(size_t e, const FoundAgreement& hit, size_t row);
  std::string key_of(const FoundAgreement& hit) const;
  static std::string flat(std::string_view text);
  VoiceId voice_at(size_t t) const;
  /// Who speaks at a token: the innermost voice, the turn's speaker, the publisher.
  std::vector<ActorId> speaker_at(size_t t) const;
  /// The nearest words of implementation around a mention, not past a semicolon, at most 9 words
  /// off.
  void said(size_t b, size_t e, const FoundAgreement& hit, size_t row);
  Draft& draft_;
  const Document& doc_;
  const AgreementWords& table_;
  AgreementRoom& room_;
  bool own_ = false;
  std::vector<Agreement> rows_;
  std::vector<std::string> keys_, heads_, types_;  // [rows]
  std::vector<int> known_;                         // [rows]
  std::vector<std::vector<std::string>> qualifiers_;
  std::vector<std::pair<std::string, Span>> aliases_;  // "sfa", and a span of the row it means
};

}  // namespace readout::events

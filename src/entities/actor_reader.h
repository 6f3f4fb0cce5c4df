// Who is meant, in one document: from tokens and tables to actors and mentions.
//
// Passes, in order:
//   1. atoms     known phrases at each place (states, organisations, titles, persons ...)
//   2. local     states and organisations that only this document knows, from how it speaks of them
//   3. names     titles with names, names, offices and bodies with their state: what names itself
//   4. speech    who speaks and who is spoken to: turns first, then quotes in narration
//   5. reference left to right, what needs the others: offices and bodies without a state,
//                descriptions, pronouns, and the persons of speech
// A mention that cannot be resolved is left out, or names the actor "?" where an actor is surely meant.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "entities/actor_tables.h"
#include "entities/knowledge.h"
#include "readout/document.h"

namespace readout::entities {

enum class AtomKind : uint8_t {
  None, State, Adjective, Demonym, Capital, Metonym, Org, Group, Body, Title, Honorific, Address, Office, Person, Place
};

/// A known phrase: tokens [begin, end).
struct Atom {
  uint32_t begin = 0, end = 0;
  AtomKind kind = AtomKind::None;
  std::vector<NameRef> refs;  // of this kind; several for persons and offices
  std::string actor;          // id for states, adjectives, demonyms, organisations, groups, metonyms
  bool weak = false;          // an everyday phrase too: only with support
  bool adjectival = false;    // a state's name that serves as its adjective too ("US")
};

/// An actor in the making.
struct ActorDraft {
  std::string id, name;
  ActorType type = ActorType::Person;
  std::string country;  // alpha-3, or the letters of a local state
  char gender = 0;      // 'm', 'f', 0
  std::string side;     // organisation or group in whose name he holds his office
  std::vector<std::string> sectors, aliases, roles;
  std::vector<std::string> titles;                       // as the document gives them
  std::vector<NameRef> tenures;                          // held on the document's date
  std::string given, patronymic, family;
  std::vector<uint64_t> keys;                            // of a person's name, honorifics left out
  bool known = false;
};

using ActorSet = std::vector<uint32_t>;  // indices of actors, in order, no duplicates

struct MentionDraft {
  uint32_t begin = 0, end = 0, head = 0;  // tokens
  ActorSet actors, alternatives;
  MentionForm form = MentionForm::Name;
  uint8_t person = 0;
  std::string reason;
  float score = 1.0F;
  bool dropped = false;  // a part of a longer mention that says it better
};

/// A title without a name, or before one.
struct TitlePhrase {
  uint32_t begin = 0, end = 0, head = 0;
  std::string cls;               // class of titles.tsv
  std::vector<std::string> of;   // actor ids of the states or bodies that it names
  std::string text;              // the title's own words
  std::string office;            // id in offices.tsv when the words name exactly one
  bool plural = false, former = false, definite = false, indefinite = false;
  uint32_t possessive = UINT32_MAX;  // token of "our", "his" before it
  char gender = 0;
  uint32_t number = 0;           // "the two ministers"
  explicit operator bool() const { return end > begin; }
};

/// A stretch of speech: a turn, or a direct quote in narration.
struct Speech {
  uint32_t begin = 0, end = 0;  // tokens
  ActorSet speaker, addressee;
  bool quote = false;
  bool document = false;        // the whole of a statement without turns
  bool indirect = false;        // summary of speech in the third person
  bool asks = false;            // a question
};

class ActorReader {
 public:
  ActorReader(const Knowledge& knowledge, const ActorTables& tables, const Document& doc);
  ActorLayer read(Draft& draft);

 private:
  // --- tokens
  uint32_t size() const { return static_cast<uint32_t>(keys_.size()); }
  std::string_view word(uint32_t i) const { return doc_.word(TokenId{i}); }
  const std::string& low(uint32_t i) const { return i < low_.size() ? low_[i] : kNothing; }
  bool upper(uint32_t i) const { return i < size() && (tokens_.flags[i] & TokenFlags::kUpper) != 0; }
  bool alpha(uint32_t i) const { return i < size() && (tokens_.flags[i] & TokenFlags::kAlpha) != 0; }
  bool caps(uint32_t i) const { return i < size() && caps_[i]; }
  bool shouted(uint32_t i) const { return shouted_[index(tokens_.sentence[i])]; }
  uint32_t sentence(uint32_t i) const { return index(tokens_.sentence[i]); }
  uint32_t sentence_begin(uint32_t i) const { return index(tokens_.sentences[sentence(i)].begin); }
  uint32_t sentence_end(uint32_t i) const { return index(tokens_.sentences[sentence(i)].end); }
  bool same_sentence(uint32_t a, uint32_t b) const { return a < size() && b < size() && sentence(a) == sentence(b); }
  bool is(uint32_t i, std::string_view w) const { return i < size() && low_[i] == w; }
  bool in(uint32_t i, std::string_view cls) const { return i < size() && tables_.in(cls, low_[i]); }
  std::string text(uint32_t begin, uint32_t end) const;
  Upos upos(uint32_t i) const { return doc_.syntax() != nullptr ? doc_.syntax()->upos[i] : Upos::X; }
  bool verbish(uint32_t i) const;
  bool is_subject(uint32_t begin, uint32_t end, bool agents = true) const;
  bool follows_locative(uint32_t begin) const;

  // --- actors
  uint32_t actor(const std::string& id, std::string_view name, ActorType type, std::string_view country);
  uint32_t state(const std::string& id);
  uint32_t known(const std::string& id);               // from the tables, by id
  uint32_t person_of(NameRef row);                     // row of persons.tsv
  uint32_t unnamed(std::string_view words);            // "?"
  std::string country_of(uint32_t actor) const;        // letters, empty if none
  uint32_t state_of(uint32_t actor);                   // its state; UINT32_MAX if none
  uint32_t government_part(std::string_view country, std::string_view part, std::string_view name, ActorType type);
  bool has_role(uint32_t actor, std::string_view cls) const;
  void add_role(uint32_t actor, const TitlePhrase& title);
  bool same_person(uint32_t actor, uint32_t begin, uint32_t end) const;
  NameParts parts_of(uint32_t begin, uint32_t end) const;
  bool initial(uint32_t i) const;  // "A." before a name
  std::string proper(uint32_t begin, uint32_t end) const;
  char gender_of(uint32_t begin) const;
  std::vector<NameRef> offices_of(std::string_view of, std::string_view role) const;
  std::optional<uint32_t> holder(std::string_view of, std::string_view cls);
  static std::string letters(std::string_view state_id) { return std::string(state_id.substr(state_id.find(':') + 1)); }

  // --- passes
  void scan_atoms();
  void find_named_countries();
  Atom best_atom(uint32_t i, uint32_t limit) const;
  bool written_in_capitals(NameRef ref, uint64_t key) const;
  bool fits(NameRef ref, uint32_t begin, uint32_t end) const;
  void find_local_states();
  void find_local_orgs();
  void read_names();
  void name_speakers();
  ActorSet label_speaker(const Turn& turn, const std::map<std::string, ActorSet>& by_label);
  void address_turns(const std::vector<bool>& asks, const std::vector<TokenRange>& ranges);
  bool generic_label(uint32_t begin, uint32_t end) const;
  bool chairs(const Turn& turn) const;
  std::vector<std::pair<uint32_t, uint32_t>> language_notes(uint32_t begin, uint32_t end) const;
  std::optional<uint32_t> delegate_named(uint32_t begin, uint32_t end, const std::string& state_id);
  std::optional<uint32_t> principal(uint32_t before, int wanted = 1);
  uint32_t head_side();
  uint32_t head_end() const;  // byte where the first turn begins, with its introduction
  uint32_t self_named_state(uint32_t begin, uint32_t end);
  uint32_t state_that_speaks(const std::vector<bool>& own) const;
  ActorSet bodies_of(const ActorSet& speakers);  // the ministry or office for which a spokesperson speaks
  ActorSet signatories();
  void find_sides();
  ActorSet called_upon(uint32_t begin, uint32_t end);
  void find_countries();
  void find_quotes();
  void attribute_quotes();
  ActorSet actors_at(TokenId token) const;
  uint32_t nameless_speaker(TokenId token);
  ActorSet other_of_two(const ActorSet& speaker);
  void said_elsewhere(Speech& speech);
  void find_default_speaker();
  std::optional<uint32_t> signer_in_title();
  void name_publisher();
  void find_principals();
  void read_reference(bool in_quotes);

  // --- names
  const Atom* atom(uint32_t i) const { return i < size() && atom_at_[i] >= 0 ? &atoms_[static_cast<size_t>(atom_at_[i])] : nullptr; }
  TitlePhrase parse_title(uint32_t i) const;
  void read_complements(TitlePhrase& title) const;
  uint32_t parse_state(uint32_t i, std::string& id) const;  // end of a state's name at i (0: none)
  uint32_t parse_name(uint32_t i, bool after_title) const;  // end of a person's name at i (0: none)
  uint32_t name_chunk(uint32_t i) const;
  const Atom* atom_before(uint32_t i) const;               // that ends before a "'s" that ends at i
  uint32_t skip_honorifics(uint32_t i, char& gender) const;
  uint32_t read_person(uint32_t i);
  uint32_t read_body(uint32_t i);
  uint32_t read_other(uint32_t i);
  bool capital_acts(const Atom& capital) const;
  uint32_t noun_of(uint32_t adjective) const;
  bool adjective_acts(uint32_t adjective, uint32_t end) const;
  struct OfficeHolder {
    NameRef row;
    int points = 0;
  };
  std::optional<OfficeHolder> office_holder(uint32_t begin, uint32_t end, const TitlePhrase& title, char gender) const;
  std::optional<NameRef> spelled_otherwise(uint32_t begin, uint32_t end) const;
  bool lone_office_holder(uint32_t i) const;
  std::optional<uint32_t> find_person(uint32_t begin, uint32_t end, const TitlePhrase& title, char gender, bool may_make, float& score,
                                      std::string& reason, MentionForm& form);
  MentionDraft& mention(uint32_t begin, uint32_t end, ActorSet actors, MentionForm form, std::string reason, float score);

  // --- reference
  uint32_t visit(uint32_t i);
  uint32_t read_address(const Atom& form);
  uint32_t read_style(const Atom& form);
  uint32_t read_vocative(uint32_t i);
  std::string home_country() const;
  ActorSet visitor_or_host(uint32_t i, bool visitor, const ActorSet& owners);
  ActorSet agreement_parties(size_t count);

  static uint32_t number_of(std::string_view word);
  void push(size_t mention) { sequence_.push_back(mention); }
  MentionDraft* mention_over(uint32_t token);
  uint32_t read_office(const TitlePhrase& title);
  uint32_t read_description(uint32_t i);
  const MentionDraft* owner_before(uint32_t i) const;   // the mention before a "'s" that ends at i
  const MentionDraft* mention_at(uint32_t i) const;
  std::string country_behind(uint32_t end) const;       // "in Armenia" behind "the government and the opposition"
  bool named_with(uint32_t actor, uint64_t key) const;
  std::optional<uint32_t> last_organisation(uint32_t before, std::string_view cls);
  std::optional<uint32_t> last_government(uint32_t before);
  ActorSet warring_parties(const ActorSet& of, int least = 1);
  ActorSet named_leaders(uint32_t before);
  bool formally(uint32_t state, uint64_t word) const;   // is the word a part of its official name?
  std::optional<uint32_t> predecessor(uint32_t person);
  bool read_pronoun(uint32_t i);
  void read_first_second(uint32_t i);
  bool speaks_for_others(uint32_t actor) const;
  const Speech* speech(uint32_t i) const { return i < size() && speech_at_[i] >= 0 ? &speeches_[static_cast<size_t>(speech_at_[i])] : nullptr; }
  ActorSet states_of(const ActorSet& actors);
  ActorSet sides_of(const ActorSet& actors);  // whom they speak for: an organisation of theirs, else their state
  ActorSet recent_persons(uint32_t before, size_t count, std::string_view cls, bool skip_speaker);
  ActorSet leaders(uint32_t before, size_t count);
  uint32_t count_behind(uint32_t end) const;
  ActorSet recent_states(uint32_t before, size_t count);
  ActorSet states_of_exchange(uint32_t before);
  std::optional<ActorSet> antecedent(uint32_t i, std::string_view pronoun, float& score, std::string& reason);
  std::vector<uint32_t> subjects_above(uint32_t i) const;
  uint32_t subject_with(const MentionDraft& m) const;
  std::optional<ActorSet> told_ahead(uint32_t i, std::string_view pronoun);
  ActorSet possessor(uint32_t i);
  std::string context_country(uint32_t i);

  const Knowledge& knowledge_;
  const ActorTables& tables_;
  const Document& doc_;
  const TokenLayer& tokens_;
  const StructureLayer& structure_;
  std::string day_;

  std::vector<uint64_t> keys_;
  std::vector<std::string> low_;
  std::vector<bool> caps_;      // two letters or more, all of them capitals
  std::vector<bool> shouted_;   // [sentences] written in capitals
  std::vector<Atom> atoms_;
  std::vector<int32_t> atom_at_;      // atom that begins here
  std::vector<int32_t> atom_over_;    // atom that covers this token
  std::vector<int32_t> entity_at_;    // entity of the syntax layer that begins here
  std::vector<bool> taken_;           // covered by a mention that stands on its own
  std::vector<ActorDraft> actors_;
  std::unordered_map<std::string, uint32_t> by_id_;
  std::vector<MentionDraft> mentions_;
  std::vector<TitlePhrase> pending_offices_;
  std::map<uint32_t, size_t> pending_at_;  // begin token -> pending office
  struct PendingBody {
    uint32_t begin, end;
    std::string pattern, kind;
  };
  std::map<uint32_t, PendingBody> pending_bodies_;
  std::vector<Speech> speeches_;
  std::vector<int32_t> speech_at_;
  std::vector<bool> in_quote_;         // [n tokens] in direct speech within narration
  std::vector<ActorSet> turn_speaker_, turn_addressee_;
  std::vector<uint32_t> principals_;       // states that the document is about
  std::vector<size_t> sequence_;           // mentions before the place that is read, in order
  std::optional<uint32_t> publisher_;
  std::unordered_set<std::string> named_countries_;  // letters of the states that the document names
  std::unordered_set<uint64_t> small_words_;         // words that the document writes small too
  std::unordered_set<uint64_t> royal_words_;  // king, emir ...
  std::unordered_set<uint64_t> name_keys_;  // parts of the names of people in this document
  bool registering_ = false;               // first sweep over names: who is there, no mentions yet
  std::map<std::string, std::string> local_adjectives_;  // "veldorian" -> "state:x-veldoria"
  static constexpr uint32_t kLead = 700;   // bytes in which a readout names who met
  inline static const std::string kNothing;
};

/// ASCII slug: "Miloš Minić" -> "milos-minic".
std::string slug(std::string_view name);

/// Adds what is not there yet.
void add_unique(ActorSet& set, uint32_t actor);

}  // namespace readout::entities

// The columns of a document, layer by layer. Each layer is written once, by one stage, and is
// read-only afterwards. Structs of arrays where there are many rows (tokens), arrays of small
// structs where there are few (mentions, events). Strings are interned per document (Sym).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "readout/span.h"
#include "readout/syntax_labels.h"

namespace readout {

enum class Layer : uint8_t {
  Structure, Tokens, Syntax, Entities, Sayings, Actors, Quotes, Timex, Figures, Places,
  Events, Commitments, Agreements, Topics, kCount
};

/// How a row was made: rule or model name with version ("timex.rules/1"), and a score in [0, 1].
struct Made {
  Sym by = kNone<Sym>;
  float score = 1.0F;
};

// ---------------------------------------------------------------------------------- structure
// Written by `discourse.structure` from the plain text alone.

enum class BlockRole : uint8_t {
  Title, Caption, Credit, Dateline, Byline, SourceLine, Narration, Turn, Heading, ListItem, Table,
  Navigation, Boilerplate
};

/// A paragraph, line or cell group: what the layout of the page sets apart.
struct Block {
  Span span;                      // without surrounding white space
  BlockRole role = BlockRole::Narration;
  bool continues = false;         // the page cut a sentence here: reads on from the block before
  TurnId turn = kNone<TurnId>;    // the turn that this block's end belongs to
};

/// One stretch of speech by one speaker. Spans may run over many blocks.
struct Turn {
  Span span;                        // what is said, without the introduction
  Span introduced_by;               // "Foreign Minister X said:", empty if not introduced
  Span speaker;                     // the words that name the speaker, empty if none
  std::vector<Span> addressee;      // words of address or of the introduction that name who is spoken to
  std::vector<Span> also_present;
  BlockId first_block{}, last_block{};
  bool direct = true;               // false: a summary in the third person under a speaker's label
  bool asks = false;                // a question of an interview or press conference
  float score = 1.0F;
};

struct StructureLayer {
  std::vector<Block> blocks;        // sorted, disjoint
  std::vector<Turn> turns;          // sorted, disjoint
  std::optional<Span> title, author, source_line, publisher, dateline_place, published;
  std::vector<Span> captions, credits;
  std::string title_text;           // may come from the container (meta tags) instead of a span
  std::string publisher_text;
  std::string author_text;
  std::string place_text;
  std::string published_iso;        // ISO 8601 with zone where the document states it; else empty
  std::string genre;                // RECORD.md: readout, communique, transcript, ...; empty: unknown
  std::string language;             // BCP 47, "en" when not stated and nothing speaks against it
};

// ------------------------------------------------------------------------------------- tokens
// Written by `text.tokens`. Words in the sense of Universal Dependencies: "don't" is two.

struct TokenFlags {
  static constexpr uint8_t kContinuesToken = 1;  // second or later word of one surface token
  static constexpr uint8_t kSpaceAfter = 2;      // white space follows in the plain text
  static constexpr uint8_t kAlpha = 4;           // begins with a letter
  static constexpr uint8_t kUpper = 8;           // begins with an upper-case letter
  static constexpr uint8_t kDigit = 16;          // contains a digit
};

struct TokenLayer {
  std::vector<Span> span;                 // [n] sorted, disjoint, none empty
  std::vector<uint8_t> flags;             // [n]
  std::vector<SentenceId> sentence;       // [n]
  std::vector<TokenRange> sentences;      // [m] sorted, none empty, covers all tokens
  std::vector<BlockId> sentence_block;    // [m] the block in which the sentence begins
  std::vector<TurnId> sentence_turn;      // [m] kNone outside of turns

  uint32_t size() const { return static_cast<uint32_t>(span.size()); }
};

// ------------------------------------------------------------------------- syntax and entities
// Written by `syntax` and `syntax.entities`.

struct SyntaxLayer {
  std::vector<Upos> upos;      // [n] Universal Dependencies v2 tag
  std::vector<Sym> feats;      // [n] "Mood=Ind|Tense=Past", kNone if none
  std::vector<Sym> lemma;      // [n]
  std::vector<TokenId> head;   // [n] the root of a sentence is its own head
  std::vector<Dep> dep;        // [n] relation to head
  std::vector<float> score;    // [n] probability of the arc, or empty
};

enum class EntityType : uint8_t { Person, Organisation, Location, Gpe, Date, Money, Quantity, Other };

struct Entity {
  TokenRange tokens;
  EntityType type = EntityType::Other;
  float score = 1.0F;
};

struct EntityLayer {
  std::vector<Entity> entities;  // sorted, disjoint
};

// -------------------------------------------------------------------------------- sayings
// Written by `discourse.sayings`: whose words stand in quotation marks, by their place alone, before
// anybody knows who is meant.

struct Saying {
  Span span;                             // between the marks, one paragraph at most
  TokenId cue = kNone<TokenId>;          // "said"
  TokenId source = kNone<TokenId>;       // head of the words that name who says it
  TokenId addressee = kNone<TokenId>;    // head of the words that name who is told
  bool goes_on = false;                  // says it who said the one before
};

struct SayingLayer {
  std::vector<Saying> sayings;           // sorted by span
};

// ------------------------------------------------------------------------- actors and mentions

enum class ActorType : uint8_t {
  Person, State, Government, Military, ArmedGroup, Party, Igo, Ngo, Company, Civil, Population,
  PlaceAsActor, Media
};

struct Office {
  Sym title = kNone<Sym>;   // "Foreign Minister"
  Sym of = kNone<Sym>;      // actor id of the body or state
  Sym from = kNone<Sym>, until = kNone<Sym>;
};

/// Somebody in the world, as this document knows them.
struct Actor {
  Sym id = kNone<Sym>;               // "state:AZE", "person:ilham-aliyev", "?" when unnamed
  Sym name = kNone<Sym>;
  ActorType type = ActorType::Person;
  Sym country = kNone<Sym>;          // alpha-3
  std::vector<Sym> sectors;          // PLOVER/CAMEO codes
  std::vector<Sym> aliases;          // forms seen in this document, first seen first
  std::vector<Office> offices;       // held on the document's date
  bool known = false;                // from the dictionaries, not only from this document
};

enum class MentionForm : uint8_t {
  Name, Office, Title, Patronymic, Demonym, Metonym, Acronym, Description, Pronoun, Possessive
};

struct Mention {
  Span span;
  TokenRange tokens;
  TokenId head{};                          // syntactic head of the mention
  std::vector<ActorId> actors;             // a set: "we" may be two states
  std::vector<ActorId> alternatives;       // readings that lost, best first
  MentionForm form = MentionForm::Name;
  uint8_t person = 0;                      // 1, 2, 3 for pronouns and possessives; 0 otherwise
  Sym reason = kNone<Sym>;                 // why these actors, in words
  Made made;
};

struct ActorLayer {
  std::vector<Actor> actors;               // index = ActorId; order of first mention
  std::vector<Mention> mentions;           // sorted by span
  std::vector<std::vector<ActorId>> turn_speaker;    // [turns] whom the label names
  std::vector<std::vector<ActorId>> turn_addressee;  // [turns]
  std::optional<ActorId> publisher;
};

// -------------------------------------------------------------------------- quotes and voices

enum class QuoteType : uint8_t { Direct, Indirect, Mixed };

struct Quote {
  Span span;                               // the content
  QuoteType type = QuoteType::Direct;
  std::vector<ActorId> source, addressee;
  Span source_span;                        // the words that name the source; empty if understood
  Span cue;                                // "said", "according to"; empty if none
  bool denied = false;                     // the reporter denies or doubts what is reported
  QuoteId parent = kNone<QuoteId>;         // inside which it stands
  Made made;
};

/// Who says it: outermost first (publisher, speaker, quoted source), each with its evidence.
struct Voice {
  std::vector<ActorId> chain;
  std::vector<Span> evidence;              // [chain] words that make this actor a voice; may be empty
};

struct QuoteLayer {
  std::vector<Quote> quotes;               // sorted by span
  std::vector<Voice> voices;
  std::vector<VoiceId> token_voice;        // [n tokens] innermost voice of each token
};

// -------------------------------------------------------------------- times, figures, places

enum class TimexType : uint8_t { Date, Time, Duration, Set };

struct Timex {
  Span span;
  TimexType type = TimexType::Date;
  Sym value = kNone<Sym>;                  // TIMEX3 value; kNone when it can't be resolved
  Sym from = kNone<Sym>, until = kNone<Sym>;  // ISO 8601, half-open interval of days or seconds
  Sym mod = kNone<Sym>;                    // TIMEX3 mod: APPROX, START, MID, END, BEFORE, AFTER, ...
  Sym anchor = kNone<Sym>;                 // ISO date or id of what it is relative to
  Sym function = kNone<Sym>;               // CREATION_TIME, PUBLICATION_TIME, DEADLINE ...
  Sym reason = kNone<Sym>;                 // why this value, in words
  Made made;
};

struct TimexLayer {
  std::vector<Timex> timexes;              // sorted by span
};

enum class Comparator : uint8_t { Exact, About, MoreThan, LessThan, AtLeast, AtMost, Almost, None, All, Many, Few };

struct Figure {
  Span span;
  std::optional<double> value, low, high;
  Comparator comparator = Comparator::Exact;
  Sym unit = kNone<Sym>;                   // "km", "USD", "percent", "people"
  Sym counted = kNone<Sym>;                // lemma phrase of what is counted
  Span counted_span;
  std::vector<ActorId> about;
  TimexId as_of = kNone<TimexId>;
  FigureId revises = kNone<FigureId>;      // the figure that this one replaces ("up from nine")
  Made made;
};

struct FigureLayer {
  std::vector<Figure> figures;
};

struct Place {
  Span span;
  Sym id = kNone<Sym>;                     // gazetteer id
  Sym name = kNone<Sym>, country = kNone<Sym>, part_of = kNone<Sym>;
  Sym precision = kNone<Sym>;              // "city", "admin1", "country", "region", "point"
  std::optional<double> lat, lon;
  Made made;
};

struct PlaceLayer {
  std::vector<Place> places;
};

// ------------------------------------------------------- events, commitments, agreements, topics

enum class Status : uint8_t {
  Happened, Ongoing, Habitual, Planned, Promised, Offered, Requested, Hoped, Conditional, Denied,
  Alleged, Refused
};

enum class Evidentiality : uint8_t { OwnAct, Observed, Reported, Alleged };

/// Where the date of an act comes from: its own clause, the day that the narration is at, the document's day.
enum class DateBasis : uint8_t { None, Stated, Narration, Document };

struct Event {
  Span predicate;
  TokenId head{};
  std::vector<ActorId> source, target;
  std::vector<Span> source_spans, target_spans;
  Sym plover = kNone<Sym>, mode = kNone<Sym>;
  std::vector<Sym> context;
  Sym cameo = kNone<Sym>;                  // kNone: uncoded
  Sym uncoded_reason = kNone<Sym>;
  Status status = Status::Happened;
  bool negative = false;
  Evidentiality evidentiality = Evidentiality::Reported;
  TimexId date = kNone<TimexId>;           // the time that its clause, or the narration that it stands in, states
  DateBasis date_basis = DateBasis::None;
  Sym day = kNone<Sym>;                    // TIMEX3 value by the day, or an interval
  PlaceId place = kNone<PlaceId>;
  VoiceId voice = kNone<VoiceId>;
  std::vector<Span> also;                  // further tellings of the same act in this document
  Sym frame = kNone<Sym>;                  // frame name and its file:line
  std::vector<Sym> explanation;            // words for `why`, one step a string
  Made made;
};

struct EventLayer {
  std::vector<Event> events;
  // Actors that only an act names ("Russian troops"): ids go on where ActorLayer::actors end.
  std::vector<Actor> actors;
};

enum class CommitmentKind : uint8_t {
  Pledge, Intention, Offer, Order, Request, Condition, Prohibition, Refusal, Expectation, Fulfilment
};
enum class Strength : uint8_t { Commits, Intends, ReadyTo, Hopes, Expects, Obliged };

struct Commitment {
  Span span;
  CommitmentKind kind = CommitmentKind::Pledge;
  std::vector<ActorId> owed_by, owed_to, holder;
  Span what;
  Strength strength = Strength::Commits;
  Span condition;
  Span deadline;
  Sym deadline_value = kNone<Sym>;
  FigureId quantity = kNone<FigureId>;
  AgreementId agreement = kNone<AgreementId>;
  CommitmentId fulfils = kNone<CommitmentId>;
  Sym provision = kNone<Sym>;              // number of the article or point
  VoiceId voice = kNone<VoiceId>;
  Made made;
};

struct CommitmentLayer {
  std::vector<Commitment> commitments;
};

struct AgreementSaid {
  std::vector<ActorId> by;
  Sym status = kNone<Sym>;
  Span span;
};

struct Agreement {
  Span span;
  std::vector<Span> also;
  Sym name = kNone<Sym>;
  Sym type = kNone<Sym>;                   // agreement, statement, communique, convention, ...
  std::vector<ActorId> parties;
  TimexId date = kNone<TimexId>;
  std::vector<AgreementSaid> said;
  VoiceId voice = kNone<VoiceId>;
  Made made;
};

struct AgreementLayer {
  std::vector<Agreement> agreements;
};

struct Topic {
  Span span;                               // the sentence that speaks most of it
  Sym topic = kNone<Sym>;
  bool primary = false;
  Made made;
};

struct TopicLayer {
  std::vector<Topic> topics;
};

}  // namespace readout

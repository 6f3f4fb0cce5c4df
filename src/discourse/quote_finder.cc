// First the marked stretches, as speech_marks.h reads them, each with who is behind the words of its source. Then the
// attributions that no marks took up. Last the rows are made a tree.
#include "discourse/quote_finder.h"

#include <algorithm>

#include "core/check.h"
#include "discourse/scan.h"

namespace readout::discourse {
namespace {

constexpr uint32_t kNo = Arcs::kNo;
constexpr std::string_view kMethod = "discourse.quotes/1";

void add_all(std::vector<ActorId>& to, const std::vector<ActorId>& from) {
  for (const ActorId actor : from) {
    if (std::find(to.begin(), to.end(), actor) == to.end()) to.push_back(actor);
  }
}

}  // namespace

QuoteFinder::QuoteFinder(const Arcs& arcs, const QuoteWords& words, Draft& draft)
    : arcs_(arcs), words_(words), draft_(draft), doc_(draft.doc()), speech_(arcs, words), finder_(speech_.finder()), marks_(speech_.marks()), attributions_(speech_.attributions()) {}

std::vector<Quote> QuoteFinder::find() {
  used_.assign(attributions_.size(), false);
  index_mentions();
  marked_quotes();
  arc_quotes();
  summary_quotes();
  tree();
  return std::move(quotes_);
}

// ------------------------------------------------------------------------------------ who it is

void QuoteFinder::index_mentions() {
  mention_at_.assign(arcs_.size(), -1);
  mention_over_.assign(arcs_.size(), -1);
  const auto& mentions = doc_.actors()->mentions;
  for (size_t m = 0; m < mentions.size(); ++m) {
    const Mention& mention = mentions[m];
    const auto row = static_cast<int32_t>(m);
    if (index(mention.head) < arcs_.size()) {
      int32_t& at = mention_at_[index(mention.head)];
      if (at < 0 || mentions[static_cast<size_t>(at)].tokens.size() < mention.tokens.size()) at = row;
    }
    for (uint32_t t = index(mention.tokens.begin); t < index(mention.tokens.end) && t < arcs_.size(); ++t) {
      int32_t& over = mention_over_[t];
      if (over < 0 || mentions[static_cast<size_t>(over)].tokens.size() > mention.tokens.size()) over = row;
    }
  }
}

const Mention* QuoteFinder::mention_of(uint32_t head) const {
  const auto& mentions = doc_.actors()->mentions;
  int32_t row = mention_at_[head];
  if (row < 0) row = mention_over_[head];
  return row < 0 ? nullptr : &mentions[static_cast<size_t>(row)];
}

bool QuoteFinder::unnamed(const std::vector<ActorId>& actors) const {
  return std::all_of(actors.begin(), actors.end(), [&](ActorId a) { return doc_.str(doc_.actors()->actors[index(a)].id) == "?"; });
}

std::vector<ActorId> QuoteFinder::actors_of(uint32_t head) const {
  std::vector<ActorId> actors;
  if (const Mention* mention = mention_of(head)) actors = mention->actors;
  if (unnamed(actors)) {
    // "spokeswoman Liv Haldane", "the agent, Erik Maltzan": the name stands beside the role
    for (uint32_t c = arcs_.first(head); c != kNo; c = arcs_.next(c)) {
      const Dep dep = arcs_.dep(c);
      if (dep != Dep::Appos && dep != Dep::Flat && dep != Dep::NmodDesc) continue;
      const Mention* mention = mention_of(c);
      if (mention != nullptr && !unnamed(mention->actors)) {
        actors = mention->actors;
        break;
      }
    }
  }
  if (actors.empty() && arcs_.upos(head) == Upos::Propn) {
    // A family name that the reading of mentions passed over.
    uint32_t last = head;
    for (uint32_t c = arcs_.first(head); c != kNo; c = arcs_.next(c)) {
      if (arcs_.dep(c) == Dep::Flat && c > last) last = c;
    }
    const std::string_view word = arcs_.word(last);
    for (size_t a = 0; a < doc_.actors()->actors.size() && word.size() >= 3; ++a) {
      const Actor& actor = doc_.actors()->actors[a];
      const std::string_view name = doc_.str(actor.name);
      if (actor.type != ActorType::Person || !name.ends_with(word) || name.size() <= word.size() || name[name.size() - word.size() - 1] != ' ') continue;
      if (!actors.empty()) {
        actors.clear();  // two of that name
        break;
      }
      actors.push_back(ActorId{static_cast<uint32_t>(a)});
    }
  }
  if (unnamed(actors) && arcs_.upos(head) == Upos::Noun) {
    // The name stands further down: "the agent at the tribunal, Erik Maltzan", "critics such as X"
    for (uint32_t t = head + 1; t <= arcs_.right(head); ++t) {
      const bool aside = arcs_.dep(t) == Dep::Appos && arcs_.word(arcs_.left(t) > 0 ? arcs_.left(t) - 1 : 0) == ",";
      bool such = false;
      for (uint32_t c = arcs_.first(t); c != kNo; c = arcs_.next(c)) such |= arcs_.dep(c) == Dep::Case && arcs_.lemma(c) == "such";
      if (arcs_.dep(t) == Dep::Appos && arcs_.upos(t) == Upos::Propn && !aside) {
        for (uint32_t c = arcs_.first(t); c != kNo; c = arcs_.next(c)) such |= arcs_.dep(c) == Dep::Punct && arcs_.word(c) == ",";
        such |= t > 0 && arcs_.word(t - 1) == ",";
      }
      if (!aside && !such) continue;
      const Mention* mention = mention_of(t);
      if (mention == nullptr || unnamed(mention->actors) || doc_.actors()->actors[index(mention->actors[0])].type != ActorType::Person) continue;
      actors = mention->actors;
      break;
    }
  }
  for (uint32_t c = arcs_.first(head); c != kNo; c = arcs_.next(c)) {
    if (arcs_.dep(c) == Dep::Conj && c > head) add_all(actors, actors_of(c));
  }
  return actors;
}

/// `own`: the quote itself, whose words can't name its source.
QuoteFinder::Source QuoteFinder::source_of(uint32_t head, Span own) {
  Source source;
  if (head == kNo) return source;
  const TokenRange words = finder_.source_words(head);
  source.span = arcs_.span(index(words.begin), index(words.end));
  if (const Mention* mention = mention_of(head)) {
    if (mention->tokens.contains(TokenId{head}) && mention->span.begin <= source.span.begin && mention->span.end >= source.span.begin) {
      source.span.begin = std::min(source.span.begin, mention->span.begin);
      source.span.end = std::max(source.span.end, mention->span.end);
    }
  }
  if (source.span.overlaps(own)) source.span = arcs_.span(head);
  source.pronoun = arcs_.upos(head) == Upos::Pron;
  source.actors = actors_of(head);
  if (unnamed(source.actors) && arcs_.word_is(head, "latter")) {
    // Who was named last in the sentence before.
    const uint32_t sentence = arcs_.sentence_begin(head);
    const uint32_t before = sentence > 0 ? arcs_.sentence_begin(sentence - 1) : sentence;
    for (const Mention& mention : doc_.actors()->mentions) {
      if (index(mention.head) < before || index(mention.head) >= sentence || mention.actors.size() != 1) continue;
      if (mention.form == MentionForm::Name && doc_.actors()->actors[index(mention.actors[0])].type == ActorType::Person) source.actors = mention.actors;
    }
  }
  if (source.actors.empty() && arcs_.upos(head) == Upos::Noun && (words_.nouns.find(arcs_.lemma(head)) & (Cue::Statement | Cue::View)) != 0) {
    // "Karsund's statement said"
    const uint32_t owner = finder_.owner_of(head);
    if (owner != kNo) source.actors = actors_of(owner);
  }
  if (unnamed(source.actors) && source.pronoun && (arcs_.word_is(head, "he") || arcs_.word_is(head, "she"))) {
    // A pronoun that nobody resolved: who was quoted last, but not who speaks here.
    const std::vector<ActorId>* speaker = nullptr;
    const auto& turns = doc_.structure()->turns;
    for (size_t i = 0; i < turns.size(); ++i) {
      if (turns[i].span.contains(arcs_.span(head))) speaker = &doc_.actors()->turn_speaker[i];
    }
    const auto fits = [&](const std::vector<ActorId>& actors) {
      return actors.size() == 1 && doc_.actors()->actors[index(actors[0])].type == ActorType::Person && !unnamed(actors) &&
             (speaker == nullptr || *speaker != actors);
    };
    uint32_t nearest = 0;
    for (const Quote& quote : quotes_) {
      if (quote.span.begin >= source.span.begin || source.span.begin - quote.span.begin > 800 || !fits(quote.source)) continue;
      if (quote.span.begin >= nearest) {
        nearest = quote.span.begin;
        source.actors = quote.source;
      }
    }
  }
  return source;
}

void QuoteFinder::set_addressee(Quote& quote, uint32_t head) const {
  if (head == kNo) return;
  const TokenRange words = finder_.source_words(head);
  const Span span = arcs_.span(index(words.begin), index(words.end));
  if (span.overlaps(quote.span)) return;
  quote.addressee = actors_of(head);
}

// ------------------------------------------------------------------------------- marked stretches

void QuoteFinder::marked_quotes() {
  using Kind = SpeechMarks::Kind;
  size_t last_direct = SIZE_MAX;
  for (size_t m = 0; m < marks_.size(); ++m) {
    const Marked& mark = marks_[m];
    const SpeechMarks::Reading r = speech_.reading(m);
    if (r.kind == Kind::None || r.kind == Kind::Unclaimed || r.kind == Kind::Part) continue;  // a part: arc_quotes makes it
    Quote quote;
    quote.made = {draft_.intern(kMethod), 1.0F};
    quote.span = r.whole;
    if (r.kind == Kind::GoesOn) {
      if (goes_on(mark, last_direct, quote)) {
        quotes_.push_back(std::move(quote));
        last_direct = quotes_.size() - 1;
      } else if (said_elsewhere(quote)) {
        quotes_.push_back(std::move(quote));
      }
      continue;
    }
    if (r.kind == Kind::Content) {
      used_[r.attribution] = true;
    } else if (r.kind == Kind::Led) {
      for (size_t a = 0; a < attributions_.size(); ++a) {
        if (attributions_[a].cue == r.governor.cue) used_[a] = true;
      }
    }
    if (r.governor.unreal) continue;
    const Source source = source_of(r.governor.source, r.whole);
    quote.source = source.actors;
    quote.source_span = source.span;
    quote.denied = r.governor.denied;
    quote.cue = arcs_.span(r.governor.cue);
    if (r.kind == Kind::Content) {
      const Attribution& attribution = attributions_[r.attribution];
      if (attribution.source == kNo && (attribution.bits & (Cue::Know | Cue::Show)) != 0 && (attribution.bits & Cue::Speech) == 0) continue;
      quote.type = attribution.that || !r.clause ? QuoteType::Mixed : QuoteType::Direct;
      quote.cue = arcs_.span(attribution.cue_begin, attribution.cue_end);
    } else if (r.kind == Kind::Led) {
      quote.span = {arcs_.span(r.lead).begin, mark.outer.end};
      quote.type = QuoteType::Mixed;
      quote.made.score = 0.8F;
    } else {
      quote.type = r.clause && !r.governor.named ? QuoteType::Direct : QuoteType::Mixed;
      quote.made.score = r.governor.score;
    }
    if (!r.governor.named) set_addressee(quote, r.governor.addressee);
    quotes_.push_back(std::move(quote));
    last_direct = quotes_.size() - 1;
  }
}

/// On its own behind another quote: its speaker goes on.
bool QuoteFinder::goes_on(const Marked& mark, size_t last_direct, Quote& quote) const {
  if (mark.depth != 0 || last_direct == SIZE_MAX || quotes_[last_direct].type == QuoteType::Indirect) return false;
  const Quote& previous = quotes_[last_direct];
  const size_t here = speech_.block_at(mark.inner.begin);
  if (here < speech_.block_at(previous.span.begin)) return false;
  const size_t gap = here - speech_.block_at(previous.span.end > 0 ? previous.span.end - 1 : 0);
  if (gap > 1) return false;
  quote.source = previous.source;
  quote.source_span = previous.source_span;
  quote.addressee = previous.addressee;
  quote.made.score = gap == 0 ? 0.8F : 0.6F;
  return true;
}

/// A passage set off from the text repeats what somebody is quoted with elsewhere.
bool QuoteFinder::said_elsewhere(Quote& quote) const {
  const std::string_view said = doc_.text(quote.span);
  for (const Quote& other : quotes_) {
    if (other.type != QuoteType::Direct || said.size() < 20 || doc_.text(other.span).find(said) == std::string_view::npos) continue;
    quote.source = other.source;
    quote.source_span = other.source_span;
    quote.made.score = 0.6F;
    return true;
  }
  return false;
}

// ------------------------------------------------------------------------------------ by arcs

Span QuoteFinder::content_span(uint32_t begin, uint32_t end) const {
  Span span = arcs_.span(begin, end);
  // Marks at the edges that close or open outside are not the content's.
  for (const Marked& mark : marks_) {
    if (mark.outer.begin >= span.end) break;
    if (mark.outer.end <= span.begin) continue;
    if (mark.inner.contains(span) || span.contains(mark.outer)) continue;
    // Crossing: the part inside of the marks is not this speaker's own clause, unless most of it is.
    if (span.begin < mark.outer.begin && span.end < mark.outer.end) {
      if (span.end <= mark.inner.begin) span.end = mark.outer.begin;
      else span.end = mark.outer.end;
    } else if (span.begin >= mark.outer.begin && span.end > mark.inner.end) {
      if (span.begin >= mark.inner.begin) {
        span.end = std::min(span.end, mark.inner.end);
      } else {
        span.begin = mark.outer.begin;
      }
    }
  }
  return trim(doc_.plain(), span);
}

bool QuoteFinder::introduces_turn(const Attribution& attribution) const {
  const auto& turns = doc_.structure()->turns;
  const Span cue = arcs_.span(attribution.cue);
  const auto turn = std::partition_point(turns.begin(), turns.end(), [&](const Turn& t) { return t.span.end <= cue.begin; });
  if (turn == turns.end() || !turn->introduced_by.contains(cue)) return false;
  // "X, recalling that C, said": C is reported on the way; "According to X, the minister said:" says nothing
  if (!attribution.pieces.empty() && finder_.verb_bits(index(attribution.pieces.back().end) - 1) != 0) return true;
  return attribution.pieces.empty() || !turn->introduced_by.contains(arcs_.span(index(attribution.pieces[0].begin), index(attribution.pieces[0].end)));
}

/// "The representative of X said that C" where C begins a turn told in the third person, and the sentences
/// after it that go on telling: "His country was ready to send observers."
void QuoteFinder::summary_quotes() {
  const StructureLayer& structure = *doc_.structure();
  for (size_t i = 0; i < structure.turns.size(); ++i) {
    const Turn& turn = structure.turns[i];
    if (turn.direct || turn.introduced_by.empty()) continue;
    const TokenRange intro = doc_.tokens_in(turn.introduced_by), speech = doc_.tokens_in(turn.span);
    if (intro.empty() || speech.empty()) continue;
    uint32_t cue = kNo;
    for (uint32_t t = index(intro.begin); t < index(intro.end); ++t) {
      if ((words_.verbs.find(arcs_.lemma(t)) & (Cue::Speech | Cue::Think)) != 0 && arcs_.upos(t) != Upos::Noun) cue = t;
    }
    const bool at_cue = cue != kNo && index(intro.end) - cue <= 4;
    uint32_t begin = index(speech.begin);
    for (bool first = true; begin < index(speech.end); first = false) {
      const uint32_t end = std::min(arcs_.sentence_end(begin), index(speech.end)), sentence = begin;
      begin = end;
      if (first ? !at_cue : !told_on(sentence, end)) continue;
      Quote quote;
      quote.span = content_span(sentence, end);
      while (quote.span.end > quote.span.begin + 1 && (doc_.plain()[quote.span.end - 1] == '.' || doc_.plain()[quote.span.end - 1] == ';')) --quote.span.end;
      quote.type = QuoteType::Indirect;
      for (const Marked& mark : marks_) {
        if (quote.span.contains(mark.inner) && !speech_.title_or_name(mark)) quote.type = QuoteType::Mixed;
      }
      if (cue != kNo) quote.cue = arcs_.span(cue);
      quote.source = doc_.actors()->turn_speaker[i];
      quote.source_span = turn.speaker;
      quote.made = {draft_.intern(kMethod), first ? 0.9F : 0.7F};
      if (quote.source_span.empty() && quote.source.empty()) continue;
      quotes_.push_back(std::move(quote));
    }
  }
}

/// A sentence of a summary that has no cue of its own and does not tell what the speaker did ("He thanked Spain").
bool QuoteFinder::told_on(uint32_t begin, uint32_t end) const {
  uint32_t root = begin;
  while (root < end && !arcs_.root(root)) ++root;
  if (root >= end || (arcs_.upos(root) == Upos::Noun && arcs_.child(root, Dep::Cop) == kNo)) return false;
  for (const Attribution& attribution : attributions_) {
    if (attribution.cue < begin || attribution.cue >= end || attribution.source == kNo) continue;
    if (attribution.cue == root || arcs_.head(attribution.cue) == root) return false;
  }
  const Span span = arcs_.span(begin, end);
  for (const Quote& quote : quotes_) {
    if (quote.span.overlaps(span)) return false;
  }
  const uint32_t subject = arcs_.child(root, Dep::Nsubj);
  if (subject == kNo) return arcs_.child(root, Dep::NsubjPass) != kNo || arcs_.child(root, Dep::Expl) != kNo;
  const bool shifted = arcs_.child(root, Dep::Aux) != kNo;
  if (arcs_.upos(subject) == Upos::Pron && (arcs_.word_is(subject, "he") || arcs_.word_is(subject, "she") || arcs_.word_is(subject, "they"))) return shifted;
  const bool speaker = arcs_.lemma(subject) == "representative" || arcs_.lemma(subject) == "delegate" || arcs_.lemma(subject) == "speaker";
  return !speaker && words_.verbs.find(arcs_.lemma(root)) != Cue::Urge;
}

void QuoteFinder::arc_quotes() {
  const std::vector<Quote> marked = quotes_;
  for (size_t a = 0; a < attributions_.size(); ++a) {
    const Attribution& attribution = attributions_[a];
    if (used_[a] || attribution.unreal) continue;
    if (!attribution.reported) {
      // An opinion in the first person is the speaker's own, unless he speaks for others too.
      if ((attribution.bits & Cue::Think) == 0 || attribution.source == kNo || actors_of(attribution.source).size() < 2) continue;
    }
    if (attribution.source == kNo && (attribution.bits & (Cue::Say | Cue::Rumour)) == 0) continue;
    if (introduces_turn(attribution)) continue;
    const std::string_view lemma = arcs_.lemma(attribution.cue);
    const bool shows = (attribution.bits & Cue::Show) != 0 && ((attribution.bits & (Cue::Know | Cue::Tell)) != 0 || lemma == "reflect" || lemma == "signal" || lemma == "reveal");
    if (shows && attribution.source != kNo && lemma != "confirm" && lemma != "conclude") {
      // What shows or suggests something says it only if it is somebody, or a paper.
      const uint32_t noun = arcs_.upos(attribution.source) == Upos::Noun ? words_.nouns.find(arcs_.lemma(attribution.source)) : 0;
      if ((noun & (Cue::Statement | Cue::Finder)) == 0 && unnamed(actors_of(attribution.source))) continue;
    }
    for (const TokenRange piece : attribution.pieces) {
      const uint32_t begin = index(piece.begin), end = index(piece.end);
      if (attribution.pieces.size() > 1 && end - begin < 3) continue;
      Quote quote;
      quote.span = content_span(begin, end);
      if (quote.span.empty()) continue;
      bool taken = false, partly = false;
      for (const Marked& mark : marks_) {
        if (mark.outer.begin >= quote.span.end) break;
        partly |= quote.span.contains(mark.inner) && !speech_.title_or_name(mark);
      }
      for (const Quote& other : marked) taken |= other.span == quote.span || (other.span.overlaps(quote.span) && other.cue == arcs_.span(attribution.cue));
      if (taken) continue;
      quote.type = partly ? QuoteType::Mixed : QuoteType::Indirect;
      quote.cue = arcs_.span(attribution.cue_begin, attribution.cue_end);
      quote.denied = attribution.denied;
      const Source source = source_of(attribution.source, quote.span);
      quote.source = source.actors;
      quote.source_span = source.span;
      set_addressee(quote, attribution.addressee);
      own_introduction(quote);
      quote.made = {draft_.intern(kMethod), attribution.score};
      quotes_.push_back(std::move(quote));
    }
  }
}

/// What a turn's introduction reports on the way ("X, noting that C, said") is said by who speaks the turn.
void QuoteFinder::own_introduction(Quote& quote) const {
  const auto& turns = doc_.structure()->turns;
  for (size_t i = 0; i < turns.size(); ++i) {
    if (!turns[i].introduced_by.contains(quote.span) || turns[i].speaker.empty()) continue;
    if (!quote.source_span.empty() && !turns[i].speaker.overlaps(quote.source_span)) continue;
    quote.source = doc_.actors()->turn_speaker[i];
    if (quote.source_span.empty()) quote.source_span = {turns[i].speaker.begin, std::min(turns[i].speaker.end, quote.span.begin)};
  }
}

// ------------------------------------------------------------------------------------ the tree

void QuoteFinder::tree() {
  std::stable_sort(quotes_.begin(), quotes_.end(), [](const Quote& a, const Quote& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  std::vector<Quote> kept;
  std::vector<size_t> open;
  for (Quote& quote : quotes_) {
    while (!open.empty() && kept[open.back()].span.end <= quote.span.begin) open.pop_back();
    if (!open.empty()) {
      const Quote& outer = kept[open.back()];
      if (outer.span == quote.span && outer.cue == quote.cue) continue;
      if (quote.span.end > outer.span.end) {  // crossing: what lies behind belongs to nobody
        quote.span.end = outer.span.end;
        quote.span = trim(doc_.plain(), quote.span);
        if (quote.span.empty()) continue;
      }
      quote.parent = QuoteId{static_cast<uint32_t>(open.back())};
    }
    open.push_back(kept.size());
    kept.push_back(std::move(quote));
  }
  quotes_ = std::move(kept);
}

}  // namespace readout::discourse

#include "events/event_dates.h"

#include <algorithm>

#include "events/deadline_values.h"

namespace readout::events {
namespace {

bool one_of(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// The token of the expression that hangs on a word outside of it.
TokenId head_of(const SentenceView& view, const Document& doc, Span span) {
  const TokenRange range = doc.tokens_in(span);
  for (uint32_t t = index(range.begin); t < index(range.end); ++t) {
    const TokenId head = view.head(TokenId{t});
    if (index(head) < index(range.begin) || index(head) >= index(range.end) || head == TokenId{t}) return TokenId{t};
  }
  return range.begin;
}

/// The words before and in the expression that make it a bound or a name's part and not the time of an act.
bool is_bound(const SentenceView& view, TokenId head) {
  for (const TokenId c : view.children(head)) {
    if (base(view.dep(c)) != Dep::Case && base(view.dep(c)) != Dep::Mark) continue;
    if (one_of(view.doc().lemma(c), {"since", "until", "till", "after", "before", "than", "from"})) return true;
  }
  return false;
}

/// "the 98th anniversary of the treaty": its value is the day that is remembered, not the day of what is told.
bool remembers(const Document& doc, Span span) {
  const TokenRange range = doc.tokens_in(span);
  for (uint32_t t = index(range.begin); t < index(range.end); ++t) {
    if (one_of(doc.lemma(TokenId{t}), {"anniversary", "birthday", "jubilee", "centenary"})) return true;
  }
  return false;
}

std::string_view preposition(const SentenceView& view, TokenId head) {
  const TokenId c = view.child_base(head, Dep::Case);
  return c == kNone<TokenId> ? std::string_view() : view.doc().lemma(c);
}

/// Things that have a date of their own: acts told as nouns, texts, periods. Everything that a frame is headed by counts.
bool dated_thing(const SentenceView& view, TokenId noun) {
  const WordId word = view.word(noun);
  if (word == kNoWord) return false;
  const FrameSet& frames = view.frames();
  return std::any_of(frames.headed_by(word).begin(), frames.headed_by(word).end(),
                     [&](uint32_t p) { return frames.patterns()[p].pos == PatternPos::Noun; });
}

/// The verb, adjective or noun whose time the expression is; kNone for part of a name or a bound.
TokenId owner(SentenceView& view, TokenId timex) {
  TokenId t = timex;
  const std::string_view prep = preposition(view, timex);
  for (int steps = 0; steps < 12; ++steps) {
    const Dep dep = base(view.dep(t));
    if (view.is_root(t)) return t;
    const TokenId up = view.head(t);
    if (dep == Dep::Compound || dep == Dep::Amod || dep == Dep::Nummod || dep == Dep::Flat) {
      // "the 2015 agreement", "Monday's talks", "the November statement"
      return dated_thing(view, up) ? up : kNone<TokenId>;
    }
    if (view.verbal(up) || view.upos(up) == Upos::Adj || view.child_base(up, Dep::Cop) != kNone<TokenId>) return up;
    if (view.nominal(up)) {
      const bool own = t == timex && (prep == "of" || dep == Dep::Nmod || dep == Dep::Appos);
      if (own && prep == "of") return up;
      if (own && (prep.empty() || dated_thing(view, up))) return up;
      if (t != timex && dated_thing(view, t)) return t;
    }
    t = up;
  }
  return kNone<TokenId>;
}

/// The verb of the clause that tells of `head`: itself, its support verb, or the verb above.
TokenId clause_verb(SentenceView& view, TokenId head) {
  if (view.verbal(head)) return head;
  const Args& args = view.args(head);
  return args.support != kNone<TokenId> ? args.support : head;
}

/// How well a time with that owner dates the act; 0: not at all.
int fitness(SentenceView& view, TokenId head, TokenId verb, TokenId owner, TokenId timex) {
  if (owner == kNone<TokenId>) return 0;
  if (owner == head) return 9;
  if (owner == verb) return 8;
  // "held a meeting at the talks on Monday": the time of where it happens.
  if (!view.is_root(owner) && base(view.dep(owner)) == Dep::Obl && (view.head(owner) == head || view.head(owner) == verb)) return 5;
  // "the meeting, which took place on Monday"; "talks held on Monday"
  if (!view.verbal(head) && view.verbal(owner) && base(view.dep(owner)) == Dep::Acl && view.head(owner) == head) {
    return one_of(view.doc().lemma(owner), {"take", "occur", "happen", "hold", "start", "begin", "sign", "conclude", "adopt", "reach", "launch"}) ? 7 : 0;
  }
  // "On Monday he met X and visited Y": a time in front is of both.
  if (base(view.dep(verb)) == Dep::Conj && view.head(verb) == owner && index(timex) < index(verb)) return 4;
  // "began, continued, agreed to ... on Monday", "was seen shelling": the same clause, another finite verb.
  const Dep dep = base(view.dep(verb));
  if (dep == Dep::Xcomp && view.head(verb) == owner) return 3;
  return 0;
}

}  // namespace

EventDates::EventDates(const Document& doc) : doc_(doc), today_(day_of_document(doc)) {}

/// Now: the present of somebody's speech or of a heading. Narrated: the simple past of who reports. Else it was some other time.
EventDates::Telling EventDates::telling(SentenceView& view, TokenId head, Status status, const std::vector<ActorId>& sources) const {
  if (status == Status::Habitual || status == Status::Hoped || status == Status::Planned || status == Status::Conditional) return Telling::Elsewhen;
  const TokenId verb = clause_verb(view, head);
  const QuoteLayer* quotes = doc_.quotes();
  const VoiceId voice = quotes != nullptr && index(head) < quotes->token_voice.size() ? quotes->token_voice[index(head)] : kNone<VoiceId>;
  bool spoken = voice != kNone<VoiceId> && quotes->voices[index(voice)].chain.size() > 1;
  if (spoken) {
    // A statement that is one person's from end to end reports like a press office. "She accused X of ...": the words are hers, the verb is not.
    const bool statement = doc_.structure() != nullptr && doc_.structure()->turns.size() == 1;
    const ActorId speaker = quotes->voices[index(voice)].chain.back();
    const std::vector<TokenId>& subjects = view.args(head).subj;
    const bool first_person = std::any_of(subjects.begin(), subjects.end(), [&](TokenId t) { return view.has_feat(t, "Person=1"); });
    const bool of_speaker = !subjects.empty() && std::find(sources.begin(), sources.end(), speaker) != sources.end();
    if (!first_person && (statement || of_speaker)) spoken = false;
  }
  if (!view.verbal(verb)) {
    if (view.is_root(verb)) return view.child_base(verb, Dep::Cop) != kNone<TokenId> || !spoken ? Telling::Now : Telling::Elsewhen;  // a heading
    if (view.upos(verb) != Upos::Adj) return Telling::Elsewhen;
  }
  bool perfect = false, past = view.has_feat(verb, "Tense=Past"), present = view.has_feat(verb, "Tense=Pres");
  for (const TokenId c : view.children(verb)) {
    const Dep dep = base(view.dep(c));
    if (dep != Dep::Aux && dep != Dep::Cop) continue;
    const std::string_view lemma = doc_.lemma(c), word = doc_.word(c);
    if (one_of(word, {"would", "could", "might", "had", "shall"})) return Telling::Elsewhen;
    if (lemma == "have") perfect = true;
    if (lemma == "be" || lemma == "do") (view.has_feat(c, "Tense=Past") ? past : present) = true;
    if (one_of(word, {"will", "'ll", "must", "should", "can", "may"})) present = true;
  }
  const Dep dep = base(view.dep(verb));
  if (dep == Dep::Acl || dep == Dep::Csubj) return Telling::Elsewhen;
  if (dep == Dep::Advcl) return !spoken && view.child_base(verb, Dep::Mark) == kNone<TokenId> ? Telling::Narrated : Telling::Elsewhen;  // ", calling on both sides"
  if (dep == Dep::Xcomp) return spoken ? Telling::Elsewhen : Telling::Narrated;
  if (spoken) return present && !past && !perfect ? Telling::Now : Telling::Elsewhen;
  if (dep == Dep::Ccomp && past && !present) return Telling::Elsewhen;  // "said that troops attacked": it may have been any day
  if (perfect) return Telling::Elsewhen;
  return past ? Telling::Narrated : Telling::Now;
}

EventDate EventDates::date(SentenceView& view, TokenId head, Status status, const std::vector<ActorId>& sources) {
  EventDate out;
  const TokenId verb = clause_verb(view, head);
  const TimexLayer* layer = doc_.timexes();
  if (layer != nullptr) {
    const Span sentence = doc_.span(view.range());
    int best = 0;
    auto at = std::lower_bound(layer->timexes.begin(), layer->timexes.end(), sentence.begin, [](const Timex& x, uint32_t begin) { return x.span.begin < begin; });
    for (; at != layer->timexes.end() && at->span.begin < sentence.end; ++at) {
      if (at->span.end > sentence.end || (at->type != TimexType::Date && at->type != TimexType::Time) || at->value == kNone<Sym>) continue;
      const std::string_view value = doc_.str(at->value);
      if (value == "PAST_REF" || value == "FUTURE_REF") continue;
      const TokenId timex = head_of(view, doc_, at->span);
      if (is_bound(view, timex) || remembers(doc_, at->span)) continue;
      const int fits = fitness(view, head, verb, owner(view, timex), timex);
      if (fits > best) {
        best = fits;
        out = {TimexId{static_cast<uint32_t>(at - layer->timexes.begin())}, DateBasis::Stated};
      }
    }
  }
  const Telling told = telling(view, head, status, sources);
  if (out.stated != kNone<TimexId>) {
    // The narration goes on at the day that its opening states, if that is shortly before the document's.
    const Timex& timex = layer->timexes[index(out.stated)];
    const std::string_view from = timex.from == kNone<Sym> ? std::string_view() : doc_.str(timex.from).substr(0, 10);
    const bool one_day = timex.until != kNone<Sym> && (doc_.str(timex.until).substr(0, 10) == from || add_duration(from, "P1D") == doc_.str(timex.until).substr(0, 10));
    if (lead_ && told == Telling::Narrated && view.is_root(verb) && one_day && from.size() == 10 && from <= std::string_view(today_) && add_duration(from, "P8D") > today_) narrated_ = out.stated;
    return out;
  }
  if (told == Telling::Now) out.basis = DateBasis::Document;
  lead_ = lead_ && told != Telling::Narrated;
  if (told == Telling::Narrated) out = {narrated_, narrated_ == kNone<TimexId> ? DateBasis::Document : DateBasis::Narration};
  return out;
}

std::string EventDates::day(const Event& event) const {
  if (event.date_basis == DateBasis::Document) return today_;
  if (event.date == kNone<TimexId> || doc_.timexes() == nullptr) return {};
  const Timex& timex = doc_.timexes()->timexes[index(event.date)];
  std::string_view value = doc_.str(timex.value);
  if (value == "PRESENT_REF") return today_;
  const std::string_view from = timex.from == kNone<Sym> ? value : doc_.str(timex.from), until = timex.until == kNone<Sym> ? value : doc_.str(timex.until);
  if (!today_.empty() && from.size() >= 4 && until.size() >= 10) {
    const std::string_view first = from.substr(0, 10);
    const bool later = first > std::string_view(today_).substr(0, first.size());
    const bool earlier = until.substr(0, 10) <= std::string_view(today_) && first != today_;
    if (event.status == Status::Happened && later) return {};
    if ((event.status == Status::Planned || event.status == Status::Ongoing) && earlier) return {};
  }
  // The day is enough: "2014-02-17TEV", "1996-08-01T00:00"; a range keeps both its days.
  std::string out;
  while (!value.empty()) {
    const size_t slash = value.find('/');
    std::string_view part = value.substr(0, slash);
    if (const size_t clock = part.find('T'); clock != std::string_view::npos && clock >= 4) part = part.substr(0, clock);
    if (out != part) out += (out.empty() ? "" : "/") + std::string(part);
    if (slash == std::string_view::npos) break;
    value.remove_prefix(slash + 1);
  }
  return out;
}

}  // namespace readout::events

#include "events/event_dates.h"

#include <algorithm>

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

/// Told as of now: present or simple past in the narration, present in somebody's speech.
bool as_of_now(SentenceView& view, TokenId head, Status status) {
  if (status == Status::Habitual || status == Status::Hoped || status == Status::Planned || status == Status::Conditional) return false;
  const Document& doc = view.doc();
  const TokenId verb = clause_verb(view, head);
  const VoiceId voice = doc.quotes() != nullptr && index(head) < doc.quotes()->token_voice.size() ? doc.quotes()->token_voice[index(head)] : kNone<VoiceId>;
  const bool spoken = voice != kNone<VoiceId> && doc.quotes()->voices[index(voice)].chain.size() > 1;
  if (!view.verbal(verb)) {
    if (view.is_root(verb)) return view.child_base(verb, Dep::Cop) != kNone<TokenId> || !spoken;  // a heading tells of now
    if (view.upos(verb) != Upos::Adj) return false;
  }
  bool had = false, has = false, past = view.has_feat(verb, "Tense=Past"), present = view.has_feat(verb, "Tense=Pres");
  for (const TokenId c : view.children(verb)) {
    const Dep dep = base(view.dep(c));
    if (dep != Dep::Aux && dep != Dep::Cop) continue;
    const std::string_view lemma = doc.lemma(c), word = doc.word(c);
    if (one_of(word, {"would", "could", "might"})) return false;
    if (lemma == "have") (view.has_feat(c, "Tense=Past") || word == "had" ? had : has) = true;
    if (lemma == "be" || lemma == "do") (view.has_feat(c, "Tense=Past") ? past : present) = true;
    if (one_of(word, {"will", "shall", "'ll", "must", "should", "can", "may"})) present = true;
  }
  if (had) return false;
  const Dep dep = base(view.dep(verb));
  if (dep == Dep::Acl || dep == Dep::Advcl || dep == Dep::Csubj) {
    return (dep == Dep::Advcl) && !spoken && view.child_base(verb, Dep::Mark) == kNone<TokenId> && !had;  // ", calling on both sides"
  }
  if (dep == Dep::Xcomp) return !spoken;
  if (dep == Dep::Ccomp && !spoken && past && !present) return false;  // "said that troops attacked": it may have been any day
  return spoken ? (present && !past) || (has && !past) : true;
}

}  // namespace

EventDate date_of_event(SentenceView& view, TokenId head, Status status) {
  EventDate out;
  const Document& doc = view.doc();
  const TokenId verb = clause_verb(view, head);
  if (const TimexLayer* layer = doc.timexes(); layer != nullptr) {
    const Span sentence = doc.span(view.range());
    int best = 0;
    auto at = std::lower_bound(layer->timexes.begin(), layer->timexes.end(), sentence.begin, [](const Timex& x, uint32_t begin) { return x.span.begin < begin; });
    for (; at != layer->timexes.end() && at->span.begin < sentence.end; ++at) {
      if (at->span.end > sentence.end || (at->type != TimexType::Date && at->type != TimexType::Time) || at->value == kNone<Sym>) continue;
      const std::string_view value = doc.str(at->value);
      if (value == "PAST_REF" || value == "FUTURE_REF") continue;
      const TokenId timex = head_of(view, doc, at->span);
      if (is_bound(view, timex)) continue;
      const int fits = fitness(view, head, verb, owner(view, timex), timex);
      if (fits > best) {
        best = fits;
        out.stated = TimexId{static_cast<uint32_t>(at - layer->timexes.begin())};
      }
    }
  }
  if (out.stated == kNone<TimexId>) out.as_of_document = as_of_now(view, head, status);
  return out;
}

std::string day_of_event(const Document& doc, const Event& event, const std::string& document_day) {
  if (event.date != kNone<TimexId> && doc.timexes() != nullptr) {
    const Timex& timex = doc.timexes()->timexes[index(event.date)];
    std::string_view value = doc.str(timex.value);
    if (value == "PRESENT_REF") return document_day;
    const std::string_view from = timex.from == kNone<Sym> ? value : doc.str(timex.from), until = timex.until == kNone<Sym> ? value : doc.str(timex.until);
    if (!document_day.empty() && from.size() >= 4 && until.size() >= 4) {
      const bool later = from.substr(0, 10) > std::string_view(document_day).substr(0, from.substr(0, 10).size());
      const bool earlier = until.size() >= 10 && until.substr(0, 10) <= std::string_view(document_day) && from.substr(0, 10) != document_day;
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
  return event.as_of_document ? document_day : std::string();
}

}  // namespace readout::events

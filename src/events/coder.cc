// Order of work in a sentence: all matches; each speech act looks for the act in its content and
// takes it in; codes are computed from the inside out through transform.tsv; what is left over and
// tells an act becomes an event.
#include "events/coder.h"

#include <algorithm>
#include <array>

#include "readout/layer_names.h"

namespace readout::events {
namespace {

bool hostile(std::string_view plover) { return plover == "ASSAULT" || plover == "COERCE"; }

void add_unique(std::vector<Sym>& list, Sym sym) {
  if (std::find(list.begin(), list.end(), sym) == list.end()) list.push_back(sym);
}

std::string join_ids(const RoleResolver& roles, const std::vector<ActorId>& ids) {
  std::string text;
  for (const ActorId id : ids) {
    if (!text.empty()) text += ", ";
    text += roles.id_of(id);
  }
  return text.empty() ? "nobody named" : text;
}

}  // namespace

Coder::Coder(const Document& doc, const FrameSet& frames, RoleResolver& roles, Matcher& matcher)
    : frames_(frames), roles_(roles), matcher_(matcher), dates_(doc),
      passing_(frames.lexicon().find_set("word.passing")), event_prep_(frames.lexicon().find_set("word.event-prep")),
      series_(frames.lexicon().find_set("word.series")), blocked_governor_(frames.lexicon().find_set("word.about-noun")),
      warning_(frames.lexicon().find_set("word.warning")), accident_(frames.lexicon().find_set("word.accident")),
      content_noun_(frames.lexicon().find_set("word.content-noun")), courtesy_(frames.lexicon().find_set("word.courtesy")),
      captive_verb_(frames.lexicon().find_set("word.captive-verb")), ahead_(frames.lexicon().find_set("word.ahead")),
      mutual_verb_(frames.lexicon().find_set("word.mutual-verb")),
      happening_(frames.lexicon().find_set("word.happening")), patient_noun_(frames.lexicon().find_set("word.patient-noun")),
      happening_at_(frames.lexicon().find_set("word.happening-at")) {}

bool Coder::touched(const SentenceView& view, TokenId t) const {
  if (match_at(t) >= 0) return true;
  return std::any_of(closed_.begin(), closed_.end(), [&](TokenId top) { return view.below(t, top); });
}

int Coder::match_at(TokenId t) const {
  for (size_t i = 0; i < matches_.size(); ++i) {
    if (matches_[i].head == t) return static_cast<int>(i);
  }
  return -1;
}

/// The act that a content tells: its head, a conjunct, or what stands below words that only pass
/// on ("the start of talks", "agreed to try to stop").
int Coder::inner_of(SentenceView& view, TokenId content, int outer, int depth) {
  if (depth > 4) return -1;
  const int at = match_at(content);
  if (at >= 0 && at != outer) return at;
  const Lexicon& lexicon = frames_.lexicon();
  const PatternPos pos = view.upos(content) == Upos::Adj ? PatternPos::Adj : view.nominal(content) ? PatternPos::Noun : PatternPos::Verb;
  if (frames_.governor(view.word(content), pos) != nullptr || lexicon.in(view.word(content), passing_) || view.child(content, Dep::Cop) != kNone<TokenId>) {
    const Args& args = view.args(content);
    for (const Comp& comp : args.comps) {
      if (const int found = inner_of(view, comp.token, outer, depth + 1); found >= 0) return found;
    }
    for (const TokenId o : args.obj) {
      if (const int found = inner_of(view, o, outer, depth + 1); found >= 0) return found;
    }
    for (const PrepArg& prep : args.preps) {
      if (!view.below(prep.token, content)) continue;
      if (const int found = inner_of(view, prep.token, outer, depth + 1); found >= 0) return found;
    }
  }
  // "sanctions be lifted" has its verb as head; "troops leaving" may have its noun.
  for (const TokenId c : view.children(content)) {
    const bool clause = view.dep(c) == Dep::Acl && view.nominal(content);
    if (view.dep(c) == Dep::Conj || clause) {
      if (const int found = inner_of(view, c, outer, depth + 1); found >= 0) return found;
    }
  }
  return -1;
}

void Coder::take_contents(SentenceView& view, int i) {
  Match& match = matches_[static_cast<size_t>(i)];
  const RoleClass& roles = frames_.role_class(*match.frame);
  if (match.frame->operator_class.empty()) return;
  for (const Path& path : roles.content) {
    buffer_.clear();
    matcher_.follow(view, match, path, buffer_);
    const std::vector<TokenId> contents = buffer_;
    for (const TokenId content : contents) {
      const int inner = inner_of(view, content, i, 0);
      if (match.content == kNone<TokenId>) match.content = content;
      if (inner < 0 || inner == i) continue;
      match.inner = inner;
      match.content = content;
      return;
    }
  }
}

/// "Chile must try him, the judge pleaded": what stands before the comma is the content.
void Coder::take_main_clause(SentenceView& view, int i) {
  Match& match = matches_[static_cast<size_t>(i)];
  if (match.frame->operator_class.empty() || match.content != kNone<TokenId> || match.pattern->pos == PatternPos::Noun) return;
  if (view.dep(match.head) != Dep::Parataxis || view.is_root(match.head)) return;
  const TokenId main = view.head(match.head);
  const TokenId behind = TokenId{index(match.head) + 1};
  if (main > match.head || index(behind) + 3 < index(view.range().end)) return;  // it closes the sentence
  for (TokenId t = main; t < match.head; t = TokenId{index(t) + 1}) {
    const std::string_view word = view.doc().word(t);
    if (word == ";" || word == ":") return;
  }
  // "must", "should", "may": what is asked for or threatened lies ahead; a plain fact is only told.
  const bool ahead = std::any_of(view.children(main).begin(), view.children(main).end(), [&](TokenId c) {
    return view.dep(c) == Dep::Aux && frames_.lexicon().in(view.word(c), ahead_);
  });
  if (!ahead) return;
  match.content = main;
  if (const int inner = inner_of(view, main, i, 0); inner >= 0 && inner != i) match.inner = inner;
}

void Coder::refine(SentenceView& view, Match& match) const {
  const Frame& frame = *match.frame;
  match.plover = frame.plover;
  match.mode = frame.mode;
  match.cameo = frame.cameo;
  match.contexts = &frame.contexts;
  const Lexicon& lexicon = frames_.lexicon();
  for (const Refinement& refinement : frame.refinements) {
    std::vector<TokenId> tokens;
    const Args& args = view.args(match.head);
    switch (refinement.where) {
      case Refinement::Where::Theme:
        if (match.theme != kNone<TokenId>) view.phrase(match.theme, tokens);
        if (view.nominal(match.head)) view.phrase(match.head, tokens);
        for (const TokenId o : args.obj) {
          std::vector<TokenId> all;
          view.conjuncts(o, all);
          for (const TokenId each : all) view.phrase(each, tokens);
        }
        if (match.content != kNone<TokenId>) view.phrase(match.content, tokens);
        for (const PrepArg& prep : args.preps) {
          if (prep.prep == view.known().of) view.phrase(prep.token, tokens);
        }
        break;
      case Refinement::Where::Clause:
        view.phrase(match.head, tokens);
        for (const TokenId s : args.surface) view.phrase(s, tokens);
        for (const TokenId c : view.children(match.head)) {
          if (base(view.dep(c)) == Dep::Advcl || base(view.dep(c)) == Dep::Acl || base(view.dep(c)) == Dep::Ccomp) view.phrase(c, tokens);
        }
        for (const PrepArg& prep : args.preps) view.phrase(prep.token, tokens);
        break;
      case Refinement::Where::Target:
        for (const TokenId o : args.obj) view.phrase(o, tokens);
        for (const PrepArg& prep : args.preps) tokens.push_back(prep.token);
        break;
      case Refinement::Where::Source:
        for (const TokenId s : args.subj) view.phrase(s, tokens);
        break;
    }
    if (std::any_of(tokens.begin(), tokens.end(), [&](TokenId t) { return lexicon.in(view.word(t), refinement.set); })) {
      if (!refinement.cameo.empty()) match.cameo = refinement.cameo;
      if (!refinement.plover.empty()) {
        match.plover = refinement.plover;
        match.mode = refinement.mode;
      }
      if (!refinement.contexts.empty()) match.contexts = &refinement.contexts;
      return;
    }
  }
}

void Coder::code(SentenceView& view, int i, int depth) {
  Match& match = matches_[static_cast<size_t>(i)];
  if (match.coded) return;
  match.coded = true;
  refine(view, match);
  if (match.frame->operator_class.empty() || depth > 4) return;
  std::string_view inner_code;
  if (match.inner >= 0) {
    code(view, match.inner, depth + 1);
    inner_code = matches_[static_cast<size_t>(match.inner)].cameo;
  }
  // "The two sides decided to open ...": what several decide together is agreed.
  if (match.inner < 0 && match.plover.empty() && match.frame->operator_class == "intend" && match.content != kNone<TokenId>) {
    const Args& args = view.args(match.head);
    Fillers together;
    for (const TokenId t : args.subj) roles_.resolve(view, t, together);
    if (together.actors.size() >= 2) {
      match.plover = "AGREE";
      match.cameo = "030";
      match.status = "promised";
      return;
    }
  }
  const Transform* transform = match.inner >= 0 ? frames_.transform(match.frame->operator_class, inner_code) : match.content != kNone<TokenId> ? frames_.transform(match.frame->operator_class, "") : nullptr;
  Match* inner = match.inner >= 0 ? &matches_[static_cast<size_t>(match.inner)] : nullptr;
  if (transform == nullptr) {
    if (inner != nullptr) inner->consumed = true;
    return;
  }
  if (transform->plover == "keep") {
    if (inner != nullptr) inner->kept = true;
    match.content = kNone<TokenId>;
    return;
  }
  if (inner != nullptr) inner->consumed = true;
  if (transform->plover == "drop") {
    match.dropped = true;
    return;
  }
  match.status = transform->status;
  match.transformed_by = match.frame->operator_class;
  if (transform->plover == "=") return;
  match.plover = transform->plover;
  match.mode = transform->mode;
  if (!transform->cameo.empty()) match.cameo = transform->cameo;
  if (inner != nullptr && inner->contexts != nullptr && !inner->contexts->empty()) match.contexts = inner->contexts;
}

/// Does an event noun without a governor of its own tell that the act took place?
bool Coder::noun_tells(SentenceView& view, const Match& match, const Sides& sides) const {
  const Args& args = view.args(match.head);
  // "after the coup", "weeks of rallies": a happening, though nobody on its sides is named.
  const bool happening = happens(view, match.head);
  const bool named = happening || roles_.named(sides.source) || roles_.named(sides.target);
  const bool both = !sides.source.empty() && !sides.target.empty();
  if (match.pattern->weak && args.support == kNone<TokenId> && !both) return false;
  if (args.support != kNone<TokenId>) return named;
  if (match.kept) return named;
  TokenId top = match.head;
  for (int depth = 0; depth < 4; ++depth) {
    const TokenId h = view.head(top);
    if (h == top) break;
    if (view.dep(top) == Dep::Conj && view.nominal(h)) top = h;
    else if (view.dep(top) == Dep::Nmod && frames_.lexicon().in(view.word(h), series_)) top = h;
    else break;
  }
  const TokenId h = view.head(top);
  if (h == top) return named;  // a headline or fragment
  const Dep relation = base(view.dep(top));
  const WordId prep = view.case_of(top);
  switch (relation) {
    case Dep::Nsubj: {
      if (view.child(h, Dep::Cop) != kNone<TokenId>) return both || happening;
      return named;
    }
    case Dep::Obj: return both || (named && !match.pattern->weak && match_at(h) < 0 && frames_.governor(view.word(h), PatternPos::Verb) == nullptr);
    case Dep::Obl: case Dep::Advcl: return named && (top != match.head || frames_.lexicon().in(prep, event_prep_));
    case Dep::Nmod: return (both || happening) && frames_.lexicon().in(prep, event_prep_) && !frames_.lexicon().in(view.word(h), blocked_governor_);
    case Dep::Appos: case Dep::Parataxis: return both;
    default: return false;
  }
}

/// A noun of a happening that the text takes for known: definite, somebody's, or several of a described kind.
bool Coder::happens(SentenceView& view, TokenId head) const {
  if (!frames_.lexicon().in(view.word(head), happening_)) {
    // "the raids in Masaya": violence that is nobody's is told of a place.
    if (!frames_.lexicon().in(view.word(head), happening_at_)) return false;
    const Args& args = view.args(head);
    const bool placed = std::any_of(args.preps.begin(), args.preps.end(), [&](const PrepArg& prep) {
      if (prep.prep == kNoWord) return false;
      const std::string_view word = frames_.lexicon().str(prep.prep);
      return (word == "in" || word == "at" || word == "near" || word == "outside" || word == "around" || word == "across") && !roles_.country_at(view, prep.token).empty();
    });
    if (!placed) return false;
  }
  bool definite = false, described = false;
  for (const TokenId c : view.children(head)) {
    if (view.dep(c) == Dep::Det) {
      const std::string_view word = view.doc().lemma(c);
      if (word == "no" || word == "any" || word == "every" || word == "another") return false;
      definite = definite || word == "the" || word == "this" || word == "that" || word == "these" || word == "those";
    }
    if (view.dep(c) == Dep::NmodPoss) definite = true;
    if (base(view.dep(c)) == Dep::Amod || view.dep(c) == Dep::Compound || view.dep(c) == Dep::Nmod || view.dep(c) == Dep::Nummod) described = true;
    if (view.dep(c) == Dep::Amod && frames_.governor(view.word(c), PatternPos::Adj) != nullptr) return false;  // "possible", "planned"
  }
  const TokenId above = view.head(head);
  if (view.dep(head) == Dep::Nmod && frames_.lexicon().in(view.word(above), series_)) return true;
  return definite || (described && view.has_feat(head, "Number=Plur"));
}

Span Coder::predicate_span(SentenceView& view, const Match& match, const StatusReading& reading) const {
  // The verb with its auxiliaries and particles; a light verb with its noun.
  (void)reading;
  TokenId first = match.head, last = match.head;
  const auto widen = [&](TokenId t) {
    first = std::min(first, t);
    last = std::max(last, t);
  };
  for (const TokenId t : match.evidence) {
    if (index(t) < index(match.head) + 8 && index(t) + 8 > index(match.head)) widen(t);
  }
  const Args& args = view.args(match.head);
  if (args.support != kNone<TokenId> && index(args.support) + 6 > index(match.head) && index(args.support) < index(match.head)) widen(args.support);
  for (const TokenId c : view.children(match.head)) {
    if ((view.dep(c) == Dep::Aux || view.dep(c) == Dep::AuxPass) && index(c) + 4 > index(first)) widen(c);
  }
  return Span{view.doc().span(first).begin, view.doc().span(last).end};
}

PlaceId Coder::place_near(const Document& doc, SentenceView& view, const Match& match) const {
  const PlaceLayer* layer = doc.places();
  if (layer == nullptr) return kNone<PlaceId>;
  for (const PrepArg& prep : view.args(match.head).preps) {
    const std::string_view word = prep.prep == kNoWord ? std::string_view() : frames_.lexicon().str(prep.prep);
    if (word != "in" && word != "at" && word != "near" && word != "outside") continue;
    const Span span = doc.span(prep.token);
    for (size_t i = 0; i < layer->places.size(); ++i) {
      if (layer->places[i].span.contains(span)) return PlaceId{static_cast<uint32_t>(i)};
    }
  }
  return kNone<PlaceId>;
}

void Coder::explain(Draft& draft, SentenceView& view, const Match& match, const StatusReading& reading, Event& event) const {
  const Document& doc = draft.doc();
  std::string step = "predicate \"" + std::string(doc.text(event.predicate)) + "\" fits frame " + match.frame->name + " (" + match.frame->file + ":" + std::to_string(match.pattern->line) + ")";
  event.explanation.push_back(draft.intern(step));
  step = "roles: " + join_ids(roles_, event.source) + " -> " + join_ids(roles_, event.target);
  const Args& args = view.args(match.head);
  if (args.passive) step += "; passive";
  if (args.support != kNone<TokenId>) step += "; carried by \"" + std::string(doc.word(args.support)) + "\"";
  event.explanation.push_back(draft.intern(step));
  if (!match.transformed_by.empty()) {
    step = "the content makes it " + std::string(doc.str(event.plover)) + " " + std::string(doc.str(event.cameo)) + " (data/events/transform.tsv: " + std::string(match.transformed_by) + ")";
    if (match.inner >= 0) {
      const Match& inner = matches_[static_cast<size_t>(match.inner)];
      step += "; content \"" + std::string(doc.word(inner.head)) + "\" fits frame " + inner.frame->name + " (" + inner.frame->file + ":" + std::to_string(inner.pattern->line) + ")";
    }
    event.explanation.push_back(draft.intern(step));
  }
  step = "status " + std::string(name(event.status));
  if (reading.cues.empty()) step += ": a plain statement";
  for (size_t k = 0; k < reading.cues.size(); ++k) {
    step += (k == 0 ? ": \"" : ", \"") + std::string(doc.word(reading.cues[k].token)) + "\" (" + std::string(reading.cues[k].effect) + ")";
  }
  event.explanation.push_back(draft.intern(step));
}

/// Remembers a match that tells no act, for `uncoded`.
void Coder::decline(const Match& match, std::string_view reason) { declined_.push_back({match.head, match.pattern->pos, match.frame->name, std::string(reason)}); }

void Coder::emit(Draft& draft, SentenceView& view, Match& match, std::vector<Event>& out) {
  const Document& doc = draft.doc();
  const bool noun = match.pattern->pos == PatternPos::Noun;
  Sides sides;
  find_sides(view, match, sides);
  if (noun && !noun_tells(view, match, sides)) {
    if (!match.pattern->weak && (roles_.named(sides.source) || roles_.named(sides.target))) decline(match, "the noun does not tell that the act took place");
    return;
  }
  if (!noun && sides.source.empty() && sides.target.empty()) return decline(match, "nobody is named on either side");
  // Help, talks, promises and measures are somebody's; harm and protest may have no known doer.
  static constexpr std::array<std::string_view, 8> kSomebodys = {"AID", "AGREE", "CONSULT", "COOPERATE", "SANCTION", "REQUEST", "SUPPORT", "CONCEDE"};
  // "Honduras was suspended": a passive leaves the doer out, not the act, if it is said whom it befell.
  const bool befallen = !noun && view.args(match.head).passive && roles_.known_side(sides.target) && match.plover != "CONSULT" && match.plover != "AGREE" && match.plover != "COOPERATE";
  if (sides.source.empty() && !befallen && match.cameo != "116" && std::find(kSomebodys.begin(), kSomebodys.end(), match.plover) != kSomebodys.end()) return decline(match, "nobody is named who did it");
  // "Thank you, Minister": forms of address and orders have no doer.
  if (const Args& args = view.args(match.head); !noun && match.pattern->pos == PatternPos::Verb && sides.source.empty() && !args.passive && args.surface.empty() && args.subj.empty() && (view.is_root(match.head) || args.imperative)) return decline(match, "an order or a form of address has no doer");

  read_status(view, match.head, kNone<TokenId>, reading_);
  if (reading_.question) return decline(match, "a question");
  std::string_view plover = match.plover, mode = match.mode, cameo = match.cameo;
  std::string_view transformed = match.transformed_by;
  Status status = reading_.status;
  bool refused = false;
  const auto change = [&](std::string_view op) {
    const Transform* transform = frames_.transform(op, cameo);
    if (transform == nullptr) return false;
    if (transform->plover == "drop") return true;
    if (transform->plover != "=" && transform->plover != "keep") {
      plover = transform->plover;
      mode = transform->mode;
      if (!transform->cameo.empty()) cameo = transform->cameo;
      transformed = op;
    }
    if (!transform->status.empty()) {
      if (const auto parsed = parse_name<Status>(transform->status)) status = *parsed;
    }
    return false;
  };
  // "I would like to thank you": said is done.
  if ((reading_.status == Status::Hoped || reading_.status == Status::Conditional) && !reading_.negative && (plover == "SUPPORT" || plover == "REQUEST" || cameo == "055" || cameo.substr(0, 2) == "11")) {
    const bool first_person = std::any_of(sides.source.heads.begin(), sides.source.heads.end(), [&](TokenId t) { return view.doc().lemma(t) == "I" || view.doc().lemma(t) == "we" || view.doc().lemma(t) == "i"; });
    const bool courtesy = std::any_of(reading_.cues.begin(), reading_.cues.end(), [&](const StatusCue& cue) { return frames_.lexicon().in(view.word(cue.token), courtesy_); });
    if (first_person && courtesy) {
      reading_.status = status = Status::Happened;
      reading_.future = false;
    }
  }
  if (!reading_.op.empty() && change(reading_.op)) return decline(match, "the wording takes the act back");
  // Somebody's wish, told by nobody in particular.
  if (reading_.obligation) return decline(match, "an obligation, not an act");
  if (reading_.negative) {
    if (reading_.future && reading_.refusable) {
      const std::string_view before = plover;
      if (change("refuse")) return;
      refused = plover != before;
      status = refused ? Status::Refused : Status::Denied;
    } else {
      status = Status::Denied;
    }
  } else if (match.frame->has_status && (status == Status::Happened || status == Status::Ongoing || status == Status::Alleged || status == Status::Habitual)) {
    status = match.frame->status;
  } else if (reading_.future && !match.frame->has_status) {
    if (change("future")) return;
    // "The Parties shall release ...": what the text of an agreement lays down is agreed.
    const bool shall = std::any_of(reading_.cues.begin(), reading_.cues.end(), [&](const StatusCue& cue) { return view.doc().lemma(cue.token) == "shall"; });
    if (shall && (plover == "AGREE" || plover == "CONCEDE") && status == Status::Planned) status = Status::Promised;
  }
  if (!match.status.empty() && (status == Status::Happened || status == Status::Ongoing || status == Status::Alleged)) {
    if (const auto parsed = parse_name<Status>(match.status)) status = *parsed;
  }
  if (plover == "THREATEN" && match.inner >= 0 && status == Status::Happened) {
    StatusReading content;
    read_status(view, matches_[static_cast<size_t>(match.inner)].head, match.head, content);
    if (content.status == Status::Conditional) status = Status::Conditional;
  }
  // "We would bomb the camps, he warned": the announcement of harm is a threat.
  if ((status == Status::Planned || status == Status::Conditional) && plover != "THREATEN" && transformed.empty() && cameo.size() >= 2 && (cameo[0] == '2' || (cameo[0] == '1' && cameo[1] >= '4'))) {
    TokenId say = reading_.say;
    for (const TokenId c : view.children(match.head)) {
      if (view.dep(c) == Dep::Parataxis && view.upos(c) == Upos::Verb) say = c;
    }
    if (say == kNone<TokenId> && base(view.dep(match.head)) == Dep::Ccomp) say = view.head(match.head);
    if (say != kNone<TokenId> && frames_.lexicon().in(view.word(say), warning_) && change("threaten")) return;
  }
  // "Baghdad will strike should they attack": harm on a condition is a threat of him who would do it.
  if ((status == Status::Conditional || status == Status::Planned) && reading_.if_clause && !reading_.negative && plover != "THREATEN" && transformed.empty() && roles_.named(sides.source) &&
      cameo.size() >= 2 && (cameo[0] == '2' || (cameo[0] == '1' && cameo[1] >= '4'))) {
    if (change("threaten")) return;
    status = Status::Conditional;
  }
  // Harm that one side tells of.
  if (hostile(plover) && status == Status::Happened && (reading_.governed_by_say || reading_.alleged)) {
    bool own = false;
    if (reading_.say != kNone<TokenId>) {
      Fillers says;
      for (const TokenId s : view.args(reading_.say).subj) roles_.resolve(view, s, says);
      for (const ActorId a : says.actors) own = own || std::find(sides.source.actors.begin(), sides.source.actors.end(), a) != sides.source.actors.end();
    }
    if (!own) status = Status::Alleged;
  }
  // The same in a speech or statement: harm that a party tells of another.
  const VoiceId voice = doc.quotes() != nullptr && index(match.head) < doc.quotes()->token_voice.size() ? doc.quotes()->token_voice[index(match.head)] : kNone<VoiceId>;
  Evidentiality known_by = Evidentiality::Reported;
  if (voice != kNone<VoiceId> && !doc.quotes()->voices[index(voice)].chain.empty()) {
    const ActorId teller = doc.quotes()->voices[index(voice)].chain.back();
    const std::string_view side = roles_.country_of(teller);
    const bool own = std::any_of(sides.source.actors.begin(), sides.source.actors.end(), [&](ActorId a) { return a == teller || (!side.empty() && roles_.country_of(a) == side); });
    const bool party = !side.empty() || roles_.id_of(teller).starts_with("group:");
    if (own) known_by = Evidentiality::OwnAct;
    else if (hostile(plover) && party && status == Status::Happened) status = Status::Alleged;
  }
  // Speech acts that did not take place are told to deny, not to report: "I am not blaming anybody".
  if (status == Status::Denied && !match.frame->operator_class.empty() && (plover == "AGREE" || plover == "ACCUSE" || plover == "REQUEST" || plover == "SUPPORT")) {
    const bool first_person = std::any_of(sides.source.heads.begin(), sides.source.heads.end(), [&](TokenId t) { return view.upos(t) == Upos::Pron; });
    if (first_person || !roles_.named(sides.source) || !roles_.named(sides.target)) return decline(match, "a speech act that did not take place");
  }
  // "the invitation to visit", "the readiness to receive": the content of a noun is no act.
  if (!noun && base(view.dep(match.head)) == Dep::Acl && view.dep(match.head) != Dep::AclRelcl && view.mark_of(match.head) == view.known().to && frames_.lexicon().in(view.word(view.head(match.head)), content_noun_)) {
    return decline(match, "the content of a noun, not an act");
  }
  // "views on advancing rights, ending the war": a topic.
  if (!noun && sides.source.empty() && view.has_feat(match.head, "VerbForm=Ger") && view.child_base(match.head, Dep::Aux) == kNone<TokenId> && !hostile(plover)) return decline(match, "a topic, not an act");
  if (noun && plover == "ACCUSE" && sides.source.empty()) return decline(match, "nobody is named who says so");
  // "the prisoners whom they had held": captivity that only describes somebody.
  if (plover == "COERCE" && frames_.lexicon().in(view.word(match.head), captive_verb_) && base(view.dep(match.head)) == Dep::Acl) return decline(match, "it only describes a captive");
  // What one would ask, say or visit is neither asked nor said nor visited.
  if (status == Status::Conditional || status == Status::Planned) {
    if (plover == "REQUEST" || (status == Status::Conditional && (plover == "CONSULT" || plover == "SUPPORT" || (plover == "ACCUSE" && cameo.substr(0, 2) == "11")))) return decline(match, "what would be said, not what is said");
  }
  // "injured", "was struck" may tell of an accident: without a doer they are no assault.
  if (plover == "ASSAULT" && sides.source.empty() && view.args(match.head).passive && frames_.lexicon().in(view.word(match.head), accident_)) return decline(match, "no doer, and an accident is told with the same word");
  // "(d) to recruit ..." stands in a list of duties or aims.
  if (status == Status::Happened && !noun && transformed.empty() && reading_.cues.empty() && view.has_feat(match.head, "VerbForm=Inf") && !match.frame->has_status) {
    const Dep own = base(view.dep(match.head));
    const bool loose = view.is_root(match.head) || own == Dep::Conj || own == Dep::Parataxis || own == Dep::Appos || own == Dep::Dep;
    if (loose) return decline(match, "an infinitive tells no fact");
  }
  // Talk and ties between nobody in particular are no news.
  if ((plover == "CONSULT" || plover == "SUPPORT" || plover == "COOPERATE") && !roles_.named(sides.source) && !roles_.named(sides.target)) return decline(match, "nobody in particular on either side");
  complete_target(view, match, plover, sides);
  Event event;
  event.head = match.head;
  event.predicate = predicate_span(view, match, reading_);
  const auto each_once = [](const Fillers& side, std::vector<ActorId>& actors, std::vector<Span>& spans) {
    for (size_t k = 0; k < side.actors.size(); ++k) {
      if (std::find(actors.begin(), actors.end(), side.actors[k]) != actors.end()) continue;  // "the bank and its president"
      actors.push_back(side.actors[k]);
      spans.push_back(side.spans[k]);
    }
  };
  each_once(sides.source, event.source, event.source_spans);
  each_once(sides.target, event.target, event.target_spans);
  if (!plover.empty()) event.plover = draft.intern(plover);
  if (!mode.empty()) event.mode = draft.intern(mode);
  if (!cameo.empty()) event.cameo = draft.intern(cameo);
  if (match.contexts != nullptr) {
    for (const std::string& context : *match.contexts) add_unique(event.context, draft.intern(context));
  }
  phrase_.clear();
  view.phrase(match.head, phrase_);
  for (const auto& [set, context] : frames_.context_sets()) {
    if (event.context.size() >= 3) break;
    if (std::any_of(phrase_.begin(), phrase_.end(), [&](TokenId t) { return frames_.lexicon().in(view.word(t), set); })) add_unique(event.context, draft.intern(context));
  }
  event.status = status;
  event.negative = status == Status::Denied;
  event.evidentiality = status == Status::Alleged ? Evidentiality::Alleged : known_by;
  const EventDate date = dates_.date(view, match.head, status, event.source);
  event.date = date.stated;
  event.date_basis = date.basis;
  event.place = place_near(doc, view, match);
  event.frame = draft.intern(match.frame->name + " " + match.frame->file + ":" + std::to_string(match.pattern->line));
  event.made = {draft.intern("events.frames/1"), match.frame->score};
  match.transformed_by = transformed;
  explain(draft, view, match, reading_, event);
  out.push_back(std::move(event));
}

void Coder::run(Draft& draft, SentenceView& view, std::vector<Event>& out) {
  roles_.begin_sentence(view);
  matcher_.run(view, matches_);
  closed_.clear();
  declined_.clear();
  if (matches_.empty()) return;
  const int n = static_cast<int>(matches_.size());
  for (int i = 0; i < n; ++i) {
    take_contents(view, i);
    take_main_clause(view, i);
  }
  for (int i = 0; i < n; ++i) code(view, i, 0);
  for (const Match& match : matches_) {
    if (!match.consumed && !match.frame->operator_class.empty() && match.content != kNone<TokenId> && !match.dropped) closed_.push_back(match.content);
    if (match.dropped && match.content != kNone<TokenId>) closed_.push_back(match.content);
  }
  const size_t first = out.size();
  for (int i = 0; i < n; ++i) {
    Match& match = matches_[static_cast<size_t>(i)];
    if (match.consumed || match.dropped || (match.plover.empty() && match.cameo.empty())) continue;
    bool inside = false;
    for (const TokenId top : closed_) {
      if (match.kept || top == match.content || !view.below(match.head, top)) continue;
      // A relative clause or a phrase of time below a content is presupposed, not contained.
      bool presupposed = false;
      for (TokenId t = match.head; t != top; t = view.head(t)) presupposed = presupposed || view.dep(t) == Dep::AclRelcl;
      inside = inside || !presupposed;
    }
    if (inside) continue;
    emit(draft, view, match, out);
  }
  // The same act twice in a sentence is one.
  for (size_t a = first; a < out.size(); ++a) {
    for (size_t b = a + 1; b < out.size();) {
      const bool same_type = out[a].plover == out[b].plover && out[a].status == out[b].status;
      const auto within = [](const std::vector<ActorId>& x, const std::vector<ActorId>& y) { return x.empty() || y.empty() || x == y; };
      const bool coordinated = view.verbal(out[a].head) && view.verbal(out[b].head) && (view.head(out[b].head) == out[a].head || view.head(out[a].head) == out[b].head) &&
                               (view.dep(out[a].head) == Dep::Conj || view.dep(out[b].head) == Dep::Conj);
      // "were hacked or shot": two words for what the same people did to the same people.
      const bool shared = coordinated && !out[a].target_spans.empty() && out[a].target_spans == out[b].target_spans && out[a].source_spans == out[b].source_spans;
      if (same_type && (!coordinated || shared) && within(out[a].source, out[b].source) && within(out[a].target, out[b].target) && (shared || draft.doc().str(out[a].cameo).substr(0, 2) == draft.doc().str(out[b].cameo).substr(0, 2))) {
        const bool second_fuller = out[b].source.size() + out[b].target.size() > out[a].source.size() + out[a].target.size();
        if (second_fuller) std::swap(out[a], out[b]);
        out[a].also.push_back(out[b].predicate);
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(b));
      } else {
        ++b;
      }
    }
  }
  // A sentence from which nothing came although a frame fitted says why.
  if (out.size() == first && !declined_.empty()) {
    const auto best = std::find_if(declined_.begin(), declined_.end(), [](const Declined& d) { return d.pos == PatternPos::Verb; });
    const Declined& declined = best == declined_.end() ? declined_.front() : *best;
    Event event;
    event.head = declined.head;
    event.predicate = draft.doc().span(declined.head);
    event.uncoded_reason = draft.intern(declined.frame + ": " + declined.reason);
    event.made = {draft.intern("events.frames/1"), 0.5F};
    out.push_back(std::move(event));
  }
}

}  // namespace readout::events

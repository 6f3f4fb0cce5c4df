// Order of work in a sentence: all matches; each speech act looks for the act in its content and
// takes it in; codes are computed from the inside out through transform.tsv; what is left over and
// tells an act becomes an event.
#include "events/coder.h"

#include <algorithm>

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

Coder::Coder(const FrameSet& frames, RoleResolver& roles, Matcher& matcher)
    : frames_(frames), roles_(roles), matcher_(matcher),
      passing_(frames.lexicon().find_set("word.passing")), event_prep_(frames.lexicon().find_set("word.event-prep")),
      series_(frames.lexicon().find_set("word.series")), blocked_governor_(frames.lexicon().find_set("word.about-noun")),
      warning_(frames.lexicon().find_set("word.warning")) {}

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

void Coder::sides_of(SentenceView& view, const Match& match, Sides& sides) {
  sides.source.clear();
  sides.target.clear();
  const RoleClass& roles = frames_.role_class(*match.frame);
  const bool noun = match.pattern->pos == PatternPos::Noun;
  const auto fill = [&](const std::vector<Path>& paths, Fillers& side, const Fillers* other) {
    for (const Path& path : paths) {
      buffer_.clear();
      matcher_.follow(view, match, path, buffer_);
      for (const TokenId t : buffer_) {
        Fillers found;
        roles_.resolve(view, t, found);
        for (size_t k = 0; k < found.actors.size(); ++k) {
          if (other != nullptr && std::find(other->heads.begin(), other->heads.end(), found.heads[k]) != other->heads.end()) continue;
          side.actors.push_back(found.actors[k]);
          side.spans.push_back(found.spans[k]);
          side.heads.push_back(found.heads[k]);
        }
      }
      if (!side.empty()) return;
    }
  };
  const Args& args = view.args(match.head);
  if (noun) {
    const bool undergoes = args.support_kind != nullptr && args.support_kind->role.starts_with("target");
    if (undergoes) {
      static const std::vector<Path> kSubject = {Path{Path::Kind::Support, kNoWord, false}};
      fill(kSubject, sides.target, nullptr);
      std::vector<Path> from = roles.noun_source;
      fill(from, sides.source, &sides.target);
      if (sides.source.empty()) {
        for (const PrepArg& prep : args.preps) {
          if (frames_.lexicon().str(prep.prep) == "from" && roles_.actor_like(view, prep.token)) roles_.resolve(view, prep.token, sides.source);
        }
      }
      return;
    }
    fill(roles.noun_source, sides.source, nullptr);
    fill(roles.noun_target, sides.target, &sides.source);
  } else {
    fill(roles.source, sides.source, nullptr);
    fill(roles.target, sides.target, &sides.source);
  }
}

/// Does an event noun without a governor of its own tell that the act took place?
bool Coder::noun_tells(SentenceView& view, const Match& match, const Sides& sides) const {
  const Args& args = view.args(match.head);
  const bool named = !sides.source.empty() || !sides.target.empty();
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
      if (view.child(h, Dep::Cop) != kNone<TokenId>) return both;
      return named;
    }
    case Dep::Obj: return both || (named && !match.pattern->weak && match_at(h) < 0 && frames_.governor(view.word(h), PatternPos::Verb) == nullptr);
    case Dep::Obl: case Dep::Advcl: return named && frames_.lexicon().in(prep, event_prep_);
    case Dep::Nmod: return both && frames_.lexicon().in(prep, event_prep_) && !frames_.lexicon().in(view.word(h), blocked_governor_);
    case Dep::Appos: case Dep::Parataxis: return both;
    default: return false;
  }
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

TimexId Coder::timex_near(const Document& doc, SentenceView& view, TokenId head) const {
  const TimexLayer* layer = doc.timexes();
  if (layer == nullptr) return kNone<TimexId>;
  const Span sentence = doc.span(view.range());
  TimexId best = kNone<TimexId>;
  uint32_t best_distance = UINT32_MAX;
  for (size_t i = 0; i < layer->timexes.size(); ++i) {
    const Timex& timex = layer->timexes[i];
    if (timex.span.begin < sentence.begin || timex.span.end > sentence.end) continue;
    if ((timex.type != TimexType::Date && timex.type != TimexType::Time) || timex.value == kNone<Sym>) continue;
    const TokenId at = doc.token_at(timex.span.begin);
    uint32_t distance = index(at) > index(head) ? index(at) - index(head) : index(head) - index(at);
    if (!view.below(at, head)) distance += 20;  // a date of another clause only where there is none here
    if (distance < best_distance) {
      best_distance = distance;
      best = TimexId{static_cast<uint32_t>(i)};
    }
  }
  return best;
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

void Coder::emit(Draft& draft, SentenceView& view, SentenceId sentence, Match& match, std::vector<Event>& out) {
  (void)sentence;
  const Document& doc = draft.doc();
  const bool noun = match.pattern->pos == PatternPos::Noun;
  Sides sides;
  sides_of(view, match, sides);
  const RoleClass& roles = frames_.role_class(*match.frame);
  // What the content adds to the roles.
  if (match.inner >= 0 && !match.transformed_by.empty() && sides.target.empty()) {
    Sides inner;
    sides_of(view, matches_[static_cast<size_t>(match.inner)], inner);
    const std::string_view op = match.transformed_by;
    const bool addressee_acts = op == "request" || op == "demand" || op == "accuse" || op == "warn" || op == "offer-request";
    const auto differs = [&](const Fillers& fillers) {
      return std::any_of(fillers.actors.begin(), fillers.actors.end(), [&](ActorId a) { return std::find(sides.source.actors.begin(), sides.source.actors.end(), a) == sides.source.actors.end(); });
    };
    if (addressee_acts && !inner.source.empty() && differs(inner.source)) sides.target = inner.source;
    else if (!inner.target.empty() && differs(inner.target)) sides.target = inner.target;
    else if (!inner.source.empty() && differs(inner.source)) sides.target = inner.source;
    if (sides.source.empty() && !addressee_acts && !inner.source.empty() && !differs(inner.target)) sides.source = inner.source;
  }
  // The addressee of a demand is the subject of its clause: "demanded that Israel withdraw".
  if (sides.target.empty() && match.content != kNone<TokenId> && (match.frame->operator_class == "request" || match.frame->operator_class == "demand" || match.frame->operator_class == "accuse" || match.frame->operator_class == "judge")) {
    if (!view.nominal(match.content)) {
      const Args& content = view.args(match.content);
      for (const TokenId s : content.subj) {
        if (roles_.actor_like(view, s)) roles_.resolve(view, s, sides.target);
      }
    } else {
      const Args& content = view.args(match.content);
      for (const TokenId p : content.poss) {
        if (sides.target.empty()) roles_.resolve(view, p, sides.target);
      }
      for (const PrepArg& prep : content.preps) {
        if (sides.target.empty() && (prep.prep == view.known().by || prep.prep == view.known().of) && roles_.actor_like(view, prep.token)) roles_.resolve(view, prep.token, sides.target);
      }
      for (const TokenId m : content.mods) {
        if (sides.target.empty() && roles_.mention_at(m) != nullptr) roles_.resolve(view, m, sides.target);
      }
    }
    // Nobody accuses himself.
    for (const ActorId s : sides.source.actors) {
      const auto it = std::find(sides.target.actors.begin(), sides.target.actors.end(), s);
      if (it != sides.target.actors.end() && roles_.id_of(s) != "?") sides.target.clear();
    }
  }
  // The content without a frame of its own may still name the other side: "agreed to give Spain time".
  if (match.inner < 0 && match.content != kNone<TokenId> && sides.target.empty() && !view.nominal(match.content)) {
    const Args& content = view.args(match.content);
    for (const TokenId t : content.iobj) {
      if (sides.target.empty() && roles_.actor_like(view, t)) roles_.resolve(view, t, sides.target);
    }
    for (const TokenId t : content.obj) {
      if (sides.target.empty() && roles_.actor_like(view, t)) roles_.resolve(view, t, sides.target);
    }
    for (const PrepArg& prep : content.preps) {
      const std::string_view word = prep.prep == kNoWord ? std::string_view() : frames_.lexicon().str(prep.prep);
      if (sides.target.empty() && (word == "to" || word == "with" || word == "for" || word == "from" || word == "against") && roles_.actor_like(view, prep.token)) roles_.resolve(view, prep.token, sides.target);
    }
  }
  // What is done to somebody's thing is done to him: "banned Turkish tomatoes", "searched the homes of X".
  if (!noun && sides.target.empty() && match.plover != "CONSULT" && match.plover != "AGREE") {
    const Args& args = view.args(match.head);
    std::vector<TokenId> things = args.obj;
    for (const PrepArg& prep : args.preps) {
      const std::string_view word = prep.prep == kNoWord ? std::string_view() : frames_.lexicon().str(prep.prep);
      if (word == "for" || word == "over" || word == "about" || word == "at" || word == "on" || word == "to" || word == "from" || word == "of" || word == "into" || word == "against") things.push_back(prep.token);
    }
    const auto take = [&](TokenId owner) {
      if (!sides.target.empty() || (roles_.mention_at(owner) == nullptr && view.upos(owner) != Upos::Propn)) return;
      Fillers found;
      roles_.resolve(view, owner, found);
      for (const ActorId a : found.actors) {
        if (roles_.id_of(a) == "?" || std::find(sides.source.actors.begin(), sides.source.actors.end(), a) != sides.source.actors.end()) return;
      }
      sides.target = found;
    };
    for (const TokenId thing : things) {
      for (const TokenId c : view.children(thing)) {
        const Dep d = view.dep(c);
        if (d == Dep::NmodPoss || d == Dep::Amod || d == Dep::Compound || (d == Dep::Nmod && view.case_of(c) == view.known().of)) {
          take(c);
          for (const TokenId deep : view.children(c)) {
            if (view.dep(deep) == Dep::NmodPoss || view.dep(deep) == Dep::Amod || view.dep(deep) == Dep::Nmod) take(deep);
          }
        }
      }
    }
    if (match.plover == "ASSAULT" || match.plover == "MOBILIZE" || match.plover == "AID" || match.plover == "COERCE") {
      for (const PrepArg& prep : args.preps) {
        const std::string_view word = prep.prep == kNoWord ? std::string_view() : frames_.lexicon().str(prep.prep);
        if (word == "in" || word == "near" || word == "on" || word == "at" || word == "along" || word == "outside" || word == "over" || word == "throughout") take(prep.token);
      }
    }
  }
  const bool mutual = roles.reciprocal || match.plover == "COOPERATE" || match.plover == "CONSULT";
  if (mutual && sides.target.empty() && sides.source.actors.size() >= 2) sides.target = sides.source;
  if (noun && !noun_tells(view, match, sides)) return;
  if (!noun && sides.source.empty() && sides.target.empty()) return;
  // "Thank you, Minister": forms of address and orders have no doer.
  if (const Args& args = view.args(match.head); !noun && match.pattern->pos == PatternPos::Verb && !args.passive && args.surface.empty() && args.subj.empty() && (view.is_root(match.head) || args.imperative)) return;

  read_status(view, match.head, kNone<TokenId>, reading_);
  if (reading_.question) return;
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
  if (!reading_.op.empty() && change(reading_.op)) return;
  if (reading_.obligation && !reading_.negative) return;  // somebody's wish, told by nobody in particular
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
  // Speech acts that did not take place are told to deny, not to report: "I am not blaming anybody".
  if (status == Status::Denied && !match.frame->operator_class.empty() && (plover == "AGREE" || plover == "ACCUSE" || plover == "REQUEST" || plover == "SUPPORT")) return;
  // Talk and ties between nobody in particular are no news.
  const auto named = [&](const Fillers& side) {
    return std::any_of(side.actors.begin(), side.actors.end(), [&](ActorId a) { return roles_.id_of(a) != "?"; });
  };
  if ((plover == "CONSULT" || plover == "SUPPORT" || plover == "COOPERATE") && !named(sides.source) && !named(sides.target) && (sides.source.empty() || sides.target.empty())) return;
  Event event;
  event.head = match.head;
  event.predicate = predicate_span(view, match, reading_);
  event.source = sides.source.actors;
  event.source_spans = sides.source.spans;
  event.target = sides.target.actors;
  event.target_spans = sides.target.spans;
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
  event.evidentiality = status == Status::Alleged ? Evidentiality::Alleged : Evidentiality::Reported;
  event.date = timex_near(doc, view, match.head);
  event.place = place_near(doc, view, match);
  event.frame = draft.intern(match.frame->name + " " + match.frame->file + ":" + std::to_string(match.pattern->line));
  event.made = {draft.intern("events.frames/1"), match.frame->score};
  match.transformed_by = transformed;
  explain(draft, view, match, reading_, event);
  out.push_back(std::move(event));
}

void Coder::run(Draft& draft, SentenceView& view, SentenceId sentence, std::vector<Event>& out) {
  roles_.begin_sentence(view);
  matcher_.run(view, matches_);
  if (matches_.empty()) return;
  closed_.clear();
  const int n = static_cast<int>(matches_.size());
  for (int i = 0; i < n; ++i) take_contents(view, i);
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
      if (match.kept || !view.below(match.head, top)) continue;
      // A relative clause or a phrase of time below a content is presupposed, not contained.
      bool presupposed = false;
      for (TokenId t = match.head; t != top; t = view.head(t)) presupposed = presupposed || view.dep(t) == Dep::AclRelcl;
      inside = inside || !presupposed;
    }
    if (inside) continue;
    emit(draft, view, sentence, match, out);
  }
  // The same act twice in a sentence is one.
  for (size_t a = first; a < out.size(); ++a) {
    for (size_t b = a + 1; b < out.size();) {
      const bool same_type = out[a].plover == out[b].plover && out[a].status == out[b].status;
      const auto within = [](const std::vector<ActorId>& x, const std::vector<ActorId>& y) { return x.empty() || y.empty() || x == y; };
      if (same_type && within(out[a].source, out[b].source) && within(out[a].target, out[b].target) && draft.doc().str(out[a].cameo).substr(0, 2) == draft.doc().str(out[b].cameo).substr(0, 2)) {
        const bool second_fuller = out[b].source.size() + out[b].target.size() > out[a].source.size() + out[a].target.size();
        if (second_fuller) std::swap(out[a], out[b]);
        out[a].also.push_back(out[b].predicate);
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(b));
      } else {
        ++b;
      }
    }
  }
}

}  // namespace readout::events

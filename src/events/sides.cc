// Who stands on the two sides of a match: the paths of its role class first, then what the content
// of a speech act, the owner of a thing or the place of the act adds.
#include <algorithm>

#include "events/coder.h"

namespace readout::events {
namespace {

bool among(std::string_view word, std::initializer_list<std::string_view> list) { return std::find(list.begin(), list.end(), word) != list.end(); }

}  // namespace

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
          // Nobody does it to himself: "Yugoslavia expressed its thanks".
          if (other != nullptr && !roles.reciprocal && roles_.id_of(found.actors[k]) != "?" && std::find(other->actors.begin(), other->actors.end(), found.actors[k]) != other->actors.end()) continue;
          side.add(found.actors[k], found.spans[k], found.heads[k], found.countries[k]);
        }
      }
      if (!side.empty()) return;
    }
  };
  const Args& args = view.args(match.head);
  if (!noun) {
    fill(roles.source, sides.source, nullptr);
    if (sides.source.empty() && args.subj.empty() && !args.passive && roles_.speaks_for_issuer(view, match.head)) {
      sides.source.add(roles_.issuer(), view.doc().span(match.head), match.head);
    }
    fill(roles.target, sides.target, &sides.source);
    return;
  }
  if (args.support_kind != nullptr && args.support_kind->role.starts_with("target")) {
    static const std::vector<Path> kSubject = {Path{Path::Kind::Support, kNoWord, false}};
    fill(kSubject, sides.target, nullptr);
    fill(roles.noun_source, sides.source, &sides.target);
    if (sides.source.empty()) {
      for (const PrepArg& prep : args.preps) {
        if (frames_.lexicon().str(prep.prep) == "from" && roles_.actor_like(view, prep.token)) roles_.resolve(view, prep.token, sides.source);
      }
    }
    return;
  }
  // "after his arrest": what happens to somebody is his, too, unless it is said whose deed it was.
  if (frames_.lexicon().in(view.word(match.head), patient_noun_)) {
    const bool told = std::any_of(args.preps.begin(), args.preps.end(), [&](const PrepArg& prep) { return prep.prep == view.known().of && roles_.actor_like(view, prep.token); });
    for (const TokenId p : args.poss) {
      if (told || !roles_.individual(view, p)) continue;
      roles_.resolve(view, p, sides.target);
      static const std::vector<Path> kBy = {Path{Path::Kind::Prep, view.known().by, false}};
      fill(kBy, sides.source, &sides.target);
      return;
    }
  }
  fill(roles.noun_source, sides.source, nullptr);
  fill(roles.noun_target, sides.target, &sides.source);
}

/// What the content of a speech act adds: its receiver, the addressee of a demand.
void Coder::add_sides_of_content(SentenceView& view, const Match& match, Sides& sides) {
  const auto differs = [&](const Fillers& fillers) {
    return std::any_of(fillers.actors.begin(), fillers.actors.end(), [&](ActorId a) { return std::find(sides.source.actors.begin(), sides.source.actors.end(), a) == sides.source.actors.end(); });
  };
  if (match.inner >= 0 && !match.transformed_by.empty() && sides.target.empty()) {
    Sides inner;
    sides_of(view, matches_[static_cast<size_t>(match.inner)], inner);
    add_owner_of_thing(view, matches_[static_cast<size_t>(match.inner)], inner);
    const bool addressee_acts = among(match.transformed_by, {"request", "demand", "accuse", "warn", "offer-request"});
    if (addressee_acts && !inner.source.empty() && differs(inner.source)) sides.target = inner.source;
    else if (!inner.target.empty() && differs(inner.target)) sides.target = inner.target;
    else if (!inner.source.empty() && differs(inner.source)) sides.target = inner.source;
    if (sides.source.empty() && !addressee_acts && !inner.source.empty() && !differs(inner.target)) sides.source = inner.source;
  }
  if (match.content == kNone<TokenId> || !sides.target.empty()) return;
  const Args& content = view.args(match.content);
  // The addressee of a demand is the subject of its clause: "demanded that Israel withdraw".
  if (among(match.frame->operator_class, {"request", "demand", "accuse", "judge"})) {
    if (!view.nominal(match.content)) {
      for (const TokenId s : content.subj) {
        if (roles_.actor_like(view, s)) roles_.resolve(view, s, sides.target);
      }
    } else {
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
  if (match.inner >= 0 || !sides.target.empty()) return;
  const auto take = [&](TokenId t) {
    if (!sides.target.empty() || !roles_.actor_like(view, t)) return;
    Fillers found;
    roles_.resolve(view, t, found);
    if (differs(found)) sides.target = found;
  };
  if (!view.nominal(match.content)) {
    for (const TokenId t : content.iobj) take(t);
    for (const TokenId t : content.obj) take(t);
  }
  for (const PrepArg& prep : content.preps) {
    if (prep.prep == kNoWord || !among(frames_.lexicon().str(prep.prep), {"to", "with", "for", "from", "against"})) continue;
    take(prep.token);
    // "a fresh programme for Ecuador" under the content's object
    for (const TokenId c : view.children(prep.token)) {
      if (view.dep(c) == Dep::Nmod && view.case_of(c) != kNoWord && among(frames_.lexicon().str(view.case_of(c)), {"to", "with", "for", "against"})) take(c);
    }
  }
  if (!view.nominal(match.content)) {
    for (const TokenId o : content.obj) {
      for (const TokenId c : view.children(o)) {
        const WordId prep = view.dep(c) == Dep::Nmod ? view.case_of(c) : kNoWord;
        if (view.dep(c) == Dep::NmodPoss || (prep != kNoWord && among(frames_.lexicon().str(prep), {"to", "with", "for", "against"}))) take(c);
      }
    }
  }
}

/// What is done to somebody's thing is done to him: "banned Turkish tomatoes", "searched the homes of X".
void Coder::add_owner_of_thing(SentenceView& view, const Match& match, Sides& sides) {
  if (match.pattern->pos == PatternPos::Noun || !sides.target.empty() || match.plover == "CONSULT" || match.plover == "AGREE") return;
  const Args& args = view.args(match.head);
  std::vector<TokenId> things;
  for (const TokenId o : args.obj) view.conjuncts(o, things);
  for (const PrepArg& prep : args.preps) {
    if (prep.prep != kNoWord && among(frames_.lexicon().str(prep.prep), {"for", "over", "about", "at", "on", "to", "from", "of", "into", "against", "with"})) things.push_back(prep.token);
  }
  const auto take = [&](TokenId owner) {
    if (!sides.target.empty() || (roles_.mention_at(owner) == nullptr && view.upos(owner) != Upos::Propn && !roles_.actor_like(view, owner))) return;
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
      const WordId prep = d == Dep::Nmod ? view.case_of(c) : kNoWord;
      if (d == Dep::NmodPoss || d == Dep::Amod || d == Dep::Compound || (prep != kNoWord && among(frames_.lexicon().str(prep), {"of", "by", "from", "with"}))) {
        take(c);
        for (const TokenId deep : view.children(c)) {
          if (view.dep(deep) == Dep::NmodPoss || view.dep(deep) == Dep::Amod || view.dep(deep) == Dep::Nmod) take(deep);
        }
      }
    }
  }
  if (match.plover != "ASSAULT" && match.plover != "MOBILIZE" && match.plover != "AID" && match.plover != "COERCE") return;
  for (const PrepArg& prep : args.preps) {
    if (prep.prep != kNoWord && among(frames_.lexicon().str(prep.prep), {"in", "near", "on", "at", "along", "outside", "over", "throughout"})) take(prep.token);
  }
}

/// Both sides of a match, completed and in the granularity of the record.
void Coder::find_sides(SentenceView& view, const Match& match, Sides& sides) {
  sides_of(view, match, sides);
  const RoleClass& roles = frames_.role_class(*match.frame);
  const Args& args = view.args(match.head);
  const bool noun = match.pattern->pos == PatternPos::Noun;
  const bool mutual = roles.reciprocal || match.plover == "COOPERATE" || match.plover == "CONSULT";
  // "promised each other"
  const auto each_other = [&](TokenId t) {
    if (view.doc().lemma(t) != "other" && view.doc().lemma(t) != "another") return false;
    for (const TokenId c : view.children(t)) {
      if (view.doc().lemma(c) == "each" || view.doc().lemma(c) == "one") return true;
    }
    return index(t) > 0 && index(t) > index(view.range().begin) && (view.doc().lemma(TokenId{index(t) - 1}) == "each" || view.doc().lemma(TokenId{index(t) - 1}) == "one");
  };
  bool mirrored = false;
  for (const TokenId o : args.obj) mirrored = mirrored || each_other(o) || (view.doc().lemma(o) == "each" && index(o) + 1 < index(view.range().end) && view.doc().lemma(TokenId{index(o) + 1}) == "other");
  for (const PrepArg& prep : args.preps) mirrored = mirrored || each_other(prep.token);
  if (mirrored && sides.source.actors.size() >= 2) sides.target = sides.source;
  // Several who agree, sign or meet do so with one another, unless a partner is named.
  if (mutual && sides.source.actors.size() >= 2 && !sides.target.empty()) {
    bool partner = false;
    for (const PrepArg& prep : args.preps) {
      const bool own = view.head(prep.token) == match.head || (args.support != kNone<TokenId> && view.head(prep.token) == args.support) || noun;
      if (own && prep.prep != kNoWord && among(frames_.lexicon().str(prep.prep), {"with", "to"}) && roles_.actor_like(view, prep.token)) partner = true;
    }
    for (const TokenId o : args.obj) partner = partner || (roles_.actor_like(view, o) && !noun && match.plover != "AGREE" && match.frame->plover != "AGREE");
    if (!partner) sides.target = sides.source;
  }
  // "demanded a session of the commission with India": whoever is named goes before a body left open.
  Fillers open;
  const bool thing_undergoes = match.plover == "ASSAULT" || match.plover == "COERCE" || match.plover == "MOBILIZE" || match.plover == "PROTEST";
  if (!thing_undergoes && roles_.vague(view, sides.target)) std::swap(open, sides.target);
  add_sides_of_content(view, match, sides);
  add_owner_of_thing(view, match, sides);
  if (mutual && sides.target.empty() && sides.source.actors.size() >= 2) sides.target = sides.source;
  if (sides.target.empty()) std::swap(open, sides.target);
  // "recalled its ambassador after Georgia detained ...": from the other state of the sentence.
  if (match.plover == "SANCTION" && match.cameo.substr(0, 3) == "161" && sides.target.empty() && roles_.named(sides.source)) {
    if (const std::string other = roles_.other_country(sides.source); !other.empty()) sides.target.add(roles_.state(other), view.doc().span(match.head), match.head);
  }
  // Granularity: harm and help befall people, politics is made by states.
  if (match.plover == "ASSAULT" || match.plover == "AID" || match.plover == "COERCE" || match.plover == "RETREAT" || match.plover == "CONCEDE") {
    std::string country;
    if (match.plover == "ASSAULT" || match.plover == "AID") {
      for (const PrepArg& prep : args.preps) {
        if (country.empty() && prep.prep != kNoWord && among(frames_.lexicon().str(prep.prep), {"in", "at", "near", "on", "outside"})) country = roles_.country_at(view, prep.token);
      }
    }
    // "stormed a university in Garissa, Kenya, and killed 148 people": the people of the place.
    if (country.empty() && (match.plover == "ASSAULT" || match.plover == "AID")) country = roles_.place_country(view);
    roles_.as_population(view, sides.target, country);
  } else if (match.plover != "PROTEST") {
    roles_.as_state(view, sides.target);
  }
  if (match.plover != "PROTEST" && match.plover != "AID") roles_.as_state(view, sides.source);
}

/// Nobody undergoes it by the construction: the one other side that the sentence names, if there is one.
void Coder::complete_target(SentenceView& view, const Match& match, std::string_view plover, Sides& sides) {
  if (match.pattern->pos == PatternPos::Noun && sides.source.empty() && sides.target.empty()) {
    // "the coup in Tegucigalpa", "Tehran switched off the network as protests spread": where it happened.
    std::string country;
    for (const PrepArg& prep : view.args(match.head).preps) {
      if (country.empty() && prep.prep != kNoWord && among(frames_.lexicon().str(prep.prep), {"in", "at", "near", "on", "across", "outside"})) country = roles_.country_at(view, prep.token);
    }
    if (country.empty() && plover != "ASSAULT") country = roles_.only_country();
    if (!country.empty()) sides.target.add(roles_.state(country), view.doc().span(match.head), match.head);
  }
  if (!sides.target.empty() || !roles_.named(sides.source) || plover == "PROTEST" || match.pattern->pos == PatternPos::Noun) return;
  // "exchanged fire", "clashed": with one another.
  if (sides.source.actors.size() >= 2 && frames_.lexicon().in(view.word(match.head), mutual_verb_)) {
    sides.target = sides.source;
    return;
  }
  std::vector<TokenId> tellers;
  const auto add_subjects = [&](TokenId verb) {
    for (const TokenId s : view.args(verb).subj) tellers.push_back(s);
  };
  for (TokenId t = match.head;; t = view.head(t)) {
    if (base(view.dep(t)) == Dep::Ccomp || view.dep(t) == Dep::Parataxis) add_subjects(view.head(t));
    for (const TokenId c : view.children(t)) {
      if (view.dep(c) == Dep::Parataxis && c > t) add_subjects(c);
    }
    if (view.is_root(t)) break;
  }
  if (const TokenId other = roles_.other_side(view, sides.source, match.head, tellers); other != kNone<TokenId>) roles_.resolve(view, other, sides.target);
  // A thing that is struck, seized or made for is somebody's, though the words do not say whose.
  if (sides.target.empty() && (plover == "ASSAULT" || plover == "COERCE" || plover == "MOBILIZE")) {
    const Args& args = view.args(match.head);
    TokenId thing = kNone<TokenId>;
    if (plover != "MOBILIZE") {
      for (const TokenId o : args.obj) {
        if (thing == kNone<TokenId> && o != match.theme) thing = o;
      }
    }
    for (const PrepArg& prep : args.preps) {
      const bool goal = prep.prep != kNoWord && among(frames_.lexicon().str(prep.prep), {"on", "at", "against", "toward", "towards", "into", "to", "around", "near", "along", "outside", "across"});
      if (thing == kNone<TokenId> && goal && view.head(prep.token) == match.head && view.upos(prep.token) == Upos::Propn && !roles_.time_at(prep.token)) thing = prep.token;
    }
    if (thing != kNone<TokenId>) roles_.add_open(view, thing, sides.target);
  }
  if (plover == "ASSAULT" || plover == "AID" || plover == "COERCE" || plover == "RETREAT" || plover == "CONCEDE") roles_.as_population(view, sides.target, {});
  else roles_.as_state(view, sides.target);
}

}  // namespace readout::events

// Titles and what they are of: "the Deputy Foreign Minister of X", "Foreign Ministry spokeswoman".
#include <algorithm>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {
const Atom* ActorReader::atom_before(uint32_t i) const {
  if (i < 2 || !is(i - 1, "'s") || !same_sentence(i - 2, i)) {
    // "the Houthis' envoy": the apostrophe alone is a token too.
    if (i < 2 || (word(i - 1) != "'" && word(i - 1) != "\xE2\x80\x99") || !same_sentence(i - 2, i)) return nullptr;
  }
  const int32_t over = atom_over_[i - 2];
  return over >= 0 && atoms_[static_cast<size_t>(over)].end == i - 1 ? &atoms_[static_cast<size_t>(over)] : nullptr;
}

uint32_t ActorReader::parse_state(uint32_t i, std::string& id) const {
  uint32_t j = i;
  // Some names bring their article: "the Gambia".
  if (is(j, "the") && (atom(j) == nullptr || atom(j)->kind != AtomKind::State)) ++j;
  while (in(j, "fraternal_word")) ++j;  // "the sisterly Republic of Tunisia"
  if (const Atom* a = atom(j); a != nullptr && a->kind == AtomKind::State) {
    id = a->actor;
    return a->end;
  }
  // "the Republic of X", "the X Republic", where X is the document's own.
  if (in(j, "state_form") && is(j + 1, "of")) {
    const uint32_t k = is(j + 2, "the") ? j + 3 : j + 2;
    if (const Atom* a = atom(k); a != nullptr && a->kind == AtomKind::State) {
      id = a->actor;
      return a->end;
    }
  }
  if (const Atom* a = atom(j); a != nullptr && a->kind == AtomKind::Adjective && in(a->end, "state_form") && upper(a->end)) {
    id = a->actor;
    return a->end + 1;
  }
  return 0;
}

void ActorReader::read_complements(TitlePhrase& t) const {
  const uint32_t limit = t.head < size() ? sentence_end(t.head) : size();
  for (int rounds = 0; rounds < 5 && t.end < limit; ++rounds) {
    const bool of = is(t.end, "of") || is(t.end, "for");
    const bool to = is(t.end, "to") || is(t.end, "on") || is(t.end, "from");
    if (!of && !to) return;
    uint32_t k = t.end + 1;
    std::string id;
    if (const uint32_t end = parse_state(k, id); end != 0) {
      if (is(t.end, "to") && t.cls != "ambassador" && t.cls != "envoy" && !in(t.head, "representative_noun")) return;
      if (is(end, "'s")) return;  // "thanked the President for Kenya's hospitality"
      // "to" names the host of an envoy, not whose he is.
      if (!is(t.end, "to")) t.of.push_back(id);
      t.end = end;
      while (t.plural && (is(t.end, "and") || is(t.end, ","))) {
        uint32_t next = t.end + 1;
        if (is(next, "and")) ++next;
        uint32_t more = parse_state(next, id);
        if (more == 0) {
          const uint32_t k2 = is(next, "the") ? next + 1 : next;
          const Atom* a = atom(k2);
          if (a == nullptr || (a->kind != AtomKind::Org && a->kind != AtomKind::Group)) break;
          more = a->end;
          id = a->actor;
        }
        if (is(more, "'s")) break;
        t.of.push_back(id);
        t.end = more;
      }
      continue;
    }
    if (is(k, "the") && atom(k) == nullptr) ++k;
    if (const Atom* a = atom(k); a != nullptr && (a->kind == AtomKind::Org || a->kind == AtomKind::Group)) {
      t.of.push_back(a->actor);
      t.end = a->end;
      continue;
    }
    if (const Atom* a = atom(k); a != nullptr && a->kind == AtomKind::Body) {
      t.end = a->end;
      continue;
    }
    if (!of || !upper(k)) return;
    uint32_t e = k;
    // "Minister of Foreign Affairs, Trade and Integration of X"
    const auto portfolio_goes_on = [&](uint32_t comma) {
      uint32_t p = comma + 1;
      while (upper(p) && atom(p) == nullptr && p < comma + 4) ++p;
      return p > comma + 1 && is(p, "and") && upper(p + 1) && atom(p + 1) == nullptr && (t.cls == "minister" || t.cls.ends_with("_minister"));
    };
    while (e < limit) {
      const Atom* a = atom(e);
      if (a != nullptr && (a->kind == AtomKind::Person || a->kind == AtomKind::Honorific)) break;
      if (e > k && (gender_of(e) != 0 || (entity_at_[e] >= 0 && doc_.entities()->entities[static_cast<size_t>(entity_at_[e])].type == EntityType::Person))) break;
      if (a != nullptr && a->kind == AtomKind::Title && (e == k || !upper(e - 1))) break;
      if (upper(e)) {
        ++e;
      } else if ((is(e, "and") || is(e, "-") || is(e, "&")) && upper(e + 1) && (atom(e + 1) == nullptr || atom(e + 1)->kind == AtomKind::None) &&
                 !(is(e, "and") && (atom(e + 2) != nullptr && atom(e + 2)->kind == AtomKind::Title))) {
        e += 2;
      } else if (is(e, ",") && portfolio_goes_on(e)) {
        ++e;
      } else {
        break;
      }
    }
    if (e == k) return;
    t.end = e;
  }
}

TitlePhrase ActorReader::parse_title(uint32_t i) const {
  TitlePhrase t;
  const uint32_t limit = i < size() ? sentence_end(i) : 0;
  uint32_t j = i;
  if (is(j, "the") || is(j, "both") || is(j, "these") || is(j, "those")) {
    t.definite = true;
    if (is(j, "both")) t.number = 2;
    ++j;
  } else if (is(j, "a") || is(j, "an")) {
    t.indefinite = true;
    ++j;
  } else if (in(j, "possessive_pronoun") && !(atom(j) != nullptr && atom(j)->kind == AtomKind::Office)) {
    t.possessive = j;
    ++j;
  } else if (const Atom* owner = atom_before(i)) {
    if (owner->kind == AtomKind::State || owner->kind == AtomKind::Org || owner->kind == AtomKind::Group || owner->kind == AtomKind::Capital) t.of.push_back(owner->actor);
    t.definite = true;
  }
  for (int modifiers = 0; modifiers < 6 && j < limit; ++modifiers) {
    const Atom* a = atom(j);
    if (a != nullptr && (a->kind == AtomKind::Adjective || a->kind == AtomKind::State || a->kind == AtomKind::Org || a->kind == AtomKind::Group ||
                         a->kind == AtomKind::Demonym)) {
      if (is(a->end, "'s")) return {};
      t.of.push_back(a->actor);
      j = a->end;
      if (is(j, "-")) ++j;
      continue;
    }
    if (a == nullptr && number_of(low(j)) != 0) {
      t.number = number_of(low(j));
      ++j;
      continue;
    }
    if (a == nullptr && in(j, "title_modifier")) {
      t.former = t.former || in(j, "former");
      ++j;
      if (is(j, "-")) ++j;
      continue;
    }
    if (a != nullptr && a->kind == AtomKind::Body && atom(a->end) != nullptr && atom(a->end)->kind == AtomKind::Title) {
      j = a->end;  // "Foreign Ministry spokeswoman"
      continue;
    }
    break;
  }
  const Atom* a = atom(j);
  // "2:13 P.M. CEST" has no prime minister.
  if (a != nullptr && a->kind == AtomKind::Title && a->end == j + 1 && (low(j) == "p.m." || low(j) == "pm") && j > 0 && !alpha(j - 1) && word(j - 1).size() <= 5 &&
      word(j - 1).find_first_of("0123456789") != std::string_view::npos) {
    return {};
  }
  if (a == nullptr || (a->kind != AtomKind::Title && a->kind != AtomKind::Office)) return {};
  t.begin = i;
  t.end = a->end;
  t.head = a->end - 1;
  t.text = text(j, a->end);
  if (a->kind == AtomKind::Title) {
    const TsvRow row = knowledge_.row(a->refs[0]);
    t.cls = row[2];
    t.plural = a->refs[0].kind == NameKind::Plural && utf8::lower(row[0]) != utf8::lower(t.text);
    t.gender = row[7].empty() ? '\0' : row[7][0];
    // Two titles side by side are one: "Chief Negotiator Ambassador".
    while (const Atom* next = atom(t.end)) {
      if (next->kind != AtomKind::Title || !upper(t.end) || t.end >= limit) break;
      if (doc_.plain().substr(tokens_.span[t.end - 1].end, tokens_.span[t.end].begin - tokens_.span[t.end - 1].end).find('\n') != std::string_view::npos) break;
      t.head = next->end - 1;
      t.end = next->end;
    }
  } else {
    // Several states may have it ("His Majesty the Sultan"): the one that the document names.
    NameRef ref = a->refs[0];
    for (const NameRef other : a->refs) {
      const std::string of(knowledge_.row(other)[1]);
      if (named_countries_.contains(letters(of).substr(0, letters(of).find('.')))) {
        ref = other;
        break;
      }
    }
    const TsvRow row = knowledge_.row(ref);
    t.cls = row[2];
    t.of.emplace_back(row[1]);
    t.office = row[0];
  }
  // "an official visit"
  if (in(t.head, "adjective_title") && t.end - j == 1 && alpha(t.end) && !upper(t.end) && same_sentence(t.head, t.end) && !in(t.end, "preposition") &&
      !in(t.end, "function") && !in(t.end, "auxiliary") && !in(t.end, "speech_verb")) {
    return {};
  }
  if (doc_.syntax() != nullptr && !upper(t.head)) {
    // "France attaches importance", "who heads the delegation"
    if (upos(t.head) == Upos::Adj || upos(t.head) == Upos::Verb || upos(t.head) == Upos::Aux) return {};
    // "observer status": the title only qualifies the noun behind it.
    const uint32_t noun = index(doc_.syntax()->head[t.head]);
    if (doc_.syntax()->dep[t.head] == Dep::Compound && noun > t.head && !upper(noun)) return {};
  }
  // "Council President", "Senate President": of a body, not of the state.
  if (t.cls == "head_of_state" && j > 0 && j == t.begin && upper(j) && upper(j - 1) && tables_.org_noun(low(j - 1)) != nullptr && same_sentence(j - 1, j)) t.cls = "chairperson";
  read_complements(t);
  // An under-secretary is no secretary.
  if ((low(j) == "under" || low(j) == "deputy" || low(j) == "assistant" || low(j) == "vice") && !t.cls.starts_with("deputy")) t.cls = "deputy_" + t.cls;
  // What a minister or secretary is of, from the words behind.
  if (t.cls == "minister" || t.cls == "senior_official" || t.cls == "former") {
    for (uint32_t k = t.head + 1; k < t.end; ++k) {
      if (in(k, "portfolio_foreign")) t.cls = "foreign_minister";
      else if (in(k, "portfolio_defence")) t.cls = "defence_minister";
    }
  }
  return t;
}

uint32_t ActorReader::skip_honorifics(uint32_t i, char& gender) const {
  uint32_t j = i;
  for (int rounds = 0; rounds < 4; ++rounds) {
    const Atom* a = atom(j);
    if (a == nullptr || (a->kind != AtomKind::Honorific && a->kind != AtomKind::Title)) break;
    const TsvRow row = knowledge_.row(a->refs[0]);
    const std::string_view cls = row[2];
    if (a->kind == AtomKind::Title && cls != "military" && cls != "religious" && cls != "academic" && cls != "nobility" && !(rounds > 0)) break;
    if (a->kind == AtomKind::Title && !upper(j)) break;
    if (!row[7].empty()) gender = row[7][0];
    j = a->end;
    if (is(j, ".")) ++j;
  }
  return j;
}

}  // namespace readout::entities

// Every noun of the table, with what stands around it, and every known name becomes a mention, or
// nothing if it could mean any paper in the world.
#include <algorithm>

#include "events/agreement_reader.h"
#include "events/document_sides.h"

namespace readout::events {

namespace {

bool upper(const Document& doc, size_t t) { return doc.tokens()->flags[t] & TokenFlags::kUpper; }
bool digit(const Document& doc, size_t t) { return doc.tokens()->flags[t] & TokenFlags::kDigit; }

}  // namespace

void AgreementReader::sentence(size_t b, size_t e) {
  std::vector<FoundAgreement> found;
  for (size_t t = b; t < e;) {
    FoundAgreement hit;
    size_t length = 0;
    const int known = table_.known_at(room_.words, t, length);
    if (alias_at(b, e, t)) {
      ++t;
      continue;
    }
    if (known >= 0 && t + length <= e && named_in(t, t + length) && fits(t + length, e, known)) {
      hit = known_name(b, t, length, known);
    } else if (!noun(b, e, t, hit)) {
      ++t;
      continue;
    }
    // A qualifier may itself be a known name ("Minsk" of "the Minsk agreements"): keep the longer
    // one.
    if (!found.empty() && hit.first < found.back().end) {
      if (hit.span.size() <= found.back().span.size()) {
        t = std::max(t + 1, hit.end);
        continue;
      }
      found.pop_back();
    }
    t = std::max(t + 1, hit.end);
    found.push_back(std::move(hit));
  }
  for (FoundAgreement& hit : found) {
    surroundings(b, e, hit);
    const int row = tie(hit);
    if (row < 0) continue;
    said(b, e, hit, static_cast<size_t>(row));
    learn_alias(e, hit, static_cast<size_t>(row));
  }
}

/// "... Framework Agreement between A and B (SFA)": the letters stand for it from here on.
void AgreementReader::learn_alias(size_t e, const FoundAgreement& hit, size_t row) {
  for (size_t k = hit.end; k + 2 < e && k < hit.end + 24; ++k) {
    if (word(k) == "." || word(k) == ";") return;
    if (word(k) != "(" || !all_upper(k + 1) || word(k + 2) != ")") continue;
    const std::string_view letters = word(k + 1);
    size_t at = 0;
    for (size_t t = hit.first; t < k && at < letters.size(); ++t) {
      if (upper(doc_, t) && word(t)[0] == letters[at]) ++at;
    }
    if (at < letters.size() || letters.size() > 8) return;
    aliases_.emplace_back(std::string(letters), rows_[row].span);
    rows_[row].also.push_back(span(k + 1, k + 2));
    return;
  }
}

bool AgreementReader::alias_at(size_t b, size_t e, size_t t) {
  if (aliases_.empty() || !all_upper(t)) return false;
  for (const auto& [letters, of] : aliases_) {
    if (word(t) != letters) continue;
    for (size_t r = 0; r < rows_.size(); ++r) {
      if (rows_[r].span != of) continue;
      rows_[r].also.push_back(span(t, t + 1));
      FoundAgreement hit;
      hit.first = hit.head = t;
      hit.end = t + 1;
      said(b, e, hit, r);
      return true;
    }
  }
  return false;
}

/// A name that several papers bear ("Declaration of Principles") means the known one only among
/// its parties, and not with another date behind it. A number of an article is no name.
bool AgreementReader::fits(size_t end, size_t e, int known) const {
  const KnownAgreement& row = table_.known()[static_cast<size_t>(known)];
  for (size_t k = end; k < e && k < end + 8; ++k) {
    const TimexId date = timex_at(k);
    if (date == kNone<TimexId> || !calendar(date)) continue;
    const std::string_view value = value_of(date);
    if (row.date.size() >= 4 && value.size() >= 10 &&
        value.substr(0, 4) != std::string_view(row.date).substr(0, 4))
      return false;
    break;
  }
  if (row.parties.empty() || doc_.actors() == nullptr) return word(end - 1).size() > 2;
  for (const std::string& party : row.parties) {
    const size_t colon = party.find(':');
    const std::string_view country = std::string_view(party).substr(colon + 1, 3);
    for (const Actor& actor : doc_.actors()->actors) {
      if (doc_.str(actor.id) == party ||
          (actor.country != kNone<Sym> && doc_.str(actor.country) == country))
        return true;
    }
  }
  return false;
}

bool AgreementReader::named_in(size_t from, size_t to) const {
  bool any = false, all = true;
  for (size_t t = from; t < to; ++t) {
    if (upper(doc_, t) || digit(doc_, t)) {
      any = true;
    } else if (!table_.in("link", word(t)) && word(t).size() > 2) {
      all = false;
    }
  }
  return any && (all || to - from > 2);
}

FoundAgreement AgreementReader::known_name(size_t b, size_t t, size_t length, int known) const {
  FoundAgreement hit;
  hit.first = t;
  hit.end = t + length;
  hit.head = t + length - 1;
  for (size_t k = t; k < t + length; ++k) {
    if (table_.head(word(k)) != nullptr) {
      hit.head = k;
      break;
    }
  }
  hit.head_word = word(hit.head);
  hit.known = known;
  hit.type = table_.known()[static_cast<size_t>(known)].type;
  hit.named = true;
  hit.definite = t > b && table_.in("anaphor", word(t - 1));
  hit.span = span(hit.first, hit.end);
  return hit;
}

/// A noun of the table at `t` with what belongs to it; false if it names no document.
bool AgreementReader::noun(size_t b, size_t e, size_t t, FoundAgreement& hit) const {
  const AgreementHead* head = table_.head(word(t));
  if (head == nullptr) return false;
  const bool capital = upper(doc_, t) && t > b;
  const bool shouted = upper(doc_, t) && all_upper(t);
  const bool body = head->need == Need::Body;
  if (t + 1 < e &&
      (modifies(t) || (table_.in("not_before", word(t + 1)) && !(capital && upper(doc_, t + 1)))))
    return false;
  // To the left: capitals and qualifiers.
  size_t first = t;
  size_t names = 0, qualifiers = 0;
  while (first > b) {
    if (first > b + 1 && word(first - 1) == "-" && upper(doc_, first - 2) && first < t) first -= 1;
    const size_t p = first - 1;
    const std::string_view w = word(p);
    const bool name = upper(doc_, p) && !table_.in("anaphor", w) && !table_.in("link", w) &&
                      !(p == b && !shouted && !proper(p));
    const bool qualifier = table_.in(body ? "body_qualifier" : "qualifier", w) ||
                           (capital && body && table_.in("qualifier", w));
    const bool year = digit(doc_, p) && w.size() == 4 && first == t;
    if (!name && !qualifier && !year) break;
    if (name && table_.head(w) != nullptr && !table_.in("qualifier", w)) break;
    (name || year ? names : qualifiers) += 1;
    hit.qualifiers.emplace_back(w);
    first = p;
    if (t - first >= 6) break;
  }
  // A qualifier in capitals alone ("Joint Declaration") is as good as a name.
  size_t end = t + 1;
  bool right = false, dated = false, numbered = false;
  if (end < e && digit(doc_, end) && (head->type == "resolution" || capital) &&
      word(end).size() <= 5) {
    ++end;
    numbered = right = true;
    if (end + 2 < e && word(end) == "(" && digit(doc_, end + 1) && word(end + 2) == ")") end += 3;
  } else if (end + 1 < e && word(end) == "no" && digit(doc_, end + 1)) {
    end += 2;
    numbered = right = true;
  }
  if ((capital || shouted) && end < e &&
      (word(end) == "on" || word(end) == "of" || word(end) == "for" || word(end) == "concerning" ||
       word(end) == "against" || word(end) == "regarding" || word(end) == "relating")) {
    size_t k = end;
    size_t last = end;
    while (k < e && k - end < 24) {
      if (timex_at(k) != kNone<TimexId>) break;
      if (upper(doc_, k) || digit(doc_, k)) {
        last = k + 1;
      } else if (!table_.in("link", word(k)) && word(k) != "-" && word(k) != "'s") {
        break;
      }
      if (word(k) == "between" || word(k) == "with") break;
      ++k;
    }
    while (last > end && (table_.in("link", word(last - 1)))) --last;
    if (last > end + 1) {
      end = last;
      right = true;
    }
  }
  // "the Statement on the results of the war in November": a title that goes on in small letters.
  if (capital && !right && head->type == "statement" && end + 2 < e &&
      (word(end) == "on" || word(end) == "concerning")) {
    size_t k = end + 1;
    for (; k < e && k < end + 10; ++k) {
      const std::string_view w = word(k);
      if (w == "," || w == ";" || w == ":" || w == "." || w == "which" || w == "that" ||
          w == "is" || w == "was" || w == "were" || w == "has" || w == "have" || w == "and" ||
          w == ")" || w == "\"") {
        break;
      }
      if (const TimexId date = timex_at(k); date != kNone<TimexId> && calendar(date)) {
        hit.date = date;
        dated = true;
        k = after_timex(date, k);
        break;
      }
    }
    end = std::min(k, e);
    right = true;
  }
  // "the decisions of the Fourth Conference": a paper known by the body that made it.
  if (!capital && head->type == "resolution" && end + 2 < e && word(end) == "of" &&
      (upper(doc_, end + 1) || (word(end + 1) == "the" && upper(doc_, end + 2)))) {
    size_t k = end + 1, last = end;
    for (;
         k < e && k - end < 16 && (upper(doc_, k) || table_.in("link", word(k)) || word(k) == "-");
         ++k) {
      if (upper(doc_, k)) last = k + 1;
    }
    end = last;
    right = true;
  }
  // "of 9 November", "dated 3 May", "signed on 2 March"
  if (end + 1 < e &&
      (word(end) == "of" || word(end) == "from" || word(end) == "dated" || word(end) == "on")) {
    TimexId date = timex_at(end + 1);
    size_t skip = end + 1;
    if (date == kNone<TimexId> && word(end) == "dated" && end + 2 < e) date = timex_at(++skip);
    if (date != kNone<TimexId> && calendar(date)) {
      hit.date = date;
      dated = true;
      end = after_timex(date, end);
    } else if (word(end) == "of" && !capital) {
      // "of the three leaders (on 9 November)"
      const int mention = mention_in(end + 1, std::min(e, end + 4));
      if (mention >= 0) {
        const Mention& m = doc_.actors()->mentions[static_cast<size_t>(mention)];
        if (m.actors.size() >= 2) {
          right = true;
          end = std::max(end + 1, std::min<size_t>(index(m.tokens.end), e));
          hit.parties = as_states(doc_, m.actors);
          if (end + 1 < e && (word(end) == "on" || word(end) == "of" || word(end) == "from")) {
            const TimexId day = timex_at(end + 1);
            if (day != kNone<TimexId> && calendar(day)) {
              hit.date = day;
              dated = true;
              end = after_timex(day, end);
            }
          }
        }
      }
    }
  }
  hit.definite = first > b && table_.in("anaphor", word(first - 1));
  const bool indefinite = first > b && (word(first - 1) == "a" || word(first - 1) == "an");
  hit.named = dated || right || numbered ||
              ((capital || shouted) && (names > 0 || qualifiers > 0)) ||
              (!capital && names > 0 && head->need != Need::Weak);
  const bool made = !hit.named && signed_behind(end, e, body);
  bool accept = false;
  switch (head->need) {
    case Need::Always:
      accept = hit.named || hit.definite || indefinite || qualifiers > 0 || made;
      break;
    case Need::Strong:
      if (names_itself(first, *head)) return false;
      accept = hit.named || qualifiers > 0 || made || (hit.definite && (!rows_.empty() || own_));
      break;
    case Need::Weak:
      if (names_itself(first, *head)) return false;
      accept = dated || numbered || made ||
               (right && (capital || shouted || !hit.parties.empty())) ||
               (capital && names > 0 && hit.definite) ||
               (qualifiers > 0 && hit.definite &&
                (head->type == "statement" || head->type == "agreement")) ||
               (hit.definite && bare_tie(*head, word(t)) >= 0 && !somebodys(e, t));
      break;
    case Need::Body:
      accept = (qualifiers > 0 && (names > 0 || hit.definite || made || capital));
      break;
  }
  // "understandings", "a draft protocol": papers in general, or not yet made.
  const bool plain = !capital && !shouted && !dated && !numbered && !right && !made;
  if (plain && head->need == Need::Weak && word(t).back() == 's') return false;
  if (plain &&
      std::find(hit.qualifiers.begin(), hit.qualifiers.end(), "draft") != hit.qualifiers.end())
    return false;
  if (!accept) return false;
  hit.named = hit.named || made || qualifiers > 0;
  hit.own = own_ && hit.definite && !dated && !right && first == t && first > b &&
            word(first - 1) == "this";
  hit.first = first;
  hit.head = t;
  hit.end = end;
  hit.head_word = word(t);
  hit.type = head->type;
  hit.span = span(first, end);
  return true;
}

/// A title that says what the document is ("JOINT COMMUNIQUE") names no other one.
bool AgreementReader::names_itself(size_t first, const AgreementHead& head) const {
  if (own_ || family(head.type) != 1) return false;
  const SentenceId s = doc_.tokens()->sentence[first];
  const BlockId block = doc_.tokens()->sentence_block[index(s)];
  return block != kNone<BlockId> && index(doc_.tokens()->sentences[index(s)].begin) == first &&
         (doc_.structure()->blocks[index(block)].role == BlockRole::Title || index(block) == 0);
}

/// "The statements by various forces": a common noun with its own maker, no earlier paper.
bool AgreementReader::somebodys(size_t e, size_t t) const {
  if (t + 1 < e && (word(t + 1) == "by" || word(t + 1) == "of" || word(t + 1) == "about" ||
                    word(t + 1) == "that" || word(t + 1) == "from"))
    return true;
  const std::string_view w = word(t);
  for (const Agreement& row : rows_) {
    const std::string_view last = doc_.text(row.span);
    if (last.size() >= w.size() && last.substr(last.size() - w.size()) == w) return false;
  }
  return w.back() == 's' && w != "principles";
}

bool AgreementReader::all_upper(size_t t) const {
  const std::string_view w = doc_.word(static_cast<TokenId>(t));
  if (w.size() < 3) return false;
  for (const char c : w) {
    if (c >= 'a' && c <= 'z') return false;
  }
  return true;
}

/// With arcs: a noun that only modifies the next one ("treaty text").
bool AgreementReader::modifies(size_t t) const {
  const SyntaxLayer* syntax = doc_.syntax();
  if (syntax == nullptr || syntax->dep[t] != Dep::Compound) return false;
  const size_t head = index(syntax->head[t]);
  return head > t && head < t + 3 && table_.head(word(head)) == nullptr;
}

/// A first word of a sentence that is a name all the same: a mention begins there.
bool AgreementReader::proper(size_t t) const {
  const SyntaxLayer* syntax = doc_.syntax();
  if (syntax != nullptr) return syntax->upos[t] == Upos::Propn || syntax->upos[t] == Upos::Adj;
  return mention_in(t, t + 1) >= 0;
}

bool AgreementReader::signed_behind(size_t from, size_t e, bool body) const {
  for (size_t k = from; k < e && k < from + 9; ++k) {
    const std::string_view w = word(k);
    if (w == "," || w == ";" || w == "." || w == ":" || w == "(") return false;
    if (table_.in("made", w)) return k == from || relative(from, k);
    if (body) {
      if (table_.in("made_body", w) ||
          (k + 1 < e && table_.in("made_body", std::string(w) + " " + std::string(word(k + 1)))))
        return true;
    }
  }
  return false;
}

/// Between the noun and the verb stands a relative pronoun, or nothing but "to be", "was",
/// "already".
bool AgreementReader::relative(size_t from, size_t k) const {
  if (word(from) == "that" || word(from) == "which") return true;
  for (size_t i = from; i < k; ++i) {
    const std::string_view w = word(i);
    if (w != "was" && w != "were" && w != "has" && w != "have" && w != "been" && w != "recently" &&
        w != "already" && w != "jointly")
      return false;
  }
  return true;
}

bool AgreementReader::quiet(size_t from, size_t to) const {
  for (size_t k = from; k < to; ++k) {
    if (!table_.in("made", word(k)) && !upper(doc_, k) && !table_.in("link", word(k))) return false;
  }
  return true;
}

}  // namespace readout::events

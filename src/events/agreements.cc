// Three steps. Find: every noun of the table, with what stands around it, and every known name,
// becomes a mention, or nothing if it could mean any paper in the world. Tie: a mention joins an
// earlier row if it has the same name, the same date and kind, or is a bare noun behind "the".
// Tell: parties, date, and what is said of each in the sentences that mention it.
#include "events/agreements.h"

#include <algorithm>

#include "core/embedded.h"
#include "core/utf8.h"
#include "events/agreement_words.h"
#include "events/table_file.h"
#include "readout/voice.h"

namespace readout::events {
namespace {

struct Found {
  Span span;
  size_t first = 0, head = 0, end = 0;  // tokens
  std::string_view head_word;
  std::string type;
  int known = -1;
  bool named = false;     // capitals, qualifiers, date or signatures: stands by itself
  bool definite = false;  // behind "the", "this", ...
  bool own = false;       // "this Agreement" of a document that is one
  TimexId date = kNone<TimexId>;
  std::vector<ActorId> parties;
  std::vector<std::string> qualifiers;  // folded words before the head
};

struct Room {
  std::string folded;
  std::vector<std::string_view> words;  // [n tokens] lower case
  std::vector<uint32_t> at;
};

bool upper(const Document& doc, size_t t) { return doc.tokens()->flags[t] & TokenFlags::kUpper; }
bool digit(const Document& doc, size_t t) { return doc.tokens()->flags[t] & TokenFlags::kDigit; }

std::string_view singular(std::string_view word) {
  if (word.size() > 4 && word.substr(word.size() - 3) == "ies")
    return word.substr(0, word.size() - 3);
  if (word.size() > 3 && word.back() == 's') return word.substr(0, word.size() - 1);
  if (word.size() > 4 && word.back() == 'y') return word.substr(0, word.size() - 1);
  return word;
}

/// Kinds of paper that one calls by each other's names.
int family(std::string_view type) {
  if (type == "statement" || type == "communique") return 1;
  if (type == "agreement" || type == "convention" || type == "arrangement") return 2;
  if (type == "resolution") return 3;
  return 4;
}

class Reader {
 public:
  Reader(Draft& draft, const AgreementWords& table, Room& room)
      : draft_(draft), doc_(draft.doc()), table_(table), room_(room) {}

  AgreementLayer read() {
    fold();
    const TokenLayer& tokens = *doc_.tokens();
    own_ = doc_.structure()->genre == "agreement";
    for (uint32_t s = 0; s < tokens.sentences.size(); ++s) {
      const BlockId block = tokens.sentence_block[s];
      const BlockRole role = block == kNone<BlockId> ? BlockRole::Narration
                                                     : doc_.structure()->blocks[index(block)].role;
      if (role == BlockRole::Navigation || role == BlockRole::Boilerplate ||
          role == BlockRole::Credit)
        continue;
      sentence(index(tokens.sentences[s].begin), index(tokens.sentences[s].end));
    }
    if (own_) own_facts();
    join_undated();
    std::stable_sort(rows_.begin(), rows_.end(),
                     [](const Agreement& a, const Agreement& b) { return a.span < b.span; });
    AgreementLayer layer;
    layer.agreements = std::move(rows_);
    return layer;
  }

 private:
  void fold() {
    const size_t n = doc_.tokens()->size();
    room_.folded.clear();
    room_.at.clear();
    for (size_t t = 0; t < n; ++t) {
      room_.at.push_back(static_cast<uint32_t>(room_.folded.size()));
      const std::string_view word = doc_.word(static_cast<TokenId>(t));
      for (size_t i = 0; i < word.size();) {
        const char32_t c = utf8::next(word, i);
        utf8::append(room_.folded, c == 0x2019 ? U'\'' : utf8::to_lower(c));
      }
    }
    room_.at.push_back(static_cast<uint32_t>(room_.folded.size()));
    room_.words.clear();
    for (size_t t = 0; t < n; ++t)
      room_.words.push_back(
          std::string_view(room_.folded).substr(room_.at[t], room_.at[t + 1] - room_.at[t]));
  }

  std::string_view word(size_t t) const { return room_.words[t]; }
  Span span(size_t from, size_t to) const {
    return {doc_.tokens()->span[from].begin, doc_.tokens()->span[to - 1].end};
  }

  void sentence(size_t b, size_t e) {
    std::vector<Found> found;
    for (size_t t = b; t < e;) {
      Found hit;
      size_t length = 0;
      const int known = table_.known_at(room_.words, t, length);
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
    for (Found& hit : found) {
      surroundings(b, e, hit);
      const int row = tie(hit);
      if (row >= 0) said(b, e, hit, static_cast<size_t>(row));
    }
  }

  /// A name that several papers bear ("Declaration of Principles") means the known one only among
  /// its parties, and not with another date behind it. A number of an article is no name.
  bool fits(size_t end, size_t e, int known) const {
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

  bool named_in(size_t from, size_t to) const {
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

  Found known_name(size_t b, size_t t, size_t length, int known) const {
    Found hit;
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
  bool noun(size_t b, size_t e, size_t t, Found& hit) const {
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
      if (first > b + 1 && word(first - 1) == "-" && upper(doc_, first - 2) && first < t)
        first -= 1;
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
        (word(end) == "on" || word(end) == "of" || word(end) == "for" ||
         word(end) == "concerning" || word(end) == "against" || word(end) == "regarding" ||
         word(end) == "relating")) {
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
      for (; k < e && k - end < 16 &&
             (upper(doc_, k) || table_.in("link", word(k)) || word(k) == "-");
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
            hit.parties = states_of(m.actors);
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
                 (qualifiers > 0 && head->type == "statement" && hit.definite) ||
                 (hit.definite && bare_tie(*head, word(t)) >= 0 && !somebodys(e, t));
        break;
      case Need::Body:
        accept = (qualifiers > 0 && (names > 0 || hit.definite || made || capital));
        break;
    }
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
  bool names_itself(size_t first, const AgreementHead& head) const {
    if (own_ || family(head.type) != 1) return false;
    const SentenceId s = doc_.tokens()->sentence[first];
    const BlockId block = doc_.tokens()->sentence_block[index(s)];
    return block != kNone<BlockId> && index(doc_.tokens()->sentences[index(s)].begin) == first &&
           (doc_.structure()->blocks[index(block)].role == BlockRole::Title || index(block) == 0);
  }

  /// "The statements by various forces": a common noun with its own maker, no earlier paper.
  bool somebodys(size_t e, size_t t) const {
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

  bool all_upper(size_t t) const {
    const std::string_view w = doc_.word(static_cast<TokenId>(t));
    if (w.size() < 3) return false;
    for (const char c : w) {
      if (c >= 'a' && c <= 'z') return false;
    }
    return true;
  }

  /// With arcs: a noun that only modifies the next one ("treaty text").
  bool modifies(size_t t) const {
    const SyntaxLayer* syntax = doc_.syntax();
    if (syntax == nullptr || syntax->dep[t] != Dep::Compound) return false;
    const size_t head = index(syntax->head[t]);
    return head > t && head < t + 3 && table_.head(word(head)) == nullptr;
  }

  /// A first word of a sentence that is a name all the same: a mention begins there.
  bool proper(size_t t) const {
    const SyntaxLayer* syntax = doc_.syntax();
    if (syntax != nullptr) return syntax->upos[t] == Upos::Propn || syntax->upos[t] == Upos::Adj;
    return mention_in(t, t + 1) >= 0;
  }

  TimexId timex_at(size_t t) const {
    if (doc_.timexes() == nullptr || t >= doc_.tokens()->size()) return kNone<TimexId>;
    const uint32_t begin = doc_.tokens()->span[t].begin;
    const auto& all = doc_.timexes()->timexes;
    auto it = std::lower_bound(all.begin(), all.end(), begin,
                               [](const Timex& x, uint32_t at) { return x.span.begin < at; });
    if (it == all.end() || it->span.begin != begin) return kNone<TimexId>;
    return static_cast<TimexId>(it - all.begin());
  }
  bool calendar(TimexId id) const {
    const Timex& timex = doc_.timexes()->timexes[index(id)];
    return timex.type == TimexType::Date;
  }
  size_t after_timex(TimexId id, size_t fallback) const {
    const TokenRange range = doc_.tokens_in(doc_.timexes()->timexes[index(id)].span);
    return range.empty() ? fallback : index(range.end);
  }

  /// The first mention with actors that begins in [from, to), -1 if none.
  int mention_in(size_t from, size_t to) const {
    if (doc_.actors() == nullptr || from >= to || from >= doc_.tokens()->size()) return -1;
    to = std::min<size_t>(to, doc_.tokens()->size());
    const auto& all = doc_.actors()->mentions;
    const uint32_t begin = doc_.tokens()->span[from].begin, end = doc_.tokens()->span[to - 1].end;
    auto it = std::lower_bound(all.begin(), all.end(), begin,
                               [](const Mention& m, uint32_t at) { return m.span.begin < at; });
    for (; it != all.end() && it->span.begin < end; ++it) {
      if (!it->actors.empty()) return static_cast<int>(it - all.begin());
    }
    return -1;
  }

  /// Leaders sign for their states: a person becomes the state, where the document has it.
  std::vector<ActorId> states_of(const std::vector<ActorId>& actors) const {
    std::vector<ActorId> out;
    const auto& all = doc_.actors()->actors;
    for (ActorId id : actors) {
      const Actor& actor = all[index(id)];
      if (actor.type == ActorType::Person || actor.type == ActorType::Government) {
        const std::string want = "state:" + std::string(doc_.str(actor.country));
        for (size_t k = 0; k < all.size(); ++k) {
          if (doc_.str(all[k].id) == want) {
            id = static_cast<ActorId>(k);
            break;
          }
        }
      }
      if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
    }
    return out;
  }

  bool signed_behind(size_t from, size_t e, bool body) const {
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
  bool relative(size_t from, size_t k) const {
    if (word(from) == "that" || word(from) == "which") return true;
    for (size_t i = from; i < k; ++i) {
      const std::string_view w = word(i);
      if (w != "was" && w != "were" && w != "has" && w != "have" && w != "been" &&
          w != "recently" && w != "already" && w != "jointly")
        return false;
    }
    return true;
  }

  /// Parties and date from the rest of the sentence, where the row has none from its own words.
  void surroundings(size_t b, size_t e, Found& hit) const {
    (void)b;
    if (doc_.actors() != nullptr && hit.parties.empty()) {
      for (size_t k = hit.first; k < e && k < hit.end + 10; ++k) {
        if (word(k) != "between" &&
            !(word(k) == "by" && k > hit.end && k < hit.end + 8 && table_.in("made", word(k - 1))))
          continue;
        if (k > hit.end + 1 && word(k) == "between" && !quiet(hit.end, k)) break;
        std::vector<ActorId> actors;
        size_t at = k + 1;
        while (at < e && at < k + 24) {
          const int mention = mention_in(at, std::min(e, at + 5));
          if (mention < 0) break;
          const Mention& m = doc_.actors()->mentions[static_cast<size_t>(mention)];
          actors.insert(actors.end(), m.actors.begin(), m.actors.end());
          at = std::max<size_t>(at + 1, index(m.tokens.end));
          if (at >= e || (word(at) != "," && word(at) != "and")) break;
        }
        if (actors.size() >= 2 || (word(k) == "by" && !actors.empty()))
          hit.parties = states_of(actors);
        break;
      }
    }
    if (hit.date == kNone<TimexId> && doc_.timexes() != nullptr) {
      for (size_t k = hit.first; k < hit.end; ++k) {
        const TimexId date = timex_at(k);
        if (date != kNone<TimexId> && calendar(date)) hit.date = date;
      }
    }
    if (hit.date == kNone<TimexId> && doc_.timexes() != nullptr) {
      bool made = false;
      for (size_t k = hit.end; k < e && k < hit.end + 16; ++k) {
        if (word(k) == ";" || word(k) == "but") break;
        made = made || table_.in("made", word(k)) || word(k) == "concluded" || word(k) == "since" ||
               word(k) == "in";
        if (table_.in("made", word(k))) made = true;
        const TimexId date = timex_at(k);
        if (date == kNone<TimexId> || !calendar(date)) continue;
        bool verb = false;
        for (size_t i = hit.end; i < k; ++i) verb = verb || table_.in("made", word(i));
        if (verb) hit.date = date;
        break;
      }
    }
  }

  bool quiet(size_t from, size_t to) const {
    for (size_t k = from; k < to; ++k) {
      if (!table_.in("made", word(k)) && !upper(doc_, k) && !table_.in("link", word(k)))
        return false;
    }
    return true;
  }

  std::string_view value_of(TimexId id) const {
    return id == kNone<TimexId> ? std::string_view()
                                : doc_.str(doc_.timexes()->timexes[index(id)].value);
  }

  /// The last row that a bare noun can mean, or -1.
  int bare_tie(const AgreementHead& head, std::string_view noun_word) const {
    for (size_t r = rows_.size(); r-- > 0;) {
      if (singular(heads_[r]) == singular(noun_word)) return static_cast<int>(r);
    }
    if (head.need == Need::Weak || head.need == Need::Body) return -1;
    for (size_t r = rows_.size(); r-- > 0;) {
      if (family(types_[r]) == family(head.type)) return static_cast<int>(r);
    }
    return -1;
  }

  /// The row of a mention, a new one if none fits; -1 if it is a bare noun without one.
  int tie(const Found& hit) {
    const std::string key = key_of(hit);
    int row = -1;
    for (size_t r = 0; row < 0 && r < rows_.size(); ++r) {
      if (hit.known >= 0
              ? known_[r] == hit.known
              : (known_[r] < 0 && keys_[r] == key && (hit.named || dates_agree(r, hit)))) {
        if (dates_agree(r, hit)) row = static_cast<int>(r);
      }
    }
    const std::string_view day = value_of(hit.date);
    if (row < 0 && hit.known < 0 && !day.empty()) {
      for (size_t r = 0; row < 0 && r < rows_.size(); ++r) {
        const std::string_view other = value_of(rows_[r].date);
        const bool nested =
            !other.empty() && day.size() >= 7 && other.size() >= 7 &&
            (other.substr(0, day.size()) == day || day.substr(0, other.size()) == other);
        if (nested && family(types_[r]) == family(hit.type)) row = static_cast<int>(r);
      }
    }
    if (row < 0 && hit.own) row = own_row();
    const bool bare =
        hit.first == hit.head && hit.end == hit.head + 1 && day.empty() && hit.known < 0;
    if (row < 0 && hit.definite && hit.known < 0 && day.empty()) {
      // A bare noun, or qualifiers that an earlier row has too.
      for (size_t r = rows_.size(); row < 0 && r-- > 0;) {
        if (singular(heads_[r]) != singular(hit.head_word)) continue;
        bool same = true;
        for (const std::string& q : hit.qualifiers) {
          same = same && (std::find(qualifiers_[r].begin(), qualifiers_[r].end(), q) !=
                          qualifiers_[r].end());
        }
        if (same && (bare || !hit.qualifiers.empty())) row = static_cast<int>(r);
      }
      if (row < 0 && bare) {
        const AgreementHead* head = table_.head(hit.head_word);
        if (head != nullptr) row = bare_tie(*head, hit.head_word);
      }
    }
    if (row < 0 && bare && !hit.named) {
      const AgreementHead* head = table_.head(hit.head_word);
      if (head == nullptr || head->need != Need::Always) return -1;
    }
    if (row >= 0) {
      Agreement& known = rows_[static_cast<size_t>(row)];
      known.also.push_back(hit.span);
      if (value_of(known.date).size() < value_of(hit.date).size()) known.date = hit.date;
      for (const ActorId party : hit.parties) {
        if (std::find(known.parties.begin(), known.parties.end(), party) == known.parties.end())
          known.parties.push_back(party);
      }
      return row;
    }
    Agreement fresh;
    fresh.span = hit.span;
    fresh.type = draft_.intern(hit.type);
    fresh.parties = hit.parties;
    fresh.date = hit.date;
    fresh.made = {draft_.intern("events.agreements/1"), hit.known >= 0 ? 1.0F
                                                        : hit.named    ? 0.85F
                                                                       : 0.6F};
    fresh.voice = voice_at(hit.head);
    if (hit.known >= 0) {
      const KnownAgreement& known = table_.known()[static_cast<size_t>(hit.known)];
      fresh.name = draft_.intern(known.name);
      if (doc_.actors() != nullptr) {
        const auto& actors = doc_.actors()->actors;
        for (const std::string& party : known.parties) {
          for (size_t k = 0; k < actors.size(); ++k) {
            if (doc_.str(actors[k].id) == party) fresh.parties.push_back(static_cast<ActorId>(k));
          }
        }
      }
    } else {
      fresh.name = draft_.intern(flat(doc_.text(hit.span)));
    }
    rows_.push_back(std::move(fresh));
    keys_.push_back(key);
    heads_.emplace_back(hit.head_word);
    types_.push_back(hit.type);
    known_.push_back(hit.known);
    qualifiers_.push_back(hit.qualifiers);
    return static_cast<int>(rows_.size() - 1);
  }

  bool dates_agree(size_t r, const Found& hit) const {
    const std::string_view a = value_of(rows_[r].date), b = value_of(hit.date);
    return a.empty() || b.empty() || a.substr(0, b.size()) == b || b.substr(0, a.size()) == a;
  }

  /// In the text of an agreement: the row of the agreement itself, the first one of its kind.
  int own_row() const {
    for (size_t r = 0; r < rows_.size(); ++r) {
      if (family(types_[r]) == 2) return static_cast<int>(r);
    }
    return -1;
  }

  /// "The joint declaration" before anybody gives its date: if the document has just one dated
  /// paper of that family, it is that one.
  void join_undated() {
    for (size_t r = 0; r < rows_.size();) {
      size_t other = rows_.size(), dated = 0;
      for (size_t k = 0; k < rows_.size(); ++k) {
        if (k == r || rows_[k].date == kNone<TimexId> || family(types_[k]) != 1) continue;
        other = k;
        ++dated;
      }
      bool joins = family(types_[r]) == 1 && rows_[r].date == kNone<TimexId> && known_[r] < 0 &&
                   dated == 1 && known_[other] < 0;
      for (const char c : doc_.text(rows_[r].span)) joins = joins && !(c >= 'A' && c <= 'Z');
      const size_t begin = index(doc_.tokens_in(rows_[r].span).begin);
      joins = joins && begin > 0 && table_.in("anaphor", word(begin - 1));
      if (!joins) {
        ++r;
        continue;
      }
      Agreement& into = rows_[other];
      into.also.push_back(rows_[r].span);
      into.also.insert(into.also.end(), rows_[r].also.begin(), rows_[r].also.end());
      if (rows_[r].span < into.span)
        std::swap(into.span, into.also[into.also.size() - 1 - rows_[r].also.size()]);
      for (AgreementSaid& said : rows_[r].said) into.said.push_back(std::move(said));
      const auto at = static_cast<std::ptrdiff_t>(r);
      rows_.erase(rows_.begin() + at);
      keys_.erase(keys_.begin() + at);
      heads_.erase(heads_.begin() + at);
      types_.erase(types_.begin() + at);
      known_.erase(known_.begin() + at);
      qualifiers_.erase(qualifiers_.begin() + at);
    }
    for (Agreement& row : rows_) {
      std::sort(row.also.begin(), row.also.end());
      std::stable_sort(
          row.said.begin(), row.said.end(),
          [](const AgreementSaid& a, const AgreementSaid& b) { return a.span < b.span; });
    }
  }

  /// Parties and date of the document that is itself the agreement, from its first sentences.
  void own_facts() {
    const int row = own_row();
    if (row < 0) return;
    Agreement& own = rows_[static_cast<size_t>(row)];
    const TokenLayer& tokens = *doc_.tokens();
    const size_t last = std::min<size_t>(tokens.sentences.size(), 8);
    for (size_t s = 0; s < last; ++s) {
      const size_t b = index(tokens.sentences[s].begin), e = index(tokens.sentences[s].end);
      for (size_t t = b; t < e; ++t) {
        if (own.date == kNone<TimexId>) {
          const TimexId date = timex_at(t);
          if (date != kNone<TimexId> && calendar(date) && value_of(date).size() == 10 &&
              value_of(date)[0] != 'X')
            own.date = date;
        }
        if (own.parties.empty() && word(t) == "between" && doc_.actors() != nullptr) {
          std::vector<ActorId> parties;
          for (size_t k = t + 1; k < e && k < t + 40; ++k) {
            const int mention = mention_in(k, k + 1);
            if (mention < 0) continue;
            const Mention& m = doc_.actors()->mentions[static_cast<size_t>(mention)];
            for (const ActorId id : m.actors) {
              if (std::find(parties.begin(), parties.end(), id) == parties.end())
                parties.push_back(id);
            }
            k = std::max<size_t>(k, index(m.tokens.end) - 1);
          }
          if (parties.size() >= 2) own.parties = parties;
        }
      }
    }
  }

  std::string key_of(const Found& hit) const {
    std::string key;
    for (size_t t = hit.first; t < hit.end; ++t) {
      const std::string_view w = word(t);
      if (w == "the" || w == "of" || w == "on" || w == "for") continue;
      key += t == hit.head ? singular(w) : w;
      key += ' ';
    }
    return key;
  }

  static std::string flat(std::string_view text) {
    std::string out;
    for (const char c : text) {
      const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
      if (!blank) {
        out.push_back(c);
      } else if (!out.empty() && out.back() != ' ') {
        out.push_back(' ');
      }
    }
    return out;
  }

  VoiceId voice_at(size_t t) const {
    const QuoteLayer* quotes = doc_.quotes();
    return quotes == nullptr || t >= quotes->token_voice.size() ? kNone<VoiceId>
                                                                : quotes->token_voice[t];
  }

  /// Who speaks at a token: the innermost voice, the turn's speaker, the publisher.
  std::vector<ActorId> speaker_at(size_t t) const {
    if (const VoiceId voice = voice_at(t); voice != kNone<VoiceId>) {
      const Voice& v = doc_.quotes()->voices[index(voice)];
      if (!v.chain.empty()) return innermost(v);
    }
    const ActorLayer* actors = doc_.actors();
    if (actors == nullptr) return {};
    const TurnId turn = doc_.tokens()->sentence_turn[index(doc_.tokens()->sentence[t])];
    if (turn != kNone<TurnId> && index(turn) < actors->turn_speaker.size())
      return actors->turn_speaker[index(turn)];
    if (actors->publisher) return {*actors->publisher};
    return {};
  }

  /// The nearest words of implementation around a mention, not past a semicolon, at most 9 words
  /// off.
  void said(size_t b, size_t e, const Found& hit, size_t row) {
    size_t best = 10;
    const SaidCue* cue = nullptr;
    size_t cue_at = 0;
    for (size_t t = b; t < e; ++t) {
      if (t >= hit.first && t < hit.end) continue;
      for (const SaidCue& candidate : table_.said()) {
        if (t + candidate.words.size() > e) continue;
        bool same = true;
        for (size_t k = 0; same && k < candidate.words.size(); ++k)
          same = wild_match(candidate.words[k], word(t + k));
        if (!same) continue;
        const size_t last = t + candidate.words.size();
        const size_t away = t >= hit.end ? t - hit.end : last <= hit.first ? hit.first - last : 10;
        if (away >= best &&
            !(away == best && cue != nullptr && candidate.words.size() > cue->words.size()))
          continue;
        bool parted = false;
        for (size_t k = std::min(t, hit.end); k < std::max(t, hit.first); ++k)
          parted = parted || word(k) == ";" || word(k) == ":";
        if (parted) continue;
        best = away;
        cue = &candidate;
        cue_at = t;
      }
    }
    if (cue == nullptr) return;
    const size_t from = std::min(hit.first, cue_at),
                 to = std::max(hit.end, cue_at + cue->words.size());
    AgreementSaid said{speaker_at(hit.head), draft_.intern(cue->status), span(from, to)};
    for (const AgreementSaid& known : rows_[row].said) {
      if (known.status == said.status && known.by == said.by) return;
    }
    rows_[row].said.push_back(std::move(said));
  }

  Draft& draft_;
  const Document& doc_;
  const AgreementWords& table_;
  Room& room_;
  bool own_ = false;
  std::vector<Agreement> rows_;
  std::vector<std::string> keys_, heads_, types_;  // [rows]
  std::vector<int> known_;                         // [rows]
  std::vector<std::vector<std::string>> qualifiers_;
};

class AgreementStage : public Stage {
 public:
  AgreementStage(AgreementWords words, LayerSet reads) : words_(std::move(words)), reads_(reads) {}
  std::string_view name() const override { return "events.agreements/1"; }
  LayerSet reads() const override { return reads_; }
  Layer writes() const override { return Layer::Agreements; }
  Result<void> run(std::span<Draft> batch, Scratch& scratch) const override {
    Room& room = scratch.slot<Room>(this);
    for (Draft& draft : batch) {
      AgreementLayer layer = Reader(draft, words_, room).read();
      if (auto done = draft.set(std::move(layer)); !done) return done;
    }
    return {};
  }

 private:
  AgreementWords words_;
  LayerSet reads_;
};

}  // namespace

Result<std::unique_ptr<const Stage>> make_agreement_stage(const std::string& data_folder,
                                                          LayerSet available) {
  const auto words = table_bytes(data_folder, "events/agreements.tsv");
  if (!words) return words.error();
  const auto names = table_bytes(data_folder, "entities/agreements.tsv");
  if (!names) return names.error();
  auto table = AgreementWords::parse(*words, *names);
  if (!table) return table.error();
  LayerSet reads{Layer::Structure, Layer::Tokens};
  for (const Layer layer : {Layer::Syntax, Layer::Actors, Layer::Quotes, Layer::Timex}) {
    if (available.has(layer)) reads.add(layer);
  }
  return std::unique_ptr<const Stage>(std::make_unique<AgreementStage>(std::move(*table), reads));
}

}  // namespace readout::events

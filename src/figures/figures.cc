// Sentence by sentence over atoms: at each number (in words or digits) the comparator before it, the
// unit or currency around it and the noun behind it are taken together. Most numbers in diplomatic prose are
// names, not counts (articles, resolutions, years, points of a list); these are sorted out first.
#include "figures/figures.h"

#include <algorithm>
#include <cmath>

#include "core/utf8.h"
#include "figures/words.h"

namespace readout::figures {
namespace {

struct Found {
  uint32_t begin = 0, end = 0;                 // atoms
  uint32_t number_begin = 0, number_end = 0;   // the bare number
  Figure figure;
  std::string unit;
  std::string counted;
  bool scaled = false;
  double mantissa = 0;
};

class Finder {
 public:
  Finder(const Words& words, const Document& doc, const std::vector<Atom>& atoms, bool table)
      : words_(words), doc_(doc), text_(doc.plain()), atoms_(atoms), table_(table) {
    options_.article = true;
    options_.spaced_groups = true;
    options_.suffixes = true;
  }

  std::vector<Found> read() {
    mark_times();
    std::vector<Found> found;
    for (uint32_t i = 0; i < size();) {
      if (!may_start(i)) {
        ++i;
        continue;
      }
      std::vector<Found> here = at(i, found);
      if (here.empty()) {
        ++i;
        continue;
      }
      i = here.back().end;
      for (Found& f : here) found.push_back(std::move(f));
    }
    merge_bounds(found);
    revise(found);
    share_counted(found);
    return found;
  }

 private:
  uint32_t size() const { return static_cast<uint32_t>(atoms_.size()); }
  bool is(uint32_t i, std::string_view w) const { return i < size() && atom_is(text_, atoms_[i], w); }
  bool any(uint32_t i, std::initializer_list<std::string_view> list) const {
    return std::any_of(list.begin(), list.end(), [&](std::string_view w) { return is(i, w); });
  }
  bool mark(uint32_t i, char32_t c) const { return i < size() && atoms_[i].mark == c; }
  bool glued(uint32_t i) const { return i < size() && atoms_[i].glued; }
  bool has(uint32_t i, uint8_t cls) const { return i < size() && atoms_[i].is(cls); }
  bool number(uint32_t i) const { return i < size() && atoms_[i].kind == AtomKind::Number; }
  bool word(uint32_t i) const { return i < size() && atoms_[i].kind == AtomKind::Word; }
  bool timed(uint32_t i) const { return i < size() && timed_[i]; }

  bool may_start(uint32_t i) const {
    if (timed_[i]) return false;
    if (atoms_[i].kind == AtomKind::Number) return true;
    constexpr uint64_t kMask = 0x7FU | (uint64_t{1} << kComparator) | (uint64_t{1} << kCurrency) | (uint64_t{1} << kTwice) |
                               (uint64_t{1} << kThrice) | (uint64_t{1} << kFourfold) | (uint64_t{1} << kHalved);
    if (atoms_[i].kind == AtomKind::Mark) {
      return atoms_[i].mark == '$' || atoms_[i].mark >= 0xA2 || (atoms_[i].mark == '.' && !glued(i) && number(i + 1) && glued(i + 1)) || (atoms_[i].mark == '-' && number(i + 1) && glued(i + 1) && !glued(i)) ||
             atoms_[i].mark == '<' || atoms_[i].mark == '>';
    }
    return (atoms_[i].mask & kMask) != 0 || any(i, {"a", "an", "between", "from", "no", "not", "all", "minus", "negative", "the"});
  }

  void mark_times() {
    timed_.assign(size(), false);
    if (doc_.timexes() == nullptr || atoms_.empty()) return;
    const auto& timexes = doc_.timexes()->timexes;
    const uint32_t begin = atoms_.front().span.begin, end = atoms_.back().span.end;
    auto t = std::lower_bound(timexes.begin(), timexes.end(), begin, [](const Timex& x, uint32_t at) { return x.span.end <= at; });
    uint32_t i = 0;
    for (; t != timexes.end() && t->span.begin < end; ++t) {
      while (i < size() && atoms_[i].span.end <= t->span.begin) ++i;
      for (uint32_t k = i; k < size() && atoms_[k].span.begin < t->span.end; ++k) timed_[k] = true;
    }
  }

  std::optional<Numeral> numeral(uint32_t i) const {
    if (i >= size() || timed_[i]) return std::nullopt;
    auto n = read_numeral(text_, atoms_, i, words_.lexicon, options_);
    if (!n || n->next == i) return std::nullopt;
    for (uint32_t k = i; k < n->next; ++k) {
      if (timed_[k]) return std::nullopt;
    }
    return n;
  }

  /// "thirty (30) days", as agreements write.
  bool doubled(uint32_t i, double value) const {
    if (!mark(i, '(') || !number(i + 1) || !mark(i + 2, ')')) return false;
    const auto inside = numeral(i + 1);
    return inside && inside->next == i + 2 && inside->value == value;
  }

  // A number that names something rather than counts it.
  bool names(uint32_t i, const Numeral& n) const {
    const bool plain = !n.grouped && !n.scaled && !n.fraction;
    // "E.O. 14024", "Executive Order (E.O.) 14024"
    if (plain && n.digits && i > 2 && n.value >= 100) {
      const uint32_t stop = mark(i - 1, ')') && mark(i - 2, '.') ? i - 2 : i - 1;
      if (mark(stop, '.') && atoms_[stop].glued && stop > 0 && word(stop - 1) && atoms_[stop - 1].upper && atoms_[stop - 1].span.size() == 1) return true;
    }
    // "Ana Ruiz, 47, said": an age
    if (plain && n.digits && n.decimals == 0 && n.value >= 1 && n.value < 120 && i > 1 && mark(i - 1, ',') && word(i - 2) && atoms_[i - 2].upper &&
        mark(n.next, ',') && n.next + 1 < size() && !number(n.next + 1) && !has(i - 2, kNumbered)) {
      return true;
    }
    if (i > 0) {
      const Atom& before = atoms_[i - 1];
      if (before.is(kNumbered) && !(before.is(kNumbered) && any(i - 1, {"unit", "order", "box", "street", "act", "bill", "item", "case", "report", "model", "level", "version", "agreement", "document", "documents", "road", "channel", "parts", "part", "target", "goal", "goals", "points", "point", "rounds", "round", "step", "stage", "line", "season", "camp", "block", "gate", "zone", "sector", "volume", "schedule", "battery", "rule", "decision", "bus", "track", "room", "table", "update", "no"}) && (i < 2 || !atoms_[i - 1].upper))) {
        return plain;
      }
      if (plain && is(i - 1, "of") && i > 1 && is(i - 2, "group") && atoms_[i - 2].upper) return true;  // "Group of Seven"
      if (before.mark == '.' && i > 1 && has(i - 2, kNumbered) && atoms_[i - 1].glued) return true;
      if (before.mark == '#' || before.mark == 0x2116 || before.mark == 0xA7) return true;
      if (atoms_[i].glued && n.digits) {
        if (before.kind == AtomKind::Word) return true;                                                 // G20
        if (before.mark == '+' || before.mark == '/' || before.mark == ':' || before.mark == '_' || before.mark == '.' || before.mark == ',' || before.mark == '=' || before.mark == '%') return true;
        if (before.mark == '-' && i > 1 && glued(i - 1) && atoms_[i - 2].kind != AtomKind::Mark) return true;  // T-72
      }
      if (plain && rejected_end_ != 0 && i >= rejected_end_ && i <= rejected_end_ + 5 && only_years(rejected_end_, i) &&
          (mark(i - 1, ',') || any(i - 1, {"and", "or", "to"}) || mark(i - 1, '-'))) {
        return true;  // "Articles 2 and 3"
      }
    }
    const uint32_t e = n.next;
    // "the two hundred and forty-sixth"
    if (!n.digits && mark(e, '-') && glued(e) && has(e + 1, kNumOrdinal) && !n.fraction) return true;
    // "under the age of 27", "ages 5 to 11"
    if (i > 0 && (any(i - 1, {"age", "ages", "aged"}) || (is(i - 1, "of") && i > 1 && any(i - 2, {"age", "ages"})))) return true;
    if (n.digits && glued(e) && e < size()) {
      const Atom& behind = atoms_[e];
      if (behind.mark == ':' && number(e + 1) && glued(e + 1)) return true;
      if (behind.mark == '/' && number(e + 1) && glued(e + 1)) return true;
      if (behind.mark == '+' || behind.mark == '_') return true;
      if (behind.mark == '.' && number(e + 1) && glued(e + 1)) return true;
    }
    if (plain && n.digits && n.decimals == 0) {
      if (i == 0 && (mark(e, '.') || mark(e, ')')) && glued(e)) return true;                              // point of a list
      if (i == 0 && e >= size() && size() == 1 && !table_ && atoms_[i].digits <= 3) return true;          // a number that stands alone
      if (i > 0 && ((mark(i - 1, '(') && mark(e, ')')) || (mark(i - 1, '[') && mark(e, ']')))) return true;
      if (atoms_[i].digits >= 2 && text_[atoms_[i].span.begin] == '0') return true;
      if (atoms_[i].digits > 9) return true;
      // "12 Garden Street"
      for (uint32_t k = e; k < e + 4 && word(k) && atoms_[k].upper; ++k) {
        if (k > e && any(k, {"street", "avenue", "road", "lane", "boulevard", "square"})) return true;
      }
    }
    return false;
  }

  // "resolutions 822 (1993) and 853": nothing but years, brackets and joints between
  bool only_years(uint32_t from, uint32_t to) const {
    for (uint32_t k = from; k < to; ++k) {
      if (word(k) && !any(k, {"and", "or", "to"})) return false;
    }
    return true;
  }

  // Bare years are named by timex where it is sure; a figure needs a noun to be one.
  bool year_like(uint32_t i, const Numeral& n) const {
    return n.digits && !n.grouped && !n.scaled && n.decimals == 0 && atoms_[i].digits == 4 && n.value >= 1700 && n.value <= 2100;
  }

  bool plural(uint32_t i) const {
    if (!word(i) || has(i, kSingularS)) return false;
    if (has(i, kPlural)) return true;
    const std::string_view w = text_.substr(atoms_[i].span.begin, atoms_[i].span.size());
    return w.size() > 3 && w.back() == 's' && w[w.size() - 2] != 's' && !has(i, kStop);
  }

  // The noun phrase behind atom `i`: its end, or `i` if none. By the tree where there is one.
  uint32_t noun_run(uint32_t i, uint32_t number_atom, double value) const {
    if (i >= size() || !word(i)) return i;
    if (const SyntaxLayer* syntax = doc_.syntax(); syntax != nullptr && number_atom < size()) {
      const uint32_t token = atoms_[number_atom].token;
      const uint32_t head = index(syntax->head[token]);
      if (base(syntax->dep[token]) == Dep::Nummod && head > token && head <= token + 8) {
        uint32_t k = i;
        while (k < size() && atoms_[k].token <= head) ++k;
        bool clean = k > i;
        for (uint32_t a = i; a < k; ++a) clean = clean && !timed_[a] && !number(a) && !any(a, {"and", "or", "than"}) && !(atoms_[a].kind == AtomKind::Mark && atoms_[a].mark != '-' && atoms_[a].mark != '\'' && atoms_[a].mark != '.');
        if (clean) return k;
      }
    }
    uint32_t k = i;
    uint32_t last = i;
    for (int n = 0; n < 5 && k < size(); ++n) {
      if (!word(k) || timed_[k] || has(k, kStop)) break;
      ++k;
      while (mark(k, '-') && glued(k) && word(k + 1) && glued(k + 1)) k += 2;
      if (mark(k, '\'') && glued(k)) break;
      if (plural(k - 1)) {
        // "ships vessels" does not occur; "tank trucks" ends at the first plural that is no name's
        return k;
      }
      last = k;
    }
    if (value == 1 && last > i && text_[atoms_[last - 1].span.end - 1] == 'y' && atoms_[last - 1].span.size() > 2 &&
        text_[atoms_[last - 1].span.end - 2] == 'l') {
      return i;  // "one merely has to look"
    }
    if (value == 1 && last > i) return std::min(last, i + 2 + (mark(i + 1, '-') ? 2U : 0U));
    return i;
  }

  // In a table the first cell of the row says what is counted.
  void row_label(Found& f) const {
    const uint32_t begin = atoms_[f.begin].span.begin;
    const size_t newline = text_.rfind('\n', begin);
    const size_t line = newline == std::string_view::npos ? 0 : newline + 1;
    size_t from = line;
    while (from < begin && (text_[from] == '|' || text_[from] == ' ' || text_[from] == '\t' || text_[from] == '*')) ++from;
    const size_t to = text_.find_first_of("|\t", from);
    if (to == std::string_view::npos || to >= begin) return;
    size_t end = to;
    while (end > from && (text_[end - 1] == ' ' || text_[end - 1] == '*')) --end;
    if (end <= from || (text_[from] >= '0' && text_[from] <= '9')) return;
    f.counted = std::string(text_.substr(from, end - from));
    f.figure.counted_span = {static_cast<uint32_t>(from), static_cast<uint32_t>(end)};
  }

  // What an amount is said of, by the tree: the noun it belongs to ("a loan of 350 million"), else the
  // subject of the verb it measures ("trade grew by 17 percent").
  void counted_by_tree(Found& f) const {
    const SyntaxLayer* syntax = doc_.syntax();
    if (syntax == nullptr || !f.counted.empty()) return;
    const TokenLayer& tokens = *doc_.tokens();
    const uint32_t first = atoms_[f.number_begin].token, last = atoms_[f.end - 1].token;
    const TokenRange sentence = tokens.sentences[index(tokens.sentence[first])];
    // the head of the amount: the token in it whose head lies outside
    uint32_t head = first;
    for (uint32_t k = first; k <= last; ++k) {
      const uint32_t h = index(syntax->head[k]);
      if (h < first || h > last || h == k) {
        head = k;
        break;
      }
    }
    const auto noun = [&](uint32_t t) { return syntax->upos[t] == Upos::Noun; };
    uint32_t owner = UINT32_MAX;
    uint32_t at = head;
    for (int step = 0; step < 4; ++step) {
      const uint32_t up = index(syntax->head[at]);
      const Dep dep = base(syntax->dep[at]);
      const bool itself = syntax->upos[at] == Upos::Verb && at == head;  // "trade doubled"
      const bool verbal = up != at && syntax->upos[up] == Upos::Verb;
      if (up != at && noun(up) && (dep == Dep::Nmod || dep == Dep::Appos || dep == Dep::Nummod || dep == Dep::Acl)) {
        if (up < first || up > last) owner = up;
        break;
      }
      if (up == at || verbal || itself) {
        const uint32_t verb = itself ? at : up;
        if (dep == Dep::Obj && !itself) break;  // the subject pays, it is not what is counted
        for (uint32_t k = index(sentence.begin); k < index(sentence.end); ++k) {
          if (index(syntax->head[k]) != verb || k == verb || (k >= first && k <= last)) continue;
          const Dep d = base(syntax->dep[k]);
          if (d == Dep::Nsubj && noun(k)) owner = k;
          // "received 2 million in compensation", "cut production by a fifth": the object is measured
          if (d == Dep::Obj && noun(k) && dep == Dep::Obl) {
            owner = k;
            break;
          }
        }
        break;
      }
      at = up;
    }
    if (owner == UINT32_MAX || tokens.sentence[owner] != tokens.sentence[first]) return;
    uint32_t begin = owner;
    while (begin > index(sentence.begin) && (base(syntax->dep[begin - 1]) == Dep::Compound || base(syntax->dep[begin - 1]) == Dep::Amod) &&
           index(syntax->head[begin - 1]) == owner) {
      --begin;
    }
    const Span span{tokens.span[begin].begin, tokens.span[owner].end};
    f.counted = std::string(text_.substr(span.begin, span.size()));
    f.figure.counted_span = span;
  }

  std::string phrase(uint32_t from, uint32_t to) const {
    if (from >= to) return {};
    return std::string(text_.substr(atoms_[from].span.begin, atoms_[to - 1].span.end - atoms_[from].span.begin));
  }

  // "A$", but not "a $ 300 million loan"
  std::optional<PhraseTable::Hit> currency(uint32_t i) const {
    auto hit = words_.currencies.match(text_, atoms_, i);
    if (hit && atoms_[i].kind == AtomKind::Word && atoms_[i].span.size() == 1 && !(glued(i + 1) && atoms_[i].upper)) return std::nullopt;
    return hit;
  }

  // Unit, currency or sign behind the number; the end, 0 if none.
  uint32_t unit_behind(uint32_t i, bool digits, std::string& unit, double& factor) const {
    std::string found;
    double times = 1;
    const uint32_t end = unit_found(i, digits, found, times);
    if (end > 0) {
      unit = found;
      factor = times;
    }
    return end;
  }

  uint32_t unit_found(uint32_t i, bool digits, std::string& unit, double& factor) const {
    uint32_t at = i;
    const bool hyphen = mark(at, '-') && glued(at) && glued(at + 1);
    if (hyphen) ++at;
    if (at >= size()) return 0;
    const auto take = [&](const PhraseTable& table, bool money) -> uint32_t {
      const auto hit = table.match(text_, atoms_, at);
      if (!hit) return 0;
      const Unit& u = words_.unit[hit->value];
      if (money && !u.behind) return 0;
      unit = u.sign;
      factor = u.factor;
      return hit->next;
    };
    if (const uint32_t end = take(words_.units, false); end > 0) {
      // "5 times" is a factor; "inches" and "feet" need no more
      return end;
    }
    if (const uint32_t end = take(words_.currencies, true); end > 0) {
      if (atoms_[at].kind == AtomKind::Word && end == at + 1 && any(at, {"won", "try", "real", "rand", "rs", "nis", "dong", "get"}) && !atoms_[at].upper && !digits) return 0;
      return end;
    }
    if (!digits || has(at, kStop)) return 0;
    if (const uint32_t end = take(words_.signs, false); end > 0) {
      const bool letter = atoms_[at].kind == AtomKind::Word && atoms_[at].span.size() == 1;
      if (letter && is(at, "m") && !glued(at)) return 0;
      if (letter && any(at, {"c", "f", "t"}) && !atoms_[at].glued && !atoms_[at].upper && !any(at, {"t"})) {
        return end < size() && word(end) && !has(end, kStop) ? 0 : end;
      }
      if (letter && any(at, {"c", "f"}) && (!atoms_[at].upper || (number(at - 1) && atoms_[at - 1].digits > 3))) return 0;
      if (letter && any(at, {"c", "f"}) && !(end >= size() || !word(end) || has(end, kStop))) return 0;
      if (glued(end) && (word(end) || number(end))) return 0;
      return end;
    }
    return 0;
  }

  void put(Found& f, const Numeral& n, double factor) const {
    f.figure.value = n.value * factor;
    if (n.vague_group) {
      f.figure.value.reset();
      f.figure.low = n.value * factor;
      if (f.figure.comparator == Comparator::Exact || f.figure.comparator == Comparator::About) f.figure.comparator = Comparator::Many;
    }
  }

  std::vector<Found> at(uint32_t i, const std::vector<Found>& before) {
    Found f;
    f.begin = i;
    uint32_t at = i;
    // words for nothing and for everything
    if (auto none = nothing(i)) return {*none};
    if (any(i, {"twice", "doubled", "doubling"}) || has(i, kThrice) || has(i, kFourfold) || has(i, kHalved)) return multiple(i);
    if (has(i, kComparator) || mark(i, '<') || mark(i, '>') || mark(i, 0x2264) || mark(i, 0x2265)) {
      if (const auto c = words_.comparators.match(text_, atoms_, i)) {
        at = c->next;
        f.figure.comparator = static_cast<Comparator>(c->value);
        if (at < size() && has(at, kComparator) && !number(at)) {
          if (const auto second = words_.comparators.match(text_, atoms_, at); second && numeral_or_money(second->next)) {
            at = second->next;
            if (f.figure.comparator == Comparator::Exact) f.figure.comparator = static_cast<Comparator>(second->value);
          }
        }
        // a preposition and no comparator: "about the two", "under Article 5"
        if (!numeral_or_money(at) && !any(at, {"a", "an", "between", "twice"})) {
          at = i;
          f.figure.comparator = Comparator::Exact;
          if (!numeral_or_money(i) && !any(i, {"the", "a", "an"})) return {};
        }
      }
    }
    if (any(at, {"between", "from"}) ) {
      auto both = two_ends(at);
      if (!both.empty()) {
        both.front().begin = both.size() == 1 ? i : both.front().begin;
        if (both.size() == 1 && f.figure.comparator != Comparator::Exact) both.front().figure.comparator = f.figure.comparator;
        return both;
      }
      return {};
    }
    bool definite = false;
    if (at == i && is(at, "the")) {
      if (!numeral_or_money(at + 1)) return {};
      definite = true;
      ++at;
    }
    if (at == i && is(at, "all") && numeral(at + 1)) {
      ++at;
      f.begin = i;
    }
    // money before the number
    double factor = 1;
    bool money = false;
    if (at < size() && (has(at, kCurrency) || atoms_[at].kind == AtomKind::Mark)) {
      if (const auto c = currency(at); c && words_.unit[c->value].before && c->next < size() &&
          (number(c->next) || (numeral(c->next) && atoms_[c->next - 1].kind == AtomKind::Mark))) {
        f.unit = words_.unit[c->value].sign;
        factor = words_.unit[c->value].factor;
        at = c->next;
        money = true;
      }
    }
    auto n = numeral(at);
    if (!n) return {};
    f.number_begin = at;
    if (!money && names(at, *n)) {
      rejected_end_ = n->next;
      return {};
    }
    f.figure.span = {};
    if (doubled(n->next, n->value)) n->next += 3;
    uint32_t end = n->next;
    if (is(at + 1, "gross") && any(at, {"a", "one"}) && !is(end, "of")) return {};  // "a gross violation"
    Numeral second{};
    bool range = false;
    // "3-5", "40 to 50", "20~100"
    if (!n->vague_group && !(n->fraction && n->value < 1)) {
      uint32_t s = end;
      const bool dash = mark(s, '-') || mark(s, '~');
      const bool to = any(s, {"to", "through"}) && !changing(at);
      if (dash || to) {
        ++s;
        if (money) {
          if (const auto c = currency(s); c && words_.unit[c->value].before) s = c->next;
        }
        if (const auto other = numeral(s); other && (number(s) || !n->digits || to) && other->value > n->value && !names_second(*other)) {
          if (!(dash && year_like(at, *n))) {
            second = *other;
            range = true;
            end = other->next;
            if (other->scaled && !n->scaled && n->value < 1000) {
              // "3-5 million": the scale is told once
              const double mantissa = other->value / scale_of(*other);
              if (n->value < mantissa + 1e-9) n->value *= scale_of(*other);
            }
          }
        }
      } else if (any(s, {"or"}) && !n->scaled && n->value < 20) {
        // "three or four", "ten or twelve", "two or three thousand"
        const auto other = numeral(s + 1);
        const double scale = other && other->scaled ? scale_of(*other) : 1;
        if (other && other->value / scale > n->value && other->value / scale <= n->value * 1.2 + 1 && !other->fraction) {
          n->value *= scale;
          second = *other;
          range = true;
          end = other->next;
        }
      }
    }
    // "one in three", "two out of five hundred", "1 over 20": a share
    if (!range && !money && !n->scaled && n->decimals == 0 && n->value >= 1 && n->value < 100) {
      const uint32_t s = is(end, "out") && is(end + 1, "of") ? end + 2 : any(end, {"in", "over"}) ? end + 1 : 0;
      if (s > 0) {
        if (const auto whole = numeral(s); whole && whole->value > n->value && whole->decimals == 0 && !whole->fraction && !year_like(s, *whole) &&
            (is(end, "out") || whole->next >= size() || atoms_[whole->next].kind == AtomKind::Mark || has(whole->next, kStop) || plural(whole->next) || has(whole->next, kBehind))) {
          n->value /= whole->value;
          n->fraction = true;
          n->next = end = whole->next;
        }
      }
    }
    f.number_end = end;
    f.mantissa = n->value;
    f.scaled = n->scaled;
    // what it is measured in
    if (!money) {
      if (const uint32_t u = unit_behind(end, n->digits || range, f.unit, factor); u > 0) {
        end = u;
      }
    } else {
      std::string unit;
      double unused = 1;
      const uint32_t u = unit_behind(end, false, unit, unused);
      if (u > 0 && (unit == f.unit || f.unit == "USD") && unit.size() == 3 && unit != "bbl") {
        end = u;
        f.unit = unit;
      }
    }
    if (!money && f.unit == "GBP" && factor == 1 && is(end, "of") && any(end - 1, {"pounds", "pound"})) f.unit = "lb";  // "900 pounds of rice"
    if (f.unit.size() == 3 && !money && has(end, kNumScale) && !n->scaled) {  // "75 USD million"
      for (int32_t k = words_.lexicon.value(atoms_[end].entry, kNumScale); k > 0; --k) factor *= 10;
      ++end;
    }
    double cents = 0;
    if (f.unit.size() == 3 && factor == 1 && !range) {  // "3 dollars 50 cents"
      const uint32_t c = is(end, "and") ? end + 1 : end;
      if (const auto part = numeral(c); part && part->value < 100) {
        std::string unit;
        double part_factor = 1;
        const uint32_t behind = unit_behind(part->next, part->digits, unit, part_factor);
        if (behind > 0 && part_factor < 1 && part_factor > 0.001) {
          cents = part->value * part_factor;
          end = behind;
        }
      }
    }
    // "two-state solution", "five-point plan", "1st": no counts
    if (f.unit.empty() && mark(end, '-') && glued(end) && word(end + 1) && glued(end + 1) && !range) {
      const bool compound_noun = n->scaled || n->grouped;
      if (!compound_noun) {
        rejected_end_ = 0;
        return {};
      }
    }
    if (f.unit.empty() && n->digits && glued(end) && word(end) && !range) return {};
    if (!money && f.unit.empty() && any(end, {"st", "nd", "rd", "th"}) && glued(end)) return {};
    // the noun
    uint32_t noun_begin = end;
    if (is(noun_begin, "of") && (n->vague_group || (any(end - 1, {"couple", "dozen"})))) ++noun_begin;
    if (any(noun_begin, {"more", "additional", "further", "other", "different", "new", "such"})) ++noun_begin;
    uint32_t noun_end = noun_begin;
    if (f.unit.empty()) {
      noun_end = noun_run(noun_begin, end - 1, range ? 2 : n->value);
      if (noun_end > noun_begin) {
        f.counted = phrase(noun_begin, noun_end);
        f.figure.counted_span = {atoms_[noun_begin].span.begin, atoms_[noun_end - 1].span.end};
      }
    } else if (f.unit == "people") {
      f.counted = "people";
      noun_end = noun_begin = end;
    }
    const bool has_noun = noun_end > noun_begin;
    if (has_noun && f.unit.empty()) {
      // "Estonians", "Somali refugees"
      const uint32_t head = noun_end - 1;
      const std::string_view noun = text_.substr(atoms_[head].span.begin, atoms_[head].span.size());
      if (!(n->fraction && n->value < 1) && words_.names_person(noun)) f.unit = "people";
    }
    if (!accept(i, at, *n, definite, money || (!f.unit.empty() && f.unit != "people"), has_noun, range, end, f, before)) return {};
    if (has_noun) end = noun_end;
    if (f.unit == "times" && is(end, "as") && word(end + 1)) end += 2;
    if (f.unit == "times" && any(end, {"more", "higher", "larger", "greater"})) ++end;
    if (!has_noun && is(end, "of")) {
      uint32_t o = end + 1;
      while (any(o, {"the", "its", "their", "our", "all", "these", "those", "his", "her"})) ++o;
      if (const auto whole = numeral(o)) o = whole->next;
      const uint32_t o_end = object_run(o);
      if (o_end > o) {
        f.counted = phrase(o, o_end);
        f.figure.counted_span = {atoms_[o].span.begin, atoms_[o_end - 1].span.end};
      }
    }
    // "a credit of 12 million dollars"
    if (f.counted.empty() && !f.unit.empty() && i > 1 && is(i - 1, "of") && word(i - 2) && !has(i - 2, kStop) && !timed_[i - 2]) {
      f.counted = phrase(i - 2, i - 1);
      f.figure.counted_span = atoms_[i - 2].span;
    }
    if (has(end, kBehind)) {
      if (const auto b = words_.behind.match(text_, atoms_, end)) {
        const bool goes_on = is(b->next, "than") || is(b->next, "equal") || (numeral_or_money(b->next) && atoms_[b->next - 1].kind == AtomKind::Word);
        if (!goes_on && static_cast<Comparator>(b->value) != Comparator::Exact && !(is(end, "at") && numeral(b->next)) && !(is(end, "over") && b->next < size() && !(atoms_[b->next].kind == AtomKind::Mark))) {
          f.figure.comparator = static_cast<Comparator>(b->value);
          end = b->next;
        }
      }
    }
    put(f, *n, factor);
    if (f.figure.value) *f.figure.value += cents;
    if (range) {
      f.figure.value.reset();
      f.figure.low = n->value * factor;
      f.figure.high = second.value * factor;
    }
    if (definite) f.begin = i;
    f.end = end;
    return {f};
  }

  // "more than 10 and less than 40" is one range.
  void merge_bounds(std::vector<Found>& found) const {
    for (size_t k = 0; k + 1 < found.size();) {
      Found &a = found[k], &b = found[k + 1];
      const auto lower = [](const Found& f) { return f.figure.comparator == Comparator::MoreThan || f.figure.comparator == Comparator::AtLeast; };
      const auto upper = [](const Found& f) { return f.figure.comparator == Comparator::LessThan || f.figure.comparator == Comparator::AtMost; };
      const bool near = (b.begin == a.end + 1 && (any(a.end, {"and", "but"}) || mark(a.end, ','))) ||
                        (b.begin == a.end + 2 && mark(a.end, ',') && any(a.end + 1, {"and", "but"}));
      if (near && a.figure.value && b.figure.value && (a.unit == b.unit || a.unit.empty()) && a.counted.empty() &&
          ((lower(a) && upper(b) && *a.figure.value < *b.figure.value) || (upper(a) && lower(b) && *b.figure.value < *a.figure.value))) {
        const double x = *a.figure.value, y = *b.figure.value;
        Found both = b;
        both.begin = a.begin;
        both.number_begin = a.number_begin;
        both.figure.comparator = Comparator::Exact;
        both.figure.value.reset();
        both.figure.low = std::min(x, y);
        both.figure.high = std::max(x, y);
        found[k] = both;
        found.erase(found.begin() + static_cast<std::ptrdiff_t>(k) + 1);
        continue;
      }
      ++k;
    }
  }

  static double scale_of(const Numeral& n) {
    double scale = 1;
    for (const double s : {1e12, 1e9, 1e6, 1e3}) {
      if (n.value >= s) {
        scale = s;
        break;
      }
    }
    return scale;
  }

  bool names_second(const Numeral& n) const {
    const uint32_t e = n.next;
    return n.digits && glued(e) && (mark(e, ':') || mark(e, '/') || (mark(e, '-') && number(e + 1)));
  }

  bool numeral_or_money(uint32_t i) const {
    if (i >= size() || timed_[i]) return false;
    if (numeral(i)) return true;
    const auto c = currency(i);
    return c && words_.unit[c->value].before && number(c->next);
  }

  uint32_t object_run(uint32_t o) const {
    uint32_t k = o;
    for (int n = 0; n < 4 && word(k) && !timed_[k] && !has(k, kStop); ++n) {
      ++k;
      if (plural(k - 1)) break;
    }
    return k;
  }

  // Is there a word of change before: "rose from 9 to 11"?
  bool changing(uint32_t i) const {
    const uint32_t from = i > 8 ? i - 8 : 0;
    for (uint32_t k = from; k < i; ++k) {
      if (has(k, kChange)) return true;
    }
    return false;
  }

  bool accept(uint32_t i, uint32_t at, const Numeral& n, bool definite, bool measured, bool has_noun, bool range, uint32_t end,
              const Found& f, const std::vector<Found>& before) const {
    const bool compared = f.figure.comparator != Comparator::Exact;
    if (measured) {
      if (f.unit == "times" && !n.digits && n.value == 1) return false;
      return true;
    }
    if (n.fraction && n.value < 1) {
      // "a third country" is an ordinal, "a fifth of" a share
      const bool article = any(at, {"a", "an"});
      const bool closed = end >= size() || atoms_[end].kind == AtomKind::Mark || has(end, kStop);
      if (article && !closed) return false;
      if (article && n.value < 0.5 && n.value != 0.25 && !is(end, "of") && !compared && !(at > 0 && any(at - 1, {"by", "to", "than", "from"}))) return false;
      if (is(at, "half") && mark(end, '-')) return false;
      return true;
    }
    if (n.vague_group) return !any(at, {"scores", "score"}) || is(end, "of");
    if (year_like(at, n) && !has_noun && !compared && !range) return false;
    if (year_like(at, n) && has_noun && !compared && !range && at > 0 && any(at - 1, {"in", "since", "the", "of", "by", "until", "from"})) return false;
    if (n.scaled || n.grouped || range) return true;
    // "one" is a pronoun more often than a number
    if (n.value == 1 && !n.digits && n.next == at + 1) {
      if (compared) return true;
      if (at > 0 && (has(at - 1, kPronounOne) || has(at - 1, kRefer) || mark(at - 1, '-'))) return false;
      if (has(n.next, kOneStop)) return false;
      if (!has_noun) return false;
      return true;
    }
    if (n.value == 0 && !n.digits) return has_noun && has(n.next, kCountable);  // "zero tolerance"
    // "Nord Stream 2", "Title 42", "OFFICIAL TWO": behind a name, before no noun
    if (!compared && !has_noun && n.value < 100 && n.decimals == 0 && n.next <= at + 2 && at > 1 && word(at - 1) && atoms_[at - 1].upper &&
        !has(at - 1, kStop) && !is(end, "of") && !table_) {
      return false;
    }
    // what only refers: "the two ministers", "these three points"; a share of a known whole informs
    if (!compared && n.value <= 12 && n.decimals == 0) {
      const uint32_t ref = definite ? i : at;
      const bool referring = definite || (at > 0 && has(at - 1, kRefer));
      if (referring) {
        const bool partitive = ref > 0 && is(ref - 1, "of") && !before.empty() && before.back().end + 1 >= ref;
        if (!partitive) return false;
      }
      if (!has_noun && at > 0 && any(at - 1, {"both", "these", "those", "the", "all", "other"})) return false;
    }
    return true;
  }

  std::optional<Found> nothing(uint32_t i) const {
    Found f;
    f.begin = i;
    uint32_t noun = 0;
    if (is(i, "not") && (is(i + 1, "a") || is(i + 1, "one")) && (is(i + 2, "single") || is(i + 1, "one"))) {
      noun = is(i + 2, "single") ? i + 3 : i + 2;
      if (!word(noun) || has(noun, kStop)) return std::nullopt;
      const auto u = words_.units.match(text_, atoms_, noun);
      uint32_t end = noun + 1;
      if (u) {
        f.unit = words_.unit[u->value].sign;
        end = u->next;
      }
      f.counted = phrase(noun, end);
      f.end = end;
    } else if (is(i, "no") && !mark(i + 1, '.')) {
      noun = i + 1;
      uint32_t k = noun;
      for (int n = 0; n < 3 && word(k) && !has(k, kStop) && !has(k, kCountable); ++n) ++k;
      if (!has(k, kCountable) || timed(k)) return std::nullopt;
      f.end = k + 1;
      f.counted = phrase(noun, f.end);
    } else if (is(i, "all") && !numeral(i + 1)) {
      noun = is(i + 1, "the") ? i + 2 : i + 1;
      if (is(i + 1, "of") && any(i + 2, {"them"})) {
        f.end = i + 3;
        f.figure.comparator = Comparator::All;
        f.number_begin = i;
        f.number_end = i + 1;
        return f;
      }
      uint32_t k = noun;
      for (int n = 0; n < 2 && word(k) && !has(k, kStop) && !(has(k, kCountable) && plural(k)); ++n) ++k;
      if (!has(k, kCountable) || !plural(k) || any(k, {"people", "persons", "men", "women", "children"})) return std::nullopt;
      f.end = k + 1;
      f.counted = phrase(noun, f.end);
      f.figure.comparator = Comparator::All;
      f.figure.counted_span = {atoms_[noun].span.begin, atoms_[f.end - 1].span.end};
      f.number_begin = i;
      f.number_end = i + 1;
      return f;
    } else if (has(i, kNumVague) && !is(i, "some")) {
      const bool few = any(i, {"several", "few"});
      uint32_t k = i + 1;
      if (is(k, "of")) return std::nullopt;
      for (int n = 0; n < 2 && word(k) && !has(k, kStop) && !(has(k, kCountable) && plural(k)); ++n) ++k;
      if (!has(k, kCountable) || !plural(k)) return std::nullopt;
      if (i > 0 && any(i - 1, {"how", "so", "as", "the", "these", "those"})) return std::nullopt;
      f.begin = i > 0 && is(i - 1, "a") && is(i, "few") ? i - 1 : i;
      f.end = k + 1;
      f.counted = phrase(i + 1, f.end);
      f.figure.comparator = few ? Comparator::Few : Comparator::Many;
      f.figure.counted_span = {atoms_[i + 1].span.begin, atoms_[k].span.end};
      f.number_begin = i;
      f.number_end = i + 1;
      return f;
    } else {
      return std::nullopt;
    }
    f.figure.value = 0;
    f.figure.comparator = Comparator::None;
    f.figure.counted_span = {atoms_[noun].span.begin, atoms_[f.end - 1].span.end};
    f.number_begin = i;
    f.number_end = noun;
    return f;
  }

  std::vector<Found> multiple(uint32_t i) const {
    Found f;
    f.begin = f.number_begin = i;
    f.number_end = f.end = i + 1;
    f.unit = "times";
    f.figure.value = has(i, kThrice) ? 3 : has(i, kFourfold) ? 4 : has(i, kHalved) ? 0.5 : 2;
    if (timed_[i]) return {};
    return {f};
  }

  // "between 40 and 50", "from 200 to 300", "from 31 to 27" (two figures)
  std::vector<Found> two_ends(uint32_t i) {
    const bool between = is(i, "between");
    uint32_t a_at = i + 1;
    std::string unit_a, unit_b;
    double factor_a = 1, factor_b = 1;
    const auto money = [&](uint32_t& x, std::string& unit, double& factor) {
      if (const auto c = currency(x); c && words_.unit[c->value].before && number(c->next)) {
        unit = words_.unit[c->value].sign;
        factor = words_.unit[c->value].factor;
        x = c->next;
      }
    };
    if (a_at >= size()) return {};
    money(a_at, unit_a, factor_a);
    auto a = numeral(a_at);
    if (!a || names(a_at, *a)) return {};
    uint32_t mid = a->next;
    if (unit_a.empty()) {
      if (const uint32_t u = unit_behind(mid, a->digits, unit_a, factor_a); u > 0) mid = u;
    }
    if (mid < size() && !(between ? is(mid, "and") : is(mid, "to")) && !mark(mid, '-')) {
      // "from 9 cases to 11"
      const uint32_t noun = noun_run(mid, mid - 1, a->value);
      if (noun == mid) return {};
      mid = noun;
    }
    if (!(between ? (is(mid, "and") || mark(mid, '-')) : (is(mid, "to") || mark(mid, '-')))) return {};
    uint32_t b_at = mid + 1;
    if (b_at >= size()) return {};
    money(b_at, unit_b, factor_b);
    auto b = numeral(b_at);
    if (!b || names_second(*b)) return {};
    uint32_t end = b->next;
    if (unit_b.empty()) {
      if (const uint32_t u = unit_behind(end, b->digits, unit_b, factor_b); u > 0) end = u;
    }
    if (!between && year_like(a_at, *a) && year_like(b_at, *b)) return {};
    if (b->scaled && !a->scaled && a->value < 1000 && a->value < b->value / scale_of(*b) + 1e-9) a->value *= scale_of(*b);
    if (unit_a.empty()) {
      unit_a = unit_b;
      factor_a = factor_b;
    }
    if (unit_b.empty()) unit_b = unit_a;
    uint32_t noun_end = end;
    std::string counted;
    Span counted_span;
    if (unit_b.empty()) {
      noun_end = noun_run(end, end - 1, 2);
      if (noun_end > end) {
        counted = phrase(end, noun_end);
        counted_span = {atoms_[end].span.begin, atoms_[noun_end - 1].span.end};
      }
    }
    if (!between && (changing(i) || b->value < a->value)) {
      Found x, y;
      x.begin = x.number_begin = a_at;
      x.number_end = a->next;
      x.end = a->next;
      if (!unit_a.empty() && mid > a->next) x.end = mid;
      x.figure.value = a->value * factor_a;
      x.unit = unit_a;
      y.begin = y.number_begin = b_at;
      y.number_end = b->next;
      y.end = noun_end;
      y.figure.value = b->value * factor_b;
      y.unit = unit_b;
      x.counted = y.counted = counted;
      y.figure.counted_span = counted_span;
      if (!unit_a.empty() && a_at > i + 1) x.begin = i + 1;
      if (b_at > mid + 1) y.begin = mid + 1;
      y.figure.revises = static_cast<FigureId>(0);  // the one before; settled in revise()
      return {x, y};
    }
    if (b->value <= a->value) return {};
    Found f;
    f.begin = i;
    f.number_begin = a_at;
    f.number_end = b->next;
    f.end = noun_end;
    f.unit = unit_b;
    f.figure.low = a->value * factor_a;
    f.figure.high = b->value * factor_b;
    f.counted = counted;
    f.figure.counted_span = counted_span;
    return {f};
  }

  // "rose to 11 from nine", "11,400 (up from 8,900)", "82 attacks against 45": the later tells what it was before.
  void revise(std::vector<Found>& found) const {
    for (size_t k = 0; k < found.size(); ++k) {
      Found& f = found[k];
      if (f.figure.revises != kNone<FigureId>) {
        f.figure.revises = k > 0 ? static_cast<FigureId>(k - 1) : kNone<FigureId>;
        continue;
      }
      if (k == 0 || f.begin == 0) continue;
      const uint32_t w = f.begin - 1;
      const Found& earlier = found[k - 1];
      if (f.begin - earlier.end > 8) continue;
      const bool up_from = is(w, "from") && w > 0 && any(w - 1, {"up", "down"});
      const bool to_from = is(w, "from") && earlier.begin > 0 && any(earlier.begin - 1, {"to", "at"}) && changing(earlier.begin);
      const bool instead = (is(w, "of") && w > 0 && is(w - 1, "instead")) || (is(w, "than") && w > 0 && is(w - 1, "rather")) ;
      if (up_from || to_from || instead) found[k - 1].figure.revises = static_cast<FigureId>(k);
    }
  }

  // "nine are open": what the figure before it counted
  void share_counted(std::vector<Found>& found) const {
    for (size_t k = 0; k < found.size(); ++k) {
      Found& f = found[k];
      if (table_ && (f.counted.empty() || f.counted == "people")) row_label(f);
      if (!f.unit.empty() || f.figure.value.value_or(1) < 1) counted_by_tree(f);
      if (f.counted.empty() && f.unit.empty()) {
        if (k + 1 < found.size() && is(f.end, "of") && found[k + 1].begin == f.end + 1) f.counted = found[k + 1].counted;
        else if (k > 0) f.counted = found[k - 1].counted;
      }
      const bool revised = f.figure.revises != kNone<FigureId> && index(f.figure.revises) < found.size();
      if (revised) {
        Found& other = found[index(f.figure.revises)];
        if (other.unit.empty()) other.unit = f.unit;
        if (other.counted.empty()) other.counted = f.counted;
      }
    }
  }

  const Words& words_;
  const Document& doc_;
  std::string_view text_;
  const std::vector<Atom>& atoms_;
  NumeralOptions options_;
  bool table_;
  std::vector<bool> timed_;
  uint32_t rejected_end_ = 0;
};

const Words& words() {
  static const Words kWords;
  return kWords;
}

class FigureStage final : public Stage {
 public:
  std::string_view name() const override { return "figures.rules/1"; }
  LayerSet reads() const override { return {Layer::Structure, Layer::Tokens, Layer::Timex}; }
  Layer writes() const override { return Layer::Figures; }

  Result<void> run(std::span<Draft> batch, Scratch& scratch) const override {
    auto& atoms = scratch.slot<std::vector<Atom>>(this);
    for (Draft& draft : batch) {
      if (auto set = draft.set(read(draft, atoms)); !set) return set;
    }
    return {};
  }

 private:
  FigureLayer read(Draft& draft, std::vector<Atom>& atoms) const {
    const Document& doc = draft.doc();
    const TokenLayer& tokens = *doc.tokens();
    FigureLayer layer;
    const Sym by = draft.intern(name());
    for (const TokenRange& range : tokens.sentences) {
      atoms.clear();
      read_atoms(doc.plain(), tokens, index(range.begin), index(range.end), words_.lexicon, atoms);
      const auto first = static_cast<uint32_t>(layer.figures.size());
      const auto sentence = static_cast<size_t>(&range - tokens.sentences.data());
      const BlockId block = tokens.sentence_block[sentence];
      const bool table = index(block) < doc.structure()->blocks.size() && doc.structure()->blocks[index(block)].role == BlockRole::Table;
      for (Found& f : Finder(words_, doc, atoms, table).read()) {
        Figure& figure = f.figure;
        figure.span = {atoms[f.begin].span.begin, atoms[f.end - 1].span.end};
        if (!f.unit.empty()) figure.unit = draft.intern(f.unit);
        if (!f.counted.empty()) figure.counted = draft.intern(f.counted);
        if (figure.revises != kNone<FigureId>) figure.revises = static_cast<FigureId>(index(figure.revises) + first);
        figure.as_of = as_of(doc, figure.span, atoms.front().span.begin, atoms.back().span.end);
        about(doc, figure, range);
        figure.made = {by, 1.0F};
        layer.figures.push_back(std::move(figure));
      }
    }
    return layer;
  }

  /// The date or time of the same sentence that stands nearest.
  static TimexId as_of(const Document& doc, Span span, uint32_t begin, uint32_t end) {
    const auto& timexes = doc.timexes()->timexes;
    auto t = std::lower_bound(timexes.begin(), timexes.end(), begin, [](const Timex& x, uint32_t at) { return x.span.end <= at; });
    TimexId best = kNone<TimexId>;
    uint32_t gap = UINT32_MAX;
    for (; t != timexes.end() && t->span.begin < end; ++t) {
      if (t->type != TimexType::Date && t->type != TimexType::Time) continue;
      const uint32_t d = t->span.begin >= span.end ? t->span.begin - span.end : span.begin >= t->span.end ? span.begin - t->span.end : 0;
      if (d < gap) {
        gap = d;
        best = static_cast<TimexId>(t - timexes.begin());
      }
    }
    return best;
  }

  /// The actor named nearest before the figure in its sentence, if the actors are known.
  static void about(const Document& doc, Figure& figure, TokenRange sentence) {
    if (doc.actors() == nullptr) return;
    const auto& mentions = doc.actors()->mentions;
    const Mention* best = nullptr;
    for (auto m = std::lower_bound(mentions.begin(), mentions.end(), doc.span(sentence).begin,
                                   [](const Mention& x, uint32_t at) { return x.span.begin < at; });
         m != mentions.end() && m->span.begin < doc.span(sentence).end; ++m) {
      if (m->span.overlaps(figure.counted_span)) {
        best = &*m;
        break;
      }
      if (m->span.end <= figure.span.begin && m->form != MentionForm::Pronoun) best = &*m;
    }
    if (best != nullptr) figure.about = best->actors;
  }

  const Words& words_ = words();
};

}  // namespace

std::unique_ptr<const Stage> make_figure_stage() { return std::make_unique<FigureStage>(); }

std::string_view unit_sign(std::string_view name_text) {
  TokenLayer tokens;
  tokens.span.push_back({0, static_cast<uint32_t>(name_text.size())});
  std::vector<Atom> atoms;
  read_atoms(name_text, tokens, 0, 1, words().lexicon, atoms);
  for (const PhraseTable* table : {&words().currencies, &words().units, &words().signs}) {
    if (const auto hit = table->match(name_text, atoms, 0); hit && hit->next == atoms.size()) return words().unit[hit->value].sign;
  }
  return {};
}

}  // namespace readout::figures

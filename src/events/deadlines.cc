#include "events/deadlines.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <optional>
#include <span>

namespace readout::events {
namespace {

constexpr std::array<std::string_view, 26> kBefore = {
    "by",  "until", "till", "before", "within", "in",      "on",    "during", "no",
    "not", "later", "late", "than",   "the",    "at",      "least", "most",   "prior",
    "to",  "from",  "as",   "or",     "around", "earlier", "end",   "of"};
constexpr std::array<std::string_view, 9> kBounds = {"by",    "until", "till",   "before", "within",
                                                     "later", "late",  "latest", "prior"};

bool in(std::span<const std::string_view> list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::optional<std::chrono::year_month_day> parse_day(std::string_view iso) {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  int number[3] = {0, 0, 0};
  constexpr size_t kAt[3] = {0, 5, 8}, kLength[3] = {4, 2, 2};
  for (int part = 0; part < 3; ++part) {
    for (size_t k = kAt[part]; k < kAt[part] + kLength[part]; ++k) {
      if (iso[k] < '0' || iso[k] > '9') return std::nullopt;
      number[part] = number[part] * 10 + (iso[k] - '0');
    }
  }
  const std::chrono::year_month_day day{std::chrono::year{number[0]},
                                        std::chrono::month{static_cast<unsigned>(number[1])},
                                        std::chrono::day{static_cast<unsigned>(number[2])}};
  return day.ok() ? std::optional(day) : std::nullopt;
}

std::string print_day(std::chrono::year_month_day day) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return buffer;
}

/// "2019-06-04" behind "1974" or "1974-06"; TIMEX3 values compare as text as far as both are
/// digits.
bool past(std::string_view value, std::string_view today) {
  if (value.size() < 4 || today.size() < 10) return false;
  size_t n = 0;
  while (n < value.size() && n < 10 && ((value[n] >= '0' && value[n] <= '9') || value[n] == '-'))
    ++n;
  while (n > 0 && value[n - 1] == '-') --n;
  if (n < 4) return false;
  return value.substr(0, n) < today.substr(0, n);
}

/// The verbs coordinated with and governing `t` share what stands before them all.
bool reaches(const SentenceTree& tree, size_t t, size_t content, size_t upper, size_t& steps) {
  steps = 0;
  while (steps < 6) {
    if (t == content || t == upper) return true;
    const Dep relation = base(tree.dep(t));
    if (relation == Dep::Acl || relation == Dep::Appos || relation == Dep::Ccomp ||
        relation == Dep::Advcl || relation == Dep::Parataxis)
      return false;
    if (tree.is_root(t)) return false;
    t = tree.head(t);
    ++steps;
  }
  return false;
}

}  // namespace

std::string day_before(std::string_view iso) {
  const auto day = parse_day(iso);
  if (!day) return {};
  return print_day(std::chrono::year_month_day(std::chrono::sys_days(*day) - std::chrono::days(1)));
}

bool strict_deadline(const Document& doc, Span deadline) {
  const TokenRange range = doc.tokens_in(deadline);
  for (uint32_t k = index(range.begin); k < index(range.end); ++k) {
    const std::string_view word = doc.lemma(static_cast<TokenId>(k));
    if (in(kBounds, word)) return true;
  }
  return false;
}

Deadline find_deadline(const Document& doc, const SentenceTree& tree, const CommitmentCues& cues,
                       size_t content, size_t upper, Span what) {
  Deadline best;
  int best_rank = 0;
  const auto word = [&](size_t t) { return tree.lemma(t); };
  const Span sentence{doc.tokens()->span[tree.begin()].begin,
                      doc.tokens()->span[tree.end() - 1].end};
  if (doc.timexes() != nullptr) {
    const std::string& published = doc.structure()->published_iso;
    for (const Timex& timex : doc.timexes()->timexes) {
      if (!sentence.contains(timex.span)) continue;
      const std::string_view function = doc.str(timex.function);
      const bool bound = function == "DEADLINE";
      if (timex.type == TimexType::Set || function == "CREATION_TIME") continue;
      const TokenRange range = doc.tokens_in(timex.span);
      size_t first = index(range.begin), last = index(range.end) - 1;
      // The word of the expression that hangs on something outside of it.
      size_t top = first;
      for (size_t t = first; t <= last; ++t) {
        if (tree.is_root(t) || tree.head(t) < first || tree.head(t) > last) top = t;
      }
      const Dep hangs = base(tree.dep(top));
      if (hangs == Dep::Compound || hangs == Dep::Amod || tree.dep(top) == Dep::NmodPoss ||
          hangs == Dep::Nsubj)
        continue;  // "the Good Friday Agreement"
      size_t steps = 0;
      bool fits = reaches(tree, top, content, upper, steps);
      // What stands before coordinated verbs belongs to all of them.
      for (size_t verb = upper;
           !fits && !tree.is_root(verb) && base(tree.dep(verb)) == Dep::Conj;) {
        verb = tree.head(verb);
        fits = reaches(tree, top, verb, verb, steps) && top < verb;
      }
      if (!fits && what.contains(timex.span) && bound) fits = true;
      if (!fits) continue;
      bool before = false;
      if (timex.type == TimexType::Duration) {
        const std::string_view next = last + 1 < tree.end() ? word(last + 1) : std::string_view();
        before = next == "before" || next == "after" || next == "of" || next == "from" ||
                 next == "following";
        const std::string_view prev = first > tree.begin() ? word(first - 1) : std::string_view();
        if (!bound && !(before && next != "of") && prev != "within") continue;
      } else if (!bound &&
                 (past(doc.str(timex.value), published) ||
                  (!doc.str(timex.until).empty() && past(doc.str(timex.until), published)))) {
        continue;
      }
      // Words of the bound, to the left and behind.
      size_t from = first;
      while (from > tree.begin() && in(kBefore, word(from - 1)) && first - from < 6) --from;
      while (from < first &&
             (word(from) == "the" || word(from) == "of" || word(from) == "to" ||
              word(from) == "end" || word(from) == "or") &&
             !(word(from) == "the" && from + 1 == first)) {
        ++from;
      }
      if (from < first && word(from) == "the" && from + 1 == first && first == index(range.begin))
        from = first - 1;
      if (from < first && word(from) == "than") from = first;
      size_t to = last;
      if (to + 3 < tree.end() && word(to + 1) == "at" && word(to + 2) == "the") {
        if (tree.word(to + 3) == "latest") to += 3;
      }
      if (before) {
        // "within 21 days of the entry into force", "72 hours before it changes any rule"
        const size_t hang = last + 1;
        size_t clause = tree.head(hang);
        const auto [lo, hi] = tree.extent(clause, [](size_t) { return false; });
        if (first == tree.begin() || (from == tree.begin())) {
          // In front of the clause: up to its comma.
          for (to = hang; to + 1 < tree.end() && tree.word(to + 1) != "," && to - hang < 14; ++to) {
          }
        } else if (lo <= hang && hi > hang && clause > last) {
          to = hi;
          while (to > last && tree.upos(to) == Upos::Punct) --to;
        } else {
          before = false;
        }
      }
      Deadline found;
      found.span = {doc.tokens()->span[from].begin, doc.tokens()->span[to].end};
      const std::string_view value = doc.str(timex.value), until = doc.str(timex.until),
                             mod = doc.str(timex.mod);
      if (before) {
        found.value.clear();
      } else if (timex.type == TimexType::Duration) {
        found.value = until;
        // "In 2011 they promised to build it within two years": counted from the promise.
        for (const Timex& start : doc.timexes()->timexes) {
          const std::string_view year = doc.str(start.value);
          if (!sentence.contains(start.span) || what.overlaps(start.span) || year.size() < 4 ||
              !past(year, published))
            continue;
          const std::string_view length = doc.str(timex.value);
          if (length.size() < 3 || length.size() > 4 || length[0] != 'P' || length.back() != 'Y')
            continue;
          int count = 0, from_year = 0;
          for (const char c : length.substr(1, length.size() - 2))
            count = c >= '0' && c <= '9' ? count * 10 + (c - '0') : -1000;
          for (const char c : year.substr(0, 4))
            from_year = c >= '0' && c <= '9' ? from_year * 10 + (c - '0') : -100000;
          if (count <= 0 || from_year <= 0) continue;
          found.value = std::to_string(from_year + count) + std::string(year.substr(4));
          break;
        }
      } else if (mod == "END" && bound && !until.empty() && value.size() < 10) {
        found.value = day_before(until);
      } else if (!value.starts_with("XXXX")) {
        found.value = value;
      }
      // What is promised lies ahead: a day without a year is never one that has passed.
      if (past(found.value, published) && found.value.size() >= 10 &&
          doc.text(timex.span).find(found.value.substr(0, 4)) == std::string_view::npos) {
        const std::string next = published.substr(0, 4) + found.value.substr(4);
        found.value = past(next, published) ? std::string() : next;
      }
      const bool strict = strict_deadline(doc, found.span);
      int rank = (strict ? 8 : 0) + (bound ? 4 : 0) + (what.contains(timex.span) ? 2 : 0) + 1;
      if (timex.type == TimexType::Duration && !bound && !before) rank = 1;
      if (rank > best_rank) {
        best_rank = rank;
        best = found;
      }
    }
  }
  if (best_rank > 0) return best;
  // "without delay", "at once"
  const TokenRange range = doc.tokens_in(what);
  size_t last = std::min<size_t>(index(range.end) + 3, tree.end());
  for (size_t t = index(range.begin); t < last; ++t) {
    for (const auto& phrase : cues.deadlines()) {
      if (t + phrase.size() > last) continue;
      bool same = true;
      for (size_t k = 0; same && k < phrase.size(); ++k) same = tree.word(t + k) == phrase[k];
      if (!same) continue;
      best.span = {doc.tokens()->span[t].begin, doc.tokens()->span[t + phrase.size() - 1].end};
      return best;
    }
  }
  return best;
}

}  // namespace readout::events

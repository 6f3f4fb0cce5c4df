#include "events/deadlines.h"

#include <algorithm>
#include <array>
#include <span>

#include "events/deadline_values.h"

namespace readout::events {
namespace {

constexpr std::array<std::string_view, 29> kBefore = {
    "by",    "until", "till",   "before",  "within", "in",    "on",   "during", "no",    "not",
    "later", "late",  "than",   "the",     "at",     "least", "most", "prior",  "to",    "from",
    "as",    "or",    "around", "earlier", "end",    "of",    "-",    "over",   "course"};
constexpr std::array<std::string_view, 9> kBounds = {"by",    "until", "till",   "before", "within",
                                                     "later", "late",  "latest", "prior"};

bool in(std::span<const std::string_view> list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
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

/// The day from which "of the signature", "after the entry into force" count, where it is known.
std::string trigger_day(const Document& doc, const Anchors& anchors, Span deadline) {
  const std::string_view text = doc.text(deadline);
  const auto says = [&](std::string_view words) {
    return text.find(words) != std::string_view::npos;
  };
  if (says("ceasefire") || says("cease-fire") || says("cessation")) return anchors.ceasefire;
  if (says("entry into force") || says("enters into force") || says("coming into force"))
    return anchors.in_force;
  if (says("signature") || says("signing") || says("date of this") || says("conclusion of this"))
    return anchors.signed_on;
  return {};
}

/// A bound that is an event and no date: "before the rains are over", "upon entry into force".
Deadline event_deadline(const Document& doc, const SentenceTree& tree, const CommitmentCues& cues,
                        const Anchors& anchors, size_t content, Span what) {
  Deadline found;
  for (size_t t = content + 1; t < tree.end(); ++t) {
    const std::string_view word = tree.word(t);
    const bool before = word == "before" || word == "prior" || word == "until" || word == "till";
    if ((!before && word != "upon") || tree.is_root(t)) continue;
    const Dep mark = tree.dep(t);
    if (mark != Dep::Case && mark != Dep::Mark) continue;
    const size_t top = tree.head(t);
    if (top <= t || !tree.below(top, content)) continue;
    const auto [lo, hi] = tree.extent(top, [](size_t) { return false; });
    if (lo > t) continue;
    const std::string_view noun = tree.lemma(top);
    if (word == "upon"
            ? !cues.in("trigger", noun) && noun != "force"
            : mark == Dep::Case && (tree.upos(top) == Upos::Num || cues.in("before_whom", noun)))
      continue;
    // States of things are conditions, not times.
    if (word == "until" && mark == Dep::Mark) continue;
    if (!what.contains(doc.tokens()->span[t])) continue;
    size_t last = hi;
    while (last > t && tree.upos(last) == Upos::Punct) --last;
    found.span = {doc.tokens()->span[t].begin, doc.tokens()->span[last].end};
    if (word == "upon") found.value = trigger_day(doc, anchors, found.span);
    return found;
  }
  return found;
}

}  // namespace

Anchors deadline_anchors(const Document& doc) {
  Anchors out;
  out.today = day_of_document(doc);
  if (doc.structure()->genre != "agreement" || doc.timexes() == nullptr) return out;
  out.signed_on = out.today;
  for (const Timex& timex : doc.timexes()->timexes) {
    const std::string_view value = doc.str(timex.value);
    const auto s = doc.sentence_of(timex.span);
    if (value.size() < 10 || value[0] == 'X' || !s) continue;
    const std::string_view text = doc.text(doc.sentence_span(*s));
    const auto says = [&](std::string_view words) {
      return text.find(words) != std::string_view::npos;
    };
    const bool starts = says("shall") || says("will");
    if (out.in_force.empty() && starts && says("enter into force"))
      out.in_force = value.substr(0, 10);
    if (out.ceasefire.empty() && starts && (says("cease") || says("Cease")))
      out.ceasefire = value.substr(0, 10);
  }
  if (out.in_force.empty()) {
    for (uint32_t s = 0; s < doc.tokens()->sentences.size(); ++s) {
      const std::string_view text = doc.text(doc.sentence_span(SentenceId{s}));
      const size_t at = text.find("into force");
      if (at != std::string_view::npos && text.find("shall enter") != std::string_view::npos &&
          (text.find("signature", at) < at + 40 || text.find("signing", at) < at + 40))
        out.in_force = out.signed_on;
    }
  }
  if (out.ceasefire.empty()) out.ceasefire = out.in_force;
  return out;
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
                       const Anchors& anchors, size_t content, size_t upper, Span what) {
  Deadline best;
  int best_rank = 0;
  const auto word = [&](size_t t) { return tree.lemma(t); };
  const Span sentence{doc.tokens()->span[tree.begin()].begin,
                      doc.tokens()->span[tree.end() - 1].end};
  if (doc.timexes() != nullptr) {
    const std::string& published = anchors.today;
    for (const Timex& timex : doc.timexes()->timexes) {
      if (!sentence.contains(timex.span)) continue;
      const std::string_view function = doc.str(timex.function);
      const bool bound = function == "DEADLINE" || function == "UNTIL";
      if (timex.type == TimexType::Set || function == "CREATION_TIME") continue;
      if (doc.str(timex.value) == "PRESENT_REF" || doc.str(timex.value) == "PAST_REF") continue;
      const TokenRange range = doc.tokens_in(timex.span);
      size_t first = index(range.begin), last = index(range.end) - 1;
      // The word of the expression that hangs on something outside of it.
      size_t top = first;
      for (size_t t = first; t <= last; ++t) {
        if (tree.is_root(t) || tree.head(t) < first || tree.head(t) > last) top = t;
      }
      const Dep hangs = base(tree.dep(top));
      // "thirty (30) days"
      std::string length(doc.str(timex.value));
      if (timex.type == TimexType::Duration && length.starts_with("PX") &&
          first > tree.begin() + 2 && tree.word(first - 1) == ")" && tree.word(first - 3) == "(") {
        length = "P" + std::string(tree.word(first - 2)) + length.substr(2);
        first -= 3;
        if (first > tree.begin() && tree.upos(first - 1) == Upos::Num) --first;
      }
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
        if (!bound && !(before && next != "of") && prev != "within" &&
            !(prev == "in" && length.size() > 2 && length[1] != 'X'))
          continue;
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
        found.value = add_duration(trigger_day(doc, anchors, found.span), length);
      } else if (timex.type == TimexType::Duration) {
        found.value = until;
        if (until.empty() && !length.empty()) {
          // Counted from the day that the sentence reports, else from that of the document.
          std::string start = anchors.today;
          for (const Timex& other : doc.timexes()->timexes) {
            const std::string_view day = doc.str(other.value);
            if (!sentence.contains(other.span) || what.overlaps(other.span) || day.size() != 10 ||
                other.type != TimexType::Date || other.span.begin > timex.span.begin)
              continue;
            if (day < anchors.today && day.find('X') == std::string_view::npos) start = day;
          }
          found.value = add_duration(start, length);
        }
        // "In 2011 they promised to build it within two years": counted from the promise.
        for (const Timex& start : doc.timexes()->timexes) {
          const std::string_view year = doc.str(start.value);
          if (!sentence.contains(start.span) || what.overlaps(start.span) || year.size() < 4 ||
              !past(year, published))
            continue;
          if (length.size() < 3 || length.size() > 4 || length[0] != 'P' || length.back() != 'Y')
            continue;
          int count = 0, from_year = 0;
          for (const char c : std::string_view(length).substr(1, length.size() - 2))
            count = c >= '0' && c <= '9' ? count * 10 + (c - '0') : -1000;
          for (const char c : year.substr(0, 4))
            from_year = c >= '0' && c <= '9' ? from_year * 10 + (c - '0') : -100000;
          if (count <= 0 || from_year <= 0) continue;
          found.value = std::to_string(from_year + count) + std::string(year.substr(4));
          break;
        }
      } else if ((mod == "END" || doc.text(found.span).find("end-") != std::string_view::npos) &&
                 !until.empty() && value.size() < 10 &&
                 (bound || strict_deadline(doc, found.span))) {
        found.value = day_before(until);
      } else if (value.starts_with("XXXX-")) {
        found.value = next_value(value, anchors.today);
      } else if (!value.starts_with("XXXX")) {
        found.value = value;
      }
      // What is promised lies ahead: a day without a year is never one that has passed.
      if (past(found.value, published) && found.value.size() >= 10 &&
          doc.text(timex.span).find(found.value.substr(0, 4)) == std::string_view::npos) {
        found.value = next_value("XXXX" + found.value.substr(4), published);
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
  return event_deadline(doc, tree, cues, anchors, content, what);
}

}  // namespace readout::events

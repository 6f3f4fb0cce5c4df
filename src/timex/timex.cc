// Sentence by sentence: atoms, then an expression at each atom that may start one. The date told
// last is kept for "the next day"; it is forgotten at a new turn and after some sentences without a
// date.
#include "timex/timex.h"

#include <charconv>

#include "timex/parser.h"
#include "timex/tense.h"

namespace readout::timex {
namespace {

constexpr uint32_t kMemory = 3;  // sentences for which a date stays the one told last

int32_t digits(std::string_view s, size_t at, size_t n) {
  if (at + n > s.size()) return kNo;
  int32_t v = 0;
  const auto r = std::from_chars(s.data() + at, s.data() + at + n, v);
  return r.ec == std::errc() && r.ptr == s.data() + at + n ? v : kNo;
}

/// "2023-06-14T18:37+06:00" and coarser.
std::optional<When> parse_reference(std::string_view iso_text) {
  const int32_t y = digits(iso_text, 0, 4), m = digits(iso_text, 5, 2), d = digits(iso_text, 8, 2);
  if (y == kNo) return std::nullopt;
  When w = When::year_of(y);
  if (m == kNo || m < 1 || m > 12) return w;
  w = When::month_of(y, m);
  if (d == kNo || d < 1 || d > days_in_month(y, m)) return w;
  w = When::day_of(day_number(y, m, d));
  const int32_t hour = digits(iso_text, 11, 2), minute = digits(iso_text, 14, 2);
  if (iso_text.size() < 16 || hour == kNo || minute == kNo) return w;
  w.hour = hour;
  w.minute = minute;
  w.gran = Gran::Time;
  size_t at = 16;
  if (at < iso_text.size() && iso_text[at] == ':') at += 3;
  if (at < iso_text.size() && iso_text[at] == '.') {
    while (++at < iso_text.size() && iso_text[at] >= '0' && iso_text[at] <= '9') {
    }
  }
  if (at < iso_text.size() && iso_text[at] == 'Z') w.zone_min = 0;
  if (at < iso_text.size() && (iso_text[at] == '+' || iso_text[at] == '-')) {
    const int32_t zh = digits(iso_text, at + 1, 2), zm = digits(iso_text, at + 4, 2);
    if (zh != kNo) w.zone_min = (iso_text[at] == '-' ? -1 : 1) * (zh * 60 + (zm == kNo ? 0 : zm));
  }
  return w;
}

/// Which comes first in "5/10/21": what a date that can be read one way only says, else how month
/// names are written, else the language's region.
DateOrder order_of(std::string_view text, std::string_view language, bool& known) {
  known = true;
  for (size_t slash = text.find('/'); slash != std::string_view::npos;
       slash = text.find('/', slash + 1)) {
    size_t b = slash;
    while (b > 0 && slash - b < 2 && text[b - 1] >= '0' && text[b - 1] <= '9') --b;
    size_t e = slash + 1;
    while (e < text.size() && e - slash <= 2 && text[e] >= '0' && text[e] <= '9') ++e;
    if (b == slash || e == slash + 1 || e >= text.size() || text[e] != '/') continue;
    if (e + 2 >= text.size() || text[e + 1] < '0' || text[e + 1] > '9') continue;
    int32_t p = 0, q = 0;
    std::from_chars(text.data() + b, text.data() + slash, p);
    std::from_chars(text.data() + slash + 1, text.data() + e, q);
    if (p > 12 && p <= 31 && q <= 12) return DateOrder::DayFirst;
    if (q > 12 && q <= 31 && p <= 12) return DateOrder::MonthFirst;
  }
  known = language.size() > 2;
  return language == "en" || language.empty() || language == "en-US" || language == "en-PH"
             ? DateOrder::MonthFirst
             : DateOrder::DayFirst;
}

/// "the Agreement of <date>", "Resolution of <date>": a capital before "of" or "dated".
bool names_with_date(std::string_view text, const std::vector<Atom>& atoms, uint32_t begin) {
  const uint32_t of = begin - 1;
  if (!atom_is(text, atoms[of], "of") && !atom_is(text, atoms[of], "dated")) return false;
  return of > 0 && atoms[of - 1].kind == AtomKind::Word && atoms[of - 1].upper;
}

class TimexStage final : public Stage {
 public:
  std::string_view name() const override { return "timex.rules/1"; }
  LayerSet reads() const override { return {Layer::Structure, Layer::Tokens}; }
  Layer writes() const override { return Layer::Timex; }

  Result<void> run(std::span<Draft> batch, Scratch& scratch) const override {
    auto& atoms = scratch.slot<std::vector<Atom>>(this);
    for (Draft& draft : batch) {
      TimexLayer layer = read(draft, atoms);
      if (auto set = draft.set(std::move(layer)); !set) return set;
    }
    return {};
  }

 private:
  TimexLayer read(Draft& draft, std::vector<Atom>& atoms) const {
    const Document& doc = draft.doc();
    const TokenLayer& tokens = *doc.tokens();
    const StructureLayer& structure = *doc.structure();
    const std::string_view text = doc.plain();
    TimexLayer layer;
    Context context;
    context.reference = parse_reference(structure.published_iso);
    bool order_asked = false;
    const Sym by = draft.intern(name());
    uint32_t current = 0, told_at = 0;
    context.direction = [&](uint32_t atom) { return tense_at(doc, atoms, words_.lexicon, atom); };
    TurnId turn = kNone<TurnId>;
    for (uint32_t s = 0; s < tokens.sentences.size(); ++s) {
      const TokenRange range = tokens.sentences[s];
      atoms.clear();
      read_atoms(text, tokens, index(range.begin), index(range.end), words_.lexicon, atoms);
      current = s;
      if (tokens.sentence_turn[s] != turn || current > told_at + kMemory) {
        turn = tokens.sentence_turn[s];
        context.last.reset();
        context.last_explicit = false;
      }
      const Parser parser(words_, text, atoms, context);
      for (uint32_t i = 0; i < atoms.size();) {
        if (!parser.may_start(i)) {
          ++i;
          continue;
        }
        if (!order_asked && atoms[i].kind == AtomKind::Number) {
          order_asked = true;
          context.order = order_of(text, structure.language, context.order_known);
        }
        const auto found = parser.at(i);
        if (!found) {
          ++i;
          continue;
        }
        const Span span{atoms[found->begin].span.begin, atoms[found->end - 1].span.end};
        layer.timexes.push_back(row(draft, *found, span, by, structure));
        if (found->mentioned && found->type != TimexType::Duration &&
            found->type != TimexType::Set && found->when.ref == Ref::None &&
            found->when.resolved() && found->when.gran >= Gran::Decade) {
          context.last_explicit = (found->year_told && found->when.kind == YearKind::Calendar) ||
                                  (context.last_explicit && found->when.year == context.last->year);
          // The year of a named thing or of a span of years is not the year of the story ("the
          // Treaty of 12 March 1998").
          if (found->to ||
              (found->begin > 0 && found->year_told && names_with_date(text, atoms, found->begin)))
            context.last_explicit = false;
          context.last = found->to ? *found->to : found->when;
          told_at = s;
        }
        i = found->end;
      }
    }
    return layer;
  }

  Timex row(Draft& draft, const Expression& e, Span span, Sym by,
            const StructureLayer& structure) const {
    Timex timex;
    timex.span = span;
    timex.type = e.type;
    timex.made = {by, e.score};
    std::string value = e.value;
    std::string from, until;
    if (value.empty() && e.duration) value = value_of(*e.duration);
    if (value.empty()) {
      value = value_of(e.when);
      if (e.to) value = common(e.when, *e.to);
    }
    timex.value = draft.intern(value);
    auto interval = e.interval;
    if (!interval && e.type != TimexType::Duration && e.type != TimexType::Set)
      interval = interval_of(e.when);
    if (e.to && interval && !e.interval) {
      const auto last = interval_of(*e.to);
      if (last)
        interval->until = last->until;
      else
        interval.reset();
    }
    if (interval && e.when.hour != kNo && !e.interval) {
      from = value_of(e.when);
      until = e.to ? value_of(*e.to) : from;
    } else if (interval && interval->from < interval->until) {
      from = iso(interval->from);
      until = iso(interval->until);
    }
    if (!from.empty()) timex.from = draft.intern(from);
    if (!until.empty()) timex.until = draft.intern(until);
    if (e.mod[0] != '\0') timex.mod = draft.intern(e.mod);
    if (!e.anchor.empty()) timex.anchor = draft.intern(e.anchor);
    if (structure.published && structure.published->overlaps(span)) {
      timex.function = draft.intern("CREATION_TIME");
    } else if (e.function[0] != '\0') {
      timex.function = draft.intern(e.function);
    }
    timex.reason = draft.intern(e.why);
    return timex;
  }

  /// The smallest unit of the calendar that holds both ends, else both.
  static std::string common(const When& a, const When& b) {
    if (a.hour == kNo && b.hour == kNo && a.year == b.year && a.year != kNo &&
        a.gran == Gran::Day && b.gran == Gran::Day) {
      if (a.month == b.month) return value_of(When::month_of(a.year, a.month));
    }
    if (a.year == kNo && a.gran == Gran::Day && b.gran == Gran::Day && a.month == b.month)
      return value_of(When::month_of(kNo, a.month));
    return value_of(a) + "/" + value_of(b);
  }

  Words words_;
};

}  // namespace

std::unique_ptr<const Stage> make_timex_stage() { return std::make_unique<TimexStage>(); }

}  // namespace readout::timex

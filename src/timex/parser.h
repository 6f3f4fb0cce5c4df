// Finds the time expressions of one sentence and resolves them against a context.
//
// A descent by hand over atoms (core/atoms.h): each function tries one form at one place, resolves
// it at once and tells where it ends. Words come from tables, grammar is code. An atom whose word
// is in no table starts nothing and costs one comparison.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "readout/layers.h"
#include "timex/when.h"
#include "timex/words.h"

namespace readout::timex {

/// Where the clause of an expression points: from its verb.
enum class Direction : uint8_t { Unknown, Past, Future };

enum class DateOrder : uint8_t { DayFirst, MonthFirst };

/// What an expression is relative to.
struct Context {
  std::optional<When> reference;  // when the document was made
  std::optional<When> last;       // the date told last, if it is near
  bool last_explicit = false;     // and it named its year
  DateOrder order = DateOrder::MonthFirst;
  bool order_known = false;
  std::function<Direction(uint32_t)> direction;  // of the clause of an atom
};

struct Duration {
  struct Amount {
    double n = 0;
    Unit unit = Unit::Day;
  };
  std::vector<Amount> amounts;
  bool vague = false;  // "weeks", "several years": PXW
};
std::string value_of(const Duration& duration);

/// TIMEX3's mod for a Comparison; empty for an exact one.
const char* comparator_mod(uint32_t comparison);

struct Expression {
  uint32_t begin = 0, end = 0;  // atoms
  TimexType type = TimexType::Date;
  When when;
  std::optional<When> to;            // last point of a range, inclusive
  std::optional<Duration> duration;  // DURATION and SET
  std::string value;                 // a SET of named days ("XXXX-WXX-1"), or made by a range
  std::optional<Interval> interval;  // where it is narrower than the value's own
  const char* mod = "";
  const char* function = "";
  const char* why = "told in full";
  std::string anchor;
  bool year_told = false;  // the expression itself names its year
  bool follows = false;    // relative to the date told last
  bool mentioned = true;   // later expressions may be relative to it
  float score = 1.0F;
};

class Parser {
 public:
  Parser(const Words& words, std::string_view text, const std::vector<Atom>& atoms,
         const Context& context)
      : words_(words), text_(text), atoms_(atoms), context_(context) {}

  /// The expression that begins at atom `i`.
  std::optional<Expression> at(uint32_t i) const;
  /// False for most atoms: nothing can begin there.
  bool may_start(uint32_t i) const {
    const Atom& a = atoms_[i];
    if (a.kind != AtomKind::Word) return a.kind == AtomKind::Number || a.mark == '\'';
    const uint64_t starts = a.mask & words_.start_mask;
    if (starts == 0) return false;
    // "the", "this", "from" begin a time only before a number or a word that tells of time
    if ((starts & ~words_.leading & ~(uint64_t{1} << kComparator)) == 0 &&
        (starts & words_.leading) != 0) {
      if (i + 1 >= size()) return is(i, "then");
      const Atom& next = atoms_[i + 1];
      if (next.kind == AtomKind::Word && (next.mask & words_.telling) == 0 && !is(i, "then"))
        return false;
    }
    return true;
  }

 private:
  struct Hit {
    Expression e;
    uint32_t next = 0;
  };
  using Maybe = std::optional<Hit>;

  /// A time told by its distance, in the making: "the next two weeks", "that same day".
  struct Relative {
    uint32_t i = 0, at = 0, x = 0;  // its first atom; "next"; what is counted
    Rel rel = kThis;
    int32_t step = 0;                    // -1 before, 1 behind
    std::optional<DayNumber> ref, base;  // the document's date; what it is counted from
    Hit hit;
  };
  /// A length that lies between a time and another: "two weeks ago".
  struct Offset {
    uint32_t i = 0, at = 0, next = 0;  // first atom; where the length begins; the atom behind it
    Duration length;
    bool clock_units = false;  // told in hours or less
    Hit hit;
  };

  struct Clock {
    int32_t hour = kNo, minute = kNo, second = kNo;
  };

  // looking (parser.cc)
  uint32_t size() const { return static_cast<uint32_t>(atoms_.size()); }
  bool is(uint32_t i, std::string_view word) const {
    return i < size() && atom_is(text_, atoms_[i], word);
  }
  bool any(uint32_t i, std::initializer_list<std::string_view> words) const;
  bool mark(uint32_t i, char32_t c) const { return i < size() && atoms_[i].mark == c; }
  bool glued(uint32_t i) const { return i < size() && atoms_[i].glued; }
  bool has(uint32_t i, uint8_t cls) const { return i < size() && atoms_[i].is(cls); }
  int32_t value(uint32_t i, uint8_t cls) const {
    return words_.lexicon.value(atoms_[i].entry, cls);
  }
  bool number(uint32_t i) const { return i < size() && atoms_[i].kind == AtomKind::Number; }
  bool number(uint32_t i, uint32_t digits) const { return number(i) && atoms_[i].digits == digits; }
  bool upper(uint32_t i) const { return i < size() && atoms_[i].upper; }
  bool word(uint32_t i) const { return i < size() && atoms_[i].kind == AtomKind::Word; }
  bool capitals(uint32_t i) const;
  int32_t num(uint32_t i) const {
    return static_cast<int32_t>(atoms_[i].number > 99999999 ? 99999999 : atoms_[i].number);
  }
  uint32_t skip_stop(uint32_t i) const { return mark(i, '.') && glued(i) ? i + 1 : i; }
  uint32_t skip_the(uint32_t i) const { return is(i, "the") ? i + 1 : i; }
  std::optional<Numeral> numeral(uint32_t i, bool article) const;
  std::optional<Unit> unit(uint32_t i, uint32_t& next) const;
  bool month_word(uint32_t i) const;
  std::optional<int32_t> weekday_word(uint32_t i, uint32_t& next) const;
  Direction direction(uint32_t i) const {
    return context_.direction ? context_.direction(i) : Direction::Unknown;
  }
  std::optional<DayNumber> reference() const;
  /// The date told last, else the reference.
  std::optional<When> told_last() const;

  // expressions.cc
  Maybe first_form(uint32_t i) const;
  Maybe then(uint32_t i) const;
  Maybe point_or_range(uint32_t i) const;
  Maybe point(uint32_t i) const;  // date with time, edges, early and late
  Maybe date(uint32_t i) const;
  void take_function(Expression& e) const;

  // dates.cc
  Maybe numeric(uint32_t i) const;
  Maybe day_month(uint32_t i) const;
  Maybe month_first(uint32_t i) const;
  Maybe weekday_first(uint32_t i) const;
  Maybe year(uint32_t i) const;
  Maybe bare_year(uint32_t i, bool strong) const;
  Maybe decade(uint32_t i) const;

  // relative.cc
  Maybe deictic(uint32_t i) const;
  Maybe relative(uint32_t i) const;
  Maybe relative_length(const Relative& r) const;
  void relative_base(Relative& r) const;
  Maybe relative_part(Relative& r) const;
  Maybe relative_fiscal(Relative& r) const;
  Maybe relative_unit(Relative& r) const;
  Maybe last_unit_of(Relative& r, Unit unit) const;
  Maybe relative_weekday(Relative& r, int32_t weekday) const;
  Maybe relative_month(Relative& r) const;
  Maybe relative_season(Relative& r) const;
  Maybe relative_feast(Relative& r) const;
  Maybe reference_word(uint32_t i) const;

  // offsets.cc
  Maybe offset_date(uint32_t i) const;  // "two weeks ago", "three days after 5 May"
  bool move(Offset& o, const When& base, int32_t sign, bool keep) const;
  Maybe offset_ahead(Offset& o) const;
  Maybe offset_from_now(Offset& o) const;
  Maybe offset_from_other(Offset& o) const;
  Maybe length_to_event(const Offset& o, const char* function, const char* why, std::string event,
                        uint32_t next) const;
  Maybe unit_around(uint32_t i) const;  // "the day before", "a week later"

  // ordinals.cc
  Maybe ordinal_first(uint32_t i) const;
  Maybe whole_behind(uint32_t i) const;
  Maybe ordinal_part(uint32_t i, int32_t n, uint32_t x) const;
  Maybe ordinal_weekday(int32_t n, int32_t weekday, uint32_t end) const;
  Maybe ordinal_unit(int32_t n, uint32_t x) const;
  Maybe day_of_month(uint32_t i, int32_t n, uint32_t next) const;
  Maybe anniversary(uint32_t i) const;

  // periods.cc
  Maybe quarter_code(uint32_t i) const;
  Maybe season(uint32_t i) const;
  Maybe feast(uint32_t i) const;
  Maybe fiscal(uint32_t i) const;
  Maybe week_of(uint32_t i) const;

  // edges.cc
  Maybe edge(uint32_t i) const;
  Maybe part_first(uint32_t i) const;  // "the evening of 5 September", "this morning"

  // clocks.cc
  void add_time(Hit& hit) const;
  bool add_bounded_clock(Hit& hit, uint32_t at) const;
  uint32_t bare_hour(uint32_t i, When& when, char32_t no_mark) const;
  bool add_two_clocks(Hit& hit, uint32_t at) const;
  void add_clock(Hit& hit, uint32_t at, bool loose) const;
  Maybe clock_first(uint32_t i) const;  // "19:30 on 5 September"
  Maybe day_behind_clock(uint32_t end) const;
  void localise(When& when) const;

  // ranges.cc
  Maybe range(uint32_t i) const;
  bool may_end_range(uint32_t i) const;
  Maybe range_of_clocks(uint32_t x) const;
  Maybe range_of_hours(uint32_t i, uint32_t x) const;
  Maybe joined(const Hit& first, uint32_t i, uint32_t second_at) const;
  void share_year(When& a, When& b, const Hit& first, const Hit& second, uint32_t i,
                  uint32_t second_at) const;
  void share_day(When& a, When& b, const Hit& first, const Hit& second) const;

  // sets.cc
  Maybe set(uint32_t i) const;
  static Hit set_hit(uint32_t next);
  static Hit set_of(Unit unit, double n, uint32_t next);
  static Hit set_named(std::string value, uint32_t next);
  Maybe set_every(uint32_t i) const;
  Maybe set_weekdays(uint32_t i) const;
  Maybe set_frequency(uint32_t i) const;
  Maybe set_rate(uint32_t i) const;

  // durations.cc
  Maybe duration(uint32_t i) const;
  Maybe placed_length(Hit hit, uint32_t at) const;
  bool bare_length(uint32_t i, uint32_t at) const;
  bool held_length(uint32_t i, uint32_t at, uint32_t next) const;

  // clock_times.cc; what returns an atom returns the one behind it, 0 if nothing fits
  uint32_t clock(uint32_t i, When& when, bool loose) const;
  uint32_t half_of_day(uint32_t at, Clock& c) const;
  uint32_t clock_digits(uint32_t i, bool loose, Clock& c) const;
  uint32_t clock_four_digits(uint32_t i, bool loose, Clock& c) const;
  uint32_t clock_quarter(uint32_t i, Clock& c) const;
  uint32_t clock_hour_word(uint32_t i, Clock& c) const;
  uint32_t clock_words(uint32_t i, int32_t& hour, int32_t& minute) const;
  uint32_t zone(uint32_t i, When& when) const;
  uint32_t meridiem(uint32_t i, int32_t& add) const;
  uint32_t day_part(uint32_t i, When& when) const;

  // amounts.cc
  std::optional<Duration> amounts(uint32_t i, bool article, uint32_t& next, bool& compound) const;

  // years.cc
  bool year_fits(uint32_t i, uint32_t next, bool strong) const;
  uint32_t year_tail(uint32_t i, When& when, Expression& e) const;  // ", 2021" | " of last year"
  uint32_t relative_year(uint32_t i, int32_t& year) const;
  void settle_year(When& when, uint32_t i, Expression& e) const;
  void settle_weekday(When& when, int32_t wd, uint32_t i, Expression& e) const;

  const Words& words_;
  std::string_view text_;
  const std::vector<Atom>& atoms_;
  const Context& context_;
};

}  // namespace readout::timex

// Years: which numbers are one, what tells the year of a month, and how a date without its year or
// a weekday finds its own.
#include <algorithm>

#include "timex/parser.h"

namespace readout::timex {

// Is the number at `i` (4 digits, ends at `next`) a year rather than a count?
bool Parser::year_fits(uint32_t i, uint32_t next, bool strong) const {
  const int32_t y = num(i);
  if (y < 1000 || y > 2199) return false;
  if (i > 0 && glued(i) && !mark(i - 1, '(') && !mark(i - 1, '[') && !mark(i - 1, '"') &&
      !mark(i - 1, '\'') && !mark(i - 1, '-') && !mark(i - 1, '/'))
    return false;
  if (glued(next) && next < size()) {
    const Atom& a = atoms_[next];
    if (a.kind != AtomKind::Mark) return false;
    if ((a.mark == '.' || a.mark == ',' || a.mark == ':') && glued(next + 1) && number(next + 1))
      return false;
    if (a.mark == '%' || a.mark == '/') return a.mark == '/' && number(next + 1, 2);
  }
  if (i > 0) {
    if (has(i - 1, kNumbered) || mark(i - 1, '$') || mark(i - 1, 0x20AC) || mark(i - 1, 0xA3) ||
        mark(i - 1, '#') || mark(i - 1, 0x2116))
      return false;
    if (mark(i - 1, '.') && i > 1 && has(i - 2, kNumbered)) return false;
    if (has(i - 1, kComparator) && !any(i - 1, {"about", "around", "circa", "over"})) {
      if (any(i - 1, {"some", "nearly", "almost", "approximately", "roughly", "than", "least",
                      "exactly", "just", "only"}))
        return false;
    }
    if (is(i - 1, "than") || is(i - 1, "least") || is(i - 1, "most")) return false;
  }
  if (has(next, kCountNoun) || has(next, kUnits) || has(next, kNumScale)) return false;
  if (strong) return true;
  if (i > 0) {
    if (has(i - 1, kPreposition) || has(i - 1, kMod) || has(i - 1, kMonth) || mark(i - 1, '(') ||
        any(i - 1, {"year", "the", "spring", "summer", "autumn", "winter", "fall"})) {
      if (is(i - 1, "about") || is(i - 1, "around") || is(i - 1, "over") || is(i - 1, "of") ||
          is(i - 1, "to") || is(i - 1, "the")) {
        return y >= 1700 && y <= 2060;
      }
      return true;
    }
  }
  return y >= 1800 && y <= 2060;
}

uint32_t Parser::relative_year(uint32_t i, int32_t& year) const {
  uint32_t at = i;
  if (mark(at, ',')) return 0;
  if (any(at, {"of", "in"})) ++at;
  at = skip_the(at);
  if (!has(at, kRel) || !is(at + 1, "year")) return 0;
  const auto ref = reference();
  if (!ref) return 0;
  const int32_t now = civil(*ref).year;
  switch (value(at, kRel)) {
    case kThis:
    case kCurrent:
      year = now;
      break;
    case kNext:
    case kComing:
      year = now + 1;
      break;
    case kLast:
      year = now - 1;
      break;
    case kPrevious:
    case kFollowing:
    case kSame:
    case kThat: {
      const auto last = told_last();
      if (!last || last->year == kNo) return 0;
      year = last->year + (value(at, kRel) == kFollowing  ? 1
                           : value(at, kRel) == kPrevious ? -1
                                                          : 0);
      break;
    }
    default:
      return 0;
  }
  return at + 2;
}

// What may follow a month or a day: ", 2021", " 2021", " of 2021", " last year", " '21".
uint32_t Parser::year_tail(uint32_t i, When& when, Expression& e) const {
  uint32_t at = i;
  if (mark(at, ',')) ++at;
  if (any(at, {"of", "in"}) && at == i) ++at;
  if (is(at, "the") && is(at + 1, "year") && number(at + 2, 4)) at += 2;
  if (number(at, 4)) {
    const int32_t y = num(at);
    const bool clock_time = mark(at + 1, ':') || any(at + 1, {"hours", "hrs"});
    if (y >= 1000 && y <= 2199 && !clock_time &&
        !(glued(at + 1) && at + 1 < size() && atoms_[at + 1].kind != AtomKind::Mark) &&
        !(mark(at + 1, ',') && glued(at + 1) && glued(at + 2) && number(at + 2, 3)) &&
        !has(at + 1, kCountNoun)) {
      when.year = y;
      e.year_told = true;
      uint32_t end = at + 1;
      if (has(end, kEra) && capitals(end)) {
        if (value(end, kEra) == 0) when.year = 1 - y;
        ++end;
      }
      return end;
    }
    return 0;
  }
  if (mark(at, '\'') && number(at + 1, 2) && glued(at + 1)) {
    const int32_t y = num(at + 1);
    when.year = y < 50 ? 2000 + y : 1900 + y;
    e.year_told = true;
    return at + 2;
  }
  if (is(i, "of") && number(i + 1, 2) && when.gran == Gran::Month && num(i + 1) > 31) {
    when.year = 1900 + num(i + 1);
    e.year_told = true;
    return i + 2;
  }
  if ((has(at, kNumOnes) || has(at, kNumTens)) &&
      !mark(i, ',')) {  // "two thousand and fifteen", "nineteen ninety-three"
    if (const auto words = numeral(at, false); words && !words->digits && !words->fraction) {
      if (words->value >= 1000 && words->value < 2200 && words->scaled) {
        when.year = static_cast<int32_t>(words->value);
        e.year_told = true;
        return words->next;
      }
      if (words->value >= 10 && words->value <= 20 && words->next == at + 1) {
        if (const auto rest = numeral(at + 1, false);
            rest && !rest->digits && rest->value >= 10 && rest->value < 100 && !rest->scaled) {
          when.year = static_cast<int32_t>(words->value * 100 + rest->value);
          e.year_told = true;
          return rest->next;
        }
      }
    }
  }
  int32_t y = 0;
  if (const uint32_t end = relative_year(i, y); end > 0) {
    when.year = y;
    e.year_told = true;
    e.why = "year told relative to the document's date";
    return end;
  }
  // "12th of October last"
  if (any(i, {"last", "next"}) && (i + 1 >= size() || atoms_[i + 1].kind == AtomKind::Mark) &&
      when.month != kNo) {
    const auto ref = reference();
    if (!ref) return 0;
    const Ymd now = civil(*ref);
    const bool before = when.month < now.month ||
                        (when.month == now.month && (when.day == kNo || when.day < now.day));
    when.year =
        is(i, "last") ? (before ? now.year : now.year - 1) : (before ? now.year + 1 : now.year);
    e.year_told = true;
    return i + 1;
  }
  return 0;
}

// A day or month without its year: the clause's tense says on which side of the document's date it
// lies; without a tense the nearer one is taken. After a date that named another year, in
// the past, that year goes on.
void Parser::settle_year(When& when, uint32_t i, Expression& e) const {
  if (when.year != kNo) return;
  const auto ref = reference();
  Direction side = i > 0 && is(i - 1, "since") ? Direction::Past : direction(i);
  if (context_.last && context_.last_explicit && context_.last->year != kNo &&
      (!ref || (side == Direction::Past && context_.last->gran >= Gran::Month &&
                context_.last->year < civil(*ref).year && !(i > 0 && is(i - 1, "since"))))) {
    when.year = context_.last->year;
    // a story goes forward: "in November 2014 ... in March" is the next year's
    if (context_.last->month != kNo && when.month != kNo && when.month < context_.last->month - 1 &&
        ref && day_number(when.year + 1, when.month, 1) <= *ref) {
      ++when.year;
    }
    e.why = "year of the date told before";
    return;
  }
  if (!ref) return;
  const Ymd now = civil(*ref);
  // A deadline lies ahead unless the clause is far past: "the works listed in the annex before 1
  // November".
  const uint32_t before = i > 0 && is(i - 1, "the") ? i - 1 : i;
  if (is(i, "the") || before < i) {
    // "the May 27 seizure": the verb says nothing of when that was
    uint32_t end = is(i, "the") ? i + 1 : i;
    for (int k = 0;
         k < 3 && (number(end) || has(end, kMonth) || any(end, {"th", "st", "nd", "rd"})); ++k)
      ++end;
    if (when.day != kNo && word(end) && !has(end, kPreposition) && !has(end, kTense) &&
        !has(end, kArticle) &&
        !any(end, {"and", "when", "that", "he", "she", "it", "we", "they"})) {
      side = Direction::Unknown;
    }
  }
  if (before > 0 && is(i - 1, "in") && i > 1 && is(i - 2, "back"))
    side = Direction::Past;  // "back in October"
  const bool deadline = before > 0 && any(before - 1, {"by", "before", "until", "till", "than"});
  if (deadline && side == Direction::Past) side = Direction::Unknown;
  const auto begin_in = [&](int32_t year) -> DayNumber {
    When w = when;
    w.year = year;
    if (w.gran == Gran::Season) return day_number(year, w.sub * 3, 1);
    if (w.gran == Gran::Quarter) return day_number(year, (w.sub - 1) * 3 + 1, 1);
    if (w.gran == Gran::Half) return day_number(year, w.sub == 1 ? 1 : 7, 1);
    return day_number(year, w.month,
                      w.day == kNo ? 1 : std::min(w.day, days_in_month(year, w.month)));
  };
  const int32_t length = when.gran == Gran::Season || when.gran == Gran::Quarter ? 91
                         : when.gran == Gran::Half                               ? 182
                         : when.day == kNo                                       ? 30
                                                                                 : 1;
  switch (side) {
    case Direction::Past:
      when.year = begin_in(now.year) <= *ref ? now.year : now.year - 1;
      e.why = "the last one before the document's date: past tense";
      break;
    case Direction::Future:
      when.year = begin_in(now.year) + length > *ref ? now.year : now.year + 1;
      e.why = "the next one after the document's date: future tense";
      break;
    case Direction::Unknown: {
      int32_t best = INT32_MAX;
      for (const int32_t y : {now.year, now.year - 1, now.year + 1}) {
        const DayNumber begin = begin_in(y);
        int32_t gap = begin > *ref ? begin - *ref : std::max(0, *ref - (begin + length - 1));
        if (deadline && begin + length <= *ref) gap += 120;
        if (gap < best) {
          best = gap;
          when.year = y;
        }
      }
      e.why = "the one nearest to the document's date";
      break;
    }
  }
  e.anchor = iso(*ref);
}

void Parser::settle_weekday(When& when, int32_t wd, uint32_t i, Expression& e) const {
  when.gran = Gran::Day;
  const auto ref = reference();
  if (!ref) {
    when.weekday = wd;
    return;
  }
  const int32_t today = weekday(*ref);
  const int32_t back = (today - wd + 7) % 7, ahead = (wd - today + 7) % 7;
  DayNumber d = *ref;
  const bool until = i > 0 && any(i - 1, {"until", "till"});
  switch (until && direction(i) == Direction::Past ? Direction::Unknown : direction(i)) {
    case Direction::Past:
      d -= back;
      e.why = "the last such day up to the document's date: past tense";
      break;
    case Direction::Future:
      d += ahead;
      e.why = "the next such day from the document's date: future tense";
      break;
    case Direction::Unknown:
      d = back <= 4 ? d - back : d + ahead;
      e.why = "the such day nearest to the document's date";
      break;
  }
  e.anchor = iso(*ref);
  When day = When::day_of(d);
  day.hour = when.hour;
  day.minute = when.minute;
  day.part = when.part;
  if (when.timed()) day.gran = Gran::Time;
  when = day;
}

}  // namespace readout::timex

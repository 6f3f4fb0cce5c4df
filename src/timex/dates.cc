// Calendar dates as they are written: numerals, day and month, weekday first, years, decades,
// centuries.
#include <algorithm>
#include <array>

#include "timex/parser.h"

namespace readout::timex {
namespace {

bool valid(int32_t year, int32_t month, int32_t day) {
  return month >= 1 && month <= 12 && day >= 1 &&
         day <= days_in_month(year == kNo ? 2000 : year, month);
}

int32_t full_year(int32_t two) { return two < 50 ? 2000 + two : 1900 + two; }

}  // namespace

// "2021-05-10", "10.05.2021", "5/10/21", "05-aug-2016", "20210510T1200".
Parser::Maybe Parser::numeric(uint32_t i) const {
  if (!number(i) ||
      (i > 0 && glued(i) && (mark(i - 1, '/') || mark(i - 1, '.') || mark(i - 1, '$'))))
    return std::nullopt;
  const uint32_t a = i + 1;
  if (i > 1 && glued(i) && mark(i - 1, '-') && mark(a, '-') && glued(i - 1) &&
      atoms_[i - 2].kind != AtomKind::Mark)
    return std::nullopt;
  if (a >= size() || !glued(a) || atoms_[a].kind != AtomKind::Mark) return std::nullopt;
  const char32_t sep = atoms_[a].mark;
  if (sep != '-' && sep != '.' && sep != '/') return std::nullopt;
  Hit hit;
  hit.e.year_told = true;
  When& w = hit.e.when;
  w.gran = Gran::Day;
  if (word(a + 1) && has(a + 1, kMonth) && glued(a + 1) && mark(a + 2, sep) && number(a + 3) &&
      glued(a + 3) && (atoms_[a + 3].digits == 4 || atoms_[a + 3].digits == 2) &&
      atoms_[i].digits <= 2) {
    w.year = atoms_[a + 3].digits == 4 ? num(a + 3) : full_year(num(a + 3));
    w.month = value(a + 1, kMonth);
    w.day = num(i);
    if (!valid(w.year, w.month, w.day)) return std::nullopt;
    hit.next = a + 4;
    return hit;
  }
  if (!number(a + 1) || !glued(a + 1)) return std::nullopt;
  const bool three = mark(a + 2, sep) && glued(a + 2) && number(a + 3) && glued(a + 3);
  if (number(i, 4) && (sep != '.' || three)) {
    const int32_t y = num(i), m = num(a + 1);
    if (three && atoms_[a + 1].digits <= 2 && atoms_[a + 3].digits <= 2 &&
        valid(y, m, num(a + 3)) && y >= 1000 && y < 2200) {
      w.year = y;
      w.month = m;
      w.day = num(a + 3);
      hit.next = a + 4;
      if (is(hit.next, "t") && glued(hit.next)) {
        When timed = w;
        if (const uint32_t end = clock(hit.next + 1, timed, false); end > 0) {
          w = timed;
          hit.next = end;
        }
      }
      return hit;
    }
    if (!three && sep == '-' && number(a + 1, 2) && m >= 1 && m <= 12 && y >= 1800 && y < 2100 &&
        !(m == y % 100 + 1) && !(word(a + 2) && glued(a + 2))) {
      w.gran = Gran::Month;
      w.year = y;
      w.month = m;
      hit.next = a + 2;
      return hit;
    }
    return std::nullopt;
  }
  if (three && atoms_[i].digits <= 2 && atoms_[a + 1].digits <= 2 &&
      (number(a + 3, 4) || number(a + 3, 2))) {
    if (mark(a + 4, sep) && glued(a + 4) && number(a + 5))
      return std::nullopt;  // an address or a version
    const int32_t y = number(a + 3, 4) ? num(a + 3) : full_year(num(a + 3));
    const int32_t p = num(i), q = num(a + 1);
    const bool day_first = valid(y, q, p), month_first_ok = valid(y, p, q);
    if (!day_first && !month_first_ok) return std::nullopt;
    bool take_day_first = day_first;
    if (day_first && month_first_ok && p != q) {
      take_day_first = sep != '/' || context_.order == DateOrder::DayFirst;
      if (const auto ref = reference(); sep != '.' && ref && !context_.order_known) {
        const int32_t gap_day = std::abs(day_number(y, q, p) - *ref),
                      gap_month = std::abs(day_number(y, p, q) - *ref);
        if (std::min(gap_day, gap_month) <= 10) take_day_first = gap_day < gap_month;
      }
    }
    w.year = y;
    w.month = take_day_first ? q : p;
    w.day = take_day_first ? p : q;
    hit.next = a + 4;
    hit.e.why = day_first && month_first_ok && p != q
                    ? "order of day and month guessed from the document"
                    : "told in full";
    return hit;
  }
  // "5/12" is a date only behind a preposition; "1/2" is a fraction
  if (!three && sep == '/' && atoms_[i].digits <= 2 && atoms_[a + 1].digits <= 2 && i > 0 &&
      (any(i - 1, {"on", "by", "until", "dated"}) || (has(i - 1, kWeekday))) &&
      !(word(a + 2) && glued(a + 2))) {
    const bool month_first_ok = valid(kNo, num(i), num(a + 1));
    const bool day_first = valid(kNo, num(a + 1), num(i));
    const bool take_month =
        month_first_ok && (context_.order == DateOrder::MonthFirst || !day_first);
    if (!take_month && !day_first) return std::nullopt;
    w.month = take_month ? num(i) : num(a + 1);
    w.day = take_month ? num(a + 1) : num(i);
    hit.e.year_told = false;
    settle_year(w, i, hit.e);
    hit.next = a + 2;
    return hit;
  }
  return std::nullopt;
}

// "5 May", "5th of May 2021", "the 5th day of May", "5-7 May", "5 and 7 May 2021", "ninth of
// April".
Parser::Maybe Parser::day_month(uint32_t i) const {
  if (i > 0 && glued(i) &&
      (mark(i - 1, '.') || mark(i - 1, '/') || mark(i - 1, ':') || mark(i - 1, ',')))
    return std::nullopt;
  Hit hit;
  std::vector<int32_t> days;
  uint32_t at = i;
  for (int part = 0; part < 5; ++part) {
    at = skip_the(at);
    int32_t day = 0;
    if (const auto ordinal = read_ordinal(text_, atoms_, at, words_.lexicon);
        ordinal && ordinal->first <= 31) {
      day = static_cast<int32_t>(ordinal->first);
      at = ordinal->second;
    } else if (number(at) && atoms_[at].digits <= 2) {
      day = num(at);
      ++at;
    } else {
      return std::nullopt;
    }
    if (day < 1 || day > 31) return std::nullopt;
    days.push_back(day);
    if (is(at, "day") && is(at + 1, "of")) ++at;
    const uint32_t month_at = is(at, "of")                                              ? at + 1
                              : (mark(at, '-') || mark(at, '/')) && has(at + 1, kMonth) ? at + 1
                                                                                        : at;
    if (month_word(month_at)) {
      at = month_at;
      break;
    }
    if (mark(at, '-') || any(at, {"to", "through", "till", "until"}) || mark(at, '/')) {
      ++at;
    } else if (is(at, "and") || mark(at, '&') || mark(at, ',')) {
      if (mark(at, ',') && is(at + 1, "and")) ++at;
      ++at;
    } else {
      return std::nullopt;
    }
  }
  if (!month_word(at)) return std::nullopt;
  When w;
  w.gran = Gran::Day;
  w.month = value(at, kMonth);
  w.day = days.front();
  uint32_t end = skip_stop(at + 1);
  if (end > at + 1 && (end >= size() || upper(end)) && !number(end)) end = at + 1;
  if (const uint32_t tail = year_tail(end, w, hit.e); tail > 0)
    end = tail;
  else if (mark(end, '-') && number(end + 1, 4) && glued(end)) {
    w.year = num(end + 1);
    hit.e.year_told = true;
    end += 2;
  }
  if (!valid(w.year, w.month, w.day)) return std::nullopt;
  settle_year(w, i, hit.e);
  if (w.year != kNo && !valid(w.year, w.month, w.day)) return std::nullopt;
  hit.e.when = w;
  if (days.size() > 1) {
    When last = w;
    last.day = days.back();
    if (!valid(w.year, w.month, last.day) || last.day <= w.day) return std::nullopt;
    hit.e.to = last;
  }
  hit.next = end;
  return hit;
}

// "May 10, 2021", "May 10-12", "May 2021", "May", "April the ninth", "Jan. 3".
Parser::Maybe Parser::month_first(uint32_t i) const {
  if (!month_word(i)) return std::nullopt;
  Hit hit;
  When w;
  w.month = value(i, kMonth);
  w.gran = Gran::Month;
  uint32_t end = i + 1;
  const uint32_t stop = skip_stop(end);
  if (stop > end && atoms_[i].span.size() <= 4 && stop < size() && !upper(stop)) end = stop;
  uint32_t at = end;
  if ((mark(at, '-') || mark(at, '/')) && glued(at) && number(at + 1)) ++at;
  if (is(at, "the")) ++at;
  int32_t day = kNo;
  uint32_t behind = 0;
  if (const auto ordinal = read_ordinal(text_, atoms_, at, words_.lexicon);
      ordinal && ordinal->first >= 1 && ordinal->first <= 31 &&
      !(word(at) && has(ordinal->second, kUnit))) {
    day = static_cast<int32_t>(ordinal->first);
    behind = ordinal->second;
  } else if (number(at) && atoms_[at].digits <= 2 && num(at) >= 1 && num(at) <= 31 &&
             !mark(at + 1, ':') && !(word(at + 1) && glued(at + 1)) && !(mark(at + 1, '%'))) {
    int32_t unused = 0;
    if (meridiem(at + 1, unused) == 0) {
      day = num(at);
      behind = at + 1;
    }
  }
  if (day != kNo) {
    w.gran = Gran::Day;
    w.day = day;
    std::optional<int32_t> last;
    uint32_t list_end = behind;
    for (int part = 0; part < 3; ++part) {
      uint32_t next = list_end;
      if (mark(next, '-') || any(next, {"to", "through", "and", "till", "until"}) ||
          mark(next, '&')) {
        ++next;
      } else if (mark(next, ',') && number(next + 1) && atoms_[next + 1].digits <= 2 &&
                 (is(next + 2, "and") || mark(next + 2, ','))) {
        ++next;
      } else {
        break;
      }
      next = skip_the(next);
      int32_t d = 0;
      uint32_t after = 0;
      if (const auto ordinal = read_ordinal(text_, atoms_, next, words_.lexicon);
          ordinal && ordinal->first <= 31) {
        d = static_cast<int32_t>(ordinal->first);
        after = ordinal->second;
      } else if (number(next) && atoms_[next].digits <= 2 && !month_word(next + 1) &&
                 !mark(next + 1, ':') && !mark(next + 1, '/') &&
                 !(word(next + 1) && glued(next + 1)) && !mark(next + 1, '%') &&
                 !(is(next - 1, "and") && word(next + 1) && !has(next + 1, kPreposition) &&
                   !has(next + 1, kTense))) {
        d = num(next);
        after = next + 1;
      }
      if (d <= (last ? *last : day) || d > 31) break;
      last = d;
      list_end = after;
    }
    end = list_end;
    if (last) {
      hit.e.to = w;
      hit.e.to->day = *last;
    }
  }
  // "Well, April, ...": a name between commas
  if (day == kNo && i > 0 && mark(i - 1, ',') &&
      (end >= size() || mark(end, ',') || mark(end, '.') || mark(end, '?')) &&
      !(i > 1 && (has(i - 2, kMonth) || number(i - 2)))) {
    return std::nullopt;
  }
  if (mark(end, '-') && glued(end) && number(end + 1, 4)) {
    w.year = num(end + 1);
    hit.e.year_told = true;
    end += 2;
  } else if (const uint32_t tail = year_tail(end, w, hit.e); tail > 0) {
    end = tail;
  } else if (day == kNo && mark(end, ',') && number(end + 1, 4)) {
    if (const uint32_t comma_tail = year_tail(end, w, hit.e); comma_tail > 0) end = comma_tail;
  }
  if (day != kNo && !valid(w.year, w.month, day)) return std::nullopt;
  settle_year(w, i, hit.e);
  if (hit.e.to) {
    const int32_t d = hit.e.to->day;
    hit.e.to = w;
    hit.e.to->day = d;
    if (!valid(w.year, w.month, d)) return std::nullopt;
  }
  hit.e.when = w;
  hit.next = end;
  return hit;
}

// "Tuesday", "Friday, May 8, 2009", "Monday of next week", "Friday last week".
Parser::Maybe Parser::weekday_first(uint32_t i) const {
  uint32_t end = 0;
  const auto wd = weekday_word(i, end);
  if (!wd) return std::nullopt;
  uint32_t at = mark(end, ',') ? end + 1 : end;
  at = skip_the(at);
  for (const auto form : {&Parser::numeric, &Parser::day_month, &Parser::month_first}) {
    if (has(at, kMonth) != (form == &Parser::month_first)) continue;
    if (auto date = (this->*form)(at); date && date->e.when.gran == Gran::Day) {
      // A weekday can tell the year where none is told.
      if (!date->e.year_told && date->e.when.year != kNo) {
        const int32_t near = date->e.when.year;
        for (const int32_t y : {near, near - 1, near + 1}) {
          if (valid(y, date->e.when.month, date->e.when.day) &&
              weekday(day_number(y, date->e.when.month, date->e.when.day)) == *wd) {
            date->e.when.year = y;
            if (y != near) date->e.why = "the year in which that day is such a weekday";
            break;
          }
        }
      }
      return date;
    }
  }
  Hit hit;
  hit.next = end;
  // of a week that is told
  uint32_t week_at = end;
  if (any(week_at, {"of", "in"})) ++week_at;
  week_at = skip_the(week_at);
  if (has(week_at, kRel) && is(week_at + 1, "week")) {
    if (const auto week = relative(week_at);
        week && week->e.when.gran == Gran::Week && week->e.when.resolved()) {
      const auto interval = interval_of(week->e.when);
      hit.e = week->e;
      hit.e.when = When::day_of(interval->from + *wd - 1);
      hit.next = week->next;
      return hit;
    }
  }
  // "Tuesday the 4th", "Monday 21"
  auto ordinal = read_ordinal(text_, atoms_, skip_the(end), words_.lexicon);
  if (ordinal && !number(skip_the(end)) &&
      !(is(end, "the") &&
        (ordinal->second >= size() || number(ordinal->second) || has(ordinal->second, kNumOnes) ||
         atoms_[ordinal->second].kind == AtomKind::Mark || is(ordinal->second, "at")))) {
    ordinal.reset();
  }
  if (!ordinal && number(end) && atoms_[end].digits <= 2 && !mark(end + 1, ':') &&
      !mark(end + 1, '.') && !mark(end + 1, '-') && !mark(end + 1, '/') &&
      (!word(end + 1) || has(end + 1, kPreposition) || has(end + 1, kTense)) && !glued(end)) {
    ordinal = std::make_pair(static_cast<uint32_t>(num(end)), end + 1);
  }
  if (ordinal && ordinal->first >= 1 && ordinal->first <= 31 && !has(ordinal->second, kUnit)) {
    if (const auto ref = reference()) {
      for (int32_t step = 0; step <= 12; ++step) {
        for (const int32_t sign : {1, -1}) {
          const int32_t index = civil(*ref).year * 12 + civil(*ref).month - 1 + sign * step;
          const int32_t y = index / 12, m = index % 12 + 1,
                        d = static_cast<int32_t>(ordinal->first);
          if (valid(y, m, d) && weekday(day_number(y, m, d)) == *wd) {
            hit.e.when = When::day_of(day_number(y, m, d));
            hit.next = ordinal->second;
            hit.e.why = "the nearest month in which that day is such a weekday";
            return hit;
          }
        }
      }
    }
  }
  settle_weekday(hit.e.when, *wd, i, hit.e);
  return hit;
}

Parser::Maybe Parser::bare_year(uint32_t i, bool strong) const {
  Hit hit;
  hit.e.year_told = true;
  When& w = hit.e.when;
  w.gran = Gran::Year;
  if (mark(i, '\'') && number(i + 1, 2) && glued(i + 1) && !(i > 0 && word(i - 1) && glued(i))) {
    if (is(i + 2, "s") && glued(i + 2)) return std::nullopt;
    if (!(i > 0 && any(i - 1, {"of", "in", "since", "from", "until", "to"})) && !strong)
      return std::nullopt;
    w.year = full_year(num(i + 1));
    hit.next = i + 2;
    return hit;
  }
  if (!number(i)) return std::nullopt;
  uint32_t end = i + 1;
  if (has(end, kEra) && atoms_[i].digits <= 4 && !glued(end) && capitals(end)) {
    w.year = value(end, kEra) == 0 ? 1 - num(i) : num(i);
    hit.next = end + 1;
    return hit;
  }
  if (!has(end, kEra) && any(end, {"b", "a"}) && mark(end + 1, '.') && any(end + 2, {"c", "d"}) &&
      upper(end) && atoms_[i].digits <= 4) {
    w.year = is(end, "b") ? 1 - num(i) : num(i);
    hit.next = skip_stop(end + 3);
    return hit;
  }
  if (i > 0 && is(i - 1, "ad") && capitals(i - 1) && atoms_[i].digits <= 4 &&
      !has(end, kNumScale)) {
    w.year = num(i);
    hit.next = end;
    return hit;
  }
  if (!number(i, 4) || !year_fits(i, end, strong)) return std::nullopt;
  w.year = num(i);
  hit.next = end;
  return hit;
}

// A year or a span of years that belong together: "2019", "2014-16", "2019/20".
Parser::Maybe Parser::year(uint32_t i) const {
  if (number(i, 4) &&
      (has(i + 1, kMonth) || ((mark(i + 1, '/') || mark(i + 1, '-')) && glued(i + 1) &&
                              glued(i + 2) && has(i + 2, kMonth))) &&
      num(i) >= 1700 && num(i) < 2100) {
    // "2017 April", "2019/Aug/01"
    const uint32_t m = has(i + 1, kMonth) ? i + 1 : i + 2;
    if (any(m, {"may", "march"}) && !upper(m)) return bare_year(i, false);
    Hit named;
    named.e.year_told = true;
    named.e.when = When::month_of(num(i), value(m, kMonth));
    named.next = m + 1;
    const uint32_t d = m > i + 1 ? m + 2 : m + 1;
    if (number(d) && atoms_[d].digits <= 2 && valid(num(i), named.e.when.month, num(d)) &&
        !(number(d + 1, 4)) && !mark(d + 1, ':')) {
      named.e.when.gran = Gran::Day;
      named.e.when.day = num(d);
      named.next = d + 1;
    }
    if (m == i + 1 && number(d) && (number(d + 1, 4) || (mark(d + 1, ',') && number(d + 2, 4))))
      return bare_year(i, false);
    return named;
  }
  auto hit = bare_year(i, false);
  if (!hit || !number(i, 4)) return hit;
  const uint32_t end = hit->next;
  if ((mark(end, '-') || mark(end, '/')) && number(end + 1) && !(word(end + 2) && glued(end + 2))) {
    const int32_t y = num(i);
    int32_t to = kNo;
    if (number(end + 1, 4)) to = num(end + 1);
    if (number(end + 1, 2) && glued(end) && glued(end + 1)) to = y / 100 * 100 + num(end + 1);
    if (to != kNo && to > y && to - y < 200 && to < 2200) {
      hit->e.to = When::year_of(to);
      hit->next = end + 2;
    } else if (mark(end, '/')) {
      return std::nullopt;
    }
  }
  return hit;
}

// "the 1990s", "the '80s", "the mid-1990s", "nineties", "the 19th century", "the seventh century
// BC".
Parser::Maybe Parser::decade(uint32_t i) const {
  uint32_t at = skip_the(i);
  if (has(at, kMod)) ++at;
  if (mark(at, '-')) ++at;
  const bool definite = at > i;
  Hit hit;
  hit.e.year_told = true;
  if (definite && has(skip_the(i), kMod)) {
    hit.e.mod = value(skip_the(i), kMod) == 1   ? "START"
                : value(skip_the(i), kMod) == 2 ? "MID"
                                                : "END";
  }
  When& w = hit.e.when;
  uint32_t n = at;
  if (mark(n, '\'')) ++n;
  if (number(n) && (number(n, 4) || number(n, 2)) && num(n) % 10 == 0 &&
      ((is(n + 1, "s") && glued(n + 1)) ||
       (mark(n + 1, '\'') && glued(n + 1) && is(n + 2, "s") && glued(n + 2)))) {
    if (number(n, 2) &&
        !(definite || n > at || (i > 0 && any(i - 1, {"in", "of", "the", "and", "since"}))))
      return std::nullopt;
    if (i > 0 && any(i - 1, {"her", "his", "their", "my"})) return std::nullopt;
    const int32_t v = num(n);
    w.year = number(n, 4) ? v : 1900 + v;
    if (w.year < 1000 || w.year > 2200) return std::nullopt;
    w.gran = Gran::Decade;
    hit.next = mark(n + 1, '\'') ? n + 3 : n + 2;
    return hit;
  }
  if (has(at, kDecadeWord) && (definite || (i > 0 && is(i - 1, "nineteen")))) {
    if (i > 0 && any(i - 1, {"her", "his", "their", "my"})) return std::nullopt;
    w.year = 1900 + value(at, kDecadeWord);
    w.gran = Gran::Decade;
    hit.next = at + 1;
    return hit;
  }
  if (const auto ordinal = read_ordinal(text_, atoms_, at, words_.lexicon);
      ordinal && ordinal->first <= 30) {
    const uint32_t c = mark(ordinal->second, '-') ? ordinal->second + 1 : ordinal->second;
    if (any(c, {"century", "centuries"})) {
      w.gran = Gran::Century;
      w.year = (static_cast<int32_t>(ordinal->first) - 1) * 100;
      hit.next = c + 1;
      if (has(hit.next, kEra) && capitals(hit.next)) {
        if (value(hit.next, kEra) == 0) w.year = -static_cast<int32_t>(ordinal->first) * 100 + 1;
        ++hit.next;
      }
      if (w.year == 0) w.year = 1;
      return hit;
    }
  }
  return std::nullopt;
}

}  // namespace readout::timex

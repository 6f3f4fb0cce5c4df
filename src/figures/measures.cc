// What a number is measured in: currencies before or behind it, units, signs glued to digits, cents
// behind dollars.
#include "figures/finder.h"

namespace readout::figures {

// "A$", but not "a $ 300 million loan"
std::optional<PhraseTable::Hit> Finder::currency(uint32_t i) const {
  auto hit = words_.currencies.match(text_, atoms_, i);
  const bool letter = hit && word(i) && atoms_[i].span.size() == 1;
  if (letter && !(glued(i + 1) && upper(i))) return std::nullopt;
  return hit;
}

bool Finder::numeral_or_money(uint32_t i) const {
  if (i >= size() || timed_[i]) return false;
  if (numeral(i)) return true;
  const auto c = currency(i);
  return c && words_.unit[c->value].before && number(c->next);
}

uint32_t Finder::unit_from(const PhraseTable& table, uint32_t i, std::string& unit,
                           double& factor) const {
  const auto hit = table.match(text_, atoms_, i);
  if (!hit || !words_.unit[hit->value].behind) return 0;
  unit = words_.unit[hit->value].sign;
  factor = words_.unit[hit->value].factor;
  return hit->next;
}

// Unit, currency or sign behind the number; the end, 0 if none, and then `unit` and `factor` are as
// they were.
uint32_t Finder::unit_behind(uint32_t i, bool digits, std::string& unit, double& factor) const {
  const bool hyphen = mark(i, '-') && glued(i) && glued(i + 1);
  const uint32_t at = hyphen ? i + 1 : i;
  if (at >= size()) return 0;
  std::string sign;
  double times = 1;
  uint32_t end = unit_from(words_.units, at, sign, times);
  if (end == 0) {
    end = unit_from(words_.currencies, at, sign, times);
    // "won", "try", "real": words of other meanings stand behind digits or with a capital
    const bool doubtful = end == at + 1 && has(at, kCurrencyWord) && !upper(at) && !digits;
    if (doubtful) return 0;
  }
  if (end == 0 && digits && !has(at, kStop)) end = sign_behind(at, sign, times);
  if (end > 0) {
    unit = sign;
    factor = times;
  }
  return end;
}

// "5 kg", "20 C": letters that are a unit only behind digits, and only as whole words.
uint32_t Finder::sign_behind(uint32_t i, std::string& unit, double& factor) const {
  const uint32_t end = unit_from(words_.signs, i, unit, factor);
  if (end == 0) return 0;
  const bool letter = word(i) && atoms_[i].span.size() == 1;
  if (letter && is(i, "m") && !glued(i)) return 0;
  if (letter && any(i, {"c", "f"})) {
    const bool next_word = word(end) && !has(end, kStop);
    if (!glued(i) && !upper(i)) return next_word ? 0 : end;
    if (!upper(i) || (number(i - 1) && atoms_[i - 1].digits > 3)) return 0;
    if (next_word) return 0;
  }
  if (glued(end) && (word(end) || number(end))) return 0;
  return end;
}

// Money before the number: "US$ 5 million".
void Finder::read_currency(Candidate& c) const {
  const uint32_t at = c.number_at;
  if (at >= size() || !(has(at, kCurrency) || atoms_[at].kind == AtomKind::Mark)) return;
  const auto hit = currency(at);
  if (!hit || !words_.unit[hit->value].before || hit->next >= size()) return;
  const bool sign = atoms_[hit->next - 1].kind == AtomKind::Mark;
  if (!number(hit->next) && !(numeral(hit->next) && sign)) return;
  c.found.unit = words_.unit[hit->value].sign;
  c.factor = words_.unit[hit->value].factor;
  c.number_at = hit->next;
  c.money = true;
}

// What the number is measured in, behind it.
void Finder::read_unit(Candidate& c) const {
  Found& f = c.found;
  if (c.money) {
    // "$5 Canadian", "USD 5 dollars": the code behind is the more exact one
    std::string unit;
    double unused = 1;
    const uint32_t end = unit_behind(c.end, false, unit, unused);
    if (end > 0 && (unit == f.unit || f.unit == "USD") && unit.size() == 3 && unit != "bbl") {
      c.end = end;
      f.unit = unit;
    }
    return;
  }
  if (const uint32_t end = unit_behind(c.end, c.number.digits || c.range, f.unit, c.factor);
      end > 0)
    c.end = end;
  if (f.unit == "GBP" && c.factor == 1 && is(c.end, "of") && any(c.end - 1, {"pounds", "pound"})) {
    f.unit = "lb";  // "900 pounds of rice"
  }
  if (f.unit.size() == 3 && has(c.end, kNumScale) && !c.number.scaled) {  // "75 USD million"
    for (int32_t k = words_.lexicon.value(atoms_[c.end].entry, kNumScale); k > 0; --k)
      c.factor *= 10;
    ++c.end;
  }
}

// "3 dollars 50 cents"
void Finder::read_cents(Candidate& c) const {
  if (c.found.unit.size() != 3 || c.factor != 1 || c.range) return;
  const uint32_t at = is(c.end, "and") ? c.end + 1 : c.end;
  const auto part = numeral(at);
  if (!part || part->value >= 100) return;
  std::string unit;
  double factor = 1;
  const uint32_t end = unit_behind(part->next, part->digits, unit, factor);
  if (end > 0 && factor < 1 && factor > 0.001) {
    c.cents = part->value * factor;
    c.end = end;
  }
}

}  // namespace readout::figures

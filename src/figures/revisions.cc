// What the figures of a sentence say of each other: which one takes the place of another, which
// count the same thing.
#include "figures/finder.h"

namespace readout::figures {

// Is there a word of change before: "rose from 9 to 11"?
bool Finder::changing(uint32_t i) const {
  for (uint32_t k = i > 8 ? i - 8 : 0; k < i; ++k) {
    if (has(k, kChange)) return true;
  }
  return false;
}

// "rose to 11 from nine", "11,400 (up from 8,900)", "9 instead of 11": the later tells what it was
// before.
void Finder::revise(std::vector<Found>& found) const {
  for (size_t k = 0; k < found.size(); ++k) {
    Found& f = found[k];
    if (f.figure.revises != kNone<FigureId>) {
      f.figure.revises = k > 0 ? static_cast<FigureId>(k - 1) : kNone<FigureId>;
      continue;
    }
    if (k == 0 || f.begin == 0) continue;
    Found& earlier = found[k - 1];
    if (f.begin - earlier.end > 8) continue;
    const uint32_t w = f.begin - 1;
    const auto behind = [&](std::initializer_list<std::string_view> list) {
      return w > 0 && any(w - 1, list);
    };
    const bool from = is(w, "from");
    const bool up_from = from && behind({"up", "down"});
    const bool to_from = from && earlier.begin > 0 && any(earlier.begin - 1, {"to", "at"}) &&
                         changing(earlier.begin);
    const bool instead =
        (is(w, "of") && behind({"instead"})) || (is(w, "than") && behind({"rather"}));
    if (up_from || to_from || instead) earlier.figure.revises = static_cast<FigureId>(k);
  }
}

// What a figure does not say itself: the row of its table, the noun in the tree, what its neighbour
// counts.
void Finder::share_counted(std::vector<Found>& found) const {
  for (size_t k = 0; k < found.size(); ++k) {
    Found& f = found[k];
    if (setting_ == Setting::Table && (f.counted.empty() || f.counted == "people"))
      count_row_label(f);
    if (!f.unit.empty() || f.figure.value.value_or(1) < 1) count_by_tree(f);
    if (f.counted.empty() && f.unit.empty()) {
      const bool of_next =
          k + 1 < found.size() && is(f.end, "of") && found[k + 1].begin == f.end + 1;
      if (of_next) {
        f.counted = found[k + 1].counted;
      } else if (k > 0) {
        f.counted = found[k - 1].counted;  // "nine are open": what the figure before it counted
      }
    }
    const bool revised =
        f.figure.revises != kNone<FigureId> && index(f.figure.revises) < found.size();
    if (revised) {
      Found& other = found[index(f.figure.revises)];
      if (other.unit.empty()) other.unit = f.unit;
      if (other.counted.empty()) other.counted = f.counted;
    }
  }
}

}  // namespace readout::figures

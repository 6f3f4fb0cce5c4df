// Finds the figures of one sentence.
//
// Over atoms (core/atoms.h), each number with what stands around it. One source file a question:
// whether a number counts anything (counting.cc), what it is measured in (measures.cc), whether it
// is one of two (ranges.cc), what is counted (counted.cc), amounts told without a number
// (without_number.cc), what the figures of the sentence say of each other (revisions.cc). finder.cc
// puts them together.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/atoms.h"
#include "core/numerals.h"
#include "core/phrases.h"
#include "figures/words.h"
#include "readout/document.h"

namespace readout::figures {

/// A figure in terms of the sentence's atoms.
struct Found {
  uint32_t begin = 0, end = 0;
  uint32_t number_begin = 0, number_end = 0;  // the bare number
  Figure figure;  // its span, unit, counted and made are set by the stage
  std::string unit;
  std::string counted;
};

/// Where the sentence stands: in a table the row says what is counted.
enum class Setting : uint8_t { Prose, Table };

class Finder {
 public:
  /// All four are kept by reference or view and must outlive the finder.
  Finder(const Words& words, const Document& doc, const std::vector<Atom>& atoms, Setting setting);

  /// The figures of the sentence in order. `figure.revises` counts within them.
  std::vector<Found> read();

 private:
  /// A figure in the making, from its first atom on.
  struct Candidate {
    Found found;
    uint32_t start = 0;      // first atom: the comparator, the article, the number
    uint32_t number_at = 0;  // behind comparator, article and currency
    uint32_t end = 0;        // behind all that was taken so far
    Numeral number, second;  // `second`: the upper end of a range
    bool range = false;
    bool definite = false;  // "the two"
    bool money = false;     // a currency stands before the number
    double factor = 1;      // of the unit
    double cents = 0;       // in units
    uint32_t noun_begin = 0, noun_end = 0;

    bool has_noun() const { return noun_end > noun_begin; }
    bool measured() const { return money || (!found.unit.empty() && found.unit != "people"); }
    bool compared() const { return found.figure.comparator != Comparator::Exact; }
  };

  // looking
  uint32_t size() const { return static_cast<uint32_t>(atoms_.size()); }
  bool is(uint32_t i, std::string_view w) const {
    return i < size() && atom_is(text_, atoms_[i], w);
  }
  bool any(uint32_t i, std::initializer_list<std::string_view> list) const;
  bool mark(uint32_t i, char32_t c) const { return i < size() && atoms_[i].mark == c; }
  bool glued(uint32_t i) const { return i < size() && atoms_[i].glued; }
  bool has(uint32_t i, uint8_t cls) const { return i < size() && atoms_[i].is(cls); }
  bool number(uint32_t i) const { return i < size() && atoms_[i].kind == AtomKind::Number; }
  bool word(uint32_t i) const { return i < size() && atoms_[i].kind == AtomKind::Word; }
  bool upper(uint32_t i) const { return i < size() && atoms_[i].upper; }
  bool timed(uint32_t i) const { return i < size() && timed_[i]; }
  bool closed(
      uint32_t i) const;  // nothing that belongs to the phrase before: end, mark, word of grammar
  std::optional<Numeral> numeral(uint32_t i) const;
  bool numeral_or_money(uint32_t i) const;
  Span span(uint32_t from, uint32_t to) const;             // of atoms [from, to)
  void count(Found& f, uint32_t from, uint32_t to) const;  // atoms [from, to) say what is counted

  // finder.cc: the steps of one figure; those that return false found no figure
  void mark_times();
  bool may_start(uint32_t i) const;
  std::vector<Found> at(uint32_t i, const std::vector<Found>& before);
  bool read_comparator(Candidate& c) const;
  bool read_article(Candidate& c) const;
  bool read_number(Candidate& c);
  void read_comparator_behind(Candidate& c) const;
  void put_value(Candidate& c) const;

  // counting.cc
  bool names(uint32_t i, const Numeral& n) const;
  bool named_before(uint32_t i, const Numeral& n) const;
  bool named_behind(uint32_t i, const Numeral& n) const;
  bool names_second(const Numeral& n) const;
  bool only_years(uint32_t from, uint32_t to) const;
  bool year_like(uint32_t i, const Numeral& n) const;
  bool part_of_word(const Candidate& c);
  bool counts(const Candidate& c, const std::vector<Found>& before) const;
  bool counts_share(const Candidate& c) const;
  bool only_refers(const Candidate& c, const std::vector<Found>& before) const;

  // measures.cc
  std::optional<PhraseTable::Hit> currency(uint32_t i) const;
  uint32_t unit_behind(uint32_t i, bool digits, std::string& unit, double& factor) const;
  uint32_t sign_behind(uint32_t i, std::string& unit, double& factor) const;
  uint32_t unit_from(const PhraseTable& table, uint32_t i, std::string& unit, double& factor) const;
  void read_currency(Candidate& c) const;
  void read_unit(Candidate& c) const;
  void read_cents(Candidate& c) const;

  // ranges.cc
  void read_range(Candidate& c) const;
  void read_share(Candidate& c) const;
  std::vector<Found> two_ends(uint32_t i) const;
  void merge_bounds(std::vector<Found>& found) const;

  // counted.cc
  bool plural(uint32_t i) const;
  std::optional<uint32_t> noun_by_tree(uint32_t i, uint32_t number_atom) const;
  uint32_t noun_run(uint32_t i, uint32_t number_atom, double value) const;
  uint32_t object_run(uint32_t i) const;
  void read_noun(Candidate& c) const;
  void read_object(Candidate& c) const;
  void count_row_label(Found& f) const;
  void count_by_tree(Found& f) const;
  uint32_t owner_by_tree(uint32_t first, uint32_t last) const;

  // without_number.cc
  std::optional<Found> without_number(uint32_t i) const;
  std::optional<Found> none_single(uint32_t i) const;
  std::optional<Found> none(uint32_t i) const;
  std::optional<Found> all(uint32_t i) const;
  uint32_t countable_plural(uint32_t i) const;
  std::optional<Found> few_or_many(uint32_t i) const;
  std::optional<Found> multiple(uint32_t i) const;

  // revisions.cc
  bool changing(uint32_t i) const;
  void revise(std::vector<Found>& found) const;
  void share_counted(std::vector<Found>& found) const;

  const Words& words_;
  const Document& doc_;
  std::string_view text_;
  const std::vector<Atom>& atoms_;
  Setting setting_;
  NumeralOptions options_;
  std::vector<bool> timed_;    // [atoms] part of a time expression
  uint32_t rejected_end_ = 0;  // behind the number that was last seen to be a name
};

}  // namespace readout::figures

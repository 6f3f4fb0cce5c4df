// How people's names vary from one place to the next: initials for first names ("A. N. Kosygin"), an Arabic
// article that comes and goes ("Al Safadi", "Safadi"), other spellings of the same sounds ("Aliev", "Aliyev").
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace readout::entities {

/// "A.", "A", "N.V.", "Yu.": letters that stand for first names.
bool is_initial(std::string_view word);

/// A name cut into what can be compared: "A. N. al-Kosygin" -> initials "an", words {"kosygin"}.
struct NameParts {
  std::string initials;            // ASCII, lower case
  std::vector<std::string> words;  // slugs, articles left out
  bool article = false;            // one was left out
};
NameParts name_parts(std::span<const std::string_view> words);
/// The same of a whole name ("Ayman Al-Safadi").
NameParts name_parts(std::string_view name);

/// May `part` ("A. Karjalainen", "Al Safadi") stand for the person of this full name? Only for parts with
/// initials or an article; equal names are not its business. `patronymic` may be empty.
bool short_form_of(const NameParts& part, const NameParts& full, std::string_view patronymic);

/// Other spellings of a word, by the classes of data/entities/names/translit.tsv.
class Spellings {
 public:
  void add(std::string_view variants, std::string_view where);
  /// Spellings of a slug that one class allows, without itself; sorted, no duplicates.
  std::vector<std::string> of(std::string_view word) const;
  /// One class makes one of the other.
  bool same(std::string_view a, std::string_view b) const;

 private:
  std::unordered_map<std::string, std::vector<std::string>> words_;  // a whole word -> its other forms
  std::vector<std::vector<std::string>> letters_, endings_;
};

}  // namespace readout::entities

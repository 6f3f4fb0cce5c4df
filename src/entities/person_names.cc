#include "entities/person_names.h"

#include <algorithm>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

constexpr std::string_view kArticles[] = {"al", "el", "ul", "as", "ash", "ad", "an", "ar", "at", "az"};
/// Two letters of Latin script for one of another.
constexpr std::string_view kPairs[] = {"Ya", "Yu", "Ye", "Yo", "Zh", "Kh", "Sh", "Ch", "Ts", "Dz"};

bool article(std::string_view slug) { return std::find(std::begin(kArticles), std::end(kArticles), slug) != std::end(kArticles); }

void add_word(NameParts& parts, std::string_view word) {
  // "al-Safadi" is two words.
  const std::string whole = slug(word);
  for (std::string_view rest = whole; !rest.empty();) {
    const size_t end = std::min(rest.find('-'), rest.size());
    if (const std::string_view one = rest.substr(0, end); article(one)) parts.article = true;
    else if (!one.empty()) parts.words.emplace_back(one);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

/// Classes write letters of other scripts too; slugs have none.
std::vector<std::string> plain_variants(std::string_view list, char separator) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const size_t end = std::min(list.find(separator), list.size());
    std::string one = slug(list.substr(0, end));
    if (!one.empty() && one.find('-') == std::string::npos && std::find(out.begin(), out.end(), one) == out.end()) out.push_back(std::move(one));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

}  // namespace

bool is_initial(std::string_view word) {
  size_t letters = 0;
  for (size_t i = 0; i < word.size();) {
    if (std::any_of(std::begin(kPairs), std::end(kPairs), [&](std::string_view pair) { return word.substr(i).starts_with(pair) && word.substr(i + pair.size()).starts_with("."); })) {
      i += 3;
      ++letters;
      continue;
    }
    if (!utf8::is_upper(utf8::next(word, i))) return false;
    if (i < word.size() && word[i] != '.') return false;
    if (i < word.size()) ++i;
    ++letters;
  }
  return letters >= 1 && letters <= 3;
}

NameParts name_parts(std::span<const std::string_view> words) {
  NameParts parts;
  for (const std::string_view word : words) {
    if (word == "." || word == "-" || word == "\xE2\x80\x99" || word == "'") continue;
    if (parts.words.empty() && !parts.article && is_initial(word)) {
      for (size_t i = 0; i < word.size();) {
        size_t next = i;
        const std::string letter = slug(word.substr(i, (utf8::next(word, next), next - i)));
        parts.initials += letter.substr(0, 1);
        i = std::min(word.find('.', next), word.size());
        if (i < word.size()) ++i;
      }
      continue;
    }
    add_word(parts, word);
  }
  return parts;
}

NameParts name_parts(std::string_view name) {
  std::vector<std::string_view> words;
  while (!name.empty()) {
    const size_t end = std::min(name.find(' '), name.size());
    if (end > 0) words.push_back(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return name_parts(words);
}

bool short_form_of(const NameParts& part, const NameParts& full, std::string_view patronymic) {
  if (part.words.empty() || (part.initials.empty() && !part.article && !full.article)) return false;
  if (part.initials.empty()) {
    // Articles left out on both sides, the rest ends alike; "Ayman Hussein Al Safadi" may lack its middle.
    if (part.words.size() == 1) return full.words.size() > 1 && full.words.back() == part.words[0];
    return full.words.size() >= part.words.size() && full.words.back() == part.words.back() && full.words.front() == part.words.front();
  }
  if (full.words.size() <= part.words.size() && full.initials.empty()) return false;
  if (full.words.size() < part.words.size() || !std::equal(part.words.rbegin(), part.words.rend(), full.words.rbegin())) return false;
  // First letters of what stands before the family name.
  std::string first = full.initials;
  for (size_t w = 0; w + part.words.size() < full.words.size(); ++w) first.push_back(full.words[w][0]);
  if (first.size() == 1 && !patronymic.empty()) first += slug(patronymic).substr(0, 1);
  if (first.empty() || first[0] != part.initials[0]) return false;
  return first.size() < 2 || part.initials.size() < 2 || first[1] == part.initials[1];
}

void Spellings::add(std::string_view variants, std::string_view where) {
  if (where == "word") {
    const std::vector<std::string> forms = plain_variants(variants, ';');
    for (const std::string& form : forms) {
      std::vector<std::string>& others = words_[form];
      for (const std::string& other : forms) {
        if (other != form && std::find(others.begin(), others.end(), other) == others.end()) others.push_back(other);
      }
    }
    return;
  }
  if (where != "any" && where != "end") return;
  auto& classes = where == "end" ? endings_ : letters_;
  const auto keep = [&](std::vector<std::string> forms) {
    if (forms.size() > 1) classes.push_back(std::move(forms));
  };
  if (variants.find('~') == std::string_view::npos) {
    keep(plain_variants(variants, ';'));
    return;
  }
  while (!variants.empty()) {
    const size_t end = std::min(variants.find(';'), variants.size());
    keep(plain_variants(variants.substr(0, end), '~'));
    variants.remove_prefix(std::min(end + 1, variants.size()));
  }
}

std::vector<std::string> Spellings::of(std::string_view word) const {
  std::vector<std::string> out;
  if (const auto it = words_.find(std::string(word)); it != words_.end()) out = it->second;
  const auto replaced = [&](size_t at, size_t length, const std::string& by) {
    std::string made(word.substr(0, at));
    made += by;
    made += word.substr(at + length);
    if (made != word) out.push_back(std::move(made));
  };
  for (const auto& forms : letters_) {
    for (const std::string& form : forms) {
      for (size_t at = word.find(form); at != std::string_view::npos; at = word.find(form, at + 1)) {
        for (const std::string& other : forms) {
          if (other != form) replaced(at, form.size(), other);
        }
      }
    }
  }
  for (const auto& forms : endings_) {
    for (const std::string& form : forms) {
      if (word.size() < form.size() + 2 || !word.ends_with(form)) continue;
      for (const std::string& other : forms) {
        if (other != form) replaced(word.size() - form.size(), form.size(), other);
      }
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

bool Spellings::same(std::string_view a, std::string_view b) const {
  if (a == b) return true;
  const std::vector<std::string> forms = of(a);
  return std::binary_search(forms.begin(), forms.end(), b);
}

}  // namespace readout::entities

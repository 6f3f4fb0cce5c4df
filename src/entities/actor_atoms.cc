// Known phrases of a document: the longest that fits at each place, left to right.
#include <algorithm>

#include "core/utf8.h"
#include "entities/actor_reader.h"

namespace readout::entities {
namespace {

constexpr size_t kLongestPhrase = 14;

AtomKind kind_of(NameRef ref) {
  switch (ref.table) {
    case Table::States:
      switch (ref.kind) {
        case NameKind::Adjective: return AtomKind::Adjective;
        case NameKind::Demonym: return AtomKind::Demonym;
        case NameKind::Capital: return AtomKind::Capital;
        default: return AtomKind::State;
      }
    case Table::Orgs: return AtomKind::Org;
    case Table::Groups: return AtomKind::Group;
    case Table::Bodies: return AtomKind::Body;
    case Table::Metonyms: return AtomKind::Metonym;
    case Table::Titles: return AtomKind::Title;
    case Table::Persons:
      return ref.kind == NameKind::Name || ref.kind == NameKind::Alias ? AtomKind::Person : AtomKind::None;
    case Table::Offices: return AtomKind::Office;
    case Table::Regions:
    case Table::RegionAdjectives:
    case Table::Gazetteer: return AtomKind::Place;
    default: return AtomKind::None;
  }
}

// Which reading wins where one phrase has several.
int rank(AtomKind kind) {
  switch (kind) {
    case AtomKind::State: return 0;
    case AtomKind::Org: return 1;
    case AtomKind::Group: return 2;
    case AtomKind::Adjective: return 3;
    case AtomKind::Demonym: return 4;
    case AtomKind::Honorific: return 5;
    case AtomKind::Address: return 5;
    case AtomKind::Title: return 6;
    case AtomKind::Office: return 7;
    case AtomKind::Body: return 8;
    case AtomKind::Person: return 9;
    case AtomKind::Metonym: return 10;
    case AtomKind::Capital: return 11;
    case AtomKind::Place: return 12;
    case AtomKind::None: break;
  }
  return 99;
}

}  // namespace

ActorReader::ActorReader(const Knowledge& knowledge, const ActorTables& tables, const Document& doc)
    : knowledge_(knowledge), tables_(tables), doc_(doc), tokens_(*doc.tokens()), structure_(*doc.structure()) {
  const uint32_t n = tokens_.size();
  keys_.reserve(n);
  low_.reserve(n);
  caps_.resize(n);
  shouted_.resize(tokens_.sentences.size());
  std::vector<uint32_t> capital_words(tokens_.sentences.size()), small_words(tokens_.sentences.size());
  for (uint32_t i = 0; i < n; ++i) {
    const std::string_view w = word(i);
    keys_.push_back(word_key(w));
    low_.push_back(utf8::lower(w));
    if (low_.back() == "\xE2\x80\x99s") low_.back() = "'s";
    size_t capitals = 0, small = 0, digits = 0;
    for (size_t k = 0; k < w.size();) {
      const char32_t c = utf8::next(w, k);
      if (utf8::is_upper(c)) ++capitals;
      else if (utf8::is_lower(c)) ++small;
      else if (c >= U'0' && c <= U'9') ++digits;
    }
    caps_[i] = small == 0 && (capitals >= 2 || (capitals == 1 && digits > 0));  // "NATO", "G7"
    if (capitals >= 3 && small == 0) ++capital_words[sentence(i)];
    if (small > 0) ++small_words[sentence(i)];
  }
  for (size_t s = 0; s < shouted_.size(); ++s) shouted_[s] = capital_words[s] >= 3 && capital_words[s] > small_words[s];
  day_ = structure_.published_iso.substr(0, 10);
  if (day_.empty() && doc_.meta().published.size() >= 4) day_ = doc_.meta().published.substr(0, 10);
  if (day_.empty()) {
    // The latest year that the first words name: better than today for a document without a date.
    for (uint32_t i = 0; i < n && i < 400; ++i) {
      const std::string_view w = word(i);
      if (w.size() == 4 && (w.starts_with("19") || w.starts_with("20")) && w.find_first_not_of("0123456789") == std::string_view::npos &&
          w >= "1945" && w <= "2035" && (day_.empty() || w > day_.substr(0, 4))) {
        day_ = std::string(w) + "-07-01";
      }
    }
  }
  atom_at_.assign(n, -1);
  atom_over_.assign(n, -1);
  entity_at_.assign(n, -1);
  taken_.assign(n, false);
  speech_at_.assign(n, -1);
  in_quote_.assign(n, false);
  for (const std::string_view w : tables_.words("royal_word")) royal_words_.insert(word_key(w));
  if (doc_.entities() != nullptr) {
    for (size_t e = 0; e < doc_.entities()->entities.size(); ++e) {
      entity_at_[index(doc_.entities()->entities[e].tokens.begin)] = static_cast<int32_t>(e);
    }
  }
}

std::string ActorReader::text(uint32_t begin, uint32_t end) const {
  if (begin >= end) return {};
  std::string out;
  bool space = false;
  for (const char c : doc_.text(Span{tokens_.span[begin].begin, tokens_.span[end - 1].end})) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      space = true;
      continue;
    }
    if (space && !out.empty()) out.push_back(' ');
    space = false;
    out.push_back(c);
  }
  return out;
}

bool ActorReader::written_in_capitals(NameRef ref, uint64_t key) const {
  // Does the table write this one word in capitals only ("PLAN", "PM")?
  const TsvRow row = knowledge_.row(ref);
  bool found = false;
  for (size_t c = 0; c < row.size && c < 9; ++c) {
    std::string_view list = row[c];
    while (!list.empty()) {
      const size_t part_end = std::min(list.find(';'), list.size());
      std::string_view part = list.substr(0, part_end);
      list.remove_prefix(std::min(part_end + 1, list.size()));
      part = part.substr(0, part.find('['));
      if (part.empty() || part.find(' ') != std::string_view::npos || word_key(part) != key) continue;
      found = true;
      for (size_t k = 0; k < part.size();) {
        if (utf8::is_lower(utf8::next(part, k))) return false;
      }
    }
  }
  return found;
}

bool ActorReader::fits(NameRef ref, uint32_t begin, uint32_t end) const {
  bool any_upper = false;
  for (uint32_t i = begin; i < end; ++i) any_upper = any_upper || upper(i);
  const bool one = end - begin == 1;
  if (one && !caps(begin) && ref.table != Table::Persons && ref.table != Table::Gazetteer && ref.table != Table::Regions &&
      written_in_capitals(ref, keys_[begin])) {
    return false;
  }
  switch (ref.table) {
    case Table::Titles: {
      const TsvRow row = knowledge_.row(ref);
      // "general elections" has no general.
      const std::string_view cls = row[2];
      const bool rank_or_form = cls == "military" || cls == "nobility" || cls == "religious" || cls == "academic" || cls == "honorific" ||
                                cls == "address";
      return any_upper || (!rank_or_form && !(one && in(begin, "not_title")));
    }
    case Table::Bodies: {
      const TsvRow row = knowledge_.row(ref);
      if (row[4] == "weak" && !any_upper && !(begin > 0 && (is(begin - 1, "'s") || upper(begin - 1)))) return false;
      return any_upper || row[0].find('*') != std::string_view::npos;
    }
    case Table::Offices:
      return any_upper && !one;
    case Table::Persons:
      return upper(begin) && !(one && in(begin, "function"));
    case Table::States:
    case Table::Orgs:
    case Table::Groups:
    case Table::Metonyms:
      if (!any_upper) return false;
      // "the States of the region"
      if (ref.table == Table::States && low(end - 1) == "states" && end - begin == 2 && is(begin, "the") && (is(end, "of") || is(end, "to") || is(end, "parties") || is(end, "members") || is(end, "concerned"))) return false;
      if (one && in(begin, "function") && (!caps(begin) || shouted(begin))) return false;
      if (one && ref.table == Table::Orgs && ref.kind != NameKind::Name && word(begin).size() < 4 && !caps(begin)) return false;
      // "the National Front of the North" is none of those called "National Front".
      if (ref.table == Table::Groups && !one && (is(end, "of") || is(end, "for")) && upper(is(end + 1, "the") ? end + 2 : end + 1) &&
          tables_.org_noun(low(end - 1)) != nullptr) {
        return false;
      }
      if (ref.table == Table::Groups || (ref.table == Table::Orgs && (one || (end - begin == 2 && is(begin, "the"))))) {
        // Names that are everyday words too are listed as weak; a medium asks or is asked under its name.
        std::string_view weak = knowledge_.row(ref)[ref.table == Table::Orgs ? 5 : 4];
        const std::string here = weak.empty() ? std::string() : utf8::lower(text(begin, end));
        while (!weak.empty()) {
          const size_t part = std::min(weak.find(';'), weak.size());
          const std::string name = utf8::lower(weak.substr(0, part));
          if ((name == here || (here.starts_with("the ") && name == here.substr(4))) && !(begin == sentence_begin(begin) && is(end, ":"))) return false;
          weak.remove_prefix(std::min(part + 1, weak.size()));
        }
      }
      if (one && ref.kind == NameKind::Acronym && !caps(begin) && word(begin).size() < 4) return false;
      return true;
    case Table::RegionAdjectives:
      return !one && upper(begin) && upper(end - 1);
    case Table::Regions:
    case Table::Gazetteer:
      // Longer names only: they keep their parts from being read as states or people.
      return !one && upper(begin) && upper(end - 1);
    default:
      return false;
  }
}

Atom ActorReader::best_atom(uint32_t i, uint32_t limit) const {
  const std::span<const uint64_t> keys(keys_.data() + i, std::min<size_t>(limit - i, kLongestPhrase));
  const Knowledge::Found found = knowledge_.longest(keys);
  for (uint32_t length = found.length; length > 0; --length) {
    std::vector<NameRef> exact;
    const std::vector<NameRef>* refs = &found.refs;
    if (length != found.length) {
      exact = knowledge_.exact(keys.subspan(0, length));
      refs = &exact;
    }
    Atom best;
    for (const NameRef ref : *refs) {
      const AtomKind kind = kind_of(ref);
      if (kind == AtomKind::None || rank(kind) > rank(best.kind)) continue;
      if (kind == best.kind && kind != AtomKind::Person && kind != AtomKind::Office && kind != AtomKind::State && kind != AtomKind::Adjective &&
          kind != AtomKind::Demonym && kind != AtomKind::Group && kind != AtomKind::Capital && kind != AtomKind::Metonym && kind != AtomKind::Body) {
        continue;
      }
      if (!fits(ref, i, i + length)) continue;
      if (kind != best.kind) best.refs.clear();
      best.kind = kind;
      best.refs.push_back(ref);
    }
    if (best.kind == AtomKind::None) continue;
    best.begin = i;
    best.end = i + length;
    if (best.kind == AtomKind::State) {
      best.adjectival = std::any_of(refs->begin(), refs->end(), [](NameRef r) { return r.table == Table::States && r.kind == NameKind::Adjective; });
    }
    if (best.kind == AtomKind::Title) {
      const std::string_view cls = knowledge_.row(best.refs[0])[2];
      if (cls == "honorific") best.kind = AtomKind::Honorific;
      if (cls == "address") best.kind = AtomKind::Address;
    }
    const auto states = [&] {
      // Of several states of one name the one that existed on the day.
      for (const NameRef ref : best.refs) {
        const TsvRow row = knowledge_.row(ref);
        if (best.actor.empty()) best.actor = row[0];
        if (holds_on(row[14], row[15], day_)) {
          best.actor = row[0];
          break;
        }
      }
    };
    switch (best.kind) {
      case AtomKind::State:
      case AtomKind::Adjective:
      case AtomKind::Demonym:
      case AtomKind::Capital:
        states();
        break;
      case AtomKind::Org: {
        const TsvRow row = knowledge_.row(best.refs[0]);
        best.actor = row[0];
        break;
      }
      case AtomKind::Group:
        for (const NameRef ref : best.refs) {
          const TsvRow row = knowledge_.row(ref);
          if (best.actor.empty()) best.actor = row[0];
          if (holds_on(row[7], row[8], day_)) {
            best.actor = row[0];
            break;
          }
        }
        break;
      case AtomKind::Body:
        best.actor = knowledge_.row(best.refs[0])[0];
        break;
      case AtomKind::Metonym: {
        // Of several bodies that sat there the one of the day.
        for (const NameRef ref : best.refs) {
          const TsvRow row = knowledge_.row(ref);
          if (!best.actor.empty() && !holds_on(row[3], row[4], day_)) continue;
          best.actor = row[1];
          best.weak = row[5].find("weak") != std::string_view::npos;
          if (holds_on(row[3], row[4], day_)) break;
        }
        break;
      }
      default:
        break;
    }
    return best;
  }
  // "UN-led", "Kremlin-backed": one word, and the first part of it is somebody.
  const std::string_view whole = word(i);
  if (const size_t hyphen = whole.find('-'); hyphen != std::string_view::npos && hyphen >= 2 && tables_.in("acted_participle", std::string_view(low(i)).substr(hyphen + 1))) {
    for (const NameRef ref : knowledge_.exact(whole.substr(0, hyphen))) {
      const AtomKind kind = kind_of(ref);
      if (kind != AtomKind::Org && kind != AtomKind::Metonym && kind != AtomKind::Group && kind != AtomKind::State) continue;
      if (kind == AtomKind::Org && written_in_capitals(ref, word_key(whole.substr(0, hyphen))) && utf8::lower(whole.substr(1, 1)) == whole.substr(1, 1)) continue;
      Atom atom;
      atom.begin = i;
      atom.end = i + 1;
      atom.kind = kind;
      atom.refs = {ref};
      atom.actor = kind == AtomKind::Metonym ? knowledge_.row(ref)[1] : knowledge_.row(ref)[0];
      return atom;
    }
  }
  return {};
}

void ActorReader::find_named_countries() {
  for (const Atom& a : atoms_) {
    if (a.kind != AtomKind::State && a.kind != AtomKind::Adjective && a.kind != AtomKind::Demonym && a.kind != AtomKind::Capital) continue;
    named_countries_.insert(letters(a.actor));
  }
  for (uint32_t i = 0; i < size(); ++i) {
    if (!upper(i) && alpha(i)) small_words_.insert(keys_[i]);
  }
}

void ActorReader::scan_atoms() {
  for (uint32_t i = 0; i < size();) {
    const uint32_t limit = sentence_end(i);
    // Inside of a hyphenated word only its first part may begin a phrase ("Azerbaijani-held" may).
    const Atom atom = alpha(i) || upper(i) ? best_atom(i, limit) : Atom{};  // "G7" begins large
    if (atom.kind == AtomKind::None) {
      ++i;
      continue;
    }
    atom_at_[i] = static_cast<int32_t>(atoms_.size());
    for (uint32_t k = i; k < atom.end; ++k) atom_over_[k] = atom_at_[i];
    i = atom.end;
    atoms_.push_back(atom);
  }
}

}  // namespace readout::entities

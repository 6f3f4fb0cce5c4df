// Reading is line by line: a keyword, then words. Sets are read first, because patterns name them.
#include "events/frames.h"

#include <algorithm>

#include "core/tsv.h"
#include "core/utf8.h"
#include "readout/layer_names.h"

namespace readout::events {

WordId Lexicon::find(std::string_view lower_lemma) const {
  const auto it = ids_.find(lower_lemma);
  return it == ids_.end() ? kNoWord : it->second;
}

WordId Lexicon::add(std::string_view lower_lemma) {
  if (const auto it = ids_.find(lower_lemma); it != ids_.end()) return it->second;
  const WordId id{static_cast<uint32_t>(words_.size())};
  words_.emplace_back(lower_lemma);
  sets_of_.emplace_back();
  ids_.emplace(words_.back(), id);
  return id;
}

SetId Lexicon::add_set(std::string_view name) {
  if (const auto it = set_ids_.find(name); it != set_ids_.end()) return it->second;
  const SetId id{static_cast<uint16_t>(set_names_.size())};
  set_names_.emplace_back(name);
  set_ids_.emplace(set_names_.back(), id);
  members_.emplace_back();
  return id;
}

SetId Lexicon::find_set(std::string_view name) const {
  const auto it = set_ids_.find(name);
  return it == set_ids_.end() ? kNoSet : it->second;
}

void Lexicon::put(WordId word, SetId set) {
  auto& sets = sets_of_[static_cast<size_t>(word)];
  if (std::find(sets.begin(), sets.end(), set) != sets.end()) return;
  sets.push_back(set);
  members_[static_cast<size_t>(set)].push_back(word);
}

bool Lexicon::in(WordId word, SetId set) const {
  if (word == kNoWord) return false;
  const auto& sets = sets_of_[static_cast<size_t>(word)];
  return std::find(sets.begin(), sets.end(), set) != sets.end();
}

namespace {

std::string_view trim(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r')) s.remove_suffix(1);
  return s;
}

template <class F>
void split(std::string_view s, char by, F&& f) {
  while (true) {
    const size_t at = s.find(by);
    if (const std::string_view part = trim(s.substr(0, at)); !part.empty()) f(part);
    if (at == std::string_view::npos) return;
    s.remove_prefix(at + 1);
  }
}

constexpr std::array<std::string_view, 16> kPlover = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"};

bool is_code(std::string_view s) {
  return s.size() >= 2 && s.size() <= 4 && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

/// One reading of all files; becomes the FrameSet.
struct RuleReader {
  FrameSet out;
  std::string error;
  std::string_view file;
  uint32_t line = 0;
  std::vector<std::pair<SetId, std::string>> includes;  // set <- name of another set

  bool fail(std::string_view what) {
    if (error.empty()) error = std::string(file) + ":" + std::to_string(line) + ": " + std::string(what);
    return false;
  }

  void read_sets(std::string_view bytes) {
    for_each_row(bytes, [&](const TsvRow& row) {
      const SetId set = out.lexicon_.add_set(row[0]);
      split(row[1], ';', [&](std::string_view word) {
        if (word.front() == '+') {
          includes.emplace_back(set, std::string(word.substr(1)));
        } else {
          out.lexicon_.put(out.lexicon_.add(word), set);
        }
      });
    });
  }

  bool close_sets() {
    for (int round = 0; round < 3; ++round) {  // sets of sets of sets at most
      for (const auto& [set, name] : includes) {
        const SetId other = out.lexicon_.find_set(name);
        if (other == kNoSet) return fail("sets.tsv: no set named \"" + name + "\"");
        const std::vector<WordId> words = out.lexicon_.members(other);
        for (const WordId word : words) out.lexicon_.put(word, set);
      }
    }
    return true;
  }

  /// "troops/weapons/visit": a named set, or a set made of named sets and literal lemmas.
  SetId filler_set(std::string_view spec) {
    if (const SetId known = out.lexicon_.find_set(spec); known != kNoSet) return known;
    const SetId made = out.lexicon_.add_set(spec);
    split(spec, '/', [&](std::string_view word) {
      if (const SetId other = out.lexicon_.find_set(word); other != kNoSet && other != made) {
        const std::vector<WordId> words = out.lexicon_.members(other);
        for (const WordId member : words) out.lexicon_.put(member, made);
      } else {
        out.lexicon_.put(out.lexicon_.add(word), made);
      }
    });
    return made;
  }

  std::vector<Path> read_paths(std::string_view spec) {
    std::vector<Path> list;
    split(spec, ',', [&](std::string_view word) {
      Path path;
      if (word.ends_with('@')) {
        path.actor = true;
        word.remove_suffix(1);
      }
      using Kind = Path::Kind;
      if (word == "subj") path.kind = Kind::Subj;
      else if (word == "obj") path.kind = Kind::Obj;
      else if (word == "iobj") path.kind = Kind::Iobj;
      else if (word == "poss") path.kind = Kind::Poss;
      else if (word == "of") path.kind = Kind::Of;
      else if (word == "mod") path.kind = Kind::Mod;
      else if (word == "inf") path.kind = Kind::Inf;
      else if (word == "that") path.kind = Kind::That;
      else if (word == "ger") path.kind = Kind::Ger;
      else if (word == "support") path.kind = Kind::Support;
      else {
        path.kind = Kind::Prep;
        path.prep = out.lexicon_.add(word);
      }
      list.push_back(path);
    });
    return list;
  }

  bool read_class(std::string_view rest) {
    RoleClass made;
    bool first = true, good = true;
    split(rest, ' ', [&](std::string_view word) {
      if (first) {
        made.name = word;
        first = false;
      } else if (word.starts_with("source=")) made.source = read_paths(word.substr(7));
      else if (word.starts_with("target=")) made.target = read_paths(word.substr(7));
      else if (word.starts_with("content=")) made.content = read_paths(word.substr(8));
      else if (word.starts_with("noun_source=")) made.noun_source = read_paths(word.substr(12));
      else if (word.starts_with("noun_target=")) made.noun_target = read_paths(word.substr(12));
      else if (word == "reciprocal") made.reciprocal = true;
      else if (word == "any_subject") made.agent = false;
      else good = fail("class: \"" + std::string(word) + "\" (want source=, target=, content=, reciprocal, any_subject)");
    });
    out.classes_.push_back(std::move(made));
    return good;
  }

  bool type_and_mode(std::string_view word, std::string& plover, std::string& mode) {
    const size_t slash = word.find('/');
    plover = word.substr(0, slash);
    if (slash != std::string_view::npos) mode = word.substr(slash + 1);
    if (plover == "-") {
      plover.clear();
      return true;
    }
    if (std::find(kPlover.begin(), kPlover.end(), plover) == kPlover.end()) return fail("\"" + plover + "\" is no PLOVER type");
    return true;
  }

  bool read_frame(std::string_view rest) {
    Frame made;
    made.file = file;
    made.line = line;
    size_t n = 0;
    bool good = true;
    split(rest, ' ', [&](std::string_view word) {
      if (n == 0) made.name = word;
      else if (n == 1) good = type_and_mode(word, made.plover, made.mode) && good;
      else if (n == 2) {
        if (word != "-" && !is_code(word)) good = fail("\"" + std::string(word) + "\" is no CAMEO code");
        if (word != "-") made.cameo = word;
      } else if (word.starts_with("class=")) {
        const auto it = std::find_if(out.classes_.begin(), out.classes_.end(), [&](const RoleClass& c) { return c.name == word.substr(6); });
        if (it == out.classes_.end()) good = fail("no class \"" + std::string(word.substr(6)) + "\"");
        else made.role_class = static_cast<uint32_t>(it - out.classes_.begin());
      } else if (word.starts_with("operator=")) made.operator_class = word.substr(9);
      else if (word.starts_with("status=")) {
        const auto status = parse_name<Status>(word.substr(7));
        if (!status) good = fail("no status \"" + std::string(word.substr(7)) + "\"");
        else {
          made.status = *status;
          made.has_status = true;
        }
      } else made.contexts.emplace_back(word);
      ++n;
    });
    if (n < 3) good = fail("frame: want NAME TYPE[/MODE] CAMEO [contexts] class=CLASS");
    if (n >= 3 && out.classes_.empty()) good = fail("frame: no class of roles is declared before it");
    out.frames_.push_back(std::move(made));
    return good;
  }

  bool read_element(std::string_view word, Pattern& pattern) {
    Element element;
    bool negative = false;
    if (word.front() == '!') {
      negative = true;
      word.remove_prefix(1);
    }
    using Kind = Element::Kind;
    const auto filler = [&](std::string_view spec) {
      if (spec.empty()) return true;
      if (spec == "@") {
        element.actor = true;
        return true;
      }
      if (spec.size() < 3 || spec.front() != '<' || spec.back() != '>') return fail("pattern: \"" + std::string(spec) + "\" (want <set> or @)");
      element.set = filler_set(spec.substr(1, spec.size() - 2));
      return true;
    };
    if (word == "@" || word.front() == '<') {
      element.kind = negative ? Kind::NotObject : Kind::Object;
      if (!filler(word)) return false;
    } else if (word == "+inf" || word == "+that" || word == "+ger") {
      element.kind = Kind::Comp;
      element.comp = word == "+inf" ? Path::Kind::Inf : word == "+that" ? Path::Kind::That : Path::Kind::Ger;
    } else if (negative && word == "obj") {
      element.kind = Kind::NotObject;  // no object at all
    } else if (word.starts_with("subj:")) {
      element.kind = negative ? Kind::NotSubject : Kind::Subject;
      if (!filler(word.substr(5))) return false;
    } else if (const size_t colon = word.find(':'); colon != std::string_view::npos) {
      element.kind = negative ? Kind::NotPrep : Kind::Prep;
      split(word.substr(0, colon), '/', [&](std::string_view prep) { element.words.push_back(out.lexicon_.add(prep)); });
      if (!filler(word.substr(colon + 1))) return false;
    } else {
      split(word, '/', [&](std::string_view particle) { element.words.push_back(out.lexicon_.add(particle)); });
    }
    pattern.elements.push_back(std::move(element));
    return true;
  }

  bool read_patterns(std::string_view rest, PatternPos pos, bool weak) {
    if (out.frames_.empty()) return fail("a pattern before the first frame");
    bool good = true;
    split(rest, ',', [&](std::string_view text) {
      Pattern pattern;
      pattern.frame = static_cast<uint32_t>(out.frames_.size() - 1);
      pattern.pos = pos;
      pattern.weak = weak;
      pattern.line = line;
      std::vector<WordId> heads;
      std::vector<std::string_view> words;
      split(text, ' ', [&](std::string_view word) { words.push_back(word); });
      // A noun's head is its last plain word: "hunger strike", "deployment of:<troops>".
      size_t head_at = 0;
      if (pos == PatternPos::Noun) {
        while (head_at + 1 < words.size() && words[head_at + 1].find_first_of("<>:!@+") == std::string_view::npos) ++head_at;
      }
      for (size_t k = 0; k < words.size(); ++k) {
        const std::string_view word = words[k];
        if (k != head_at) {
          good = read_element(word, pattern) && good;
        } else if (word.front() == '{') {
          const SetId set = out.lexicon_.find_set(word.substr(1, word.size() - 2));
          if (set == kNoSet) good = fail("no set \"" + std::string(word) + "\"");
          else heads = out.lexicon_.members(set);
        } else {
          split(word, '/', [&](std::string_view lemma) { heads.push_back(out.lexicon_.add(lemma)); });
        }
      }
      for (const WordId head : heads) {
        if (out.index_.size() <= static_cast<size_t>(head)) out.index_.resize(static_cast<size_t>(head) + 1);
        out.index_[static_cast<size_t>(head)].push_back(static_cast<uint32_t>(out.patterns_.size()));
        out.patterns_.push_back(pattern);
      }
    });
    return good;
  }

  bool read_code(std::string_view rest) {
    if (out.frames_.empty()) return fail("code before the first frame");
    Refinement made;
    size_t n = 0;
    bool good = true, when = false;
    split(rest, ' ', [&](std::string_view word) {
      if (word == "when") {
        when = true;
      } else if (when) {
        const char where = word.front();
        if (where == '~') made.where = Refinement::Where::Theme;
        else if (where == '*') made.where = Refinement::Where::Clause;
        else if (where == '>') made.where = Refinement::Where::Target;
        else if (where == '^') made.where = Refinement::Where::Source;
        else good = fail("code: want ~<set>, *<set>, ><set> or ^<set> after when");
        if (good && word.size() > 3) made.set = filler_set(word.substr(2, word.size() - 3));
      } else if (n == 0 && is_code(word)) {
        made.cameo = word;
        ++n;
      } else if (n <= 1 && word.front() >= 'A' && word.front() <= 'Z') {
        good = type_and_mode(word, made.plover, made.mode) && good;
      } else {
        made.contexts.emplace_back(word);
      }
    });
    if (!when || made.set == kNoSet) good = fail("code: want CODE [TYPE[/MODE]] [contexts] when ~<set>");
    out.frames_.back().refinements.push_back(std::move(made));
    return good;
  }

  bool read_example(std::string_view rest, bool yes) {
    if (out.frames_.empty()) return fail("an example before the first frame");
    const size_t open = rest.find('"'), close = rest.rfind('"');
    if (open == std::string_view::npos || close <= open) return fail("an example wants its sentence in quotation marks");
    Example made;
    made.text = rest.substr(open + 1, close - open - 1);
    made.yes = yes;
    made.line = line;
    std::string_view after = trim(rest.substr(close + 1));
    if (after.starts_with('=')) {
      split(after.substr(1), ' ', [&](std::string_view word) {
        (word.front() >= '0' && word.front() <= '9' ? made.cameo : made.plover) = word;
      });
    }
    out.frames_.back().examples.push_back(std::move(made));
    return true;
  }

  bool read_rules(std::string_view bytes) {
    line = 0;
    while (!bytes.empty()) {
      const size_t end = bytes.find('\n');
      std::string_view text = trim(bytes.substr(0, end));
      bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
      ++line;
      if (text.empty() || text.front() == '#') continue;
      const size_t blank = text.find_first_of(" \t");
      const std::string_view keyword = text.substr(0, blank);
      const std::string_view rest = blank == std::string_view::npos ? std::string_view() : trim(text.substr(blank));
      bool good = true;
      if (keyword == "class") good = read_class(rest);
      else if (keyword == "frame") good = read_frame(rest);
      else if (keyword == "verb") good = read_patterns(rest, PatternPos::Verb, false);
      else if (keyword == "noun") good = read_patterns(rest, PatternPos::Noun, false);
      else if (keyword == "weaknoun") good = read_patterns(rest, PatternPos::Noun, true);
      else if (keyword == "adj") good = read_patterns(rest, PatternPos::Adj, false);
      else if (keyword == "code") good = read_code(rest);
      else if (keyword == "yes") good = read_example(rest, true);
      else if (keyword == "no") good = read_example(rest, false);
      else good = fail("\"" + std::string(keyword) + "\" (want class, frame, verb, noun, weaknoun, adj, code, yes or no)");
      if (!good) return false;
    }
    return true;
  }

  void read_governors(std::string_view bytes) {
    for_each_row(bytes, [&](const TsvRow& row) {  // effect, pos, words
      const PatternPos pos = row[1] == "noun" ? PatternPos::Noun : row[1] == "adj" ? PatternPos::Adj : PatternPos::Verb;
      split(row[2], ';', [&](std::string_view word) {
        const auto id = static_cast<size_t>(out.lexicon_.add(word));
        if (out.governor_of_.size() <= id) out.governor_of_.resize(id + 1, {-1, -1, -1});
        out.governor_of_[id][static_cast<size_t>(pos)] = static_cast<int32_t>(out.governors_.size());
      });
      out.governors_.push_back({std::string(row[0]), pos});
    });
  }

  void read_supports(std::string_view bytes) {
    for_each_row(bytes, [&](const TsvRow& row) {  // role, effect, verbs
      split(row[2], ';', [&](std::string_view word) {
        const auto id = static_cast<size_t>(out.lexicon_.add(word));
        if (out.support_of_.size() <= id) out.support_of_.resize(id + 1, -1);
        out.support_of_[id] = static_cast<int32_t>(out.supports_.size());
      });
      out.supports_.push_back({std::string(row[0]), std::string(row[1])});
    });
  }

  /// Columns of entities/states.tsv: id, kind (2), name (3), adjectives (5), demonyms (6, "singular/plural").
  void read_adjectives(std::string_view bytes) {
    for_each_row(bytes, [&](const TsvRow& row) {
      if (!row[0].starts_with("state:")) return;
      const auto [named, first] = out.names_.emplace(utf8::lower(row[3]), row[0].substr(6));
      if (!first && row[2] == "un_member") named->second = row[0].substr(6);
      for (const size_t column : {5U, 6U}) {
        split(row[column], ';', [&](std::string_view entry) {
          split(entry, '/', [&](std::string_view word) {
            const std::string lower = utf8::lower(word.substr(0, word.find('[')));
            // Of several states of one adjective the one that exists.
            const auto [it, fresh] = out.adjectives_.emplace(lower, row[0].substr(6));
            if (!fresh && row[2] == "un_member") it->second = row[0].substr(6);
          });
        });
      }
    });
  }

  /// Only forms of words that something asks for.
  void read_irregular(std::string_view bytes) {
    for_each_row(bytes, [&](const TsvRow& row) {
      const WordId lemma = out.lexicon_.find(row[2]);
      if (lemma != kNoWord) out.irregular_[row[0] == "noun" ? 1 : 0].emplace(row[1], lemma);
    });
  }

  bool read_transforms(std::string_view bytes) {
    bool good = true;
    for_each_row(bytes, [&](const TsvRow& row) {  // operator, inner, type[/mode], cameo, status
      line = row.line;
      if (out.transforms_.empty() || out.transforms_.back().first != row[0]) out.transforms_.push_back({std::string(row[0]), {}});
      Transform made;
      made.inner = row[1];
      if (row[2] != "=" && row[2] != "drop" && row[2] != "keep") good = type_and_mode(row[2], made.plover, made.mode) && good;
      else made.plover = row[2];
      made.cameo = row[3] == "-" ? "" : row[3];
      made.status = row[4];
      out.transforms_.back().second.push_back(std::move(made));
    });
    return good;
  }

  /// How much a pattern asks for: words and sets count twice, "somebody" once.
  static size_t weight(const Pattern& pattern) {
    size_t sum = 0;
    for (const Element& element : pattern.elements) sum += element.set == kNoSet && element.words.empty() ? 1 : 2;
    return sum;
  }

  void finish() {
    out.index_.resize(std::max(out.index_.size(), static_cast<size_t>(out.lexicon_.add("the")) + 1));
    for (auto& list : out.index_) {
      std::stable_sort(list.begin(), list.end(), [&](uint32_t a, uint32_t b) {
        const auto x = weight(out.patterns_[a]), y = weight(out.patterns_[b]);
        if (x != y) return x > y;
        // Of equals the one that rules an act out.
        const auto rules_out = [&](uint32_t p) { return out.frames_[out.patterns_[p].frame].plover.empty() && out.frames_[out.patterns_[p].frame].operator_class.empty(); };
        return rules_out(a) && !rules_out(b);
      });
    }
  }
};

Result<FrameSet> FrameSet::parse(const std::vector<File>& files) {
  RuleReader reader;
  const auto name_of = [](const File& file) { return std::string_view(file.path).substr(file.path.rfind('/') + 1); };
  bool good = true;
  for (const File& file : files) {
    if (name_of(file) == "sets.tsv" || name_of(file) == "persons.tsv" || name_of(file) == "things.tsv" || name_of(file) == "contexts.tsv") reader.read_sets(file.bytes);
  }
  good = reader.close_sets();
  // Classes before frames: classes.rules comes first whatever the order of the list.
  for (const bool classes : {true, false}) {
    for (const File& file : files) {
      if (!good || !file.path.ends_with(".rules") || (name_of(file) == "classes.rules") != classes) continue;
      reader.file = file.path;
      good = reader.read_rules(file.bytes);
    }
  }
  for (const File& file : files) {
    if (!good) break;
    reader.file = file.path;
    if (name_of(file) == "status.tsv") reader.read_governors(file.bytes);
    if (name_of(file) == "light.tsv") reader.read_supports(file.bytes);
    if (name_of(file) == "transform.tsv") good = reader.read_transforms(file.bytes);
  }
  if (!good) return Error{Code::BadData, reader.error};
  for (const File& file : files) {
    if (name_of(file) == "irregular.tsv") reader.read_irregular(file.bytes);
  }
  reader.finish();
  for (const File& file : files) {
    if (name_of(file) == "states.tsv") reader.read_adjectives(file.bytes);
  }
  for (const File& file : files) {
    if (name_of(file) != "contexts.tsv") continue;
    for_each_row(file.bytes, [&](const TsvRow& row) {
      const SetId set = reader.out.lexicon_.find_set(row[0]);
      reader.out.context_sets_.emplace_back(set, std::string(row[0].substr(row[0].find('.') + 1)));
    });
  }
  return std::move(reader.out);
}

const std::vector<uint32_t>& FrameSet::headed_by(WordId word) const {
  static const std::vector<uint32_t> kNothing;
  const auto i = static_cast<size_t>(word);
  return word == kNoWord || i >= index_.size() ? kNothing : index_[i];
}

WordId FrameSet::irregular(std::string_view lower_form, PatternPos pos) const {
  const auto& table = irregular_[pos == PatternPos::Noun ? 1 : 0];
  const auto it = table.find(lower_form);
  return it == table.end() ? kNoWord : it->second;
}

WordId FrameSet::word_of_form(std::string_view lower_form, PatternPos pos) const {
  if (const WordId word = irregular(lower_form, pos); word != kNoWord) return word;
  std::string stem;
  const auto known = [&](std::string_view text) { return lexicon_.find(text); };
  const auto strip = [&](std::string_view ending) -> WordId {
    if (!lower_form.ends_with(ending) || lower_form.size() < ending.size() + 2) return kNoWord;
    stem.assign(lower_form.substr(0, lower_form.size() - ending.size()));
    if (const WordId word = known(stem + "e"); word != kNoWord) return word;
    if (const WordId word = known(stem); word != kNoWord) return word;
    if (stem.size() > 2 && stem.back() == stem[stem.size() - 2]) return known(std::string_view(stem).substr(0, stem.size() - 1));
    if (stem.back() == 'i') return known(stem.substr(0, stem.size() - 1) + "y");
    return kNoWord;
  };
  static constexpr std::array<std::string_view, 4> kVerb = {"ed", "ing", "es", "s"};
  static constexpr std::array<std::string_view, 2> kNoun = {"es", "s"};
  if (pos == PatternPos::Noun) {
    for (const std::string_view ending : kNoun) {
      if (const WordId word = strip(ending); word != kNoWord) return word;
    }
    return known(lower_form);
  }
  for (const std::string_view ending : kVerb) {
    if (const WordId word = strip(ending); word != kNoWord) return word;
  }
  return known(lower_form);
}

const Governor* FrameSet::governor(WordId word, PatternPos pos) const {
  const auto i = static_cast<size_t>(word);
  if (word == kNoWord || i >= governor_of_.size()) return nullptr;
  const int32_t at = governor_of_[i][static_cast<size_t>(pos)];
  return at < 0 ? nullptr : &governors_[static_cast<size_t>(at)];
}

std::string_view FrameSet::country_of_adjective(std::string_view lower) const {
  const auto it = adjectives_.find(lower);
  return it == adjectives_.end() ? std::string_view() : std::string_view(it->second);
}

std::string_view FrameSet::country_of_name(std::string_view lower) const {
  const auto it = names_.find(lower);
  return it == names_.end() ? std::string_view() : std::string_view(it->second);
}

const Support* FrameSet::support(WordId word) const {
  const auto i = static_cast<size_t>(word);
  if (word == kNoWord || i >= support_of_.size() || support_of_[i] < 0) return nullptr;
  return &supports_[static_cast<size_t>(support_of_[i])];
}

const Transform* FrameSet::transform(std::string_view op, std::string_view cameo) const {
  for (const auto& [name, rows] : transforms_) {
    if (name != op) continue;
    const Transform* best = nullptr;
    size_t best_length = 0;
    for (const Transform& row : rows) {
      if (row.inner == "-" ? cameo.empty() : row.inner == "*" ? (!cameo.empty() && best == nullptr) : !cameo.empty() && cameo.starts_with(row.inner) && row.inner.size() >= best_length) {
        if (row.inner != "*" && row.inner != "-") best_length = row.inner.size();
        best = &row;
      }
    }
    return best;
  }
  return nullptr;
}

}  // namespace readout::events

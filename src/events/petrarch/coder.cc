#include "events/petrarch/coder.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace readout::events::petrarch {
namespace {

constexpr size_t kSteps = 12;  // governors that are asked for a subject

/// "GON" + "GOVFRM" -> "GONGOVFRM"; a part that is there already is not said twice.
void append_parts(std::string& code, std::string_view parts) {
  if (parts.size() % 3 != 0 || code.size() % 3 != 0) {
    if (code.find(parts) == std::string::npos) code += parts;
    return;
  }
  for (size_t i = 0; i < parts.size(); i += 3) {
    const std::string_view part = parts.substr(i, 3);
    bool there = false;
    for (size_t k = 3; k + 3 <= code.size(); k += 3)
      there = there || std::string_view(code).substr(k, 3) == part;
    if (!there) code += part;
  }
}

bool nominal(Upos upos) {
  return upos == Upos::Noun || upos == Upos::Propn || upos == Upos::Pron || upos == Upos::Num;
}

}  // namespace

std::vector<CodedEvent> SentenceCoder::code(const Document& doc, SentenceId sentence, uint32_t day,
                                            const Options& options) {
  doc_ = &doc;
  tree_.build(doc, sentence);
  cells(doc, sentence);
  leave_out(options);
  std::vector<CodedEvent> events;
  if (discarded()) return events;
  find_units(day);
  if (set_aside_) return events;

  std::set<std::tuple<std::string, std::string, std::string>> told;
  std::set<size_t> clauses_done;
  told_.assign(tree_.end() - tree_.begin(), false);
  std::vector<const VerbEntry*> entries;
  for (size_t cell = 0; cell < cells_.size(); ++cell) {
    size_t first = 0, last = 0;
    verbs_at(cell, entries, first, last);
    if (entries.empty()) continue;
    const size_t verb = cells_[cell].token;
    if (told_above(verb)) continue;
    const size_t clause = options.code_by == CodeBy::Sentence ? 0 : clause_of(verb);
    if (options.code_by != CodeBy::All && clauses_done.contains(clause)) continue;

    // A verb may open several blocks: the first pattern that holds in any of them, else the first
    // block's own code.
    const VerbBlock* block = &dictionary_.block(entries.front()->block);
    Code code = entries.front()->code;
    uint32_t line = entries.front()->line;
    Binding binding;
    const Pattern* held = nullptr;
    for (const VerbEntry* entry : entries) {
      for (const Pattern& pattern : dictionary_.block(entry->block).patterns) {
        Binding here;
        if (!match(pattern.before, 0, first == 0 ? kNo : first - 1, false, 0, here)) continue;
        if (!match(pattern.after, 0, last + 1, true, cells_.size(), here)) continue;
        held = &pattern;
        binding = here;
        break;
      }
      if (held == nullptr) continue;
      block = &dictionary_.block(entry->block);
      code = held->code;
      line = held->line;
      break;
    }
    if (code.forward.empty() && code.back.empty()) continue;
    // A noun of TABARI's list needs a pattern to count as a verb.
    if (held == nullptr && tree_.upos(verb) != Upos::Verb && !tree_.is_root(verb)) continue;

    size_t source = binding.source, target = binding.target;
    bool turned = false;
    if (source == kNo && target == kNo && !binding.compound) {
      if (const size_t agent = doer_of_passive(verb); agent != SentenceTree::kNo) {
        const size_t doer = first_unit_below(agent, kNo);
        const size_t undergoer = subject_unit(verb);
        if (doer != kNo && undergoer != kNo && units_[doer].group != units_[undergoer].group) {
          source = doer;
          target = undergoer;
          turned = true;
        }
      }
    }
    if (source == kNo) source = subject_unit(verb);
    if (source != kNo && target != kNo && source == target) source = kNo;
    if (target == kNo && !binding.compound && !turned)
      target = target_unit(verb, source == kNo ? kNo : units_[source].group);
    if (target != kNo && source == kNo && !blocked_) {
      for (size_t u = 0; u < units_.size() && source == kNo; ++u) {
        if (units_[u].group != units_[target].group && units_[u].last < verb) source = u;
      }
    }

    // every unit of the group of `unit`
    const auto codes_of = [&](size_t unit) {
      std::vector<std::string> codes;
      if (unit == kNo) return codes;
      for (const Unit& other : units_) {
        if (other.group != units_[unit].group) continue;
        for (const std::string& c : other.codes) {
          codes.push_back(c);
        }
      }
      return codes;
    };
    std::vector<std::string> sources = codes_of(source), targets = codes_of(target);
    const bool mutual = binding.compound;
    if (mutual) targets = sources;
    if (!options.require_dyad) {
      if (sources.empty()) sources.emplace_back("---");
      if (targets.empty()) targets.emplace_back("---");
    }
    const auto tell = [&](const std::string& from, const std::string& to, const std::string& what) {
      if (what.empty() || from == to) return;
      if (!told.emplace(from, to, what).second) return;
      CodedEvent event;
      event.source = from;
      event.target = to;
      event.code = what;
      event.verb = static_cast<TokenId>(verb);
      const auto range = [&](size_t unit) {
        return unit == kNo ? TokenRange{}
                           : TokenRange{static_cast<TokenId>(units_[unit].first),
                                        static_cast<TokenId>(units_[unit].last + 1)};
      };
      event.source_tokens = range(source);
      event.target_tokens = range(mutual ? source : target);
      event.block = block;
      event.line = line;
      events.push_back(std::move(event));
    };
    const size_t before = events.size();
    for (size_t s = 0; s < sources.size(); ++s) {
      for (size_t t = 0; t < targets.size(); ++t) {
        if (mutual && s >= t) continue;
        tell(sources[s], targets[t], code.forward);
        if (mutual)
          tell(targets[t], sources[s], code.back.empty() ? code.forward : code.back);
        else
          tell(targets[t], sources[s], code.back);
      }
    }
    if (events.size() > before) {
      clauses_done.insert(clause);
      told_[verb - tree_.begin()] = true;
    }
  }
  return events;
}

void SentenceCoder::cells(const Document& doc, SentenceId sentence) {
  cells_.clear();
  const TokenRange range = doc.sentence_tokens(sentence);
  for (size_t t = index(range.begin); t < index(range.end); ++t) {
    for (std::string& word : split_words(doc.word(static_cast<TokenId>(t))))
      cells_.push_back({std::move(word), t});
  }
}

// Short stretches between commas ("a senior official said on Saturday") are left out; not those of
// a list.
void SentenceCoder::leave_out(const Options& options) {
  gone_.assign(tree_.end() - tree_.begin(), false);
  std::vector<size_t> commas;
  for (size_t c = 0; c < cells_.size(); ++c) {
    if (cells_[c].text == ",") commas.push_back(c);
  }
  if (commas.empty()) return;
  size_t end = cells_.size();
  while (end > 0 && (cells_[end - 1].text == "." || cells_[end - 1].text == "!" ||
                     cells_[end - 1].text == "?"))
    --end;
  const auto listed = [&](size_t from, size_t to) {
    // a conjunct of an enumeration stays
    for (size_t c = from; c < to; ++c) {
      const size_t t = cells_[c].token;
      if (tree_.dep(t) == Dep::Conj && nominal(tree_.upos(t)) && tree_.head(t) < cells_[from].token)
        return true;
      if (tree_.upos(t) == Upos::Verb || tree_.upos(t) == Upos::Aux) return false;
    }
    return to + 1 < cells_.size() && tree_.upos(cells_[to + 1].token) == Upos::Cconj;
  };
  const auto drop = [&](size_t from, size_t to, const CommaRange& range) {
    const size_t words = to > from ? to - from : 0;
    if (range.max == 0 || words < range.min || words > range.max || listed(from, to)) return;
    for (size_t c = from; c < to; ++c) gone_[cells_[c].token - tree_.begin()] = true;
  };
  drop(0, commas.front(), options.begin);
  for (size_t i = 0; i + 1 < commas.size(); ++i) drop(commas[i] + 1, commas[i + 1], options.inner);
  drop(commas.back() + 1, end, options.end);
}

bool SentenceCoder::discarded() const {
  for (const Phrase& phrase : dictionary_.discards()) {
    for (size_t c = 0; c < cells_.size(); ++c) {
      if (match_words(phrase.words, c) != 0) return true;
    }
  }
  return false;
}

/// Cells that the words cover from `cell` on; 0 if they do not stand there.
size_t SentenceCoder::match_words(const std::vector<Word>& words, size_t cell) const {
  constexpr size_t kBetween = 3;
  size_t at = cell;
  for (const Word& word : words) {
    size_t skipped = 0;
    while (at < cells_.size() && !covers(word, cells_[at].text)) {
      const Upos upos = tree_.upos(cells_[at].token);
      if (!word.apart || skipped == kBetween || upos == Upos::Verb || upos == Upos::Punct ||
          upos == Upos::Adp)
        return 0;
      ++skipped;
      ++at;
    }
    if (at >= cells_.size()) return 0;
    ++at;
  }
  return at - cell;
}

/// The word by which a noun phrase hangs in the sentence: past names, adjectives, possessors, and
/// past "of", "in", "from" to a noun that is an agent ("soldiers from Gondor").
size_t SentenceCoder::phrase_head(size_t token) const {
  for (size_t steps = 0; steps < kSteps; ++steps) {
    if (tree_.is_root(token)) return token;
    const size_t head = tree_.head(token);
    switch (base(tree_.dep(token))) {
      case Dep::Compound:
      case Dep::Amod:
      case Dep::Flat:
      case Dep::Fixed:
      case Dep::Nummod:
      case Dep::Det:
      case Dep::Goeswith:
      case Dep::Case:
        token = head;
        continue;
      case Dep::Nmod: {
        if (!nominal(tree_.upos(head))) return token;
        if (tree_.dep(token) == Dep::NmodPoss || tree_.dep(token) == Dep::NmodDesc) {
          token = head;
          continue;
        }
        const bool agent = unit_at_[head - tree_.begin()] != kNo;
        const size_t preposition = tree_.child(token, Dep::Case);
        if (!agent || preposition == SentenceTree::kNo) return token;
        const std::string_view word = tree_.lemma(preposition);
        if (word != "of" && word != "in" && word != "from") return token;
        token = head;
        continue;
      }
      case Dep::Appos: {
        // "minister Calimehtar", not "Osgiliath, the state's foe"
        if (head + 1 != token && tree_.word(token - 1) == ",") return token;
        bool comma = false;
        for (size_t t = std::min(head, token); t < std::max(head, token); ++t)
          comma = comma || tree_.word(t) == ",";
        if (comma) return token;
        token = head;
        continue;
      }
      case Dep::Conj:
        // "awful and evil minister Calimehtar": joined to an adjective by the parse
        if (base(tree_.dep(head)) != Dep::Amod) return token;
        token = head;
        continue;
      default:
        return token;
    }
  }
  return token;
}

void SentenceCoder::find_units(uint32_t day) {
  units_.clear();
  set_aside_ = false;
  const size_t n = tree_.end() - tree_.begin();
  unit_at_.assign(n, kNo);  // here: tokens of agents
  struct Found {
    size_t first, last;  // tokens
    bool actor;
    const DatedCode* code = nullptr;
    const AgentEntry* agent = nullptr;
  };
  std::vector<Found> found;
  std::vector<bool> used(cells_.size(), false);
  for (size_t c = 0; c < cells_.size(); ++c) {
    if (left_out(cells_[c].token)) continue;
    dictionary_.actors(cells_[c].text, candidates_);
    size_t longest = 0;
    const ActorEntry* best = nullptr;
    for (const uint32_t candidate : candidates_) {
      const ActorEntry& actor = dictionary_.actor(candidate);
      const size_t cells = match_words(actor.words, c);
      if (cells > longest) {
        longest = cells;
        best = &actor;
      }
    }
    if (best == nullptr) continue;
    const DatedCode* code = dictionary_.code_on(*best, day);
    if (dictionary_.stems() && code != nullptr && (code->code == "###" || code->code == "+++")) {
      set_aside_ = true;  // TABARI discards the record, or keeps it for a person
      return;
    }
    for (size_t k = c; k < c + longest; ++k) used[k] = true;
    if (code != nullptr && code->code != "---")
      found.push_back({cells_[c].token, cells_[c + longest - 1].token, true, code, nullptr});
    c += longest - 1;
  }
  for (size_t c = 0; c < cells_.size(); ++c) {
    if (used[c] || left_out(cells_[c].token)) continue;
    dictionary_.agents(cells_[c].text, candidates_);
    size_t longest = 0;
    const AgentEntry* best = nullptr;
    for (const uint32_t candidate : candidates_) {
      const AgentEntry& agent = dictionary_.agent(candidate);
      const size_t cells = match_words(agent.words, c);
      if (cells > longest) {
        longest = cells;
        best = &agent;
      }
    }
    if (best == nullptr) continue;
    const size_t last = cells_[c + longest - 1].token;
    if (tree_.upos(last) == Upos::Verb) continue;
    found.push_back({cells_[c].token, last, false, nullptr, best});
    for (size_t t = cells_[c].token; t <= last; ++t) unit_at_[t - tree_.begin()] = 0;
    c += longest - 1;
  }
  std::sort(found.begin(), found.end(),
            [](const Found& a, const Found& b) { return a.first < b.first; });

  std::vector<size_t> heads;
  const auto unit_for = [&](size_t head) -> size_t {
    for (size_t u = 0; u < units_.size(); ++u) {
      if (units_[u].head == head) return u;
    }
    Unit unit;
    unit.head = head;
    unit.first = head;
    unit.last = head;
    units_.push_back(std::move(unit));
    return units_.size() - 1;
  };
  std::vector<std::pair<size_t, size_t>>
      conjuncts;  // token of an actor, unit whose agents it shares
  for (const Found& one : found) {
    size_t head = phrase_head(one.last);
    // "ambassadors of Arnor, Osgiliath and Gondor": the joined names go where the first goes
    bool joined = false;
    if (one.actor && base(tree_.dep(head)) == Dep::Conj) {
      size_t top = head;
      for (size_t steps = 0; steps < kSteps && base(tree_.dep(top)) == Dep::Conj; ++steps)
        top = tree_.head(top);
      const size_t above = phrase_head(top);
      joined = above != top;
      if (joined) head = above;
    }
    // "of Arnor, Osgiliath and Gondor": a list that the parse took for an apposition
    if (one.actor && base(tree_.dep(head)) == Dep::Appos &&
        tree_.child_base(head, Dep::Conj) != SentenceTree::kNo) {
      const size_t listed_with = tree_.head(head);
      for (const Unit& unit : units_) {
        if (unit.head == listed_with && unit.has_actor) {
          head = listed_with;
          joined = true;
        }
      }
    }
    const size_t u = unit_for(head);
    Unit& unit = units_[u];
    unit.first = std::min(unit.first, one.first);
    unit.last = std::max(unit.last, one.last);
    if (one.actor) {
      if (unit.has_actor && !joined) continue;  // the first name tells
      unit.has_actor = true;
      std::string_view codes = one.code->code;
      while (!codes.empty()) {
        const size_t slash = std::min(codes.find('/'), codes.size());
        unit.actors.emplace_back(codes.substr(0, slash));
        codes.remove_prefix(std::min(slash + 1, codes.size()));
      }
    } else if (one.first > tree_.begin() &&
               (doc_->word(static_cast<TokenId>(one.first - 1)) == "former" ||
                doc_->word(static_cast<TokenId>(one.first - 1)) == "Former")) {
      append_parts(unit.after, "ELI");  // CAMEO: former officials are of the elite
    } else if (one.agent->before) {
      unit.before += one.agent->code;
    } else {
      unit.after += one.agent->code;
    }
  }
  // joined phrases act together
  for (Unit& unit : units_) {
    size_t top = unit.head;
    for (size_t steps = 0; steps < kSteps && base(tree_.dep(top)) == Dep::Conj &&
                           nominal(tree_.upos(tree_.head(top)));
         ++steps)
      top = tree_.head(top);
    unit.group = top;
  }
  // "Danish media and government", "lawmakers and officials in Fornost": an agent without a name
  // shares the one of its group
  for (Unit& unit : units_) {
    if (unit.has_actor) continue;
    for (const Unit& other : units_) {
      if (&other == &unit || other.group != unit.group || !other.has_actor ||
          (other.after.empty() && other.before.empty()))
        continue;
      unit.actors = other.actors;
      unit.has_actor = true;
      break;
    }
  }
  for (Unit& unit : units_) compose(unit);
  std::sort(units_.begin(), units_.end(),
            [](const Unit& a, const Unit& b) { return a.first < b.first; });
  unit_at_.assign(n, kNo);
  for (size_t u = 0; u < units_.size(); ++u) {
    for (size_t t = units_[u].first; t <= units_[u].last; ++t) unit_at_[t - tree_.begin()] = u;
  }
}

void SentenceCoder::compose(Unit& unit) const {
  if (unit.actors.empty()) {
    std::string code = "---";
    append_parts(code, unit.after);
    unit.codes.push_back(unit.before + code);
    return;
  }
  for (size_t i = 0; i < unit.actors.size(); ++i) {
    // TABARI does not carry the agent over to the names that follow.
    if (dictionary_.stems() && i > 0) {
      unit.codes.push_back(unit.actors[i]);
      continue;
    }
    std::string code = unit.before + unit.actors[i];
    append_parts(code, unit.after);
    unit.codes.push_back(std::move(code));
  }
}

void SentenceCoder::verbs_at(size_t cell, std::vector<const VerbEntry*>& out, size_t& first,
                             size_t& last) const {
  out.clear();
  const size_t token = cells_[cell].token;
  const Upos upos = tree_.upos(token);
  if (left_out(token) || (upos != Upos::Verb && !dictionary_.stems())) return;
  if (upos != Upos::Verb) {
    // TABARI knows no parts of speech: every word of the list is a verb that has no article and no
    // capital within a sentence.
    if (upos == Upos::Propn || upos == Upos::Punct || upos == Upos::Num) return;
    if (cell > 0 && (cells_[cell - 1].text == "THE" || cells_[cell - 1].text == "A" ||
                     cells_[cell - 1].text == "AN"))
      return;
  }
  dictionary_.verbs(cells_[cell].text, candidates_);
  for (const uint32_t candidate : candidates_) {
    const VerbEntry& entry = dictionary_.verb(candidate);
    if (entry.verb > cell) continue;
    const size_t from = cell - entry.verb;
    const size_t cells = match_words(entry.words, from);
    if (cells == 0) continue;
    if (out.empty()) {
      first = from;
      last = from + cells - 1;
    } else if (from != first || from + cells - 1 != last) {
      break;  // the longest expression counts
    }
    out.push_back(&entry);
  }
}

/// An infinitive or participle below a verb that has given its event tells no further one ("urged
/// to help").
bool SentenceCoder::told_above(size_t verb) const {
  if (!tree_.feat(verb, "VerbForm=Inf") && !tree_.feat(verb, "VerbForm=Ger") &&
      !tree_.feat(verb, "VerbForm=Part"))
    return false;
  size_t at = verb;
  for (size_t steps = 0; steps < kSteps && !tree_.is_root(at); ++steps) {
    const Dep relation = base(tree_.dep(at));
    if (relation == Dep::Conj || relation == Dep::Parataxis) return false;
    for (const uint32_t child : tree_.children(at)) {
      if (base(tree_.dep(child)) == Dep::Nsubj) return false;
    }
    at = tree_.head(at);
    if (told_[at - tree_.begin()]) return true;
  }
  return false;
}

size_t SentenceCoder::unit_of_cell(size_t cell) const {
  return unit_at_[cells_[cell].token - tree_.begin()];
}

/// Puts a phrase at a cell (its first forward, its last backward). `next` is the cell beyond it,
/// kNo if there is none.
bool SentenceCoder::place_phrase(const Phrase& phrase, size_t cell, bool forward, size_t limit,
                                 size_t& next) const {
  size_t at = cell;
  const size_t n = phrase.words.size();
  for (size_t k = 0; k < n; ++k) {
    const Word& word = phrase.words[forward ? k : n - 1 - k];
    while (true) {
      if (at == kNo || (forward ? at >= limit : at < limit)) return false;
      if (covers(word, cells_[at].text)) break;
      if (!phrase.loose || k == 0) return false;
      at = forward ? at + 1 : at == 0 ? kNo : at - 1;
    }
    at = forward ? at + 1 : at == 0 ? kNo : at - 1;
  }
  next = at;
  return true;
}

bool SentenceCoder::match(const std::vector<Item>& items, size_t i, size_t cell, bool forward,
                          size_t limit, Binding& binding) const {
  if (i == items.size()) return true;
  const Item& item = items[i];
  const auto step = [&](size_t at) { return forward ? at + 1 : at == 0 ? kNo : at - 1; };
  for (size_t at = cell; at != kNo && (forward ? at < limit : at >= limit); at = step(at)) {
    if (item.kind == Item::Kind::Words) {
      for (const Phrase& phrase : item.options) {
        size_t next = 0;
        if (!place_phrase(phrase, at, forward, limit, next)) continue;
        Binding deeper = binding;
        if (match(items, i + 1, next, forward, limit, deeper)) {
          binding = deeper;
          return true;
        }
      }
      if (item.tight) return false;
      continue;
    }
    const size_t unit = unit_of_cell(at);
    size_t next = kNo;
    if (item.kind == Item::Kind::Skip) {
      if (unit == kNo && !nominal(tree_.upos(cells_[at].token))) continue;
      next = step(at);
      while (next != kNo && next < cells_.size() &&
             (unit != kNo ? unit_of_cell(next) == unit : nominal(tree_.upos(cells_[next].token))))
        next = step(next);
    } else {
      if (unit == kNo || !units_[unit].has_actor) continue;
      next = step(at);
      while (next != kNo && next < cells_.size() && unit_of_cell(next) == unit) next = step(next);
    }
    Binding deeper = binding;
    switch (item.kind) {
      case Item::Kind::Source:
        deeper.source = unit;
        break;
      case Item::Kind::Target:
        deeper.target = unit;
        break;
      case Item::Kind::Compound: {
        size_t members = 0;
        for (const Unit& other : units_)
          members += other.group == units_[unit].group && other.has_actor ? other.codes.size() : 0;
        if (members < 2) continue;
        // behind the verb they are the target, but TABARI takes both sides from them
        if (forward && !dictionary_.stems()) {
          deeper.target = unit;
        } else {
          deeper.source = unit;
          deeper.compound = true;
        }
        break;
      }
      default:
        break;
    }
    if (match(items, i + 1, next, forward, limit, deeper)) {
      binding = deeper;
      return true;
    }
  }
  return false;
}

size_t SentenceCoder::first_unit_below(size_t token, size_t except_group) const {
  for (size_t u = 0; u < units_.size(); ++u) {
    if (units_[u].group != except_group && units_[u].has_actor &&
        tree_.below(units_[u].head, token))
      return u;
  }
  for (size_t u = 0; u < units_.size(); ++u) {
    if (units_[u].group != except_group && tree_.below(units_[u].head, token)) return u;
  }
  return kNo;
}

size_t SentenceCoder::doer_of_passive(size_t verb) const {
  if (const size_t agent = tree_.child(verb, Dep::OblAgent); agent != SentenceTree::kNo)
    return agent;
  if (tree_.child(verb, Dep::AuxPass) == SentenceTree::kNo) return SentenceTree::kNo;
  for (const uint32_t child : tree_.children(verb)) {
    if (base(tree_.dep(child)) != Dep::Obl) continue;
    const size_t preposition = tree_.child(child, Dep::Case);
    if (preposition != SentenceTree::kNo && tree_.lemma(preposition) == "by") return child;
  }
  return SentenceTree::kNo;
}

size_t SentenceCoder::subject_unit(size_t verb) {
  blocked_ = false;
  size_t at = verb;
  for (size_t steps = 0; steps < kSteps; ++steps) {
    for (const uint32_t child : tree_.children(at)) {
      const Dep relation = base(tree_.dep(child));
      if (relation != Dep::Nsubj && relation != Dep::Csubj) continue;
      if (const size_t unit = first_unit_below(child, kNo); unit != kNo && units_[unit].last < verb)
        return unit;
      // somebody who has no code acts in a clause of his own
      if (nominal(tree_.upos(child)) && tree_.upos(child) != Upos::Pron &&
          base(tree_.dep(at)) == Dep::Advcl) {
        blocked_ = true;
        return kNo;
      }
    }
    if (tree_.is_root(at)) break;
    const Dep relation = base(tree_.dep(at));
    const size_t head = tree_.head(at);
    if (relation == Dep::Acl) {
      if (const size_t unit = unit_at_[head - tree_.begin()]; unit != kNo) return unit;
    }
    at = head;
  }
  // none of its own: the nearest in front
  for (size_t u = units_.size(); u-- > 0;) {
    if (units_[u].last < verb && units_[u].has_actor) return u;
  }
  return kNo;
}

size_t SentenceCoder::target_unit(size_t verb, size_t source_group) const {
  const auto fits = [&](const Unit& unit) { return unit.group != source_group && unit.has_actor; };
  for (size_t u = 0; u < units_.size(); ++u) {
    if (fits(units_[u]) && units_[u].first > verb && tree_.below(units_[u].head, verb)) return u;
  }
  // Behind the verb but hung elsewhere: not the one who acts in another clause.
  for (size_t u = 0; u < units_.size(); ++u) {
    if (!fits(units_[u]) || units_[u].first < verb) continue;
    bool acts = false;
    size_t at = units_[u].head;
    for (size_t steps = 0; steps < kSteps && !tree_.is_root(at) && tree_.upos(at) != Upos::Verb;
         ++steps) {
      acts = acts || base(tree_.dep(at)) == Dep::Nsubj;
      at = tree_.head(at);
    }
    if (!acts) return u;
  }
  // Nobody with a name: somebody with a part ("arrested students").
  for (size_t u = 0; u < units_.size(); ++u) {
    if (units_[u].group != source_group && units_[u].first > verb &&
        base(tree_.dep(units_[u].head)) == Dep::Obj && tree_.head(units_[u].head) == verb)
      return u;
  }
  return kNo;
}

/// Stretches that a conjunction between verbs parts are numbered.
size_t SentenceCoder::clause_of(size_t verb) const {
  size_t clause = 0;
  for (size_t t = tree_.begin(); t < verb; ++t) {
    if (tree_.dep(t) == Dep::Cc &&
        (tree_.upos(tree_.head(t)) == Upos::Verb || tree_.upos(tree_.head(t)) == Upos::Aux))
      ++clause;
  }
  return clause;
}

}  // namespace readout::events::petrarch

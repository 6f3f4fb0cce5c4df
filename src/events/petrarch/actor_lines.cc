// Actors with their synonyms ("+NAME") and dated codes, which may stand on lines of their own;
// agents, whose nouns may name sets.
#include <algorithm>

#include "events/petrarch/dictionary_reader.h"

namespace readout::events::petrarch {

void Reader::actor_line(std::string_view line, bool indented) {
  if (line.front() == '<' || line.starts_with("~~")) return;
  const size_t open = line.find('[');
  std::string_view words = entities::trim_line(line.substr(0, open));
  std::vector<DatedCode> codes =
      dated_codes(open == std::string_view::npos ? std::string_view() : line.substr(open));
  if (words.empty() || (indented && open == 0)) {
    if (names_.empty()) {
      problem("a code without an actor before it");
      return;
    }
    actor_codes_.insert(actor_codes_.end(), codes.begin(), codes.end());
    return;
  }
  const bool synonym = words.front() == '+';
  if (synonym) words.remove_prefix(1);
  if (!synonym) close_actor();
  if (synonym && names_.empty()) {
    problem("a synonym without an actor before it");
    return;
  }
  Phrase phrase;
  // Names of TABARI are stems unless "_" ends them.
  const bool exact = !words.empty() && words.back() == '=';
  if (exact) words.remove_suffix(1);
  const bool whole = !stems_ || exact || (!words.empty() && words.back() == '_');
  const bool regular = stems_ && whole && !exact;
  for (size_t at = 0; at < words.size();) {
    const size_t end = std::min(words.find_first_of(" _", at), words.size());
    const bool apart = at > 0 && words[at - 1] == ' ';
    bool first = true;
    for (const std::string& word : split_words(words.substr(at, end - at))) {
      phrase.words.push_back({word, false, apart && first && !phrase.words.empty()});
      first = false;
    }
    at = end + 1;
  }
  if (phrase.words.empty()) {
    problem("an actor without a name");
    return;
  }
  phrase.words.back().stem = !whole;
  phrase.words.back().regular = regular;
  names_.push_back(std::move(phrase.words));
  actor_codes_.insert(actor_codes_.end(), codes.begin(), codes.end());
}

void Reader::close_actor() {
  if (!names_.empty()) {
    if (actor_codes_.empty()) problem("the actor before has no code");
    const auto codes = static_cast<uint32_t>(to_.codes_.size());
    to_.codes_.push_back(actor_codes_);
    for (auto& words : names_) to_.actors_.push_back({std::move(words), codes});
  }
  names_.clear();
  actor_codes_.clear();
}

std::vector<DatedCode> Reader::dated_codes(std::string_view line) {
  std::vector<DatedCode> codes;
  entities::Bracket bracket;
  entities::Taken taken = entities::Taken::Nothing;
  while ((taken = entities::take_bracket(line, bracket)) == entities::Taken::Bracket) {
    if (bracket.code.empty()) {
      problem("a bracket without a code");
      continue;
    }
    DatedCode code{capitals(bracket.code), 0, 0};
    if (!bracket.limits.empty()) {
      const auto days = entities::read_day_limits(bracket.limits);
      if (!days) {
        problem("\"" + bracket.limits +
                "\" is not a date restriction (want <YYMMDD, >YYMMDD or YYMMDD-YYMMDD)");
        continue;
      }
      code.from = days->from;
      code.until = days->until;
    }
    codes.push_back(std::move(code));
  }
  if (taken == entities::Taken::Unclosed) problem("a bracket is not closed");
  return codes;
}

void Reader::agent_line(std::string_view line) {
  const auto added = agent_sets_.add(capitals(line));
  if (added == entities::WordSets::Added::Unclosed) problem("a set's name is not closed");
  if (added != entities::WordSets::Added::NoSet) return;
  const size_t open = line.find('[');
  const size_t close = open == std::string_view::npos ? open : line.find(']', open);
  if (close == std::string_view::npos) {
    problem("an agent without a code in brackets");
    return;
  }
  std::string code;
  for (const char c : line.substr(open + 1, close - open - 1)) {
    if (c != ' ' && c != '\t') code.push_back(c);
  }
  AgentEntry agent;
  agent.before = code.ends_with("~");
  if (!agent.before && !code.starts_with("~")) {
    problem("\"[" + code + "]\" is no agent's code (want [~CODE] or [CODE~])");
    return;
  }
  agent.code = agent.before ? code.substr(0, code.size() - 1) : code.substr(1);
  std::string_view noun = entities::trim_line(line.substr(0, open)), plural;
  bool irregular = false;
  if (const size_t brace = noun.find('{'); brace != std::string_view::npos) {
    plural = entities::trim_line(
        noun.substr(brace + 1, std::min(noun.find('}', brace), noun.size()) - brace - 1));
    noun = entities::trim_line(noun.substr(0, brace));
    irregular = true;
  }
  const bool whole = !stems_ || (!noun.empty() && noun.back() == '_');
  for (const std::string& n : agent_sets_.spread(capitals(noun), irregular)) {
    add_agent(n, agent, whole);
    if (stems_) continue;
    if (irregular) {
      if (!plural.empty()) add_agent(plural, agent, whole);
      continue;
    }
    std::string many(n);
    while (!many.empty() && many.back() == '_') many.pop_back();
    add_agent(many.ends_with("Y") ? many.substr(0, many.size() - 1) + "IES" : many + "S", agent,
              whole);
  }
}

// The agent `like` under the name `words`; `whole`: the last word is no stem.
void Reader::add_agent(std::string_view words, const AgentEntry& like, bool whole) {
  AgentEntry agent = like;
  for (const std::string& word : split_words(words)) agent.words.push_back({word, false});
  if (agent.words.empty()) return;
  agent.words.back().stem = !whole;
  agent.words.back().regular = stems_ && whole;
  to_.agents_.push_back(std::move(agent));
}

}  // namespace readout::events::petrarch

#include "query/eval_coref.h"

#include <algorithm>
#include <limits>
#include <map>

#include "pipeline/batch.h"
#include "text/conllu.h"

namespace readout::query {
namespace {

struct GoldMention {
  std::string entity;
  uint32_t head = 0;           // offset in the text
  uint32_t begin = 0, end = 0;
};

std::string_view misc_value(std::string_view misc, std::string_view key) {
  while (!misc.empty()) {
    const size_t bar = std::min(misc.find('|'), misc.size());
    const std::string_view part = misc.substr(0, bar);
    if (part.size() > key.size() && part.starts_with(key) && part[key.size()] == '=') return part.substr(key.size() + 1);
    misc.remove_prefix(std::min(bar + 1, misc.size()));
  }
  return {};
}

uint32_t number(std::string_view digits) {
  uint32_t n = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') break;
    n = n * 10 + static_cast<uint32_t>(c - '0');
  }
  return n;
}

/// Named and pronominal mentions of persons, organisations and places.
std::vector<GoldMention> gold_mentions(const std::vector<text::ConlluSentence>& sentences, const text::ConlluText& rebuilt) {
  // Words in order with their places: words of one surface token share it.
  std::vector<std::pair<uint32_t, uint32_t>> place(rebuilt.words.size());
  for (const text::ConlluText::Token& token : rebuilt.tokens) {
    for (uint32_t w = 0; w < token.words; ++w) place[token.first_word + w] = {token.begin, token.end};
  }
  struct Open {
    std::string entity, type;
    uint32_t word = 0, head = 1;
  };
  std::vector<GoldMention> out;
  uint32_t word = 0;
  for (const text::ConlluSentence& sentence : sentences) {
    std::vector<Open> open;
    std::vector<const text::ConlluRow*> rows;
    for (const text::ConlluRow& row : sentence.rows) {
      if (!row.is_range() && !row.is_empty_node()) rows.push_back(&row);
    }
    const uint32_t first = word;
    const auto close = [&](const Open& m, uint32_t last) {
      if (m.type != "person" && m.type != "organization" && m.type != "place") return;
      const uint32_t head = std::min(m.word + m.head - 1, last);
      const std::string_view upos = rows[head - first]->upos;
      if (upos != "PROPN" && upos != "PRON" && !(upos == "DET" && rows[head - first]->feats.find("Poss=Yes") != std::string_view::npos)) return;
      out.push_back({m.entity, place[head].first, place[m.word].first, place[last].second});
    };
    for (const text::ConlluRow* row : rows) {
      std::string_view entity = misc_value(row->misc, "Entity");
      while (!entity.empty()) {
        if (entity[0] == '(') {
          size_t end = entity.find_first_of("()", 1);
          if (end == std::string_view::npos) end = entity.size();
          std::vector<std::string_view> parts;
          std::string_view rest = entity.substr(1, end - 1);
          while (true) {
            const size_t dash = std::min(rest.find('-'), rest.size());
            parts.push_back(rest.substr(0, dash));
            if (dash == rest.size()) break;
            rest.remove_prefix(dash + 1);
          }
          Open m{std::string(parts[0]), parts.size() > 1 ? std::string(parts[1]) : "", word, 1};
          // GRP-etype-infstat-salience-centering-minspan-...
          if (parts.size() > 5) m.head = std::max(1U, number(parts[5]));
          if (end < entity.size() && entity[end] == ')') {
            close(m, word);
            ++end;
          } else {
            open.push_back(std::move(m));
          }
          entity.remove_prefix(end);
        } else {
          const size_t end = std::min(entity.find(')'), entity.size());
          const std::string_view id = entity.substr(0, end);
          for (size_t k = open.size(); k-- > 0;) {
            if (open[k].entity != id) continue;
            close(open[k], word);
            open.erase(open.begin() + static_cast<std::ptrdiff_t>(k));
            break;
          }
          entity.remove_prefix(std::min(end + 1, entity.size()));
        }
      }
      ++word;
    }
  }
  return out;
}

/// The best sum of a one-to-one assignment of rows to columns (Kuhn and Munkres, by potentials; O(n^2 m)).
double best_assignment(const std::vector<std::vector<double>>& gain) {
  const size_t n = gain.size(), m = n == 0 ? 0 : gain[0].size();
  if (n == 0 || m == 0) return 0;
  const size_t size = std::max(n, m);
  const auto cost = [&](size_t i, size_t j) { return i < n && j < m ? -gain[i][j] : 0.0; };
  std::vector<double> u(size + 1), v(size + 1);
  std::vector<size_t> match(size + 1), way(size + 1);
  for (size_t i = 1; i <= size; ++i) {
    match[0] = i;
    size_t j0 = 0;
    std::vector<double> least(size + 1, std::numeric_limits<double>::infinity());
    std::vector<bool> used(size + 1, false);
    do {
      used[j0] = true;
      const size_t i0 = match[j0];
      double delta = std::numeric_limits<double>::infinity();
      size_t j1 = 0;
      for (size_t j = 1; j <= size; ++j) {
        if (used[j]) continue;
        const double c = cost(i0 - 1, j - 1) - u[i0] - v[j];
        if (c < least[j]) {
          least[j] = c;
          way[j] = j0;
        }
        if (least[j] < delta) {
          delta = least[j];
          j1 = j;
        }
      }
      for (size_t j = 0; j <= size; ++j) {
        if (used[j]) {
          u[match[j]] += delta;
          v[j] -= delta;
        } else {
          least[j] -= delta;
        }
      }
      j0 = j1;
    } while (match[j0] != 0);
    do {
      const size_t j1 = way[j0];
      match[j0] = match[j1];
      j0 = j1;
    } while (j0 != 0);
  }
  double sum = 0;
  for (size_t j = 1; j <= size; ++j) sum -= cost(match[j] - 1, j - 1);
  return sum;
}

size_t shared(const std::set<uint32_t>& a, const std::set<uint32_t>& b) {
  return static_cast<size_t>(std::count_if(a.begin(), a.end(), [&](uint32_t x) { return b.contains(x); }));
}

/// MUC's links kept and wanted of `key` when cut by `other`.
void muc_links(const Clusters& key, const Clusters& other, double& kept, double& wanted) {
  for (const auto& cluster : key) {
    std::set<size_t> parts;
    size_t alone = 0;
    for (const uint32_t m : cluster) {
      bool found = false;
      for (size_t k = 0; k < other.size() && !found; ++k) {
        if (other[k].contains(m)) {
          parts.insert(k);
          found = true;
        }
      }
      if (!found) ++alone;
    }
    kept += static_cast<double>(cluster.size() - parts.size() - alone);
    wanted += static_cast<double>(cluster.size() - 1);
  }
}

void b3_of(const Clusters& key, const Clusters& other, double& over, double& under) {
  for (const auto& cluster : key) {
    for (const auto& answer : other) {
      const double both = static_cast<double>(shared(cluster, answer));
      over += both * both / static_cast<double>(cluster.size());
    }
    under += static_cast<double>(cluster.size());
  }
}

}  // namespace

double CorefScores::Measure::f1() const {
  const double p = precision(), r = recall();
  return p + r > 0 ? 2 * p * r / (p + r) : 0;
}

void score_clusters(const Clusters& gold, const Clusters& system, CorefScores& scores) {
  muc_links(gold, system, scores.muc.recall_over, scores.muc.recall_under);
  muc_links(system, gold, scores.muc.precision_over, scores.muc.precision_under);
  b3_of(gold, system, scores.b3.recall_over, scores.b3.recall_under);
  b3_of(system, gold, scores.b3.precision_over, scores.b3.precision_under);
  std::vector<std::vector<double>> gain(gold.size(), std::vector<double>(system.size()));
  for (size_t i = 0; i < gold.size(); ++i) {
    for (size_t j = 0; j < system.size(); ++j) {
      gain[i][j] = 2.0 * static_cast<double>(shared(gold[i], system[j])) / static_cast<double>(gold[i].size() + system[j].size());
    }
  }
  const double best = best_assignment(gain);
  scores.ceaf.recall_over += best;
  scores.ceaf.recall_under += static_cast<double>(gold.size());
  scores.ceaf.precision_over += best;
  scores.ceaf.precision_under += static_cast<double>(system.size());
  std::set<uint32_t> wanted, found;
  for (const auto& c : gold) wanted.insert(c.begin(), c.end());
  for (const auto& c : system) found.insert(c.begin(), c.end());
  const double both = static_cast<double>(shared(wanted, found));
  scores.mentions.recall_over += both;
  scores.mentions.recall_under += static_cast<double>(wanted.size());
  scores.mentions.precision_over += both;
  scores.mentions.precision_under += static_cast<double>(found.size());
}

Result<CorefScores> eval_coref(std::string_view conllu, const Engine& engine) {
  const auto sentences = text::read_conllu(conllu);
  if (!sentences) return sentences.error();
  CorefScores scores;
  Scratch scratch;
  for (size_t from = 0; from < sentences->size();) {
    size_t to = from + 1;
    while (to < sentences->size() && !(*sentences)[to].new_document) ++to;
    const std::vector<text::ConlluSentence> part(sentences->begin() + static_cast<std::ptrdiff_t>(from), sentences->begin() + static_cast<std::ptrdiff_t>(to));
    from = to;
    const text::ConlluText rebuilt = text::rebuild_text(part);
    text::RawDocument raw;
    raw.bytes = rebuilt.text;
    const auto doc = read_one(engine, std::move(raw), scratch);
    if (!doc) return doc.error();
    const std::vector<GoldMention> mentions = gold_mentions(part, rebuilt);
    std::map<std::string, std::set<uint32_t>> gold, system;
    for (const GoldMention& m : mentions) gold[m.entity].insert(m.head);
    const ActorLayer& layer = *doc->actors();
    for (const Mention& m : layer.mentions) {
      if (m.actors.size() != 1) continue;
      const bool wanted = m.form == MentionForm::Name || m.form == MentionForm::Acronym || m.form == MentionForm::Patronymic || m.form == MentionForm::Metonym ||
                          m.form == MentionForm::Pronoun || m.form == MentionForm::Possessive;
      const std::string id(doc->str(layer.actors[index(m.actors[0])].id));
      if (!wanted || id == "?") continue;
      // The gold mention whose head lies in it, the longest; else its own head.
      uint32_t head = doc->tokens()->span[index(m.head)].begin;
      uint32_t longest = 0;
      for (const GoldMention& g : mentions) {
        if (g.head < m.span.begin || g.head >= m.span.end || g.end - g.begin <= longest) continue;
        longest = g.end - g.begin;
        head = g.head;
      }
      system[id].insert(head);
    }
    const auto clusters = [](const std::map<std::string, std::set<uint32_t>>& by_id) {
      Clusters out;
      for (const auto& [id, set] : by_id) {
        if (set.size() >= 2) out.push_back(set);
      }
      return out;
    };
    score_clusters(clusters(gold), clusters(system), scores);
    ++scores.documents;
  }
  return scores;
}

}  // namespace readout::query

#include "events/backoff.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/embedded.h"
#include "core/tsv.h"
#include "core/utf8.h"

namespace readout::events {
namespace {

struct TypeName {
  std::string_view plover, cameo;
};

// The CAMEO root under which most acts of a type are coded; a proposal is never finer.
constexpr std::array<TypeName, BackoffModel::kTypes> kTypeNames = {{{"ACCUSE", "11"}, {"AGREE", "03"}, {"AID", "07"}, {"ASSAULT", "18"},
                                                                    {"COERCE", "17"}, {"CONCEDE", "08"}, {"CONSULT", "04"}, {"COOPERATE", "06"},
                                                                    {"MOBILIZE", "15"}, {"PROTEST", "14"}, {"REJECT", "12"}, {"REQUEST", "10"},
                                                                    {"RETREAT", "08"}, {"SANCTION", "16"}, {"SUPPORT", "05"}, {"THREATEN", "13"},
                                                                    {"NONE", ""}}};

constexpr size_t kReasons = 5;

template <class Take>
void each(std::string_view list, Take&& take) {
  while (!list.empty()) {
    const size_t end = std::min(list.find(';'), list.size());
    if (end > 0) take(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

std::optional<float> number(std::string_view text) {
  float value = 0;
  const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || done.ec != std::errc() || done.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

/// "state:RUS" -> "state"; nobody known -> "unnamed".
std::string kind_of(const RoleResolver& roles, const Fillers& side) {
  if (side.empty()) return "none";
  for (const ActorId actor : side.actors) {
    const std::string_view id = roles.id_of(actor);
    if (id != "?") return std::string(id.substr(0, id.find(':')));
  }
  return "unnamed";
}

}  // namespace

PredicateReader::PredicateReader(const FrameSet&) {
  for_each_row(embedded("events/verb_classes.tsv"), [&](const TsvRow& row) {
    VerbClass& verb = classes_[row[0]];
    each(row[1], [&](std::string_view name) { verb.classes.push_back(name); });
    each(row[2], [&](std::string_view name) { verb.above.push_back(name); });
  });
}

bool PredicateReader::read(SentenceView& view, RoleResolver& roles, TokenId verb, Predicate& out) const {
  const Document& doc = view.doc();
  out.head = verb;
  out.source.clear();
  out.target.clear();
  out.features.clear();
  const Args& args = view.args(verb);
  for (const TokenId t : args.subj) roles.resolve(view, t, out.source);
  for (const TokenId t : args.obj) roles.resolve(view, t, out.target);
  for (const TokenId t : args.iobj) roles.resolve(view, t, out.target);
  if (out.target.empty()) {
    for (const PrepArg& prep : args.preps) {
      if (out.target.empty()) roles.resolve(view, prep.token, out.target);
    }
  }
  if (!roles.named(out.source) && !roles.named(out.target)) return false;
  if (out.source.empty() || out.target.empty()) return false;

  std::vector<std::string>& features = out.features;
  const std::string lemma = utf8::lower(doc.lemma(verb));
  features.push_back("verb " + lemma);
  for (const TokenId particle : args.particles) features.push_back("verb " + lemma + " " + utf8::lower(doc.word(particle)));
  std::string_view first_class;
  if (const auto it = classes_.find(lemma); it != classes_.end()) {
    for (const std::string_view name : it->second.classes) features.push_back("class " + std::string(name));
    for (const std::string_view name : it->second.above) features.push_back("above " + std::string(name));
    if (!it->second.classes.empty()) first_class = it->second.classes.front();
  }
  const std::string source = kind_of(roles, out.source), target = kind_of(roles, out.target);
  features.push_back("source " + source);
  features.push_back("target " + target);
  if (!first_class.empty()) features.push_back("class " + std::string(first_class) + " on " + target);
  if (args.obj.empty()) features.emplace_back("no object");
  for (const TokenId t : args.obj) {
    if (roles.mention_at(t) == nullptr) features.push_back("object " + utf8::lower(doc.lemma(t)));
  }
  for (const PrepArg& prep : args.preps) {
    for (const TokenId child : view.children(prep.token)) {
      if (view.dep(child) != Dep::Case) continue;
      const std::string word = utf8::lower(doc.word(child));
      features.push_back("with " + word);
      if (!first_class.empty()) features.push_back("class " + std::string(first_class) + " with " + word);
      if (roles.mention_at(prep.token) == nullptr) features.push_back(word + " " + utf8::lower(doc.lemma(prep.token)));
    }
  }
  for (const Comp& comp : args.comps) {
    features.emplace_back(comp.kind == CompKind::Inf ? "content to" : comp.kind == CompKind::That ? "content that" : "content -ing");
    features.push_back("content " + utf8::lower(doc.lemma(comp.token)));
  }
  if (args.passive) features.emplace_back("passive");
  out.status = StatusReading{};
  read_status(view, verb, kNone<TokenId>, out.status);
  if (out.status.negative) features.emplace_back("negative");
  if (out.status.future) features.emplace_back("future");
  return true;
}

Result<BackoffModel> BackoffModel::open() { return parse(embedded("events/backoff.tsv")); }

Result<BackoffModel> BackoffModel::parse(std::string_view table) {
  BackoffModel model;
  size_t line = 0;
  bool types = false;
  while (!table.empty()) {
    const size_t end = table.find('\n');
    std::string_view row = table.substr(0, end);
    table.remove_prefix(end == std::string_view::npos ? table.size() : end + 1);
    ++line;
    const auto wrong = [&](std::string_view why) { return Error{Code::BadData, "events/backoff.tsv:" + std::to_string(line) + ": " + std::string(why)}; };
    if (row.starts_with("#: types")) {
      size_t k = 0;
      bool same = true;
      std::string_view rest = row.substr(8);
      while (!rest.empty()) {
        const size_t from = rest.find_first_not_of(" \t;");
        if (from == std::string_view::npos) break;
        rest.remove_prefix(from);
        const size_t stop = std::min(rest.find_first_of(" \t;"), rest.size());
        same = same && k < kTypes && rest.substr(0, stop) == kTypeNames[k].plover;
        ++k;
        rest.remove_prefix(stop);
      }
      if (!same || k != kTypes) return wrong("other types than this program's");
      types = true;
      continue;
    }
    if (row.starts_with("#: threshold")) {
      const size_t from = row.find_first_of("0123456789");
      const auto value = from == std::string_view::npos ? std::nullopt : number(row.substr(from));
      if (!value || *value <= 0 || *value > 1) return wrong("the threshold is no share");
      model.threshold_ = *value;
      continue;
    }
    if (row.empty() || row.front() == '#') continue;
    const size_t tab = row.find('\t');
    if (tab == std::string_view::npos) return wrong("want a feature, a tab and its weights");
    std::array<float, kTypes>* weights = row.substr(0, tab) == "bias" ? &model.bias_ : &model.weights_[std::string(row.substr(0, tab))];
    std::string_view bad;
    each(row.substr(tab + 1), [&](std::string_view entry) {
      const size_t colon = entry.find(':');
      const auto type = std::find_if(kTypeNames.begin(), kTypeNames.end(), [&](const TypeName& t) { return t.plover == entry.substr(0, colon); });
      const auto value = colon == std::string_view::npos ? std::nullopt : number(entry.substr(colon + 1));
      if (type == kTypeNames.end() || !value) bad = entry;
      else (*weights)[static_cast<size_t>(type - kTypeNames.begin())] = *value;
    });
    if (!bad.empty()) return wrong("\"" + std::string(bad) + "\" is no TYPE:WEIGHT");
  }
  if (!types || model.weights_.empty()) return Error{Code::BadData, "events/backoff.tsv: no types or no weights"};
  return model;
}

std::optional<BackoffModel::Guess> BackoffModel::classify(const std::vector<std::string>& features, float threshold) const {
  std::array<float, kTypes> score = bias_;
  for (const std::string& feature : features) {
    const auto it = weights_.find(feature);
    if (it == weights_.end()) continue;
    for (size_t k = 0; k < kTypes; ++k) score[k] += it->second[k];
  }
  const size_t best = static_cast<size_t>(std::max_element(score.begin(), score.end()) - score.begin());
  if (best + 1 == kTypes) return std::nullopt;
  float sum = 0;
  for (const float s : score) sum += std::exp(s - score[best]);
  const float probability = 1 / sum;
  if (probability < threshold) return std::nullopt;
  Guess guess{kTypeNames[best].plover, kTypeNames[best].cameo, probability, {}};
  std::vector<std::pair<float, const std::string*>> spoke;
  for (const std::string& feature : features) {
    const auto it = weights_.find(feature);
    if (it != weights_.end() && it->second[best] > 0) spoke.emplace_back(it->second[best], &feature);
  }
  std::stable_sort(spoke.begin(), spoke.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  for (size_t i = 0; i < std::min(kReasons, spoke.size()); ++i) guess.reasons.push_back(*spoke[i].second);
  return guess;
}

}  // namespace readout::events

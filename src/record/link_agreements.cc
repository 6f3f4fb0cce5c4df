// One agreement under several names. A name of its own ("Bridge Agreement") is one agreement wherever it
// stands, unless dates or parties contradict; so are two names that one document ties together ("the Joint
// Comprehensive Plan of Action (JCPOA)"), and papers of the same day, parties and type. A name that any paper
// may have ("ceasefire", "Joint Declaration") ties nothing together by itself.
#include <algorithm>
#include <numeric>
#include <simdjson.h>

#include "core/embedded.h"
#include "core/tsv.h"
#include "core/utf8.h"
#include "record/fold.h"
#include "record/link_steps.h"
#include "record/row_line.h"
#include "record/store_impl.h"

namespace readout::record {
namespace {

struct Paper {
  int64_t row = 0;
  std::string name, type, date;
  std::set<std::string> parties;
  std::vector<std::string> also;
};

/// Words that any paper may have in its name.
std::set<std::string> common_words() {
  std::set<std::string> words = {"the", "of", "on", "and", "for", "a", "an", "in", "to", "with", "between", "this", "that", "its", "their", "new"};
  for_each_row(embedded("events/agreements.tsv"), [&](const TsvRow& row) {
    if (row[0] != "head" && row[0] != "qualifier") return;
    for (auto& [range, word] : folded_words(row[3])) words.insert(std::move(word));
  });
  return words;
}

/// Has a capital letter or a number, and a word that not every paper has.
bool own_name(std::string_view name, const std::set<std::string>& common) {
  const auto words = folded_words(name);
  return std::any_of(words.begin(), words.end(), [&](const auto& word) {
    const auto first = static_cast<unsigned char>(name[word.first.first]);
    const bool capital = (first >= 'A' && first <= 'Z') || (first >= '0' && first <= '9') || first >= 0x80;
    return capital && !common.contains(word.second);
  });
}

/// One date is a beginning of the other, or one is not known; parties meet, or one has none.
bool fit(const Paper& a, const Paper& b) {
  const bool dates = a.date.empty() || b.date.empty() || a.date.starts_with(b.date) || b.date.starts_with(a.date);
  return dates && (a.parties.empty() || b.parties.empty() || meet(a.parties, b.parties));
}

}  // namespace

Result<void> link_agreements(const Database& db, const Sides&) {
  std::vector<Paper> papers;
  {
    auto find = db.prepare("SELECT f.row, r.rest FROM fact f JOIN row r ON r.n = f.row WHERE f.kind = 'agreement' ORDER BY f.day, f.row");
    if (!find) return find.error();
    simdjson::dom::parser parser;
    while (true) {
      const auto more = find->step();
      if (!more) return more.error();
      if (!*more) break;
      simdjson::dom::element rest;
      const std::string json(find->text(1));
      if (parser.parse(json).get(rest) != simdjson::SUCCESS) continue;
      Paper paper;
      paper.row = find->number(0);
      std::string_view text;
      if (rest["name"].get(text) == simdjson::SUCCESS) paper.name = text;
      if (rest["type"].get(text) == simdjson::SUCCESS) paper.type = text;
      if (rest["date"].get(text) == simdjson::SUCCESS) paper.date = text;
      simdjson::dom::array list;
      if (rest["parties"].get(list) == simdjson::SUCCESS) {
        for (const auto item : list) {
          if (item.get(text) == simdjson::SUCCESS && text != "?") paper.parties.emplace(text);
        }
      }
      if (rest["also"].get(list) == simdjson::SUCCESS) {
        for (const auto item : list) {
          if (item["text"].get(text) == simdjson::SUCCESS) paper.also.emplace_back(text);
        }
      }
      papers.push_back(std::move(paper));
    }
  }
  const std::set<std::string> common = common_words();
  std::vector<size_t> group(papers.size());
  std::vector<std::string> reasons(papers.size(), "the first telling");
  std::iota(group.begin(), group.end(), size_t{0});
  const auto first_of = [&](size_t at) {
    while (group[at] != at) at = group[at];
    return at;
  };
  const auto join = [&](size_t at, size_t with, std::string reason) {
    const size_t a = first_of(at), b = first_of(with);
    if (a == b || !fit(papers[a], papers[b])) return;
    // What a group knows of date and parties is what any of it tells.
    const size_t first = std::min(a, b), later = std::max(a, b);
    group[later] = first;
    reasons[later] = std::move(reason);
    if (papers[first].date.size() < papers[later].date.size()) papers[first].date = papers[later].date;
    papers[first].parties.insert(papers[later].parties.begin(), papers[later].parties.end());
  };
  std::map<std::string, std::vector<size_t>> named;   // by a name of its own, or by day, parties and type
  const auto meet_at = [&](const std::string& key, size_t at, const std::string& reason) {
    auto& others = named[key];
    for (const size_t other : others) {
      if (!fit(papers[at], papers[other]) || !fit(papers[first_of(at)], papers[first_of(other)])) continue;
      join(at, other, reason);
      break;
    }
    others.push_back(at);
    // A name with many bearers: the first few that differ are enough to meet the next.
    if (others.size() > 16) others.erase(others.begin() + 8);
  };
  for (size_t i = 0; i < papers.size(); ++i) {
    const Paper paper = papers[i];
    if (own_name(paper.name, common)) meet_at("name " + name_key(paper.name), i, "the same name");
    for (const std::string& also : paper.also) {
      if (name_key(also) != name_key(paper.name) && own_name(also, common)) meet_at("name " + name_key(also), i, "a document gives it both names: " + paper.name + ", " + also);
    }
    if (paper.date.size() == 10 && paper.parties.size() >= 2) {
      std::string key = "day " + paper.date + " " + paper.type;
      for (const std::string& party : paper.parties) key += " " + party;
      meet_at(key, i, "the same day, parties and type");
    }
  }
  for (size_t i = 0; i < papers.size(); ++i) {
    auto put = db.prepare("INSERT INTO agreement_group (row, first, reason) VALUES (?, ?, ?)");
    if (!put) return put.error();
    if (auto done = put->bind(1, papers[i].row).bind(2, papers[first_of(i)].row).bind(3, reasons[i]).run(); !done) return done;
  }
  return {};
}

}  // namespace readout::record

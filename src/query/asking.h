// One question under way: its query, its answer, its words. What each verb adds stands in questions.cc,
// the other ask_*.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/answers.h"

namespace readout::query {

struct Asking {
  const Store& store;
  const Question& question;
  FactQuery query;
  Answer answer;
  Names names;

  Asking(const Store& s, const Question& q, std::string_view verb) : store(s), question(q), names(s) {
    answer.verb = verb;
    query.from = q.from;
    query.until = q.until;
    query.topic = q.topic;
    query.words = q.words;
    query.document = q.document;
    query.newest_first = q.newest_first;
    query.limit = q.limit;
    query.offset = q.offset;
  }

  /// Adds the condition that `name` stands in one of `roles`; gives the words for it.
  Result<std::string> part(std::string_view name, std::vector<std::string> roles) {
    auto meant = query::meant(store, name, answer.notes);
    if (!meant) return meant.error();
    query.who.push_back({std::move(meant->ids), std::move(roles)});
    return std::move(meant->words);
  }

  /// What every question may be narrowed by, in words.
  std::string narrowed() const {
    std::string out;
    if (!question.topic.empty()) out += ", in documents on \"" + question.topic + "\"";
    if (!question.words.empty()) out += ", in sentences with " + question.words;
    if (!question.document.empty()) out += ", in document " + question.document.substr(0, 12);
    return out + query::dates_words(question.from, question.until);
  }

  Result<FactPage> facts() {
    auto page = store.facts(query);
    if (page) answer.total = page->total;
    return page;
  }
};

Result<Answer> ask_commitments(Asking asking);
Result<Answer> ask_figures(Asking asking);
Result<Answer> ask_agreements(Asking asking);
/// The record between two days: what is told for the first time, what changed, what fell due.
Result<Answer> ask_changes(Asking asking);

/// The cells of a row for people, whatever its kind: who, towards whom, what.
std::vector<std::string> who_and_what(const Fact& fact, const Json& row, Names& names);

/// kept (the row itself says so), answered, disputed, revised, open, due or overdue.
std::string commitment_state(const Fact& fact, const std::string& as_of);

}  // namespace readout::query

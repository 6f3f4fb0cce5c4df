// A dossier is facts about one thing and the answers to the questions that a desk asks of it first.
#include <algorithm>

#include "query/answers.h"

namespace readout {
namespace {

std::string listed(const std::vector<std::pair<std::string, uint64_t>>& counted, size_t most) {
  std::string out;
  for (size_t i = 0; i < counted.size() && i < most; ++i) {
    out += (out.empty() ? "" : ", ") + counted[i].first + " (" + std::to_string(counted[i].second) + ")";
  }
  if (counted.size() > most) out += " and " + std::to_string(counted.size() - most) + " more";
  return out;
}

void actor_facts(const ActorSummary& actor, query::Names& names, std::vector<std::pair<std::string, std::string>>& facts) {
  facts.emplace_back("id", actor.id);
  if (!actor.type.empty()) facts.emplace_back("type", actor.type + (actor.country.empty() ? "" : ", " + actor.country));
  if (!actor.names.empty()) facts.emplace_back("names and aliases (documents)", listed(actor.names, 20));
  for (const ActorSummary::Held& held : actor.offices) {
    std::string words = held.title + (held.of.empty() ? "" : " of " + names.of(held.of));
    if (!held.from.empty() || !held.until.empty()) {
      words += " (" + (held.from.empty() ? "?" : held.from) + " to " + (held.until.empty() ? "now" : held.until) + ")";
    }
    facts.emplace_back("office", words + (held.seen.empty() ? "" : ", so on " + held.seen));
  }
  std::string seen = std::to_string(actor.documents) + (actor.documents == 1 ? " document" : " documents");
  if (!actor.first_seen.empty()) seen += ", first " + actor.first_seen + ", last " + actor.last_seen;
  facts.emplace_back("seen in", seen);
  auto counts = actor.counts;
  for (auto& [what, count] : counts) std::replace(what.begin(), what.end(), '_', ' ');
  if (!counts.empty()) facts.emplace_back("rows", listed(counts, 30));
  std::vector<std::pair<std::string, uint64_t>> with;
  for (const ActorSummary::Co& co : actor.with) with.emplace_back(names.of(co.id) + " [" + co.id + "]", co.rows);
  if (!with.empty()) facts.emplace_back("with", listed(with, 15));
}

Result<void> add_section(const Store& store, Dossier& out, std::string_view heading, std::string_view verb, const Question& question) {
  auto answer = ask(store, verb, question);
  if (!answer) {
    // A name that nobody has in this role is an empty section, not a failure.
    if (answer.error().code == Code::NotFound) return {};
    return answer.error();
  }
  out.sections.emplace_back(std::string(heading), std::move(*answer));
  return {};
}

}  // namespace

Result<Dossier> who(const Store& store, std::string_view name) {
  Dossier out;
  out.kind = "actor";
  std::vector<std::string> notes;
  const auto meant = query::meant(store, name, notes);
  if (!meant) return meant.error();
  out.title = name;
  out.question = "Who is " + meant->words + "?";
  for (const std::string& id : meant->ids) {
    const auto summary = store.actor_summary(id);
    if (!summary) return summary.error();
    if (meant->ids.size() == 1) out.title = summary->name;
    if (meant->ids.size() > 1) out.facts.emplace_back("reading", summary->name);
    query::Names names(store);
    actor_facts(*summary, names, out.facts);
  }
  for (const std::string& note : notes) out.facts.emplace_back("note", note);
  return out;
}

Result<Dossier> dossier(const Store& store, std::string_view kind, const Question& question) {
  Dossier out;
  out.kind = !kind.empty() ? std::string(kind) : question.other.empty() ? "actor" : "dyad";
  const auto sections = [&](std::initializer_list<std::pair<const char*, const char*>> wanted, const Question& q) -> Result<void> {
    for (const auto& [heading, verb] : wanted) {
      if (auto done = add_section(store, out, heading, verb, q); !done) return done;
    }
    return {};
  };
  Question q = question;
  if (out.kind == "actor") {
    auto facts = who(store, question.actor);
    if (!facts) return facts.error();
    out.title = facts->title;
    std::vector<std::string> notes;
    const auto meant = query::meant(store, question.actor, notes);
    if (!meant) return meant.error();
    out.question = "What does the record hold on " + meant->words + query::dates_words(q.from, q.until) + "?";
    out.facts = std::move(facts->facts);
    if (auto done = sections({{"Contacts", "contacts"}, {"Events", "events"}, {"Commitments", "commitments"}, {"Agreements", "agreements"},
                              {"What they said", "said"}, {"Figures", "figures"}}, q); !done) {
      return done.error();
    }
  } else if (out.kind == "dyad") {
    std::vector<std::string> notes;
    const auto one = query::meant(store, q.actor, notes), two = query::meant(store, q.other, notes);
    if (!one) return one.error();
    if (!two) return two.error();
    query::Names names(store);
    const auto title = [&](const query::Meant& who, const std::string& asked) { return who.ids.size() == 1 ? names.of(who.ids.front()) : asked; };
    out.title = title(*one, q.actor) + " and " + title(*two, q.other);
    out.question = "What does the record hold on " + one->words + " and " + two->words + query::dates_words(q.from, q.until) + "?";
    for (const std::string& note : notes) out.facts.emplace_back("note", note);
    if (auto done = sections({{"Contacts", "contacts"}, {"Timeline", "timeline"}, {"Commitments", "commitments"}, {"Agreements", "agreements"}}, q);
        !done) {
      return done.error();
    }
    Question there = q;
    there.about = q.other;
    if (auto done = sections({{"What the first said about the second", "said"}}, there); !done) return done.error();
    there.actor = q.other;
    there.about = q.actor;
    if (auto done = sections({{"What the second said about the first", "said"}}, there); !done) return done.error();
  } else if (out.kind == "topic") {
    q.topic = question.topic.empty() ? question.actor : question.topic;
    q.actor.clear();
    out.title = q.topic;
    out.question = "What does the record hold in documents on \"" + q.topic + "\"" + query::dates_words(q.from, q.until) + "?";
    if (auto done = sections({{"Timeline", "timeline"}, {"Commitments", "commitments"}, {"Agreements", "agreements"}, {"Figures", "figures"}}, q);
        !done) {
      return done.error();
    }
  } else if (out.kind == "agreement") {
    q.name = question.name.empty() ? question.actor : question.name;
    q.actor.clear();
    out.title = q.name;
    out.question = "What does the record hold on the agreement \"" + q.name + "\"" + query::dates_words(q.from, q.until) + "?";
    if (auto done = sections({{"The agreement", "agreements"}}, q); !done) return done.error();
    Question words = q;
    words.name.clear();
    words.words = "\"" + q.name + "\"";
    if (auto done = sections({{"Commitments in sentences that name it", "commitments"}, {"What was said of it", "said"},
                              {"Events in sentences that name it", "events"}}, words); !done) {
      return done.error();
    }
  } else if (out.kind == "place") {
    q.place = question.place.empty() ? question.actor : question.place;
    q.actor.clear();
    out.title = q.place;
    out.question = "What does the record hold on the place " + q.place + query::dates_words(q.from, q.until) + "?";
    if (auto done = sections({{"Events there", "events"}}, q); !done) return done.error();
    Question words = q;
    words.place.clear();
    words.words = "\"" + q.place + "\"";
    if (auto done = sections({{"What was said of it", "said"}, {"Commitments in sentences that name it", "commitments"},
                              {"Figures in sentences that name it", "figures"}}, words); !done) {
      return done.error();
    }
  } else {
    return Error{Code::BadInput, "there is no dossier of the kind \"" + out.kind + "\" (want actor, dyad, topic, agreement or place)"};
  }
  const bool nothing = out.facts.empty() && std::all_of(out.sections.begin(), out.sections.end(), [](const auto& s) { return s.second.rows.empty(); });
  if (nothing) return Error{Code::NotFound, "the record holds nothing on " + out.title};
  return out;
}

}  // namespace readout

// Two situations are told without naming the listener again and again. A summary of a meeting ("The
// representative of X said that"): everybody speaks to the body that meets, unless he answers. A readout
// of a talk of two ("The President spoke with Y. He underlined that"): each speaks to the other.
#include "discourse/addressees.h"

#include <algorithm>
#include <optional>

namespace readout::discourse {
namespace {

constexpr uint32_t kLead = 700;  // letters in which a readout names who met

bool one_of(std::string_view w, std::initializer_list<std::string_view> list) { return std::find(list.begin(), list.end(), w) != list.end(); }

/// The body that the summed-up speakers sit in.
std::optional<ActorId> assembly_of(const Document& doc) {
  const auto& turns = doc.structure()->turns;
  if (std::count_if(turns.begin(), turns.end(), [](const Turn& t) { return !t.direct; }) < 2) return std::nullopt;
  for (const Mention& mention : doc.actors()->mentions) {
    if (mention.actors.size() != 1 || doc.actors()->actors[index(mention.actors[0])].type != ActorType::Igo) continue;
    const std::string_view name = doc.str(doc.actors()->actors[index(mention.actors[0])].name);
    for (const std::string_view word : {"Council", "Assembly", "Committee", "Board", "Conference", "Commission"}) {
      if (name.find(word) != std::string_view::npos) return mention.actors[0];
    }
  }
  return std::nullopt;
}

/// The two whose talk is told: the only persons named in the sentence of the lead that says they met.
std::vector<ActorId> pair_of(const Document& doc) {
  for (const Turn& turn : doc.structure()->turns) {
    if (turn.direct) return {};
  }
  const TokenRange lead = doc.tokens_in({0, std::min(kLead, static_cast<uint32_t>(doc.plain().size()))});
  for (uint32_t t = index(lead.begin); t < index(lead.end); ++t) {
    const Upos pos = doc.syntax()->upos[t];
    const std::string_view lemma = doc.lemma(TokenId{t});
    const bool contact = pos == Upos::Verb ? one_of(lemma, {"speak", "talk", "meet", "call", "telephone", "phone", "receive", "host"})
                                           : pos == Upos::Noun && one_of(lemma, {"call", "conversation", "meeting", "audience", "talk", "discussion"});
    if (!contact) continue;
    const TokenRange sentence = doc.sentence_tokens(doc.tokens()->sentence[t]);
    const Span span{doc.span(sentence.begin).begin, doc.span(TokenId{index(sentence.end) - 1}).end};
    std::vector<ActorId> pair;
    for (const Mention& mention : doc.actors()->mentions) {
      if (!span.contains(mention.span)) continue;
      for (const ActorId actor : mention.actors) {
        const Actor& who = doc.actors()->actors[index(actor)];
        if (who.type != ActorType::Person || doc.str(who.id) == "?") continue;
        if (std::find(pair.begin(), pair.end(), actor) == pair.end()) pair.push_back(actor);
      }
    }
    if (pair.size() == 2) return pair;
    if (pair.size() > 2) return {};
  }
  return {};
}

}  // namespace

void imply_addressees(const Document& doc, std::vector<Quote>& quotes) {
  const std::optional<ActorId> assembly = assembly_of(doc);
  const std::vector<ActorId> pair = assembly ? std::vector<ActorId>{} : pair_of(doc);
  if (!assembly && pair.empty()) return;
  const auto& turns = doc.structure()->turns;
  for (Quote& quote : quotes) {
    if (!quote.addressee.empty() || quote.parent != kNone<QuoteId> || quote.type == QuoteType::Direct || quote.cue.empty()) continue;
    if (quote.source.size() != 1) continue;
    const TokenRange cue = doc.tokens_in(quote.cue);
    if (cue.empty() || one_of(doc.lemma(cue.begin), {"tell", "ask", "inform", "assure", "brief", "remind"})) continue;  // these name whom
    if (!assembly) {
      if (quote.source[0] == pair[0]) quote.addressee = {pair[1]};
      if (quote.source[0] == pair[1]) quote.addressee = {pair[0]};
      continue;
    }
    for (const Turn& turn : turns) {
      if (turn.direct || !(turn.span.contains(quote.span) || turn.introduced_by.contains(quote.span))) continue;
      bool answers = false;
      const TokenRange words = doc.tokens_in(turn.introduced_by);
      for (uint32_t t = index(words.begin); t < index(words.end); ++t) {
        answers |= one_of(doc.lemma(TokenId{t}), {"respond", "reply", "answer", "response"});
      }
      if (!answers && quote.source[0] != *assembly) quote.addressee = {*assembly};
    }
  }
}

}  // namespace readout::discourse

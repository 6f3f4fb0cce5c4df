#include "query/eval_quotes.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/utf8.h"
#include "discourse/attribution.h"
#include "pipeline/batch.h"
#include "query/gold_actors.h"
#include "readout/layer_names.h"
#include "readout/voice.h"

namespace readout::query {
namespace {

using ActorIds = std::set<std::string>;

/// First and last letter or digit of a span: marks and stops at its edges don't count.
Span letters(std::string_view plain, Span span) {
  uint32_t begin = span.end, end = span.begin;
  for (size_t i = span.begin; i < span.end;) {
    const size_t at = i;
    const char32_t c = utf8::next(plain, i);
    if (!utf8::is_letter(c) && !utf8::is_digit(c)) continue;
    if (begin == span.end) begin = static_cast<uint32_t>(at);
    end = static_cast<uint32_t>(i);
  }
  return begin < end ? Span{begin, end} : span;
}

std::string flat(std::string_view text, size_t limit = 70) {
  std::string out;
  for (const char c : text.substr(0, limit)) out.push_back(c == '\n' ? ' ' : c);
  return out;
}

std::string join(const ActorIds& ids) {
  std::string out;
  for (const std::string& id : ids) out += (out.empty() ? "" : ",") + id;
  return out.empty() ? "-" : out;
}

}  // namespace

Result<QuoteScores> eval_quotes(const std::vector<GoldDocument>& gold, const entities::Knowledge& knowledge) {
  QuoteScores scores;
  for (const GoldDocument& g : gold) {
    const Document& doc = g.doc;
    const QuoteLayer* layer = doc.quotes();
    if (layer == nullptr) return Error{Code::Internal, "eval quotes: the quotes layer was not made"};
    const ActorAlignment align(g, knowledge);
    const auto ids_of = [&](const std::vector<ActorId>& actors) {
      ActorIds out;
      for (const ActorId a : actors) {
        out.insert(a == kNone<ActorId> ? std::string("?") : std::string(doc.str(doc.actors()->actors[index(a)].id)));
      }
      if (out.empty()) out.insert("?");
      return out;
    };
    std::vector<const GoldRow*> rows;
    for (const GoldRow& row : g.rows) {
      if (row.kind != "quote") continue;
      if (row.span) {
        rows.push_back(&row);
      } else {
        ++scores.spans.gold;
        ++scores.exact.gold;
        ++scores.sources.gold;
        scores.failures.push_back(g.name + ":" + std::to_string(row.line) + ": the gold quote is not in the text read");
      }
    }
    struct Pair {
      double like;
      size_t row, quote;
      bool source;
    };
    std::vector<Pair> pairs;
    for (size_t r = 0; r < rows.size(); ++r) {
      const Span wanted = letters(doc.plain(), *rows[r]->span);
      ActorIds source = align(rows[r]->list("source"));
      for (size_t q = 0; q < layer->quotes.size(); ++q) {
        const double like = likeness(wanted, letters(doc.plain(), layer->quotes[q].span));
        if (like >= 0.5) pairs.push_back({like, r, q, ids_of(layer->quotes[q].source) == source});
      }
    }
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) {
      return a.source != b.source && std::abs(a.like - b.like) < 0.2 ? a.source : a.like > b.like;
    });
    std::vector<int> of_row(rows.size(), -1);
    std::vector<bool> used(layer->quotes.size(), false);
    for (const Pair& pair : pairs) {
      if (of_row[pair.row] >= 0 || used[pair.quote]) continue;
      of_row[pair.row] = static_cast<int>(pair.quote);
      used[pair.quote] = true;
    }
    scores.spans.system += layer->quotes.size();
    scores.exact.system += layer->quotes.size();
    for (size_t r = 0; r < rows.size(); ++r) {
      const GoldRow& row = *rows[r];
      const Span wanted = letters(doc.plain(), *row.span);
      const ActorIds source = align(row.list("source"));
      const std::string where = g.name + ":" + std::to_string(row.line) + ": ";
      ++scores.spans.gold;
      ++scores.exact.gold;
      ++scores.sources.gold;
      ++scores.voices.gold;
      const TokenRange tokens = doc.tokens_in(wanted);
      if (!tokens.empty()) {
        const auto middle = (index(tokens.begin) + index(tokens.end)) / 2;
        const VoiceId voice = layer->token_voice[middle];
        std::vector<ActorId> inner;
        if (voice != kNone<VoiceId>) inner = innermost(layer->voices[index(voice)]);
        if (ids_of(inner) == source) ++scores.voices.correct;
      }
      if (of_row[r] < 0) {
        scores.failures.push_back(where + "no quote \"" + flat(doc.text(*row.span)) + "\" of " + join(source));
        continue;
      }
      const Quote& quote = layer->quotes[static_cast<size_t>(of_row[r])];
      ++scores.spans.correct;
      ++scores.sources_of_found.gold;
      ++scores.types.gold;
      ++scores.polarity.gold;
      if (letters(doc.plain(), quote.span) == wanted) {
        ++scores.exact.correct;
      } else {
        scores.failures.push_back(where + "content \"" + flat(doc.text(*row.span), 200) + "\" read as \"" + flat(doc.text(quote.span), 200) + "\"");
      }
      const ActorIds found = ids_of(quote.source);
      if (found == source) {
        ++scores.sources.correct;
        ++scores.sources_of_found.correct;
      } else {
        scores.failures.push_back(where + "source of \"" + flat(doc.text(*row.span)) + "\" is " + join(source) + ", read " + join(found) + " (" +
                                  flat(doc.text(quote.source_span)) + ")");
      }
      if (name(quote.type) == row.text("type")) {
        ++scores.types.correct;
      } else {
        scores.failures.push_back(where + "type of \"" + flat(doc.text(*row.span)) + "\" is " + row.text("type") + ", read " +
                                  std::string(name(quote.type)));
      }
      if (quote.denied == (row.text("polarity") == "negative")) {
        ++scores.polarity.correct;
      } else {
        scores.failures.push_back(where + "polarity of \"" + flat(doc.text(*row.span)) + "\"");
      }
      const ActorIds addressee = align(row.list("addressee"));
      if (!addressee.empty()) {
        ++scores.addressees.gold;
        ActorIds read;
        if (!quote.addressee.empty()) read = ids_of(quote.addressee);
        if (read == addressee) {
          ++scores.addressees.correct;
        } else {
          scores.failures.push_back(where + "addressee of \"" + flat(doc.text(*row.span)) + "\" is " + join(addressee) + ", read " + join(read));
        }
      }
    }
    for (size_t q = 0; q < layer->quotes.size(); ++q) {
      if (used[q]) continue;
      const Quote& quote = layer->quotes[q];
      scores.failures.push_back(g.name + ": gold has no quote \"" + flat(doc.text(quote.span)) + "\" of " + join(ids_of(quote.source)) + ", cue \"" +
                                flat(doc.text(quote.cue)) + "\"");
    }
  }
  return scores;
}

Result<AttributionScores> eval_attributions(const Engine& engine, std::string_view lines) {
  AttributionScores scores;
  struct Row {
    nlohmann::json json;
    uint32_t sentence = 0;  // offset in the text
  };
  struct Text {
    std::string text;
    std::map<std::string, uint32_t> sentences;  // sent_id -> offset
    std::vector<Row> rows;
  };
  std::vector<std::pair<std::string, Text>> texts;
  while (!lines.empty()) {
    const size_t end = lines.find('\n');
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
    if (line.empty()) continue;
    Row row{nlohmann::json::parse(line, nullptr, false), 0};
    if (!row.json.is_object() || !row.json.contains("doc") || !row.json.contains("source_cue")) {
      return Error{Code::BadData, "a line is no attribution of quotes/gum_attribution"};
    }
    const std::string name = row.json["doc"].get<std::string>(), id = row.json["sent_id"].get<std::string>();
    if (texts.empty() || texts.back().first != name) texts.push_back({name, {}});
    Text& text = texts.back().second;
    const auto [it, fresh] = text.sentences.try_emplace(id, static_cast<uint32_t>(text.text.size()));
    if (fresh) text.text += row.json["sentence"].get<std::string>() + "\n\n";
    row.sentence = it->second;
    text.rows.push_back(std::move(row));
  }
  Scratch scratch;
  const discourse::QuoteWords words;
  discourse::Arcs arcs;
  for (auto& [name, text] : texts) {
    text::RawDocument raw;
    raw.bytes = text.text;
    raw.meta.file = name + ".txt";
    auto read = read_one(engine, std::move(raw), scratch);
    if (!read) return read.error().within(name);
    const Document& doc = *read;
    arcs.read(doc);
    struct Item {
      Span cue, source;
      std::vector<Span> content;
      bool used = false;
    };
    std::vector<Item> items;
    const discourse::AttributionFinder finder(arcs, words);
    for (const discourse::Attribution& a : finder.find()) {
      Item item;
      item.cue = arcs.span(a.cue_begin, a.cue_end);
      if (a.source != discourse::Arcs::kNo) {
        const TokenRange range = finder.source_words(a.source);
        item.source = arcs.span(index(range.begin), index(range.end));
      }
      for (const TokenRange piece : a.pieces) item.content.push_back(arcs.span(index(piece.begin), index(piece.end)));
      items.push_back(std::move(item));
    }
    for (const Quote& quote : doc.quotes()->quotes) {
      if (quote.cue.empty()) continue;
      const bool known = std::any_of(items.begin(), items.end(), [&](const Item& item) { return item.cue.overlaps(quote.cue); });
      if (known) {
        for (Item& item : items) {
          if (!item.cue.overlaps(quote.cue)) continue;
          item.content.push_back(quote.span);
          if (item.source.empty()) item.source = quote.source_span;
        }
        continue;
      }
      Item item;
      item.cue = quote.cue;
      item.source = quote.source_span;
      item.content.push_back(quote.span);
      items.push_back(std::move(item));
    }
    scores.attributions.system += items.size();
    for (const Row& row : text.rows) {
      ++scores.attributions.gold;
      std::vector<Span> cues;
      for (const auto& part : row.json["source_cue"]) {
        if (const auto at = find_text(doc.plain(), part.get<std::string>(), 1, false, row.sentence)) cues.push_back(*at);
      }
      std::vector<Span> content;
      if (const auto at = find_text(doc.plain(), row.json["content_head"].get<std::string>(), 1, false, row.sentence)) content.push_back(*at);
      for (const auto& part : row.json["content"]) {
        if (const auto at = find_text(doc.plain(), part.get<std::string>(), 1, false, row.sentence)) content.push_back(*at);
      }
      const std::string where = row.json["sent_id"].get<std::string>() + ": ";
      std::string told = "[";
      for (const auto& part : row.json["source_cue"]) told += part.get<std::string>() + " ";
      told += "] " + row.json["content_head"].get<std::string>();
      const bool has_speaker = row.json["speaker"].is_object();
      if (has_speaker) ++scores.speakers.gold;
      Item* found = nullptr;
      for (Item& item : items) {
        if (item.used) continue;
        const bool cue = std::any_of(cues.begin(), cues.end(), [&](Span s) { return s.contains(item.cue) || s.overlaps(item.cue); });
        const bool same = std::any_of(item.content.begin(), item.content.end(), [&](Span s) {
          return std::any_of(content.begin(), content.end(), [&](Span c) { return c.overlaps(s); });
        });
        if (cue && same) {
          found = &item;
          break;
        }
      }
      if (found == nullptr) {
        scores.failures.push_back(where + "missed " + told);
        continue;
      }
      found->used = true;
      ++scores.attributions.correct;
      if (!has_speaker) continue;
      ++scores.speakers_of_found.gold;
      const std::string head = row.json["speaker"]["head"].get<std::string>();
      bool right = false;
      for (const Span cue : cues) {
        const auto at = find_text(doc.plain(), head, 1, true, cue.begin);
        right |= at && at->begin < cue.end && found->source.contains(*at);
      }
      if (right) {
        ++scores.speakers.correct;
        ++scores.speakers_of_found.correct;
      } else {
        scores.failures.push_back(where + "speaker of " + told + " is \"" + row.json["speaker"]["text"].get<std::string>() + "\", read \"" +
                                  std::string(doc.text(found->source)) + "\"");
      }
    }
    for (const Item& item : items) {
      if (item.used) continue;
      scores.failures.push_back(name + ": gold has no \"" + flat(doc.text(item.cue)) + "\" of \"" + flat(doc.text(item.source)) + "\": " +
                                flat(item.content.empty() ? std::string_view() : doc.text(item.content.front())));
    }
  }
  return scores;
}

}  // namespace readout::query

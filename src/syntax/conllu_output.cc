#include "syntax/conllu_output.h"

#include "text/conllu.h"

namespace readout::syntax {
namespace {

std::string_view tag_name(EntityType type) {
  switch (type) {
    case EntityType::Person: return "PER";
    case EntityType::Organisation: return "ORG";
    case EntityType::Location:
    case EntityType::Gpe: return "LOC";
    default: return "MISC";
  }
}

std::string_view or_blank(std::string_view text) { return text.empty() ? "_" : text; }

/// A field may hold no tab and no line end.
void append_field(std::string_view text, std::string& out) {
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
}

}  // namespace

void append_conllu(const Document& doc, std::string& out) {
  const TokenLayer& tokens = *doc.tokens();
  const SyntaxLayer& syntax = *doc.syntax();
  const uint32_t n = tokens.size();
  std::vector<std::string> entity(doc.entities() == nullptr ? 0 : n);
  if (doc.entities() != nullptr) {
    for (const Entity& e : doc.entities()->entities) {
      for (uint32_t t = index(e.tokens.begin); t < index(e.tokens.end); ++t) {
        entity[t] = (t == index(e.tokens.begin) ? "B-" : "I-") + std::string(tag_name(e.type));
      }
    }
  }
  const std::string& id = doc.meta().source_id.empty() ? doc.id() : doc.meta().source_id;
  out += "# newdoc id = ";
  append_field(id, out);
  out += '\n';
  BlockId block = kNone<BlockId>;
  for (size_t s = 0; s < tokens.sentences.size(); ++s) {
    const TokenRange range = tokens.sentences[s];
    if (s < tokens.sentence_block.size() && tokens.sentence_block[s] != block) {
      block = tokens.sentence_block[s];
      out += "# newpar\n";
    }
    out += "# sent_id = ";
    append_field(id, out);
    out += "-" + std::to_string(s + 1) + "\n# text = ";
    append_field(doc.text(doc.span(range)), out);
    out += '\n';
    for (uint32_t t = index(range.begin); t < index(range.end); ++t) {
      const uint32_t number = t - index(range.begin) + 1;
      const auto continues = [&](uint32_t i) {
        return i < index(range.end) && (tokens.flags[i] & TokenFlags::kContinuesToken) != 0;
      };
      uint32_t last = t;
      while (continues(last + 1)) ++last;
      const bool inside = t > index(range.begin) && continues(t);
      const bool space = (tokens.flags[t] & TokenFlags::kSpaceAfter) != 0;
      if (!inside && last > t) {
        out += std::to_string(number) + "-" + std::to_string(number + last - t) + "\t";
        append_field(doc.text({tokens.span[t].begin, tokens.span[last].end}), out);
        out += "\t_\t_\t_\t_\t_\t_\t_\t";
        out += (tokens.flags[last] & TokenFlags::kSpaceAfter) != 0 ? "_\n" : "SpaceAfter=No\n";
      }
      out += std::to_string(number) + "\t";
      append_field(doc.text(tokens.span[t]), out);
      out += '\t';
      append_field(or_blank(doc.str(syntax.lemma[t])), out);
      out += '\t';
      out += name(syntax.upos[t]);
      out += "\t_\t";
      out += or_blank(doc.str(syntax.feats[t]));
      const uint32_t head = index(syntax.head[t]);
      out += '\t' + std::to_string(head == t ? 0 : head - index(range.begin) + 1) + '\t';
      out += name(syntax.dep[t]);
      out += "\t_\t";
      std::string misc;
      if (!entity.empty() && !entity[t].empty()) misc = "NER=" + entity[t];
      if (!space && !inside && last == t) misc += misc.empty() ? "SpaceAfter=No" : "|SpaceAfter=No";
      out += or_blank(misc);
      out += '\n';
    }
    out += '\n';
  }
}

Result<std::string> annotate_conllu(std::string_view conllu, const Parser& parser) {
  auto sentences = text::read_conllu(conllu);
  if (!sentences) return sentences.error();
  std::vector<std::string_view> words;
  std::vector<uint32_t> ends;
  for (const auto& sentence : *sentences) {
    for (const auto& row : sentence.rows) {
      if (!row.is_range() && !row.is_empty_node()) words.push_back(row.form);
    }
    ends.push_back(static_cast<uint32_t>(words.size()));
  }
  Workspace ws;
  parser.network().run(words, ends, ws);
  std::string out, lemma;
  out.reserve(conllu.size());
  size_t w = 0;
  for (const auto& sentence : *sentences) {
    for (const std::string_view comment : sentence.comments) out.append(comment).append("\n");
    for (const auto& row : sentence.rows) {
      if (row.is_empty_node()) continue;
      out.append(row.id).append("\t").append(row.form).append("\t");
      if (row.is_range()) {
        out.append("_\t_\t_\t_\t_\t_\t_\t").append(or_blank(row.misc)).append("\n");
        continue;
      }
      make_lemma(parser.script(ws.script[w]), words[w], lemma);
      out.append(or_blank(lemma)).append("\t").append(name(static_cast<Upos>(ws.upos[w]))).append("\t_\t");
      out.append(parser.feats(ws.feats[w])).append("\t").append(std::to_string(ws.head[w])).append("\t");
      out.append(parser.dep_name(ws.dep[w])).append("\t_\t").append(or_blank(row.misc)).append("\n");
      ++w;
    }
    out += '\n';
  }
  return out;
}

}  // namespace readout::syntax

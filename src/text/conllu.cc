#include "text/conllu.h"

#include <array>
#include <charconv>

namespace readout::text {
namespace {

bool has_item(std::string_view list, std::string_view item) {
  while (!list.empty()) {
    const size_t bar = std::min(list.find('|'), list.size());
    if (list.substr(0, bar) == item) return true;
    list.remove_prefix(std::min(bar + 1, list.size()));
  }
  return false;
}

bool is_mark(std::string_view comment, std::string_view mark) {
  if (!comment.starts_with(mark)) return false;
  return comment.size() == mark.size() || comment[mark.size()] == ' ';
}

// The words of each surface token follow it, numbered one by one from 1. Returns what is wrong,
// empty if nothing is.
std::string misnumbered(const ConlluSentence& sentence) {
  uint32_t next = 1, last_of_token = 0;
  for (const ConlluRow& row : sentence.rows) {
    if (row.is_empty_node()) continue;
    const char* const end = row.id.data() + row.id.size();
    uint32_t number = 0;
    const auto read = std::from_chars(row.id.data(), end, number);
    if (read.ec != std::errc() || number != next)
      return "id \"" + std::string(row.id) + "\" where " + std::to_string(next) + " is due";
    if (!row.is_range()) {
      if (read.ptr != end) return "\"" + std::string(row.id) + "\" is no id";
      ++next;
      continue;
    }
    uint32_t last = 0;
    const auto rest = std::from_chars(read.ptr + 1, end, last);
    if (*read.ptr != '-' || rest.ec != std::errc() || rest.ptr != end || last < number ||
        number <= last_of_token)
      return "\"" + std::string(row.id) + "\" is no range of words";
    last_of_token = last;
  }
  if (last_of_token >= next)
    return "the words of token ..-" + std::to_string(last_of_token) + " are missing";
  return {};
}

}  // namespace

bool ConlluRow::space_after() const { return !has_item(misc, "SpaceAfter=No"); }

Result<std::vector<ConlluSentence>> read_conllu(std::string_view bytes) {
  std::vector<ConlluSentence> sentences;
  ConlluSentence sentence;
  uint32_t line = 0;
  while (!bytes.empty()) {
    const size_t end = bytes.find('\n');
    std::string_view row = bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    ++line;
    if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
    if (row.empty()) {
      if (!sentence.rows.empty()) {
        if (std::string wrong = misnumbered(sentence); !wrong.empty())
          return Error{Code::BadInput,
                       "sentence at line " + std::to_string(sentence.line) + ": " + wrong};
        sentences.push_back(std::move(sentence));
        sentence = {};
      }
      continue;
    }
    if (row.front() == '#' && sentence.rows.empty()) {
      sentence.comments.push_back(row);
      if (is_mark(row, "# newdoc")) sentence.new_document = sentence.new_paragraph = true;
      if (is_mark(row, "# newpar")) sentence.new_paragraph = true;
      continue;
    }
    std::array<std::string_view, 10> columns;
    size_t n = 0;
    std::string_view rest = row;
    bool more = true;
    while (more && n < columns.size()) {
      const size_t tab = rest.find('\t');
      columns[n++] = rest.substr(0, tab);
      more = tab != std::string_view::npos;
      if (more) rest.remove_prefix(tab + 1);
    }
    if (n != columns.size() || more) {
      return Error{Code::BadInput, "line " + std::to_string(line) + ": a CoNLL-U row has " +
                                       std::to_string(n) +
                                       (more ? " or more columns" : " columns") + " (want 10)"};
    }
    if (sentence.rows.empty()) sentence.line = line;
    sentence.rows.push_back({columns[0], columns[1], columns[2], columns[3], columns[4], columns[5],
                             columns[6], columns[7], columns[8], columns[9]});
  }
  if (!sentence.rows.empty()) {
    if (std::string wrong = misnumbered(sentence); !wrong.empty())
      return Error{Code::BadInput,
                   "sentence at line " + std::to_string(sentence.line) + ": " + wrong};
    sentences.push_back(std::move(sentence));
  }
  return sentences;
}

ConlluText rebuild_text(const std::vector<ConlluSentence>& sentences) {
  ConlluText out;
  bool space = false;
  for (const ConlluSentence& sentence : sentences) {
    if (sentence.new_paragraph && !out.text.empty()) {
      while (!out.text.empty() && out.text.back() == ' ') out.text.pop_back();
      out.text += "\n\n";
      space = false;
    }
    if (sentence.new_document || out.document_begins.empty()) {
      out.document_begins.push_back(static_cast<uint32_t>(out.text.size()));
    }
    uint32_t last_of_range = 0;
    for (const ConlluRow& row : sentence.rows) {
      if (row.is_empty_node()) continue;
      const size_t dash = row.id.find('-');
      uint32_t number = 0;
      std::from_chars(row.id.data(), row.id.data() + row.id.size(), number);
      const bool covered = dash == std::string_view::npos && number <= last_of_range;
      if (dash == std::string_view::npos) out.words.push_back(row.form);
      if (covered) continue;
      if (space) out.text += ' ';
      ConlluText::Token token;
      token.begin = static_cast<uint32_t>(out.text.size());
      out.text += row.form;
      token.end = static_cast<uint32_t>(out.text.size());
      if (dash != std::string_view::npos) {
        std::from_chars(row.id.data() + dash + 1, row.id.data() + row.id.size(), last_of_range);
        token.first_word = static_cast<uint32_t>(out.words.size());
        token.words = last_of_range - number + 1;
      } else {
        token.first_word = static_cast<uint32_t>(out.words.size() - 1);
      }
      out.tokens.push_back(token);
      space = row.space_after();
    }
    out.sentence_ends.push_back(static_cast<uint32_t>(out.tokens.size()));
  }
  out.text += '\n';
  return out;
}

}  // namespace readout::text

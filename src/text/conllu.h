// CoNLL-U: sentences of words with their annotation, as treebanks and `readout parse` write them.
// https://universaldependencies.org/format.html
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "readout/result.h"

namespace readout::text {

/// One line of a sentence: a word (1), a surface token of several words (1-2), or an empty node
/// (1.1).
struct ConlluRow {
  std::string_view id, form, lemma, upos, xpos, feats, head, deprel, deps, misc;

  bool is_range() const { return id.find('-') != std::string_view::npos; }
  bool is_empty_node() const { return id.find('.') != std::string_view::npos; }
  bool space_after() const;  // MISC has no SpaceAfter=No
};

struct ConlluSentence {
  std::vector<std::string_view> comments;  // with their '#'
  std::vector<ConlluRow> rows;
  bool new_paragraph = false;  // "# newpar" or "# newdoc"
  bool new_document = false;
  uint32_t line = 0;  // of its first row, 1-based
};

/// Views into `bytes`, which must outlive the result. A row with another number of columns than ten
/// is an error with its line.
Result<std::vector<ConlluSentence>> read_conllu(std::string_view bytes);

/// A treebank as running text and the places of its tokens, words and sentences in it.
struct ConlluText {
  std::string text;  // paragraphs parted by an empty line
  struct Token {
    uint32_t begin = 0, end = 0;  // in `text`
    uint32_t first_word = 0, words = 1;
  };
  std::vector<Token> tokens;
  std::vector<std::string_view> words;    // forms
  std::vector<uint32_t> sentence_ends;    // index into tokens behind the last of each sentence
  std::vector<uint32_t> document_begins;  // offsets into `text`
};

/// Rebuilds the raw text as the CoNLL 2018 shared task did: forms with blanks between them unless
/// SpaceAfter=No, an empty line before each new paragraph or document.
ConlluText rebuild_text(const std::vector<ConlluSentence>& sentences);

}  // namespace readout::text

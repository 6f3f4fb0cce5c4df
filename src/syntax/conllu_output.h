// CoNLL-U with our annotation: of a document that was read, or of a file whose words are kept.
#pragma once

#include <string>
#include <string_view>

#include "readout/document.h"
#include "readout/result.h"
#include "syntax/parser.h"

namespace readout::syntax {

/// Appends all sentences of a document; its tokens and syntax must be there. Entity tags, if any, go
/// into MISC as NER=B-PER and so on.
void append_conllu(const Document& doc, std::string& out);

/// The same file with UPOS, LEMMA, FEATS, HEAD and DEPREL by the parser. Words, surface tokens,
/// comments and MISC stay; XPOS and DEPS become "_", empty nodes are left out.
Result<std::string> annotate_conllu(std::string_view conllu, const Parser& parser);

}  // namespace readout::syntax

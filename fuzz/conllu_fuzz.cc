// Treebanks: whatever is accepted can be rebuilt as text, and its tokens lie in it.
#include "core/check.h"
#include "text/conllu.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto sentences = readout::text::read_conllu(bytes);
  if (!sentences) return 0;
  const auto rebuilt = readout::text::rebuild_text(*sentences);
  size_t last = 0;
  for (const auto& token : rebuilt.tokens) {
    READOUT_CHECK(last <= token.begin && token.begin <= token.end && token.end <= rebuilt.text.size());
    READOUT_CHECK(token.first_word + token.words <= rebuilt.words.size());
    last = token.end;
  }
  for (const uint32_t end : rebuilt.sentence_ends) READOUT_CHECK(end <= rebuilt.tokens.size());
  return 0;
}

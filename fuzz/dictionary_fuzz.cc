// Dictionaries of PETRARCH and TABARI, in both of their readers: the one that codes with them and the one that imports
// them. The first byte chooses the kind of file; a line that cannot be read is reported, and what was read can be asked for.
#include "core/check.h"
#include "entities/petrarch.h"
#include "events/petrarch/dictionary.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  constexpr const char* kNames[] = {"x.verbs.txt", "x.actors.txt", "x.agents.txt", "x.discards.txt", "x.issues.txt", "unnamed"};
  const std::string name = kNames[data[0] % std::size(kNames)];
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);

  readout::events::petrarch::Dictionary dictionary;
  dictionary.add(name, text);
  std::vector<uint32_t> found;
  for (const std::string& word : readout::events::petrarch::split_words(text.substr(0, 2000))) {
    dictionary.verbs(word, found);
    for (const uint32_t entry : found) {
      const auto& verb = dictionary.verb(entry);
      READOUT_CHECK(verb.verb < verb.words.size());
      READOUT_CHECK(dictionary.block(verb.block).line > 0);
    }
    dictionary.actors(word, found);
    for (const uint32_t entry : found) dictionary.code_on(dictionary.actor(entry), 19900101);
    dictionary.agents(word, found);
    for (const uint32_t entry : found) READOUT_CHECK(!dictionary.agent(entry).words.empty());
  }
  readout::entities::import_petrarch({{name, text}});
  return 0;
}

// The words of data/events/agreements.tsv and the names of data/entities/agreements.tsv, ready to
// match against folded tokens.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "readout/result.h"

namespace readout::events {

/// A map that is asked with views.
struct ViewHash {
  using is_transparent = void;
  size_t operator()(std::string_view s) const { return std::hash<std::string_view>()(s); }
};
template <class T>
using WordMap = std::unordered_map<std::string, T, ViewHash, std::equal_to<>>;

/// True if `word` is `pattern`, where a '*' at the end stands for any ending and '?' for a letter.
bool wild_match(std::string_view pattern, std::string_view word);

enum class Need : uint8_t { Always, Strong, Weak, Body };

struct AgreementHead {
  std::string type;
  Need need = Need::Strong;
};

struct KnownAgreement {
  std::string id, name, type, date, until;
  std::vector<std::string> parties;
};

struct SaidCue {
  std::string status;
  std::vector<std::string> words;
};

class AgreementWords {
 public:
  static Result<AgreementWords> parse(std::string_view words, std::string_view names);

  const AgreementHead* head(std::string_view word) const;
  bool in(std::string_view section, std::string_view word) const;
  /// Longest known name at words[at]; `length` is how many words. The row's index or -1.
  int known_at(const std::vector<std::string_view>& words, size_t at, size_t& length) const;
  const std::vector<KnownAgreement>& known() const { return known_; }
  const std::vector<SaidCue>& said() const { return said_; }

 private:
  WordMap<AgreementHead> heads_;
  WordMap<WordMap<char>> sections_;
  struct Name {
    std::vector<std::string> words;
    uint32_t known;
  };
  WordMap<std::vector<Name>> names_;
  std::vector<KnownAgreement> known_;
  std::vector<SaidCue> said_;
};

}  // namespace readout::events

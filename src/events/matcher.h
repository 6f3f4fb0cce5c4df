// Finds the frames of one sentence and what each governs.
#pragma once

#include <vector>

#include "events/clause.h"
#include "events/roles.h"

namespace readout::events {

/// One predicate that fits a frame.
struct Match {
  TokenId head{};
  const Pattern* pattern = nullptr;
  const Frame* frame = nullptr;
  TokenId theme = kNone<TokenId>;         // object or complement that a set of the pattern matched
  std::vector<TokenId> evidence;          // words of the predicate beside the head
  bool consumed = false;                  // content of another act, or part of its predicate
  bool kept = false;                      // content that is told as a fact of its own
  int inner = -1;                         // index of the act inside a speech act
  TokenId content = kNone<TokenId>;
  // Set by coding:
  bool coded = false;
  bool dropped = false;
  std::string_view plover, mode, cameo;
  std::string_view status;                // from the table of transforms; empty: as read
  const std::vector<std::string>* contexts = nullptr;
  std::string_view transformed_by;        // operator class, empty if none
};

class Matcher {
 public:
  Matcher(const FrameSet& frames, const RoleResolver& roles);
  /// Fills `out` with the matches of the view's sentence, in token order.
  void run(SentenceView& view, std::vector<Match>& out);
  /// The words named by a role path, as heads of phrases.
  void follow(SentenceView& view, const Match& match, const Path& path, std::vector<TokenId>& out) const;

 private:
  WordId verb_of_noun(const SentenceView& view, TokenId t) const;
  bool fits(SentenceView& view, TokenId head, const Pattern& pattern, Match& match) const;
  bool filler_fits(const SentenceView& view, TokenId t, const Element& element, int depth) const;
  bool subject_fits(SentenceView& view, TokenId head, const RoleClass& role_class) const;

  const FrameSet& frames_;
  const RoleResolver& roles_;
  SetId transparent_, instrument_, light_noun_, thing_;
};

}  // namespace readout::events

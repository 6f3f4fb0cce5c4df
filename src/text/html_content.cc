#include "text/html_content.h"

#include <algorithm>

namespace readout::text {
namespace {

enum class State : uint8_t { Open, Side, Navigation, Drop };  // ordered: the stronger wins

class Judge {
 public:
  explicit Judge(const HtmlTree& tree) : tree_(tree), state_(tree.blocks.size(), State::Open) {}

  std::vector<HtmlVerdict> run() {
    verdicts_.resize(tree_.segments.size());
    mark_blocks();
    mark_tables();
    measure_open();
    root_ = find_root();
    if (root_ != 0) {
      judge_by_root();
    } else {
      judge_by_density();
    }
    if (!any_text()) keep_what_there_is();
    for (size_t i = 0; i < verdicts_.size(); ++i) name_role(i);
    return std::move(verdicts_);
  }

 private:
  /// True if `block` holds so much of the text that it can't be beside the text.
  bool holds_text(const HtmlBlock& block) const {
    const HtmlBlock& all = tree_.blocks[0];
    if (all.prose > 0) return block.prose * 2ULL > all.prose;
    return block.chars * 2ULL > all.chars;
  }

  State own_state(const HtmlBlock& block, bool in_article) const {
    if (block.hidden) return State::Drop;
    State state = State::Open;
    switch (block.tag) {
      case HtmlTag::Nav:
        state = State::Drop;
        break;
      case HtmlTag::Footer:
        state = in_article ? State::Side : State::Drop;
        break;
      case HtmlTag::Aside:
        state = State::Navigation;
        break;
      case HtmlTag::Form:
        state = State::Drop;
        break;
      case HtmlTag::Header:
        state = in_article ? State::Open : State::Side;
        break;
      default:
        break;
    }
    if (block.cue == HtmlCue::Drop) state = State::Drop;
    if (block.cue == HtmlCue::Navigation) state = std::max(state, State::Navigation);
    if (state != State::Open && holds_text(block)) state = State::Open;
    return state;
  }

  void mark_blocks() {
    std::vector<bool> in_article(tree_.blocks.size());
    for (size_t i = 1; i < tree_.blocks.size(); ++i) {
      const HtmlBlock& block = tree_.blocks[i];
      in_article[i] = in_article[block.parent] || block.tag == HtmlTag::Article ||
                      block.tag == HtmlTag::Main || block.article_body ||
                      block.tag == HtmlTag::Quote;
      state_[i] = std::max(state_[block.parent], own_state(block, in_article[block.parent]));
    }
  }

  /// Tables that are tables: not nested, more than one row, not the frame of the page.
  void mark_tables() {
    const size_t n = tree_.blocks.size();
    std::vector<uint32_t> table(n), row(n), rows(n);
    std::vector<bool> layout(n);
    for (size_t i = 1; i < n; ++i) {
      const HtmlBlock& block = tree_.blocks[i];
      table[i] = table[block.parent];
      if (block.tag == HtmlTag::Row && table[i] != 0) ++rows[table[i]];
      if (block.tag == HtmlTag::Table) {
        if (table[i] != 0) layout[table[i]] = true;
        table[i] = static_cast<uint32_t>(i);
        layout[i] = block.prose * 2ULL > tree_.blocks[0].prose && tree_.blocks[0].prose > 0;
      }
    }
    for (size_t i = 1; i < n; ++i) {
      const HtmlBlock& block = tree_.blocks[i];
      row[i] = block.tag == HtmlTag::Row ? static_cast<uint32_t>(i) : row[block.parent];
      if (block.tag == HtmlTag::Table) row[i] = 0;
    }
    for (size_t i = 0; i < verdicts_.size(); ++i) {
      const uint32_t block = tree_.segments[i].block;
      const uint32_t t = table[block];
      if (t == 0 || layout[t] || rows[t] < 2) continue;
      verdicts_[i].table = t;
      verdicts_[i].row = row[block];
    }
  }

  /// Prose a subtree without what is marked.
  void measure_open() {
    open_prose_.assign(tree_.blocks.size(), 0);
    for (const HtmlSegment& segment : tree_.segments) {
      if (state_[segment.block] == State::Open && is_prose(segment)) {
        open_prose_[segment.block] += segment.chars - segment.link_chars;
      }
    }
    for (size_t i = tree_.blocks.size(); i-- > 1;)
      open_prose_[tree_.blocks[i].parent] += open_prose_[i];
  }

  static bool is_prose(const HtmlSegment& segment) {
    return segment.chars >= 60 && segment.stops > 0 && segment.link_chars * 3ULL < segment.chars;
  }

  /// The tightest block that is declared to be the text and holds it; 0 if there is none.
  uint32_t find_root() const {
    const auto candidate = [&](size_t i) {
      const HtmlBlock& block = tree_.blocks[i];
      return state_[i] == State::Open && open_prose_[i] > 0 &&
             (block.article_body || block.tag == HtmlTag::Main || block.tag == HtmlTag::Article ||
              block.cue == HtmlCue::Content);
    };
    uint64_t best = 0;
    for (size_t i = 1; i < tree_.blocks.size(); ++i) {
      if (candidate(i)) best = std::max<uint64_t>(best, open_prose_[i]);
    }
    // Less than two fifths of the prose: a teaser, not the text.
    if (best == 0 || best * 5 < open_prose_[0] * 2ULL) return 0;
    uint32_t root = 0;
    for (size_t i = 1; i < tree_.blocks.size(); ++i) {
      if (!candidate(i) || open_prose_[i] * 10ULL < best * 9) continue;
      if (root == 0 || tree_.blocks[i].chars < tree_.blocks[root].chars)
        root = static_cast<uint32_t>(i);
    }
    return root;
  }

  bool inside(uint32_t block, uint32_t ancestor) const {
    while (block > ancestor) block = tree_.blocks[block].parent;
    return block == ancestor;
  }

  /// A list (or a run of cells) of links and hardly anything else.
  bool in_link_list(uint32_t block) const {
    for (; block != 0 && block != root_; block = tree_.blocks[block].parent) {
      const HtmlBlock& each = tree_.blocks[block];
      if (each.tag != HtmlTag::List && each.tag != HtmlTag::Item && each.tag != HtmlTag::Block &&
          each.tag != HtmlTag::Section) {
        continue;
      }
      if (each.chars > 0 && each.link_chars * 10ULL >= each.chars * 7ULL && each.prose == 0)
        return true;
    }
    return false;
  }

  void set(size_t i, State state) {
    HtmlVerdict& verdict = verdicts_[i];
    verdict.keep = state != State::Drop;
    if (state == State::Navigation) verdict.role = BlockRole::Navigation;
    if (state == State::Side) {
      const HtmlSegment& segment = tree_.segments[i];
      verdict.role = segment.link_chars * 2ULL > segment.chars ? BlockRole::Navigation
                                                               : BlockRole::Boilerplate;
    }
  }

  void judge_by_root() {
    size_t first = verdicts_.size();
    bool has_heading = false;
    for (size_t i = 0; i < verdicts_.size(); ++i) {
      const HtmlSegment& segment = tree_.segments[i];
      const bool in = inside(segment.block, root_);
      if (in && first == verdicts_.size()) first = i;
      State state = state_[segment.block];
      if (in) {
        has_heading = has_heading || heading_of(segment.block) == 1;
        if (state == State::Open && (in_link_list(segment.block) || link_only(segment)))
          state = State::Navigation;
      } else if (state == State::Open) {
        state = State::Side;
      }
      set(i, state);
    }
    // The headline may stand above the root, and the line with author and date.
    for (size_t i = 0; i < first && i < verdicts_.size(); ++i) {
      const HtmlSegment& segment = tree_.segments[i];
      if (state_[segment.block] == State::Drop || state_[segment.block] == State::Navigation)
        continue;
      const HtmlCue cue = cue_of(segment.block);
      const bool headline = !has_heading && heading_of(segment.block) == 1;
      if (headline ||
          (!in_link_list(segment.block) && segment.chars < 200 &&
           (cue == HtmlCue::Title || cue == HtmlCue::Byline || cue == HtmlCue::Dateline))) {
        verdicts_[i].role = BlockRole::Narration;
      }
    }
  }

  static bool link_only(const HtmlSegment& segment) {
    return segment.chars > 0 && segment.link_chars * 10ULL >= segment.chars * 9ULL &&
           segment.chars < 150 && segment.stops == 0;
  }

  void judge_by_density() {
    const size_t n = verdicts_.size();
    size_t first = n, last = 0;
    for (size_t i = 0; i < n; ++i) {
      if (state_[tree_.segments[i].block] != State::Open || !is_prose(tree_.segments[i])) continue;
      first = std::min(first, i);
      last = i;
    }
    // Short lines just before the first paragraph (headline, date, place) and just after the last
    // (signature, end mark) belong to it as long as no links come between.
    constexpr size_t kReach = 6;
    const auto plain = [&](size_t i) {
      const HtmlSegment& segment = tree_.segments[i];
      return state_[segment.block] == State::Open && segment.link_chars * 3ULL <= segment.chars &&
             !in_link_list(segment.block);
    };
    size_t begin = first, end = last + 1;
    if (first < n) {
      for (size_t k = 0; k < kReach && begin > 0 && plain(begin - 1); ++k) --begin;
      for (size_t k = 0; k < kReach && end < n && plain(end) &&
                         tree_.blocks[tree_.segments[end].block].tag ==
                             tree_.blocks[tree_.segments[last].block].tag;
           ++k) {
        ++end;
      }
    } else {  // no paragraph at all: a short note
      begin = 0;
      end = n;
    }
    for (size_t i = 0; i < n; ++i) {
      const HtmlSegment& segment = tree_.segments[i];
      State state = state_[segment.block];
      if (state == State::Open) {
        const bool dense = segment.link_chars * 2ULL > segment.chars || in_link_list(segment.block);
        if (dense && !is_prose(segment)) {
          state = State::Navigation;
        } else if (i < begin || i >= end) {
          state = heading_of(segment.block) == 1 && i < begin ? State::Open : State::Side;
        }
      }
      set(i, state);
    }
  }

  bool any_text() const {
    return std::any_of(verdicts_.begin(), verdicts_.end(), [](const HtmlVerdict& verdict) {
      return verdict.keep && verdict.role == BlockRole::Narration;
    });
  }

  /// Better a page with its frame than no page.
  void keep_what_there_is() {
    for (size_t i = 0; i < verdicts_.size(); ++i) {
      if (tree_.blocks[tree_.segments[i].block].hidden) continue;
      verdicts_[i].keep = true;
      verdicts_[i].role = BlockRole::Narration;
    }
  }

  /// Level of the heading that a block stands in, 0 if none.
  int heading_of(uint32_t block) const {
    for (int up = 0; up < 4 && block != 0; ++up, block = tree_.blocks[block].parent) {
      if (tree_.blocks[block].tag == HtmlTag::Heading) return tree_.blocks[block].level;
    }
    return 0;
  }

  HtmlCue cue_of(uint32_t block) const {
    for (int up = 0; up < 3 && block != 0; ++up, block = tree_.blocks[block].parent) {
      if (tree_.blocks[block].cue != HtmlCue::None) return tree_.blocks[block].cue;
    }
    return HtmlCue::None;
  }

  void name_role(size_t i) {
    HtmlVerdict& verdict = verdicts_[i];
    if (!verdict.keep || verdict.role != BlockRole::Narration) return;
    const HtmlSegment& segment = tree_.segments[i];
    if (const int level = heading_of(segment.block); level != 0) {
      verdict.role = level == 1 && !titled_ ? BlockRole::Title : BlockRole::Heading;
      titled_ = titled_ || level == 1;
      return;
    }
    for (uint32_t block = segment.block, up = 0; up < 4 && block != 0;
         ++up, block = tree_.blocks[block].parent) {
      const HtmlTag tag = tree_.blocks[block].tag;
      if (tag == HtmlTag::FigureCaption) verdict.role = BlockRole::Caption;
      if (tag == HtmlTag::Item) verdict.role = BlockRole::ListItem;
      if (verdict.role != BlockRole::Narration) break;
    }
    if (verdict.table != 0) {
      verdict.role = BlockRole::Table;
      return;
    }
    if (verdict.role == BlockRole::ListItem || segment.chars > 400) return;
    const HtmlCue cue = tree_.blocks[segment.block].cue != HtmlCue::None || segment.chars > 150
                            ? tree_.blocks[segment.block].cue
                            : cue_of(segment.block);
    if (cue == HtmlCue::Caption) verdict.role = BlockRole::Caption;
    if (cue == HtmlCue::Credit) verdict.role = BlockRole::Credit;
    if (is_prose(segment)) return;
    if (cue == HtmlCue::Byline) verdict.role = BlockRole::Byline;
    if (cue == HtmlCue::Dateline) verdict.role = BlockRole::Dateline;
  }

  const HtmlTree& tree_;
  std::vector<State> state_;
  std::vector<uint32_t> open_prose_;
  std::vector<HtmlVerdict> verdicts_;
  uint32_t root_ = 0;
  bool titled_ = false;
};

}  // namespace

std::vector<HtmlVerdict> judge_html(const HtmlTree& tree) { return Judge(tree).run(); }

}  // namespace readout::text

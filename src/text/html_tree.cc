// A stack of open elements, as in the tree construction of the HTML Living Standard but without its
// repairs that only matter for layout: elements that close each other (p, li, td, ...) do so, an
// end tag closes the nearest element of its name unless a table cell lies between.
#include "text/html_tree.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "core/embedded.h"
#include "core/limits.h"
#include "core/tsv.h"
#include "core/utf8.h"
#include "text/html_tokens.h"

namespace readout::text {
namespace {

using namespace std::string_view_literals;

struct TagName {
  std::string_view name;
  HtmlTag tag;
};

/// Sorted. What is not here is inline.
constexpr std::array kTags = {
    TagName{"a"sv, HtmlTag::Link},
    TagName{"address"sv, HtmlTag::Address},
    TagName{"applet"sv, HtmlTag::Dropped},
    TagName{"article"sv, HtmlTag::Article},
    TagName{"aside"sv, HtmlTag::Aside},
    TagName{"audio"sv, HtmlTag::Dropped},
    TagName{"blockquote"sv, HtmlTag::Quote},
    TagName{"body"sv, HtmlTag::Body},
    TagName{"br"sv, HtmlTag::Break},
    TagName{"button"sv, HtmlTag::Dropped},
    TagName{"canvas"sv, HtmlTag::Dropped},
    TagName{"caption"sv, HtmlTag::Caption},
    TagName{"center"sv, HtmlTag::Block},
    TagName{"datalist"sv, HtmlTag::Dropped},
    TagName{"dd"sv, HtmlTag::Term},
    TagName{"details"sv, HtmlTag::Block},
    TagName{"dialog"sv, HtmlTag::Dropped},
    TagName{"dir"sv, HtmlTag::List},
    TagName{"div"sv, HtmlTag::Block},
    TagName{"dl"sv, HtmlTag::List},
    TagName{"dt"sv, HtmlTag::Term},
    TagName{"fieldset"sv, HtmlTag::Block},
    TagName{"figcaption"sv, HtmlTag::FigureCaption},
    TagName{"figure"sv, HtmlTag::Figure},
    TagName{"footer"sv, HtmlTag::Footer},
    TagName{"form"sv, HtmlTag::Form},
    TagName{"frameset"sv, HtmlTag::Dropped},
    TagName{"h1"sv, HtmlTag::Heading},
    TagName{"h2"sv, HtmlTag::Heading},
    TagName{"h3"sv, HtmlTag::Heading},
    TagName{"h4"sv, HtmlTag::Heading},
    TagName{"h5"sv, HtmlTag::Heading},
    TagName{"h6"sv, HtmlTag::Heading},
    TagName{"head"sv, HtmlTag::Head},
    TagName{"header"sv, HtmlTag::Header},
    TagName{"hgroup"sv, HtmlTag::Block},
    TagName{"hr"sv, HtmlTag::Rule},
    TagName{"html"sv, HtmlTag::Root},
    TagName{"iframe"sv, HtmlTag::Dropped},
    TagName{"legend"sv, HtmlTag::Block},
    TagName{"li"sv, HtmlTag::Item},
    TagName{"main"sv, HtmlTag::Main},
    TagName{"map"sv, HtmlTag::Dropped},
    TagName{"math"sv, HtmlTag::Dropped},
    TagName{"menu"sv, HtmlTag::List},
    TagName{"meta"sv, HtmlTag::Meta},
    TagName{"nav"sv, HtmlTag::Nav},
    TagName{"noembed"sv, HtmlTag::Dropped},
    TagName{"noframes"sv, HtmlTag::Dropped},
    TagName{"noscript"sv, HtmlTag::Dropped},
    TagName{"object"sv, HtmlTag::Dropped},
    TagName{"ol"sv, HtmlTag::List},
    TagName{"optgroup"sv, HtmlTag::Dropped},
    TagName{"option"sv, HtmlTag::Dropped},
    TagName{"p"sv, HtmlTag::Paragraph},
    TagName{"pre"sv, HtmlTag::Pre},
    TagName{"script"sv, HtmlTag::Script},
    TagName{"section"sv, HtmlTag::Section},
    TagName{"select"sv, HtmlTag::Dropped},
    TagName{"style"sv, HtmlTag::Dropped},
    TagName{"summary"sv, HtmlTag::Block},
    TagName{"svg"sv, HtmlTag::Dropped},
    TagName{"table"sv, HtmlTag::Table},
    TagName{"tbody"sv, HtmlTag::RowGroup},
    TagName{"td"sv, HtmlTag::Cell},
    TagName{"template"sv, HtmlTag::Dropped},
    TagName{"textarea"sv, HtmlTag::Dropped},
    TagName{"tfoot"sv, HtmlTag::RowGroup},
    TagName{"th"sv, HtmlTag::Cell},
    TagName{"thead"sv, HtmlTag::RowGroup},
    TagName{"time"sv, HtmlTag::Time},
    TagName{"title"sv, HtmlTag::Title},
    TagName{"tr"sv, HtmlTag::Row},
    TagName{"ul"sv, HtmlTag::List},
    TagName{"video"sv, HtmlTag::Dropped},
};

HtmlTag tag_of(std::string_view name) {
  const auto it =
      std::lower_bound(kTags.begin(), kTags.end(), name,
                       [](const TagName& tag, std::string_view n) { return tag.name < n; });
  return it != kTags.end() && it->name == name ? it->tag : HtmlTag::Inline;
}

bool is_void(std::string_view name) {
  static constexpr std::array kVoid = {"area"sv,   "base"sv,  "basefont"sv, "br"sv,    "col"sv,
                                       "embed"sv,  "frame"sv, "hr"sv,       "img"sv,   "input"sv,
                                       "keygen"sv, "link"sv,  "meta"sv,     "param"sv, "source"sv,
                                       "track"sv,  "wbr"sv};
  return std::binary_search(kVoid.begin(), kVoid.end(), name);
}

bool is_block(HtmlTag tag) {
  return tag != HtmlTag::Inline && tag != HtmlTag::Link && tag != HtmlTag::Time &&
         tag != HtmlTag::Break && tag != HtmlTag::Meta && tag != HtmlTag::Dropped &&
         tag != HtmlTag::Script && tag != HtmlTag::Title;
}

HtmlCue cue_kind(std::string_view kind) {
  if (kind == "drop") return HtmlCue::Drop;
  if (kind == "navigation") return HtmlCue::Navigation;
  if (kind == "content") return HtmlCue::Content;
  if (kind == "title") return HtmlCue::Title;
  if (kind == "byline") return HtmlCue::Byline;
  if (kind == "caption") return HtmlCue::Caption;
  if (kind == "credit") return HtmlCue::Credit;
  if (kind == "dateline") return HtmlCue::Dateline;
  return HtmlCue::None;
}

const std::unordered_map<std::string, HtmlCue>& cues() {
  static const std::unordered_map<std::string, HtmlCue> kCues = [] {
    std::unordered_map<std::string, HtmlCue> out;
    for_each_row(embedded("text/boilerplate.tsv"),
                 [&](const TsvRow& row) { out.emplace(row[0], cue_kind(row[1])); });
    return out;
  }();
  return kCues;
}

/// Splits "sideBar_related-news" into words and looks up each, and each two side by side.
void add_cues(std::string_view names, HtmlCue& cue) {
  std::string word, last;
  const auto look = [&](const std::string& key) {
    const auto it = cues().find(key);
    if (it == cues().end()) return;
    // Drop weighs most; two words that say "content" do not save a "sidebar".
    if (cue == HtmlCue::None || it->second == HtmlCue::Drop ||
        (it->second == HtmlCue::Navigation && cue != HtmlCue::Drop)) {
      cue = it->second;
    }
  };
  const auto end_word = [&](bool end_name) {
    if (!word.empty()) {
      look(word);
      if (!last.empty()) look(last + "-" + word);
      last = std::move(word);
      word.clear();
    }
    if (end_name) last.clear();
  };
  for (size_t i = 0; i < names.size() && i < 512; ++i) {
    const char c = names[i];
    const char l = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    const bool letter = l >= 'a' && l <= 'z';
    if (!letter) {
      end_word(c == ' ');
      continue;
    }
    if (l != c && i > 0 && names[i - 1] >= 'a' && names[i - 1] <= 'z') end_word(false);
    word.push_back(l);
  }
  end_word(true);
}

bool contains_nocase(std::string_view text, std::string_view needle) {
  const auto it =
      std::search(text.begin(), text.end(), needle.begin(), needle.end(),
                  [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
  return it != text.end();
}

struct Open {
  std::string name;
  HtmlTag tag;
  uint32_t block;   // the block that text goes to while this is the innermost element
  bool sets_apart;  // it made a block
};

class Builder {
 public:
  explicit Builder(std::string_view page) : page_(page) {}

  HtmlTree build() {
    tree_.blocks.push_back({});  // the root
    HtmlTokenizer tokens(page_);
    HtmlToken token;
    while (tokens.next(token)) {
      switch (token.kind) {
        case HtmlToken::Kind::Text:
          text(token);
          break;
        case HtmlToken::Kind::Start:
          start(token);
          break;
        case HtmlToken::Kind::End:
          end(token);
          break;
      }
    }
    end_segment();
    measure();
    return std::move(tree_);
  }

 private:
  uint32_t block() const { return stack_.empty() ? 0 : stack_.back().block; }

  void end_segment() { open_ = false; }

  void piece(HtmlPiece piece) {
    if (!open_) {
      HtmlSegment segment;
      segment.block = block();
      segment.first_piece = segment.end_piece = static_cast<uint32_t>(tree_.pieces.size());
      tree_.segments.push_back(segment);
      open_ = true;
    }
    tree_.pieces.push_back(piece);
    HtmlSegment& segment = tree_.segments.back();
    ++segment.end_piece;
    if (piece.kind != HtmlPiece::Kind::Text) return;
    uint32_t chars = 0;
    bool in_reference = false;
    for (uint32_t i = piece.begin; i < piece.end; ++i) {
      const unsigned char c = static_cast<unsigned char>(page_[i]);
      // Characters, not bytes; a reference is about one.
      if (c == '&') in_reference = true;
      if (in_reference && (c == ';' || c == ' ')) in_reference = false;
      if (c > ' ' && (c & 0xC0U) != 0x80U && !in_reference) ++chars;
      // The full stops of Latin and Cyrillic; Armenian, Arabic, Devanagari and CJK stops are rarer
      // bytes.
      if (c == '.' || c == '!' || c == '?') ++segment.stops;
    }
    segment.chars += chars;
    if (piece.link) {
      segment.link_chars += chars;
      segment.links += chars > 0;
    }
  }

  void text(const HtmlToken& token) {
    const std::string_view text = page_.substr(token.begin, token.end - token.begin);
    if (in_title_ && tree_.title.empty()) {
      tree_.title = decode_references(text, false);
      return;
    }
    if (json_) {
      tree_.linked.push_back(text);
      return;
    }
    if (token.raw || dropped_ > 0) return;
    if (time_begin_ != 0 && tree_.metas.size() < kMaxMetas) {
      tree_.metas.push_back({"time:text", decode_references(text, false)});
      time_begin_ = 0;
    }
    const bool blank = std::all_of(text.begin(), text.end(), [](char c) {
      return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    });
    if (blank && !open_) return;
    piece({static_cast<uint32_t>(token.begin), static_cast<uint32_t>(token.end),
           HtmlPiece::Kind::Text, links_ > 0, pre_ > 0});
  }

  void start(const HtmlToken& token) {
    const HtmlTag tag = tag_of(token.name);
    if (tag == HtmlTag::Root) {
      if (const std::string* lang = token.attribute("lang")) tree_.language = *lang;
      if (const std::string* lang = token.attribute("xml:lang");
          lang != nullptr && tree_.language.empty()) {
        tree_.language = *lang;
      }
      return;
    }
    if (tag == HtmlTag::Meta) return meta(token);
    if (token.name == "link") {
      const std::string* rel = token.attribute("rel");
      const std::string* href = token.attribute("href");
      if (rel != nullptr && href != nullptr && *rel == "canonical" &&
          tree_.metas.size() < kMaxMetas) {
        tree_.metas.push_back({"link:canonical", *href});
      }
    }
    microdata(token, tag);
    if (tag == HtmlTag::Break) {
      if (open_ && dropped_ == 0) {
        piece({static_cast<uint32_t>(token.begin), static_cast<uint32_t>(token.end),
               HtmlPiece::Kind::Break, false, false});
      }
      return;
    }
    if (tag == HtmlTag::Rule) {
      close_paragraph();
      end_segment();
      return;
    }
    if (is_void(token.name)) return;
    // Self-closing means something in SVG and in XHTML pages only; there an empty element is void.
    if (token.self_closing &&
        (tag == HtmlTag::Inline || tag == HtmlTag::Dropped || tag == HtmlTag::Script))
      return;
    close_implied(tag);
    if (stack_.size() >= static_cast<size_t>(limits::kMarkupDepth)) {
      if (!tree_.too_deep) tree_.too_deep_at = static_cast<uint32_t>(token.begin);
      tree_.too_deep = true;
      ++overflow_;
      if (is_block(tag)) end_segment();
      return;
    }
    // What is dropped stands beside the text and does not cut it: "see <svg>..</svg> below".
    Open open{token.name, tag, block(), is_block(tag) && dropped_ == 0};
    if (open.sets_apart) {
      end_segment();
      HtmlBlock made;
      made.tag = tag;
      made.parent = block();
      if (tag == HtmlTag::Heading) made.level = static_cast<uint8_t>(token.name[1] - '0');
      describe(token, made);
      open.block = static_cast<uint32_t>(tree_.blocks.size());
      tree_.blocks.push_back(made);
    }
    if (tag == HtmlTag::Title) in_title_ = dropped_ == 0;
    if (tag == HtmlTag::Script) {
      const std::string* type = token.attribute("type");
      json_ = type != nullptr && contains_nocase(*type, "ld+json");
    }
    count(open, 1);
    stack_.push_back(std::move(open));
  }

  void describe(const HtmlToken& token, HtmlBlock& block) {
    if (const std::string* name = token.attribute("class")) add_cues(*name, block.cue);
    if (const std::string* name = token.attribute("id")) add_cues(*name, block.cue);
    if (const std::string* label = token.attribute("aria-label")) {
      HtmlCue cue = HtmlCue::None;
      add_cues(*label, cue);
      if (cue == HtmlCue::Drop) block.cue = cue;
    }
    if (const std::string* role = token.attribute("role")) {
      if (*role == "navigation" || *role == "menu" || *role == "menubar" || *role == "banner" ||
          *role == "contentinfo" || *role == "complementary" || *role == "toolbar") {
        block.cue = HtmlCue::Navigation;
      } else if (*role == "search" || *role == "dialog" || *role == "alertdialog" ||
                 *role == "alert") {
        block.cue = HtmlCue::Drop;
      } else if (*role == "main" || *role == "article") {
        block.article_body = true;
      }
    }
    if (const std::string* item = token.attribute("itemprop")) {
      if (contains_nocase(*item, "articlebody")) block.article_body = true;
    }
    if (token.attribute("hidden") != nullptr) block.hidden = true;
    if (const std::string* style = token.attribute("style")) {
      std::string tight;
      for (const char c : *style) {
        if (c != ' ') tight.push_back(c);
      }
      if (contains_nocase(tight, "display:none") || contains_nocase(tight, "visibility:hidden"))
        block.hidden = true;
    }
    if (const std::string* aria = token.attribute("aria-hidden");
        aria != nullptr && *aria == "true")
      block.hidden = true;
    if (block.tag == HtmlTag::Head) block.hidden = true;
  }

  void meta(const HtmlToken& token) {
    const std::string* value = token.attribute("content");
    if (value == nullptr || value->empty() || tree_.metas.size() >= kMaxMetas) return;
    for (const std::string_view key : {"property"sv, "name"sv, "itemprop"sv, "http-equiv"sv}) {
      const std::string* name = token.attribute(key);
      if (name == nullptr) continue;
      std::string full = key == "itemprop" ? "itemprop:" : "";
      for (const char c : *name)
        full.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
      tree_.metas.push_back({std::move(full), *value});
    }
  }

  /// <time datetime>, itemprop with content.
  void microdata(const HtmlToken& token, HtmlTag tag) {
    if (tree_.metas.size() >= kMaxMetas) return;
    const std::string* item = token.attribute("itemprop");
    const std::string* value = token.attribute("content");
    if (value == nullptr && tag == HtmlTag::Time) value = token.attribute("datetime");
    if (item != nullptr && value != nullptr) {
      std::string name = "itemprop:";
      for (const char c : *item)
        name.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
      tree_.metas.push_back({std::move(name), *value});
    } else if (tag == HtmlTag::Time && value != nullptr) {
      tree_.metas.push_back(
          {token.attribute("pubdate") != nullptr ? "time:pubdate" : "time", *value});
    } else if (tag == HtmlTag::Time) {
      time_begin_ = token.end;
    }
  }

  void end(const HtmlToken& token) {
    if (overflow_ > 0) {
      --overflow_;
      if (is_block(tag_of(token.name))) end_segment();
      return;
    }
    const HtmlTag tag = tag_of(token.name);
    if (tag == HtmlTag::Break) {  // "</br>" is read as "<br>"
      if (open_ && dropped_ == 0) {
        piece({static_cast<uint32_t>(token.begin), static_cast<uint32_t>(token.end),
               HtmlPiece::Kind::Break, false, false});
      }
      return;
    }
    const bool block = is_block(tag);
    for (size_t i = stack_.size(); i-- > 0;) {
      const Open& open = stack_[i];
      const bool same =
          tag == HtmlTag::Heading ? open.tag == HtmlTag::Heading : open.name == token.name;
      if (same) {
        if (block) {
          pop_to(i);
        } else {
          // "<a><div></a>": the link ends here, the block does not.
          count(open, -1);
          stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(i));
        }
        return;
      }
      // An end tag inside of a cell closes nothing outside of it.
      const bool table_part = tag == HtmlTag::Table || tag == HtmlTag::RowGroup ||
                              tag == HtmlTag::Row || tag == HtmlTag::Cell;
      if (open.tag == HtmlTag::Cell && !table_part && tag != HtmlTag::Body) return;
      if (open.tag == HtmlTag::Table && tag != HtmlTag::Table && tag != HtmlTag::Body) return;
    }
  }

  void pop_to(size_t size) {
    while (stack_.size() > size) {
      count(stack_.back(), -1);
      if (stack_.back().sets_apart) end_segment();
      stack_.pop_back();
    }
  }

  void count(const Open& open, int by) {
    if (open.tag == HtmlTag::Link) links_ += by;
    if (open.tag == HtmlTag::Pre) pre_ += by;
    if (open.tag == HtmlTag::Paragraph) paragraphs_ += by;
    if (open.tag == HtmlTag::Dropped || open.tag == HtmlTag::Script) dropped_ += by;
    if (open.tag == HtmlTag::Title && by < 0) in_title_ = false;
    if (open.tag == HtmlTag::Script && by < 0) json_ = false;
  }

  /// Closes the innermost element for which `closes`, unless one for which `stops` lies above it.
  template <class Closes, class Stops>
  void close(Closes closes, Stops stops) {
    for (size_t i = stack_.size(); i-- > 0;) {
      if (closes(stack_[i].tag)) return pop_to(i);
      if (stops(stack_[i].tag)) return;
    }
  }

  void close_paragraph() {
    if (paragraphs_ == 0) return;
    close([](HtmlTag t) { return t == HtmlTag::Paragraph; },
          [](HtmlTag t) {
            return t == HtmlTag::Cell || t == HtmlTag::Table || t == HtmlTag::Caption ||
                   t == HtmlTag::Dropped;
          });
  }

  void close_implied(HtmlTag tag) {
    const auto table = [](HtmlTag t) { return t == HtmlTag::Table; };
    switch (tag) {
      case HtmlTag::Item:
        close([](HtmlTag t) { return t == HtmlTag::Item; },
              [](HtmlTag t) {
                return t == HtmlTag::List || t == HtmlTag::Table || t == HtmlTag::Cell;
              });
        break;
      case HtmlTag::Term:
        close([](HtmlTag t) { return t == HtmlTag::Term; },
              [](HtmlTag t) {
                return t == HtmlTag::List || t == HtmlTag::Table || t == HtmlTag::Cell;
              });
        break;
      case HtmlTag::Cell:
        close([](HtmlTag t) { return t == HtmlTag::Cell; },
              [](HtmlTag t) { return t == HtmlTag::Table || t == HtmlTag::Row; });
        break;
      case HtmlTag::Row:
        close([](HtmlTag t) { return t == HtmlTag::Row; }, table);
        break;
      case HtmlTag::RowGroup:
        close([](HtmlTag t) { return t == HtmlTag::RowGroup || t == HtmlTag::Row; }, table);
        break;
      case HtmlTag::Body:
        close([](HtmlTag t) { return t == HtmlTag::Head; }, [](HtmlTag) { return false; });
        break;
      default:
        break;
    }
    if (tag == HtmlTag::Heading && !stack_.empty() && stack_.back().tag == HtmlTag::Heading)
      pop_to(stack_.size() - 1);
    if (!is_block(tag)) return;
    if (tag != HtmlTag::Cell && tag != HtmlTag::Row) close_paragraph();
    // A head without an end tag ends where a block begins.
    if (!stack_.empty() && stack_.back().tag == HtmlTag::Head && tag != HtmlTag::Head)
      pop_to(stack_.size() - 1);
  }

  /// Sums over subtrees.
  void measure() {
    for (const HtmlSegment& segment : tree_.segments) {
      HtmlBlock& block = tree_.blocks[segment.block];
      block.chars += segment.chars;
      block.link_chars += segment.link_chars;
      // Sentences, not labels: some length, a stop, few links.
      if (segment.chars >= 60 && segment.stops > 0 && segment.link_chars * 3 < segment.chars) {
        block.prose += segment.chars - segment.link_chars;
      }
    }
    for (size_t i = 1; i < tree_.blocks.size(); ++i) {
      HtmlBlock& block = tree_.blocks[i];
      block.hidden = block.hidden || tree_.blocks[block.parent].hidden;
    }
    for (size_t i = tree_.blocks.size(); i-- > 1;) {
      const HtmlBlock& block = tree_.blocks[i];
      if (block.hidden) continue;
      HtmlBlock& parent = tree_.blocks[block.parent];
      parent.chars += block.chars;
      parent.link_chars += block.link_chars;
      parent.prose += block.prose;
    }
  }

  static constexpr size_t kMaxMetas = 512;
  std::string_view page_;
  HtmlTree tree_;
  std::vector<Open> stack_;
  bool open_ = false, in_title_ = false, json_ = false;
  int links_ = 0, pre_ = 0, dropped_ = 0, paragraphs_ = 0;
  size_t overflow_ = 0;
  size_t time_begin_ = 0;
};

}  // namespace

HtmlTree read_html(std::string_view page) { return Builder(page).build(); }

}  // namespace readout::text

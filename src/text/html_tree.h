// A web page as blocks (elements that set text apart), segments (runs of text inside one block) and
// pieces (stretches of the page's bytes that a segment is made of). Inline elements leave no block.
//
// Blocks stand in document order, each after its parent, so that sums over subtrees are one loop
// backwards and inheritance is one loop forwards; nothing here is recursive.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace readout::text {

enum class HtmlTag : uint8_t {
  Inline,
  Block,
  Root,
  Head,
  Body,
  Article,
  Main,
  Section,
  Nav,
  Aside,
  Header,
  Footer,
  Form,
  Paragraph,
  Heading,
  List,
  Item,
  Term,
  Table,
  RowGroup,
  Row,
  Cell,
  Caption,
  Figure,
  FigureCaption,
  Quote,
  Pre,
  Address,
  Link,
  Break,
  Rule,
  Time,
  Meta,
  Title,
  Script,
  Dropped
};

/// What class, id and role say of an element (data/text/boilerplate.tsv).
enum class HtmlCue : uint8_t {
  None,
  Drop,
  Navigation,
  Content,
  Title,
  Byline,
  Caption,
  Credit,
  Dateline
};

struct HtmlBlock {
  HtmlTag tag = HtmlTag::Block;
  HtmlCue cue = HtmlCue::None;
  uint8_t level = 0;          // of a heading
  bool hidden = false;        // not shown, or not text: left out whatever it holds
  bool article_body = false;  // itemprop or role says: the text itself
  uint32_t parent = 0;        // index; the root is its own
  // Sums over the subtree, set by `measure`.
  uint32_t chars = 0, link_chars = 0, prose = 0;
};

struct HtmlPiece {
  enum class Kind : uint8_t { Text, Break };
  uint32_t begin = 0, end = 0;  // in the page
  Kind kind = Kind::Text;
  bool link = false, pre = false;
};

struct HtmlSegment {
  uint32_t block = 0;
  uint32_t first_piece = 0, end_piece = 0;
  // Without white space.
  uint32_t chars = 0, link_chars = 0;
  uint32_t stops = 0;  // full stops, question and exclamation marks
  uint32_t links = 0;  // pieces in links
};

struct HtmlMeta {
  std::string name;  // "og:title", "author", "itemprop:datepublished": lower case
  std::string value;
};

struct HtmlTree {
  std::vector<HtmlBlock> blocks;
  std::vector<HtmlSegment> segments;
  std::vector<HtmlPiece> pieces;
  std::vector<HtmlMeta> metas;           // of the head, and of microdata and <time>
  std::vector<std::string_view> linked;  // scripts of type application/ld+json
  std::string title;                     // <title>
  std::string language;                  // <html lang>
  bool too_deep = false;                 // elements past limits::kMarkupDepth were flattened
  uint32_t too_deep_at = 0;
};

HtmlTree read_html(std::string_view page);

}  // namespace readout::text

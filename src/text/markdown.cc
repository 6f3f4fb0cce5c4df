// md4c calls back with pointers into the text it parses, so that every letter's place is known
// without search. What it makes up itself (spaces for line ends) points elsewhere and stands for
// the gap between its neighbours.
#include "text/markdown.h"

#include <md4c.h>

#include <algorithm>
#include <functional>

#include "text/dates.h"
#include "text/encoding.h"
#include "text/html_tokens.h"
#include "text/plain_builder.h"

namespace readout::text {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\n'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n'))
    text.remove_suffix(1);
  return text;
}

/// Length of the front matter at the beginning of `text`, 0 if there is none.
size_t read_front_matter(std::string_view text, ContainerMeta& meta) {
  if (!text.starts_with("---\n")) return 0;
  const size_t end = text.substr(0, size_t{1} << 14).find("\n---\n", 3);
  if (end == std::string_view::npos) return 0;
  for (size_t at = 4; at < end;) {
    const size_t stop = std::min(text.find('\n', at), end);
    const std::string_view line = text.substr(at, stop - at);
    at = stop + 1;
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view key = trim(line.substr(0, colon));
    std::string_view value = trim(line.substr(colon + 1));
    if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
        value.back() == value.front()) {
      value = value.substr(1, value.size() - 2);
    }
    const auto fill = [&](std::string& field) {
      if (field.empty()) field = value;
    };
    if (key == "title") fill(meta.title);
    if (key == "author") fill(meta.author);
    if (key == "publisher" || key == "source") fill(meta.publisher);
    if (key == "url") fill(meta.url);
    if (key == "lang" || key == "language") fill(meta.language);
    if (key == "date" && meta.published.empty()) meta.published = iso_date(value);
  }
  return end + 5;
}

constexpr uint32_t kLongestHeading = 400;  // bytes

class Renderer {
 public:
  Renderer(std::string_view text, const OffsetMap& base, size_t begin)
      : text_(text), out_(text, base), last_end_(begin) {}

  int enter(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
      case MD_BLOCK_H:
        open(BlockRole::Heading);
        level_ = static_cast<MD_BLOCK_H_DETAIL*>(detail)->level;
        break;
      case MD_BLOCK_P:
      case MD_BLOCK_CODE:
        open(items_ > 0 ? BlockRole::ListItem : BlockRole::Narration);
        break;
      case MD_BLOCK_OL:
      case MD_BLOCK_UL:
        lists_.push_back(type == MD_BLOCK_OL);
        break;
      case MD_BLOCK_LI:
        ++items_;
        number_wanted_ = !lists_.empty() && lists_.back();
        open(BlockRole::ListItem);
        break;
      case MD_BLOCK_HTML:
        open(BlockRole::Narration);
        html_ = true;
        html_begin_ = std::string_view::npos;
        break;
      case MD_BLOCK_TABLE:
        open(BlockRole::Table);
        table_ = true;
        break;
      case MD_BLOCK_TR:
        row_begins_ = true;
        break;
      case MD_BLOCK_TH:
      case MD_BLOCK_TD:
        separator_ = out_.size() == block_begin_ ? separator_ : row_begins_ ? "\n" : "\t";
        if (started_) cell_begins_ = true;
        row_begins_ = false;
        break;
      default:
        break;
    }
    return 0;
  }

  int leave(MD_BLOCKTYPE type) {
    switch (type) {
      case MD_BLOCK_HTML:
        end_html();
        [[fallthrough]];
      case MD_BLOCK_H:
      case MD_BLOCK_P:
      case MD_BLOCK_CODE:
        close();
        break;
      case MD_BLOCK_LI:
        close();
        --items_;
        number_wanted_ = false;
        break;
      case MD_BLOCK_OL:
      case MD_BLOCK_UL:
        lists_.pop_back();
        break;
      case MD_BLOCK_TABLE:
        close();
        table_ = false;
        break;
      default:
        break;
    }
    return 0;
  }

  int span(MD_SPANTYPE type, int by) {
    if (type == MD_SPAN_STRONG) strong_ += by;
    if (type == MD_SPAN_IMG) image_ += by;  // what stands for a picture is not part of the text
    return 0;
  }

  int text(MD_TEXTTYPE type, const char* data, size_t size) {
    if (image_ > 0) return 0;
    const size_t at = place(data, size);
    switch (type) {
      case MD_TEXT_BR:
        pending_ = "\n";
        return 0;
      case MD_TEXT_SOFTBR:
        pending_ = "\n";
        return 0;
      case MD_TEXT_NULLCHAR:
        if (last_end_ < text_.size() && text_[last_end_] == '\0') {
          begin_text(last_end_);
          out_.keep(last_end_, last_end_ + 1);
          ++last_end_;
        }
        return 0;
      case MD_TEXT_HTML:
        if (html_ && at != kElsewhere) {
          if (html_begin_ == std::string_view::npos) html_begin_ = at;
          html_end_ = at + size;
        }
        return 0;  // tags inside of a paragraph
      case MD_TEXT_ENTITY: {
        if (at == kElsewhere) return 0;
        decoded_.clear();
        const size_t n = read_reference(text_, at, false, decoded_);
        begin_text(at);
        if (n == size) {
          out_.replace(decoded_, at, at + n);
        } else {
          out_.keep(at, at + size);
        }
        last_end_ = at + size;
        return 0;
      }
      default:
        break;
    }
    if (at == kElsewhere) {  // white space of md4c's own making
      if (started_ && size > 0 && pending_.empty()) pending_ = data[0] == '\n' ? "\n" : " ";
      return 0;
    }
    begin_text(at);
    out_.keep(at, at + size);
    last_end_ = at + size;
    return 0;
  }

  PlainBuilder& out() { return out_; }
  std::vector<BlockHint> take_hints() { return std::move(hints_); }
  std::string title() const { return title_; }

 private:
  static constexpr size_t kElsewhere = SIZE_MAX;

  size_t place(const char* data, size_t size) const {
    const std::less_equal<const char*> at_most;
    if (size == 0 || !at_most(text_.data(), data) ||
        !at_most(data + size, text_.data() + text_.size()))
      return kElsewhere;
    return static_cast<size_t>(data - text_.data());
  }

  void open(BlockRole role) {
    close();
    role_ = role;
    started_ = false;
    all_strong_ = true;
    pending_.clear();
    separator_ = out_.size() == 0 ? "" : "\n\n";
    block_begin_ = out_.size();
  }

  void close() {
    // A short paragraph in bold from end to end is set like a heading.
    if (role_ == BlockRole::Narration && all_strong_ &&
        out_.size() - text_begin_ <= kLongestHeading)
      role_ = BlockRole::Heading;
    if (started_ && role_ != BlockRole::Narration) {
      BlockRole role = role_;
      const Span span{text_begin_, out_.size()};
      if (role == BlockRole::Heading && level_ == 1 && title_.empty()) {
        role = BlockRole::Title;
        title_ = out_.plain().substr(span.begin, span.size());
      }
      if (!span.empty()) hints_.push_back({span, role});
    }
    started_ = false;
    role_ = items_ > 0 ? BlockRole::ListItem : BlockRole::Narration;
    separator_ = out_.size() == 0 ? "" : "\n\n";
  }

  /// Called before text at `at` is written.
  void begin_text(size_t at) {
    all_strong_ = all_strong_ && strong_ > 0;
    if (!started_) {
      started_ = true;
      cell_begins_ = false;
      size_t number = std::string_view::npos;
      if (number_wanted_) number = number_before(at);
      out_.insert(separator_, number != std::string_view::npos ? number : at);
      text_begin_ = out_.size();
      if (number != std::string_view::npos) {
        size_t end = number;
        while (is_digit(text_[end])) ++end;
        out_.keep(number, end + 1);
        out_.space(end + 1, end + 2);
      }
      number_wanted_ = false;
    } else if (cell_begins_) {
      out_.insert(separator_, at);
      cell_begins_ = false;
    } else if (!pending_.empty()) {
      // Stands for what lies between: a line end with the indent or the ">" behind it.
      const size_t begin = std::min(last_end_, at);
      out_.replace(pending_, begin, at);
    }
    pending_.clear();
  }

  /// The number of a numbered point stands before its text: "  12. **text".
  size_t number_before(size_t at) const {
    size_t line = at;
    while (line > 0 && text_[line - 1] != '\n' && at - line < 64) --line;
    for (size_t i = line; i < at; ++i) {
      if (!is_digit(text_[i])) continue;
      size_t end = i;
      while (end < at && is_digit(text_[end])) ++end;
      if (end + 1 < at && (text_[end] == '.' || text_[end] == ')') &&
          (text_[end + 1] == ' ' || text_[end + 1] == '\t'))
        return i;
      return std::string_view::npos;
    }
    return std::string_view::npos;
  }

  /// Raw HTML: its texts, a line each.
  void end_html() {
    html_ = false;
    if (html_begin_ == std::string_view::npos) return;
    const std::string_view part = text_.substr(html_begin_, html_end_ - html_begin_);
    HtmlTokenizer tokens(part);
    HtmlToken token;
    while (tokens.next(token)) {
      if (token.kind != HtmlToken::Kind::Text || token.raw) continue;
      const std::string_view raw = part.substr(token.begin, token.end - token.begin);
      const std::string_view inner = trim(raw);
      if (inner.empty()) continue;
      const size_t at = html_begin_ + token.begin + static_cast<size_t>(inner.data() - raw.data());
      begin_text(at);
      for (size_t i = at; i < at + inner.size();) {
        decoded_.clear();
        const size_t n =
            text_[i] == '&' ? read_reference(text_.substr(0, at + inner.size()), i, false, decoded_)
                            : 0;
        if (n != 0) {
          out_.replace(decoded_, i, i + n);
          i += n;
          continue;
        }
        const size_t stop = std::min(text_.find('&', i + 1), at + inner.size());
        out_.keep(i, stop);
        i = stop;
      }
      last_end_ = at + inner.size();
      pending_ = "\n";
    }
    pending_.clear();
  }

  std::string_view text_;
  PlainBuilder out_;
  std::vector<BlockHint> hints_;
  std::string title_, pending_, decoded_;
  std::string_view separator_;
  std::vector<bool> lists_;  // true: numbered
  BlockRole role_ = BlockRole::Narration;
  uint32_t block_begin_ = 0, text_begin_ = 0;
  size_t last_end_ = 0;
  size_t html_begin_ = 0, html_end_ = 0;
  unsigned level_ = 0;
  int items_ = 0, image_ = 0, strong_ = 0;
  bool all_strong_ = true;
  bool started_ = false, number_wanted_ = false, html_ = false, table_ = false;
  bool row_begins_ = false, cell_begins_ = false;
};

}  // namespace

Result<TextLayer> extract_markdown(RawDocument raw) {
  const std::string place = raw.meta.file;
  Decoded decoded = decode(raw.bytes, raw.meta.encoding, LineEnds::Unify, place);
  const std::string_view text = decoded.text(raw.bytes);
  TextLayer out;
  out.meta = std::move(raw.meta);
  const size_t begin = read_front_matter(text, out.meta);
  Renderer renderer(text, decoded.map, begin);
  MD_PARSER parser{};
  // Indented paragraphs are common in agreements and are not code.
  parser.flags =
      MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_NOINDENTEDCODEBLOCKS;
  parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
    return static_cast<Renderer*>(self)->enter(type, detail);
  };
  parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) {
    return static_cast<Renderer*>(self)->leave(type);
  };
  parser.enter_span = [](MD_SPANTYPE type, void*, void* self) {
    return static_cast<Renderer*>(self)->span(type, 1);
  };
  parser.leave_span = [](MD_SPANTYPE type, void*, void* self) {
    return static_cast<Renderer*>(self)->span(type, -1);
  };
  parser.text = [](MD_TEXTTYPE type, const MD_CHAR* data, MD_SIZE size, void* self) {
    return static_cast<Renderer*>(self)->text(type, data, size);
  };
  if (md_parse(text.data() + begin, static_cast<MD_SIZE>(text.size() - begin), &parser,
               &renderer) != 0) {
    return Error{Code::Internal, place + ": the Markdown parser gave up (out of memory)"};
  }
  if (renderer.out().size() == 0) return Error{Code::BadInput, place + ": no text in it"};
  out.plain = renderer.out().take_plain();
  out.map = renderer.out().take_map();
  out.hints = renderer.take_hints();
  if (out.meta.title.empty()) out.meta.title = renderer.title();
  out.meta.encoding = decoded.encoding;
  out.meta.media_type = "text/markdown";
  for (Note& note : decoded.notes) {
    const uint32_t at = std::min(out.map.to_plain(decoded.map.to_source(note.span).begin),
                                 static_cast<uint32_t>(out.plain.size()));
    note.span = {at, at};
    out.notes.push_back(std::move(note));
  }
  out.source = std::move(raw.bytes);
  return out;
}

}  // namespace readout::text

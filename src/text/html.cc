// Decode, read the tree, judge the segments, then write out each kept segment with white space
// collapsed and references decoded, every byte of it mapped to where it stands on the page.
#include "text/html.h"

#include <algorithm>

#include "core/limits.h"
#include "core/utf8.h"
#include "text/dates.h"
#include "text/encoding.h"
#include "text/html_content.h"
#include "text/html_tokens.h"
#include "text/html_tree.h"
#include "text/json.h"
#include "text/plain_builder.h"

namespace readout::text {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

constexpr std::string_view kSoftHyphen = "\xC2\xAD";

/// Writes one segment; gives false if it held nothing to see.
class SegmentWriter {
 public:
  SegmentWriter(std::string_view page, PlainBuilder& out) : page_(page), out_(out) {}

  /// `separator` goes before the first character.
  bool write(const HtmlTree& tree, const HtmlSegment& segment, std::string_view separator) {
    separator_ = separator;
    started_ = false;
    breaks_ = 0;
    space_begin_ = space_end_ = 0;
    for (uint32_t p = segment.first_piece; p < segment.end_piece; ++p) {
      const HtmlPiece& piece = tree.pieces[p];
      if (piece.kind == HtmlPiece::Kind::Break) {
        if (breaks_++ == 0) break_begin_ = piece.begin;
        break_end_ = piece.end;
        space_begin_ = space_end_ = 0;
      } else if (piece.pre) {
        text(piece.begin, piece.end, true);
      } else {
        text(piece.begin, piece.end, false);
      }
    }
    return started_;
  }

 private:
  void white(size_t begin, size_t end) {
    if (!started_ || breaks_ > 0) return;
    if (space_end_ == 0) space_begin_ = begin;
    space_end_ = end;
  }

  /// What stands between the last character and the next.
  void flush(size_t at) {
    if (!started_) {
      started_ = true;
      out_.insert(separator_, at);
    } else if (breaks_ > 0) {
      out_.replace(breaks_ == 1 ? "\n" : "\n\n", break_begin_, break_end_);
    } else if (space_end_ != 0) {
      // White space on both sides of a tag is one space; it stands for the first stretch.
      size_t end = space_begin_;
      while (end < space_end_ && is_space(page_[end])) ++end;
      out_.space(space_begin_, std::max(end, space_begin_ + 1));
    }
    breaks_ = 0;
    space_begin_ = space_end_ = 0;
  }

  void text(size_t begin, size_t end, bool pre) {
    size_t i = begin;
    while (i < end) {
      const char c = page_[i];
      if (is_space(c)) {
        if (pre && c == '\n') {
          if (breaks_++ == 0) break_begin_ = i;
          break_end_ = i + 1;
          ++i;
          continue;
        }
        if (pre && started_ && breaks_ == 0) {
          flush(i);
          out_.space(i, i + 1);
          ++i;
          continue;
        }
        size_t stop = i + 1;
        while (stop < end && is_space(page_[stop]) && !(pre && page_[stop] == '\n')) ++stop;
        white(i, stop);
        i = stop;
      } else if (c == '&') {
        decoded_.clear();
        const size_t n = read_reference(page_.substr(0, end), i, false, decoded_);
        if (n == 0) {
          flush(i);
          out_.keep(i, i + 1);
          ++i;
          continue;
        }
        if (decoded_.size() == 1 && is_space(decoded_[0])) {
          white(i, i + n);
        } else if (decoded_ != kSoftHyphen && decoded_ != "\xE2\x80\x8B") {
          flush(i);
          out_.replace(decoded_, i, i + n);
        }
        i += n;
      } else if (c == kSoftHyphen[0] && i + 1 < end && page_[i + 1] == kSoftHyphen[1]) {
        i += 2;
      } else {
        // Words with single spaces between them go through in one piece.
        size_t stop = i + 1;
        while (stop < end && page_[stop] != '&' && page_[stop] != kSoftHyphen[0] &&
               (!is_space(page_[stop]) ||
                (page_[stop] == ' ' && stop + 1 < end && !is_space(page_[stop + 1]) &&
                 page_[stop + 1] != '&' && page_[stop + 1] != kSoftHyphen[0]))) {
          ++stop;
        }
        flush(i);
        out_.keep(i, stop);
        i = stop;
      }
    }
  }

  std::string_view page_;
  PlainBuilder& out_;
  std::string_view separator_;
  std::string decoded_;
  bool started_ = false;
  int breaks_ = 0;
  size_t break_begin_ = 0, break_end_ = 0;
  size_t space_begin_ = 0, space_end_ = 0;
};

/// Trimmed, white space collapsed, on one line.
std::string tidy(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size() && out.size() < 2000;) {
    const size_t before = i;
    const char32_t c = utf8::next(text, i);
    if (utf8::is_space(c)) {
      if (!out.empty() && out.back() != ' ') out.push_back(' ');
    } else {
      out.append(text.substr(before, i - before));
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool same_nocase(std::string_view a, std::string_view b) {
  return utf8::lower(a) == utf8::lower(b);
}

/// "Talks begin | The Daily" -> "Talks begin", if the rest is the site or the front is the
/// headline.
std::string without_site(std::string title, std::string_view site, std::string_view headline) {
  for (const std::string_view bar :
       {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " :: ", " \xC2\xBB ", " \xC2\xB7 "}) {
    const size_t last = title.rfind(bar);
    if (last != std::string::npos) {
      const std::string_view front = std::string_view(title).substr(0, last);
      const std::string_view back = std::string_view(title).substr(last + bar.size());
      if ((!site.empty() && same_nocase(back, site)) ||
          (!headline.empty() && same_nocase(front, headline))) {
        return std::string(front);
      }
    }
    const size_t first = title.find(bar);
    if (first != std::string::npos) {
      const std::string_view front = std::string_view(title).substr(0, first);
      const std::string_view back = std::string_view(title).substr(first + bar.size());
      if ((!site.empty() && same_nocase(front, site)) ||
          (!headline.empty() && same_nocase(back, headline))) {
        return std::string(back);
      }
    }
  }
  return title;
}

void read_meta(const HtmlTree& tree, std::string_view headline, ContainerMeta& meta) {
  LinkedData linked;
  for (const std::string_view script : tree.linked) read_linked_data(script, linked);
  const auto first = [&](std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
      for (const HtmlMeta& each : tree.metas) {
        if (each.name == name) {
          std::string value = tidy(each.value);
          if (!value.empty()) return value;
        }
      }
    }
    return std::string();
  };
  const auto fill = [](std::string& field, std::string value) {
    if (field.empty()) field = std::move(value);
  };
  fill(meta.publisher, tidy(linked.publisher));
  fill(meta.publisher, first({"og:site_name", "dc.publisher", "dcterms.publisher",
                              "citation_publisher", "publisher", "itemprop:publisher"}));
  fill(meta.title, tidy(linked.title));
  fill(meta.title, first({"og:title", "itemprop:headline", "dc.title", "dcterms.title",
                          "citation_title", "twitter:title"}));
  fill(meta.title, tidy(tree.title));
  meta.title = without_site(std::move(meta.title), meta.publisher, headline);
  fill(meta.title, std::string(headline));
  fill(meta.author, tidy(linked.author));
  for (const std::string_view name :
       {"author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author",
        "citation_author", "itemprop:author"}) {
    if (!meta.author.empty()) break;
    std::string author = first({name});
    if (author.find("://") == std::string::npos) meta.author = std::move(author);
  }
  std::vector<std::string> dates = {linked.published};
  for (const std::string_view name : {"article:published_time",
                                      "og:article:published_time",
                                      "og:published_time",
                                      "itemprop:datepublished",
                                      "datepublished",
                                      "dcterms.issued",
                                      "dcterms.date",
                                      "dcterms.created",
                                      "dc.date.issued",
                                      "dc.date",
                                      "pubdate",
                                      "publishdate",
                                      "publish-date",
                                      "publication_date",
                                      "parsely-pub-date",
                                      "sailthru.date",
                                      "cxenseparse:recs:publishtime",
                                      "article.published",
                                      "article:published",
                                      "citation_publication_date",
                                      "date",
                                      "time:pubdate",
                                      "time",
                                      "time:text"}) {
    dates.push_back(first({name}));
  }
  for (const std::string& date : dates) {
    if (!meta.published.empty()) break;
    std::string iso = iso_date(date);
    if (is_iso_date(iso)) meta.published = std::move(iso);
  }
  fill(meta.url, first({"link:canonical", "og:url"}));
  fill(meta.language, tidy(tree.language));
  fill(meta.language, first({"og:locale", "content-language", "dc.language", "dcterms.language"}));
  fill(meta.language, tidy(linked.language));
  std::replace(meta.language.begin(), meta.language.end(), '_', '-');
  if (meta.language.size() > 35) meta.language.clear();
}

/// The encoding that a page declares in its first bytes.
std::string declared_encoding(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  for (size_t at = 0; (at = head.find("charset", at)) != std::string_view::npos; at += 7) {
    size_t i = at + 7;
    while (i < head.size() && is_space(head[i])) ++i;
    if (i >= head.size() || head[i] != '=') continue;
    ++i;
    while (i < head.size() && (is_space(head[i]) || head[i] == '"' || head[i] == '\'')) ++i;
    size_t end = i;
    while (end < head.size() && head[end] != '"' && head[end] != '\'' && head[end] != ';' &&
           head[end] != '>' && head[end] != '/' && !is_space(head[end])) {
      ++end;
    }
    std::string name = canonical_encoding(head.substr(i, end - i));
    if (!name.empty()) return name;
  }
  if (head.starts_with("<?xml")) {
    const size_t at = head.find("encoding=");
    if (at != std::string_view::npos && at < head.find("?>") && at + 10 < head.size()) {
      const size_t end = head.find(head[at + 9], at + 10);
      if (end != std::string_view::npos)
        return canonical_encoding(head.substr(at + 10, end - at - 10));
    }
  }
  return {};
}

}  // namespace

HtmlText render_html(std::string_view page, const OffsetMap& base, std::string_view place,
                     ContainerMeta& meta) {
  const HtmlTree tree = read_html(page);
  const std::vector<HtmlVerdict> verdicts = judge_html(tree);
  HtmlText out;
  PlainBuilder builder(page, base);
  SegmentWriter writer(page, builder);
  std::string headline;
  uint32_t last_table = 0, last_row = 0;
  for (size_t i = 0; i < verdicts.size(); ++i) {
    const HtmlVerdict& verdict = verdicts[i];
    if (!verdict.keep) continue;
    const bool same_table = verdict.table != 0 && verdict.table == last_table;
    const std::string_view separator = builder.size() == 0                     ? ""
                                       : same_table && verdict.row == last_row ? "\t"
                                       : same_table                            ? "\n"
                                                                               : "\n\n";
    const uint32_t before = builder.size();
    if (!writer.write(tree, tree.segments[i], separator)) continue;
    last_table = verdict.table;
    last_row = verdict.row;
    const Span span{before + static_cast<uint32_t>(separator.size()), builder.size()};
    if (verdict.role == BlockRole::Title && headline.empty()) {
      headline = tidy(builder.plain().substr(span.begin, span.size()));
    }
    if (verdict.role == BlockRole::Table && same_table && !out.hints.empty() &&
        out.hints.back().role == BlockRole::Table) {
      out.hints.back().span.end = span.end;
    } else if (verdict.role != BlockRole::Narration) {
      out.hints.push_back({span, verdict.role});
    }
  }
  read_meta(tree, headline, meta);
  out.plain = builder.take_plain();
  out.map = builder.take_map();
  if (tree.too_deep) {
    out.notes.push_back(
        {{},
         "limit.depth",
         std::string(place) + ": elements more than " + std::to_string(limits::kMarkupDepth) +
             " deep (limit of markup), first at byte " +
             std::to_string(base.to_source({tree.too_deep_at, tree.too_deep_at}).begin) +
             "; read as if less deep"});
  }
  return out;
}

Result<TextLayer> extract_html(RawDocument raw) {
  const std::string place = raw.meta.file;
  if (raw.meta.encoding.empty()) raw.meta.encoding = declared_encoding(raw.bytes);
  Decoded decoded = decode(raw.bytes, raw.meta.encoding, LineEnds::Keep, place);
  TextLayer out;
  out.meta = std::move(raw.meta);
  out.meta.encoding = decoded.encoding;
  out.meta.media_type = "text/html";
  HtmlText text = render_html(decoded.text(raw.bytes), decoded.map, place, out.meta);
  if (text.plain.empty()) return Error{Code::BadInput, place + ": no text on this page"};
  for (Note& note : decoded.notes) {
    // Places in the decoded page are not places in the plain text.
    const uint32_t at = std::min(text.map.to_plain(decoded.map.to_source(note.span).begin),
                                 static_cast<uint32_t>(text.plain.size()));
    note.span = {at, at};
    out.notes.push_back(std::move(note));
  }
  for (Note& note : text.notes) out.notes.push_back(std::move(note));
  out.plain = std::move(text.plain);
  out.map = std::move(text.map);
  out.hints = std::move(text.hints);
  out.source = std::move(raw.bytes);
  return out;
}

}  // namespace readout::text

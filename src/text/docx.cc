// The zip is read member by member; of word/document.xml the paragraphs are walked in order.
#include "text/docx.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <unordered_map>

#include "core/hash.h"
#include "core/limits.h"
#include "core/utf8.h"
#include "text/archive.h"
#include "text/dates.h"
#include "text/xml.h"

namespace readout::text {
namespace {

class MemoryStream final : public ByteStream {
 public:
  explicit MemoryStream(std::string_view bytes) : bytes_(bytes) {}
  Result<size_t> read(char* out, size_t n) override {
    const size_t take = std::min(n, bytes_.size() - at_);
    std::memcpy(out, bytes_.data() + at_, take);
    at_ += take;
    return take;
  }
  bool seek(uint64_t offset) override {
    at_ = std::min<uint64_t>(offset, bytes_.size());
    return true;
  }
  std::optional<uint64_t> size() const override { return bytes_.size(); }

 private:
  std::string_view bytes_;
  size_t at_ = 0;
};

struct Members {
  std::string document, core, styles;
};

Result<Members> unpack(std::string_view bytes, const std::string& place) {
  auto archive =
      Archive::open(std::make_unique<PeekStream>(std::make_unique<MemoryStream>(bytes)), place);
  if (!archive) return archive.error();
  Members out;
  bool other_office = false;
  for (;;) {
    auto found = (*archive)->next();
    if (!found) return found.error();
    if (!*found) break;
    Archive::Member& member = **found;
    std::string* slot = member.name == "word/document.xml"   ? &out.document
                        : member.name == "docProps/core.xml" ? &out.core
                        : member.name == "word/styles.xml"   ? &out.styles
                                                             : nullptr;
    other_office =
        other_office || member.name.starts_with("xl/") || member.name.starts_with("ppt/");
    if (slot == nullptr) continue;
    auto content = read_all(*member.stream, limits::kDocumentBytes, "limit of a document");
    if (!content) {
      Error error = content.error();
      return error.message.starts_with(place) ? error : error.within(place + "!/" + member.name);
    }
    *slot = std::move(*content);
  }
  if (out.document.empty()) {
    return Error{Code::BadInput,
                 place + (other_office ? ": a spreadsheet or slides, not a text document"
                                       : ": not a DOCX file (no word/document.xml in it)")};
  }
  return out;
}

std::string_view local(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void read_core(const Members& members, const std::string& place, ContainerMeta& meta) {
  if (members.core.empty()) return;
  const auto tree = XmlTree::parse(members.core, place);
  if (!tree) return;  // properties are no reason to refuse a text
  for (size_t i = 0; i < tree->nodes().size(); ++i) {
    const std::string_view name = tree->nodes()[i].name;

    const auto fill = [&](std::string& field) {
      if (field.empty()) field = tree->text(i);
    };
    if (name == "dc:title") fill(meta.title);
    if (name == "dc:creator") fill(meta.author);
    if (name == "dc:publisher") fill(meta.publisher);
    if (name == "dc:language") fill(meta.language);
    if (name == "dcterms:created" && meta.published.empty()) {
      std::string iso = iso_date(tree->text(i));
      if (is_iso_date(iso)) meta.published = std::move(iso);
    }
  }
}

/// What a paragraph style is for, by its id: the ids are translated, the names are not.
std::unordered_map<std::string, BlockRole> read_styles(const Members& members,
                                                       const std::string& place) {
  std::unordered_map<std::string, BlockRole> out;
  if (members.styles.empty()) return out;
  const auto tree = XmlTree::parse(members.styles, place);
  if (!tree) return out;
  std::string id;
  for (const XmlNode& node : tree->nodes()) {
    if (node.name == "w:style") id = tree->attribute(node, "w:styleId");
    if (node.name != "w:name") continue;
    const std::string name = utf8::lower(tree->attribute(node, "w:val"));
    if (name == "title") out[id] = BlockRole::Title;
    if (name.starts_with("heading ") || name == "subtitle") out[id] = BlockRole::Heading;
    if (name.starts_with("list ")) out[id] = BlockRole::ListItem;
    if (name == "caption") out[id] = BlockRole::Caption;
  }
  return out;
}

class Body {
 public:
  Body(const XmlTree& tree, const std::unordered_map<std::string, BlockRole>& styles)
      : tree_(tree), styles_(styles) {}

  TextLayer build() {
    out_.pages.push_back({0, 1});
    const auto& nodes = tree_.nodes();
    for (uint32_t i = 0; i < nodes.size();) {
      close_until(i);
      const XmlNode& node = nodes[i];
      const std::string_view name = local(node.name);
      // Not part of the text as it stands.
      if (name == "del" || name == "moveFrom" || name == "instrText" || name == "delText" ||
          name == "Fallback" || name == "footnoteReference" || name == "endnoteReference" ||
          name == "drawing" || name == "pict" || name == "object" || name == "sectPr" ||
          name == "tblPr" || name == "rPr") {
        i = node.end;
        continue;
      }
      if (name == "tbl" && table_end_ == 0 && has_rows(i)) {
        table_end_ = node.end;
        table_begin_ = SIZE_MAX;
      } else if (name == "tr" && table_end_ != 0) {
        row_pending_ = true;
      } else if (name == "tc" && table_end_ != 0) {
        cell_pending_ = !row_pending_;
      } else if (name == "p") {
        begin_paragraph(i);
      } else if (name == "pStyle") {
        const auto it = styles_.find(std::string(tree_.attribute(node, "w:val")));
        if (it != styles_.end()) role_ = it->second;
      } else if (name == "numPr") {
        if (role_ == BlockRole::Narration) role_ = BlockRole::ListItem;
      } else if (name == "t") {
        write(tree_.text(i));
        i = node.end;
        continue;
      } else if (name == "tab" && in_paragraph_) {
        write("\t");
      } else if (name == "br" || name == "cr") {
        if (tree_.attribute(node, "w:type") == "page") {
          page();
        } else {
          write("\n");
        }
      } else if (name == "noBreakHyphen") {
        write("\xE2\x80\x91");
      } else if (name == "lastRenderedPageBreak") {
        page();
      } else if (name == "tabs") {
        i = node.end;  // tab stops
        continue;
      }
      ++i;
    }
    close_until(static_cast<uint32_t>(nodes.size()));
    return std::move(out_);
  }

 private:
  /// A table of one cell is a frame around text.
  bool has_rows(uint32_t table) const {
    int cells = 0;
    for (uint32_t i = table; i < tree_.nodes()[table].end; ++i)
      cells += local(tree_.nodes()[i].name) == "tc";
    return cells > 1;
  }

  void begin_paragraph(uint32_t index) {
    paragraph_end_ = tree_.nodes()[index].end;
    in_paragraph_ = true;
    started_ = false;
    role_ = BlockRole::Narration;
  }

  void close_until(uint32_t index) {
    if (in_paragraph_ && index >= paragraph_end_) {
      while (
          started_ && out_.source.size() > begin_ &&
          (out_.source.back() == '\n' || out_.source.back() == ' ' || out_.source.back() == '\t')) {
        out_.source.pop_back();
      }
      if (started_ && table_end_ == 0 && role_ != BlockRole::Narration) hint(begin_, role_);
      in_paragraph_ = false;
      started_ = false;
    }
    if (table_end_ != 0 && index >= table_end_) {
      if (table_begin_ != SIZE_MAX) hint(table_begin_, BlockRole::Table);
      table_end_ = 0;
      row_pending_ = cell_pending_ = false;
    }
  }

  void hint(size_t begin, BlockRole role) {
    if (begin >= out_.source.size()) return;
    if (role == BlockRole::Title && titled_) role = BlockRole::Heading;
    titled_ = titled_ || role == BlockRole::Title;
    out_.hints.push_back(
        {{static_cast<uint32_t>(begin), static_cast<uint32_t>(out_.source.size())}, role});
  }

  void write(std::string_view text) {
    if (!started_) {
      // Leading white space of a paragraph is layout.
      while (!text.empty() && (text[0] == ' ' || text[0] == '\t' || text[0] == '\n'))
        text.remove_prefix(1);
      if (text.empty()) return;
      started_ = true;
      if (!out_.source.empty()) {
        out_.source += table_end_ == 0 || table_begin_ == SIZE_MAX ? "\n\n"
                       : row_pending_                              ? "\n"
                       : cell_pending_                             ? "\t"
                                                                   : " ";
      }
      row_pending_ = cell_pending_ = false;
      begin_ = out_.source.size();
      if (table_end_ != 0 && table_begin_ == SIZE_MAX) table_begin_ = begin_;
      if (page_pending_) {
        out_.pages.push_back({static_cast<uint32_t>(begin_), out_.pages.back().number + 1});
        page_pending_ = false;
      }
    }
    if (page_pending_) {
      out_.pages.push_back(
          {static_cast<uint32_t>(out_.source.size()), out_.pages.back().number + 1});
      page_pending_ = false;
    }
    out_.source += text;
  }

  /// A forced break and the stored break behind it are one.
  void page() { page_pending_ = !out_.source.empty() || started_; }

  const XmlTree& tree_;
  const std::unordered_map<std::string, BlockRole>& styles_;
  TextLayer out_;
  BlockRole role_ = BlockRole::Narration;
  uint32_t paragraph_end_ = 0, table_end_ = 0;
  size_t begin_ = 0, table_begin_ = SIZE_MAX;
  bool in_paragraph_ = false, started_ = false, titled_ = false;
  bool row_pending_ = false, cell_pending_ = false, page_pending_ = false;
};

}  // namespace

Result<TextLayer> extract_docx(RawDocument raw) {
  const std::string place = raw.meta.file;
  auto members = unpack(raw.bytes, place);
  if (!members) return members.error();
  ContainerMeta meta = std::move(raw.meta);
  meta.original_sha256 = sha256_hex(raw.bytes);
  raw.bytes = std::string();
  read_core(*members, place + "!/docProps/core.xml", meta);
  const auto styles = read_styles(*members, place + "!/word/styles.xml");
  auto tree = XmlTree::parse(std::move(members->document), place + "!/word/document.xml");
  if (!tree) return tree.error();
  TextLayer out = Body(*tree, styles).build();
  if (out.source.empty()) return Error{Code::BadInput, place + ": no text in it"};
  if (out.source.size() > limits::kDocumentBytes) {
    return Error{Code::Limit, place + ": its text is longer than the limit of a document"};
  }
  if (utf8::find_invalid(out.source) != std::string::npos) {
    return Error{Code::BadInput, place + "!/word/document.xml: no valid UTF-8"};
  }
  if (out.pages.size() == 1) out.pages.clear();  // no breaks were stored: not paged
  out.meta = std::move(meta);
  out.meta.media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  out.meta.encoding = "UTF-8";
  return out;
}

}  // namespace readout::text

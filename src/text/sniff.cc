// Magic numbers for binary formats; for text, the first tags or header lines. A name decides only
// between formats that look alike (Markdown and plain text, JSON Lines and prose in braces).
#include "text/sniff.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "core/utf8.h"

namespace readout::text {
namespace {

using namespace std::string_view_literals;

bool starts_at(std::string_view head, size_t at, std::string_view magic) {
  return head.size() >= at + magic.size() && head.substr(at, magic.size()) == magic;
}

char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool starts_with_nocase(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (size_t i = 0; i < lower.size(); ++i) {
    if (ascii_lower(text[i]) != lower[i]) return false;
  }
  return true;
}

/// Without a byte order mark and leading white space. UTF-16 is narrowed so that tags can be seen.
std::string text_head(std::string_view head) {
  std::string narrow;
  if (starts_at(head, 0, "\xFF\xFE"sv) || starts_at(head, 0, "\xFE\xFF"sv)) {
    for (const char c : head.substr(2)) {
      if (c != '\0') narrow.push_back(c);
    }
  } else {
    narrow = head;
  }
  size_t at = starts_at(narrow, 0, "\xEF\xBB\xBF"sv) ? 3 : 0;
  while (at < narrow.size() && (narrow[at] == ' ' || (narrow[at] >= 9 && narrow[at] <= 13))) ++at;
  return narrow.substr(at);
}

bool is_zip(std::string_view head) {
  return starts_at(head, 0, "PK\x03\x04"sv) || starts_at(head, 0, "PK\x05\x06"sv);
}

/// Office Open XML names its parts; one of them stands first.
bool is_office_zip(std::string_view head, std::string_view name) {
  if (!starts_at(head, 0, "PK\x03\x04"sv) || head.size() < 30) return false;
  const size_t length = static_cast<unsigned char>(head[26]) |
                        static_cast<size_t>(static_cast<unsigned char>(head[27])) << 8;
  const std::string_view first = head.substr(30, length);
  for (const std::string_view part :
       {"[Content_Types].xml"sv, "_rels/"sv, "docProps/"sv, "word/"sv}) {
    if (first.starts_with(part)) return true;
  }
  if (extension_of(name) == "docx") return true;
  // Some programs write other parts first; a zip of such files would show theirs as well.
  return !first.ends_with(".docx") && !first.ends_with(".zip") && !first.ends_with(".eml") &&
         head.find("word/document.xml") != std::string_view::npos;
}

/// First tags of a page, past comments, declarations and processing instructions.
bool is_html(std::string_view text) {
  for (int skipped = 0; skipped < 16; ++skipped) {
    while (!text.empty() && (text[0] == ' ' || (text[0] >= 9 && text[0] <= 13)))
      text.remove_prefix(1);
    if (text.starts_with("<!--")) {
      const size_t end = text.find("-->");
      if (end == std::string_view::npos) return false;
      text.remove_prefix(end + 3);
    } else if (starts_with_nocase(text, "<!doctype html")) {
      return true;
    } else if (text.starts_with("<?") || text.starts_with("<!")) {
      const size_t end = text.find('>');
      if (end == std::string_view::npos) return false;
      text.remove_prefix(end + 1);
    } else {
      break;
    }
  }
  for (const std::string_view tag :
       {"<html"sv,     "<head"sv,  "<body"sv,    "<title"sv,  "<meta"sv, "<link"sv,
        "<script"sv,   "<style"sv, "<div"sv,     "<table"sv,  "<p>"sv,   "<p "sv,
        "<article"sv,  "<main"sv,  "<section"sv, "<header"sv, "<h1"sv,   "<h2"sv,
        "<span"sv,     "<ul"sv,    "<ol"sv,      "<center"sv, "<font"sv, "<base"sv,
        "<frameset"sv, "<a "sv,    "<b>"sv,      "<i>"sv,     "<br"sv,   "<nav"sv}) {
    if (starts_with_nocase(text, tag)) return true;
  }
  return false;
}

bool is_petrarch(std::string_view text) {
  if (!text.starts_with("<") || is_html(text)) return false;
  for (const std::string_view tag : {"<Sentences>"sv, "<Stories>"sv, "<Sentence "sv, "<Story "sv}) {
    if (text.find(tag) != std::string_view::npos) return true;
  }
  return false;
}

/// Mail begins with header fields; at least two that only mail has.
bool is_mail(std::string_view text) {
  if (text.starts_with("From ")) {  // mbox
    const size_t end = text.find('\n');
    if (end == std::string_view::npos) return false;
    text.remove_prefix(end + 1);
  }
  int known = 0;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.empty()) break;
    if (line[0] == ' ' || line[0] == '\t') continue;
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    for (const char c : line.substr(0, colon)) {
      if (c <= ' ' || static_cast<unsigned char>(c) >= 127) return false;
    }
    for (const std::string_view field :
         {"received:"sv, "message-id:"sv, "mime-version:"sv, "content-type:"sv, "return-path:"sv,
          "from:"sv, "to:"sv, "subject:"sv, "date:"sv, "delivered-to:"sv, "dkim-signature:"sv}) {
      if (starts_with_nocase(line, field)) {
        // Notes also begin "From: ..., To: ..."; the fields that people do not write count double.
        known +=
            field == "from:" || field == "to:" || field == "subject:" || field == "date:" ? 1 : 2;
      }
    }
  }
  return known >= 4;
}

bool is_jsonl(std::string_view text, std::string_view extension) {
  if (!text.starts_with("{")) return false;
  if (extension == "jsonl" || extension == "ndjson" || extension == "jsonlines") return true;
  const size_t key = text.find("\"text\"");
  if (key == std::string_view::npos) return extension == "json";
  size_t at = key + 6;
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
  return at < text.size() && text[at] == ':';
}

}  // namespace

std::string extension_of(std::string_view name) {
  const size_t slash = name.rfind('/');
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  for (;;) {
    const size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return {};
    std::string extension;
    for (const char c : name.substr(dot + 1)) extension.push_back(ascii_lower(c));
    static constexpr std::array kPacked = {"gz"sv,   "zst"sv, "xz"sv, "bz2"sv,
                                           "lzma"sv, "lz4"sv, "z"sv};
    if (std::find(kPacked.begin(), kPacked.end(), extension) == kPacked.end()) return extension;
    name = name.substr(0, dot);
  }
}

Container container_of(std::string_view head, std::string_view name) {
  if (starts_at(head, 0, "\x1F\x8B"sv) || starts_at(head, 0, "\x28\xB5\x2F\xFD"sv) ||
      starts_at(head, 0,
                "\xFD"
                "7zXZ\0"sv) ||
      starts_at(head, 0, "\x04\x22\x4D\x18"sv) ||
      (starts_at(head, 0, "BZh"sv) && starts_at(head, 4, "1AY&SY"sv)) ||
      starts_at(head, 257, "ustar"sv)) {
    return Container::Archive;
  }
  if (is_zip(head)) return is_office_zip(head, name) ? Container::None : Container::Archive;
  const std::string text = text_head(head);
  const std::string extension = extension_of(name);
  if (is_jsonl(text, extension) || extension == "jsonl" || extension == "ndjson")
    return Container::Jsonl;
  if (is_petrarch(text)) return Container::PetrarchXml;
  return Container::None;
}

Format format_of(std::string_view head, std::string_view name) {
  // Readers of PDF allow a little before the mark.
  if (head.substr(0, 1024).find("%PDF-") != std::string_view::npos) return Format::Pdf;
  if (is_zip(head)) return Format::Docx;
  const std::string text = text_head(head);
  if (is_html(text)) return Format::Html;
  const std::string extension = extension_of(name);
  if (extension == "eml" || is_mail(text)) return Format::Eml;
  if (extension == "md" || extension == "markdown" || extension == "mkd") return Format::Markdown;
  if ((extension == "html" || extension == "htm" || extension == "xhtml") &&
      text.find('<') != std::string::npos) {
    return Format::Html;
  }
  if (extension == "pdf") return Format::Pdf;    // a file so named is wanted as one: a clear error
  if (extension == "docx") return Format::Docx;  // instead of a page of rubbish
  return Format::Text;
}

std::string foreign_kind(std::string_view head) {
  struct Magic {
    size_t at;
    std::string_view bytes, kind;
  };
  static constexpr std::array kMagic = {
      Magic{0, "\x89PNG\r\n\x1A\n"sv, "a PNG image"sv},
      Magic{0, "\xFF\xD8\xFF"sv, "a JPEG image"sv},
      Magic{0, "GIF8"sv, "a GIF image"sv},
      Magic{0, "RIFF"sv, "a RIFF file (sound, video or WebP image)"sv},
      Magic{4, "ftyp"sv, "a video or HEIF file"sv},
      Magic{0, "ID3"sv, "an MP3 recording"sv},
      Magic{0, "OggS"sv, "an Ogg recording"sv},
      Magic{0,
            "\x7F"
            "ELF"sv,
            "a program"sv},
      Magic{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv,
            "an old Office file (.doc, .xls; save it as .docx)"sv},
      Magic{0, "SQLite format 3\0"sv, "an SQLite store"sv},
      Magic{0, "7z\xBC\xAF\x27\x1C"sv, "a 7z archive (not supported; use zip or tar)"sv},
      Magic{0, "Rar!\x1A\x07"sv, "a RAR archive (not supported; use zip or tar)"sv},
      Magic{0, "{\\rtf"sv, "an RTF file (not supported; save it as .docx or text)"sv},
  };
  for (const Magic& magic : kMagic) {
    if (starts_at(head, magic.at, magic.bytes)) return std::string(magic.kind);
  }
  return {};
}

}  // namespace readout::text

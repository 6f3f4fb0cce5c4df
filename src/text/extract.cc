// Decides what a raw document is and hands it to the reader of that format.
#include <algorithm>

#include "core/limits.h"
#include "text/docx.h"
#include "text/encoding.h"
#include "text/html.h"
#include "text/input.h"
#include "text/mail.h"
#include "text/markdown.h"
#include "text/pdf.h"
#include "text/sniff.h"

namespace readout::text {
namespace {

std::string place_of(const ContainerMeta& meta) {
  return meta.line == 0 ? meta.file : meta.file + ":" + std::to_string(meta.line);
}

/// Control characters and damage that no text has, by the hundred: a picture, a program, noise.
bool looks_binary(std::string_view text) {
  const std::string_view head = text.substr(0, size_t{1} << 16);
  size_t odd = 0, characters = 0;
  for (size_t i = 0; i < head.size(); ++i) {
    const unsigned byte = static_cast<unsigned char>(head[i]);
    if ((byte & 0xC0U) == 0x80U) continue;
    ++characters;
    const unsigned next = i + 1 < head.size() ? static_cast<unsigned char>(head[i + 1]) : 0;
    odd += (byte < 32 && (byte < 9 || byte > 13) && byte != 27) || (byte == 0xC2 && next < 0xA0) ||
           (byte == 0xEF && next == 0xBF);
  }
  return odd > 32 && odd * 10 > characters;
}

Result<TextLayer> extract_plain(RawDocument raw) {
  const std::string place = place_of(raw.meta);
  Decoded decoded = decode(raw.bytes, raw.meta.encoding, LineEnds::Unify, place);
  const std::string_view text = decoded.text(raw.bytes);
  if (looks_binary(text)) {
    const std::string kind = foreign_kind(raw.bytes);
    return Error{Code::BadInput,
                 place + ": " + (kind.empty() ? "binary data" : kind) + ", not a document"};
  }
  TextLayer out;
  out.plain = std::move(decoded.utf8);
  out.map = std::move(decoded.map);
  out.meta = std::move(raw.meta);
  out.meta.encoding = decoded.encoding;
  if (out.meta.media_type.empty()) out.meta.media_type = "text/plain";
  out.notes = std::move(decoded.notes);
  out.source = std::move(raw.bytes);
  return out;
}

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == ' ' || (c >= 9 && c <= 13) || c == '\0'; });
}

}  // namespace

Result<TextLayer> extract(RawDocument raw) {
  const std::string place = place_of(raw.meta);
  if (raw.bytes.size() > limits::kDocumentBytes) {
    return Error{Code::Limit, place + ": longer than the limit of " +
                                  std::to_string(limits::kDocumentBytes >> 20) +
                                  " MiB (limit of a document)"};
  }
  if (raw.format == Format::Auto)
    raw.format = format_of(std::string_view(raw.bytes).substr(0, kSniffBytes), raw.meta.file);
  std::vector<Note> notes = std::move(raw.notes);
  if (raw.format == Format::Markdown && raw.bytes.size() > limits::kMarkdownBytes) {
    // The parser keeps a record a mark: hostile text would cost sixty times its length.
    notes.push_back({{},
                     "limit.markdown",
                     place + ": longer than " + std::to_string(limits::kMarkdownBytes >> 20) +
                         " MiB (limit of Markdown); read as plain text"});
    raw.format = Format::Text;
  }
  Result<TextLayer> layer = [&] {
    switch (raw.format) {
      case Format::Html:
        return extract_html(std::move(raw));
      case Format::Markdown:
        return extract_markdown(std::move(raw));
      case Format::Eml:
        return extract_mail(std::move(raw));
      case Format::Docx:
        return extract_docx(std::move(raw));
      case Format::Pdf:
        return extract_pdf(std::move(raw));
      default:
        return extract_plain(std::move(raw));
    }
  }();
  if (!layer) return layer;
  if (is_blank(layer->text())) return Error{Code::BadInput, place + ": no text in it"};
  layer->notes.insert(layer->notes.begin(), notes.begin(), notes.end());
  return layer;
}

}  // namespace readout::text

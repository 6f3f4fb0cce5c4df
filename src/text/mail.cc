// GMime finds the parts and their places in the bytes; transfer encodings are undone here, because
// every character's place has to be kept.
#include "text/mail.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>
#include <mutex>

#include "core/hash.h"
#include "core/limits.h"
#include "core/utf8.h"
#include "text/dates.h"
#include "text/encoding.h"
#include "text/html.h"
#include "text/sniff.h"

namespace readout::text {
namespace {

constexpr int kMailDepth = 24;  // multiparts inside of multiparts
constexpr size_t kMailParts = 1000;

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Handle = std::unique_ptr<T, Unref>;

void start_gmime() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

struct Part {
  GMimePart* part = nullptr;
  std::string type;  // "text/plain", lower case
  std::string charset;
  std::string filename;
  bool attachment = false;
  GMimeContentEncoding encoding = GMIME_CONTENT_ENCODING_DEFAULT;
  size_t begin = 0, end = 0;  // of the encoded content in the mail
};

std::string lower_type(GMimeObject* object) {
  GMimeContentType* type = g_mime_object_get_content_type(object);
  if (type == nullptr) return "text/plain";
  char* mime = g_mime_content_type_get_mime_type(type);
  std::string out = utf8::lower(mime != nullptr ? mime : "text/plain");
  g_free(mime);
  return out;
}

void collect(GMimeObject* object, int depth, std::vector<Part>& parts,
             std::vector<GMimeMessage*>& messages) {
  if (object == nullptr || depth > kMailDepth || parts.size() + messages.size() >= kMailParts)
    return;
  if (GMIME_IS_MULTIPART(object)) {
    GMimeMultipart* multipart = GMIME_MULTIPART(object);
    const int count = g_mime_multipart_get_count(multipart);
    for (int i = 0; i < count; ++i)
      collect(g_mime_multipart_get_part(multipart, i), depth + 1, parts, messages);
  } else if (GMIME_IS_MESSAGE_PART(object)) {
    if (GMimeMessage* message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object)))
      messages.push_back(message);
  } else if (GMIME_IS_PART(object)) {
    Part part;
    part.part = GMIME_PART(object);
    part.type = lower_type(object);
    const char* charset = g_mime_object_get_content_type_parameter(object, "charset");
    if (charset != nullptr) part.charset = charset;
    const char* name = g_mime_part_get_filename(part.part);
    if (name != nullptr) part.filename = name;
    part.attachment = g_mime_part_is_attachment(part.part) != 0 || !part.filename.empty();
    part.encoding = g_mime_part_get_content_encoding(part.part);
    GMimeDataWrapper* content = g_mime_part_get_content(part.part);
    if (content == nullptr) return;
    GMimeStream* stream = g_mime_data_wrapper_get_stream(content);
    if (stream == nullptr || stream->bound_end < stream->bound_start) return;
    part.begin = static_cast<size_t>(stream->bound_start);
    part.end = static_cast<size_t>(stream->bound_end);
    parts.push_back(std::move(part));
  }
}

/// GMime makes an object of every part, field and address. A pass over the lines counts what could
/// become one, so that no mail costs more than some fifty megabytes. Gives what is too much.
std::string_view over_limit(std::string_view bytes) {
  size_t dividers = 0, fields = 0, addresses = 0;
  bool in_addresses = false;
  while (!bytes.empty()) {
    const size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.starts_with("--") && ++dividers > limits::kMailParts) return "parts";
    if (line.starts_with(' ') || line.starts_with('\t')) {
      if (in_addresses) addresses += line.size() + 1;
    } else {
      size_t colon = 0;
      while (colon < line.size() && colon < 64 && line[colon] > ' ' && line[colon] != ':' &&
             static_cast<unsigned char>(line[colon]) < 127) {
        ++colon;
      }
      in_addresses = false;
      if (colon > 0 && colon < line.size() && line[colon] == ':') {
        if (++fields > limits::kMailHeaderLines) return "header fields";
        const std::string name = utf8::lower(line.substr(0, colon));
        in_addresses = name == "from" || name == "to" || name == "cc" || name == "bcc" ||
                       name == "sender" || name == "reply-to" || name.starts_with("resent-");
        addresses = in_addresses ? line.size() + 1 : 0;
      }
    }
    if (in_addresses && addresses > limits::kMailAddressBytes) return "addresses";
  }
  return {};
}

/// A parsed mail; `bytes` must outlive it.
struct Mail {
  Handle<GMimeStream> stream;
  Handle<GMimeParser> parser;
  Handle<GMimeMessage> message;
  std::vector<Part> parts;
  std::vector<GMimeMessage*> messages;

  explicit Mail(std::string_view bytes) {
    start_gmime();
    GByteArray* array = g_byte_array_new();
    g_byte_array_append(array, reinterpret_cast<const guint8*>(bytes.data()),
                        static_cast<guint>(bytes.size()));
    GMimeStream* memory = g_mime_stream_mem_new_with_byte_array(array);
    stream.reset(memory);
    parser.reset(g_mime_parser_new_with_stream(memory));
    g_mime_parser_set_format(parser.get(),
                             bytes.starts_with("From ") ? GMIME_FORMAT_MBOX : GMIME_FORMAT_MESSAGE);
    g_mime_parser_set_persist_stream(parser.get(), TRUE);
    message.reset(g_mime_parser_construct_message(parser.get(), nullptr));
    if (!message) return;
    collect(g_mime_message_get_mime_part(message.get()), 0, parts, messages);
    for (Part& part : parts) {
      part.end = std::min(part.end, bytes.size());
      part.begin = std::min(part.begin, part.end);
    }
  }
};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// Undoes quoted-printable; the map leads back to the mail.
void decode_quoted(std::string_view mail, size_t begin, size_t end, std::string& out,
                   OffsetMap& map) {
  size_t i = begin;
  const auto size = [&] { return static_cast<uint32_t>(out.size()); };
  while (i < end) {
    const size_t equals = std::min(mail.substr(0, end).find('=', i), end);
    if (equals > i) {
      map.append(size(), static_cast<uint32_t>(equals - i), static_cast<uint32_t>(i),
                 static_cast<uint32_t>(equals - i), true);
      out.append(mail.substr(i, equals - i));
      i = equals;
      continue;
    }
    // "=" and white space up to the line's end: the line goes on.
    size_t after = i + 1;
    while (after < end && (mail[after] == ' ' || mail[after] == '\t')) ++after;
    if (after < end && mail[after] == '\r') ++after;
    if (after < end && mail[after] == '\n') {
      i = after + 1;
      continue;
    }
    const int high = i + 2 < end ? hex_digit(mail[i + 1]) : -1;
    const int low = i + 2 < end ? hex_digit(mail[i + 2]) : -1;
    if (high >= 0 && low >= 0) {
      map.append_character(size(), 1, static_cast<uint32_t>(i), 3);
      out.push_back(static_cast<char>(high * 16 + low));
      i += 3;
    } else {  // a stray "="
      map.append(size(), 1, static_cast<uint32_t>(i), 1, true);
      out.push_back('=');
      ++i;
    }
  }
}

/// The decoded content of a part.
std::string content_of(const Part& part) {
  GMimeDataWrapper* wrapper = g_mime_part_get_content(part.part);
  if (wrapper == nullptr) return {};
  const Handle<GMimeStream> memory(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(wrapper, memory.get());
  GByteArray* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory.get()));
  return {reinterpret_cast<const char*>(array->data), array->len};
}

bool blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c == ' ' || (c >= 9 && c <= 13); });
}

/// The part that people read: plain text, or else HTML.
const Part* body_of(const Mail& mail, std::string_view bytes) {
  const Part* html = nullptr;
  for (const Part& part : mail.parts) {
    if (part.attachment) continue;
    if (part.type == "text/html" && html == nullptr) html = &part;
  }
  for (const Part& part : mail.parts) {
    if (part.attachment || !part.type.starts_with("text/") || part.type == "text/html") continue;
    if (part.type == "text/calendar" || part.type == "text/css") continue;
    const std::string_view content = bytes.substr(part.begin, part.end - part.begin);
    if (blank(content)) continue;
    // "Your program does not show HTML" is no text.
    if (html != nullptr && content.size() < 200 && (html->end - html->begin) > content.size() * 20)
      continue;
    return &part;
  }
  return html;
}

void read_headers(const Mail& mail, ContainerMeta& meta) {
  GMimeMessage* message = mail.message.get();
  if (const char* subject = g_mime_message_get_subject(message);
      subject != nullptr && meta.title.empty()) {
    meta.title = subject;
  }
  if (const char* date = g_mime_object_get_header(GMIME_OBJECT(message), "Date");
      date != nullptr && meta.published.empty()) {
    std::string iso = iso_date(date);
    if (is_iso_date(iso)) meta.published = std::move(iso);
  }
  if (meta.published.empty()) {
    if (GDateTime* date = g_mime_message_get_date(message)) {
      char* iso = g_date_time_format(date, "%Y-%m-%dT%H:%M:%S%:z");
      if (iso != nullptr) meta.published = iso;
      g_free(iso);
    }
  }
  InternetAddressList* from = g_mime_message_get_from(message);
  if (from != nullptr && internet_address_list_length(from) > 0 && meta.author.empty()) {
    InternetAddress* first = internet_address_list_get_address(from, 0);
    const char* name = internet_address_get_name(first);
    if (name != nullptr && *name != '\0') {
      meta.author = name;
    } else if (INTERNET_ADDRESS_IS_MAILBOX(first)) {
      const char* address = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(first));
      if (address != nullptr) meta.author = address;
    }
  }
  if (const char* id = g_mime_message_get_message_id(message);
      id != nullptr && meta.source_id.empty())
    meta.source_id = id;
  if (const char* language = g_mime_object_get_header(GMIME_OBJECT(message), "Content-Language");
      language != nullptr && meta.language.empty()) {
    meta.language = language;
  }
  // Headers may hold anything; what the record keeps is UTF-8.
  for (std::string* field : {&meta.title, &meta.author, &meta.source_id, &meta.language}) {
    if (utf8::find_invalid(*field) == std::string::npos) continue;
    std::string mended;
    for (size_t i = 0; i < field->size();) utf8::append(mended, utf8::next(*field, i));
    *field = std::move(mended);
  }
}

}  // namespace

Result<TextLayer> extract_mail(RawDocument raw) {
  const std::string place = raw.meta.file;
  if (const std::string_view what = over_limit(raw.bytes); !what.empty()) {
    return Error{Code::Limit, place + ": too many " + std::string(what) + " (limit of a mail)"};
  }
  const Mail mail(raw.bytes);
  if (!mail.message) return Error{Code::BadInput, place + ": not a mail (no header)"};
  const Part* body = body_of(mail, raw.bytes);
  if (body == nullptr) return Error{Code::BadInput, place + ": no text in this mail"};
  TextLayer out;
  out.meta = std::move(raw.meta);
  read_headers(mail, out.meta);
  // The body's bytes and where they stand in the source.
  std::string content;
  OffsetMap place_of;
  const bool quoted = body->encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
  const bool packed = body->encoding == GMIME_CONTENT_ENCODING_BASE64 ||
                      body->encoding == GMIME_CONTENT_ENCODING_UUENCODE;
  if (packed) {
    content = content_of(*body);
    out.meta.original_sha256 = sha256_hex(raw.bytes);
  } else if (quoted) {
    decode_quoted(raw.bytes, body->begin, body->end, content, place_of);
  } else {
    content = raw.bytes.substr(body->begin, body->end - body->begin);
    const auto length = static_cast<uint32_t>(content.size());
    place_of.append(0, length, static_cast<uint32_t>(body->begin), length, true);
  }
  Decoded decoded = decode(content, body->charset, LineEnds::Unify, place);
  const std::string_view text = decoded.text(content);
  OffsetMap map = decoded.map.identity() ? std::move(place_of) : decoded.map.composed(place_of);
  out.meta.encoding = decoded.encoding;
  out.meta.media_type = "message/rfc822";
  if (blank(text)) return Error{Code::BadInput, place + ": no text in this mail"};
  if (body->type == "text/html") {
    HtmlText html = render_html(text, map, place, out.meta);
    out.plain = std::move(html.plain);
    out.map = std::move(html.map);
    out.hints = std::move(html.hints);
    out.notes = std::move(html.notes);
    for (Note& note : decoded.notes) note.span = {};
    if (out.plain.empty()) return Error{Code::BadInput, place + ": no text in this mail"};
  } else if (!map.identity()) {
    out.plain = text;
    out.map = std::move(map);
  }
  for (Note& note : decoded.notes) out.notes.push_back(std::move(note));
  out.source = packed ? std::move(content) : std::move(raw.bytes);
  return out;
}

std::vector<RawDocument> mail_attachments(const RawDocument& raw) {
  std::vector<RawDocument> out;
  if (!over_limit(raw.bytes).empty()) return out;  // `extract_mail` says so
  const Mail mail(raw.bytes);
  if (!mail.message) return out;
  const Part* body = body_of(mail, raw.bytes);
  size_t number = 0;
  const auto add = [&](std::string name, std::string bytes) {
    ++number;
    if (bytes.empty() || bytes.size() > limits::kDocumentBytes) return;
    std::replace(name.begin(), name.end(), '/', '_');
    if (name.empty()) name = "attachment-" + std::to_string(number);
    const std::string_view head = std::string_view(bytes).substr(0, kSniffBytes);
    if (!foreign_kind(head).empty() || container_of(head, name) != Container::None) return;
    RawDocument doc;
    doc.format = format_of(head, name);
    doc.meta.file = raw.meta.file + "!/" + name;
    doc.bytes = std::move(bytes);
    out.push_back(std::move(doc));
  };
  for (const Part& part : mail.parts) {
    if (&part == body || !part.attachment) continue;
    std::string bytes = content_of(part);
    const std::string_view head = std::string_view(bytes).substr(0, kSniffBytes);
    const Format format = format_of(head, part.filename);
    if (format == Format::Text && !part.type.starts_with("text/"))
      continue;  // spreadsheets, keys, sounds
    if (part.type == "text/calendar" || part.type == "text/x-vcard" || part.type == "text/vcard")
      continue;
    add(part.filename, std::move(bytes));
  }
  for (GMimeMessage* message : mail.messages) {
    char* text = g_mime_object_to_string(GMIME_OBJECT(message), nullptr);
    if (text == nullptr) continue;
    std::string bytes = text;
    g_free(text);
    add("message-" + std::to_string(number + 1) + ".eml", std::move(bytes));
  }
  return out;
}

}  // namespace readout::text

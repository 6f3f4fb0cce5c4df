#include "model/model_file.h"

#include <bit>
#include <charconv>
#include <cstring>

namespace readout::model {
namespace {

static_assert(std::endian::native == std::endian::little, "model files are little-endian");

constexpr std::string_view kMagic = "RDOMODEL";
constexpr size_t kHeader = 32, kEntry = 64, kNameSize = 32, kAlign = 64;
constexpr uint32_t kMaxSections = 256;

template <class T>
T read(std::string_view bytes, size_t offset) {
  T value;
  std::memcpy(&value, bytes.data() + offset, sizeof(T));
  return value;
}

size_t element_size(ElementType type) {
  return type == ElementType::Bytes || type == ElementType::Int8 ? 1 : 4;
}

}  // namespace

uint64_t checksum(std::string_view bytes) {
  constexpr uint64_t kMix = 0x9E3779B97F4A7C15ULL;
  uint64_t sum = 0, odd = 1;
  size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8, odd += 2) {
    uint64_t word;
    std::memcpy(&word, bytes.data() + i, 8);
    sum += (word ^ kMix) * odd;
  }
  if (i < bytes.size()) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, bytes.size() - i);
    sum += (word ^ kMix) * odd;
  }
  return sum;
}

Result<ModelFile> ModelFile::open(const std::string& path) {
  auto file = MappedFile::open(path);
  if (!file) return file.error();
  ModelFile model;
  model.file_ = std::make_unique<MappedFile>(std::move(*file));
  model.bytes_ = model.file_->bytes();
  model.name_ = path;
  if (auto ok = model.check(); !ok) return ok.error();
  return model;
}

Result<ModelFile> ModelFile::view(std::string_view bytes, std::string name) {
  ModelFile model;
  model.bytes_ = bytes;
  model.name_ = std::move(name);
  if (reinterpret_cast<uintptr_t>(bytes.data()) % kAlign != 0) return model.bad("bytes are not 64-byte aligned");
  if (auto ok = model.check(); !ok) return ok.error();
  return model;
}

Result<void> ModelFile::check() {
  if (bytes_.size() < kMagic.size() || bytes_.substr(0, kMagic.size()) != kMagic) {
    return bad("not a readout model: it does not begin with \"RDOMODEL\"");
  }
  if (bytes_.size() < kHeader) return bad("truncated: the header is incomplete");
  const auto version = read<uint32_t>(bytes_, 8);
  if (version != kModelFormat) {
    return bad("model format " + std::to_string(version) + "; this program reads format " + std::to_string(kModelFormat) +
               (version > kModelFormat ? " (the model is newer than the program)" : ""));
  }
  const auto count = read<uint32_t>(bytes_, 12);
  const auto size = read<uint64_t>(bytes_, 16);
  if (size != bytes_.size()) {
    return bad((size > bytes_.size() ? "truncated: " : "trailing bytes: ") + std::to_string(bytes_.size()) +
               " bytes, the header says " + std::to_string(size));
  }
  if (count > kMaxSections || kHeader + count * kEntry > size) {
    return bad("section table of " + std::to_string(count) + " entries does not fit");
  }
  if (checksum(bytes_.substr(kHeader)) != read<uint64_t>(bytes_, 24)) {
    return bad("damaged: the checksum does not fit the contents");
  }
  for (uint32_t i = 0; i < count; ++i) {
    const size_t at = kHeader + i * kEntry;
    std::string_view name = bytes_.substr(at, kNameSize);
    name = name.substr(0, name.find('\0'));
    Entry e{name, static_cast<ElementType>(read<uint32_t>(bytes_, at + 32)), read<uint32_t>(bytes_, at + 36),
            read<uint32_t>(bytes_, at + 40), read<uint64_t>(bytes_, at + 48), read<uint64_t>(bytes_, at + 56)};
    const uint64_t cells = uint64_t{e.rows} * e.columns;
    if (static_cast<uint32_t>(e.type) > 4 || e.offset % kAlign != 0 || e.offset > size || e.size > size - e.offset ||
        cells > size || cells * element_size(e.type) != e.size) {
      return bad("section \"" + std::string(name) + "\" has an impossible type, place or size");
    }
    entries_.push_back(e);
  }
  auto meta = text("meta");
  if (!meta) return meta.error();
  meta_ = *meta;
  return {};
}

Result<std::string_view> ModelFile::section(std::string_view name, ElementType type, uint32_t rows,
                                            uint32_t columns) const {
  for (const Entry& e : entries_) {
    if (e.name != name) continue;
    if (e.type != type || (rows != 0 && e.rows != rows) || (columns != 0 && e.columns != columns)) {
      return bad("section \"" + std::string(name) + "\" has the wrong type or shape: " + std::to_string(e.rows) + " x " +
                 std::to_string(e.columns) + ", wanted " + std::to_string(rows) + " x " + std::to_string(columns));
    }
    return bytes_.substr(e.offset, e.size);
  }
  return bad("no section \"" + std::string(name) + "\"");
}

Result<std::vector<std::string_view>> ModelFile::lines(std::string_view name) const {
  auto body = text(name);
  if (!body) return body.error();
  std::vector<std::string_view> out;
  std::string_view rest = *body;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    out.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return out;
}

std::optional<std::string_view> ModelFile::meta(std::string_view key) const {
  std::string_view rest = meta_;
  while (!rest.empty()) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    if (line.size() > key.size() && line.substr(0, key.size()) == key && line[key.size()] == '\t') {
      return line.substr(key.size() + 1);
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::nullopt;
}

Result<uint32_t> ModelFile::number(std::string_view key, uint32_t low, uint32_t high) const {
  const auto value = meta(key);
  uint32_t n = 0;
  if (value) {
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), n);
    if (error == std::errc() && end == value->data() + value->size() && n >= low && n <= high) return n;
  }
  return bad("meta \"" + std::string(key) + "\": \"" + std::string(value.value_or("")) + "\" is not a whole number from " +
             std::to_string(low) + " to " + std::to_string(high));
}

}  // namespace readout::model

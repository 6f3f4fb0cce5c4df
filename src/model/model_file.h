// The model file: one self-describing file of named, aligned arrays, mapped and used in place.
//
// All numbers are little-endian. The file is
//   0   char[8]  magic "RDOMODEL"
//   8   u32      format version (kModelFormat)
//   12  u32      number of sections
//   16  u64      size of the whole file in bytes
//   24  u64      checksum of everything after these 32 bytes (see `checksum`)
//   32  section table, 64 bytes each:
//         char[32] name, zero padded; u32 type; u32 rows; u32 columns; u32 zero;
//         u64 offset from the beginning of the file, a multiple of 64; u64 size in bytes
//   ... the arrays
// Section `meta` is text: one "key<TAB>value" a line (name, version, kind, data, licence, sizes).
// training/model_file.py is the writer.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/mapped_file.h"
#include "readout/result.h"

namespace readout::model {

inline constexpr uint32_t kModelFormat = 1;

enum class ElementType : uint32_t { Bytes = 0, Int8 = 1, Uint32 = 2, Int32 = 3, Float32 = 4 };

/// A model in memory. Everything handed out points into it.
class ModelFile {
 public:
  /// Maps the file and checks magic, version, sizes and checksum. Fails with BadModel and a reason
  /// that names what was found and what is wanted.
  static Result<ModelFile> open(const std::string& path);
  /// The same over bytes that the caller keeps alive, 64-byte aligned. `name` is for messages.
  static Result<ModelFile> view(std::string_view bytes, std::string name);

  /// The array `name` with exactly this shape. rows or columns 0: any.
  template <class T>
  Result<std::span<const T>> array(std::string_view name, uint32_t rows, uint32_t columns) const {
    auto raw = section(name, type_of(T{}), rows, columns);
    if (!raw) return raw.error();
    return std::span<const T>(reinterpret_cast<const T*>(raw->data()), raw->size() / sizeof(T));
  }
  Result<std::string_view> text(std::string_view name) const { return section(name, ElementType::Bytes, 0, 0); }
  /// Lines of a text section, without the last line's end.
  Result<std::vector<std::string_view>> lines(std::string_view name) const;
  /// A line of `meta`.
  std::optional<std::string_view> meta(std::string_view key) const;
  /// A whole number of `meta` within [low, high].
  Result<uint32_t> number(std::string_view key, uint32_t low, uint32_t high) const;
  const std::string& name() const& { return name_; }
  size_t size_bytes() const { return bytes_.size(); }

 private:
  struct Entry {
    std::string_view name;
    ElementType type;
    uint32_t rows, columns;
    uint64_t offset, size;
  };
  ModelFile() = default;
  Result<void> check();
  Result<std::string_view> section(std::string_view name, ElementType type, uint32_t rows, uint32_t columns) const;
  Error bad(const std::string& what) const { return Error{Code::BadModel, name_ + ": " + what}; }
  static constexpr ElementType type_of(int8_t) { return ElementType::Int8; }
  static constexpr ElementType type_of(uint32_t) { return ElementType::Uint32; }
  static constexpr ElementType type_of(int32_t) { return ElementType::Int32; }
  static constexpr ElementType type_of(float) { return ElementType::Float32; }

  std::unique_ptr<MappedFile> file_;
  std::string_view bytes_;
  std::string name_;
  std::vector<Entry> entries_;
  std::string_view meta_;
};

/// Sum over the 64-bit little-endian words w[i] (zero padded at the end) of (w[i] ^ k) * (2 i + 1),
/// modulo 2^64, k = 0x9E3779B97F4A7C15: each bit of each word counts and so does its place.
uint64_t checksum(std::string_view bytes);

}  // namespace readout::model

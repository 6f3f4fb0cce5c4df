// Writes JSON straight into a string: no tree, no allocation but the buffer's own growth.
//
//   JsonWriter json(out);
//   json.begin_object().field("kind", "turn").key("voice").begin_array().value("media:apa").end_array().end_object();
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace readout {

class JsonWriter {
 public:
  /// Appends to `out`, which must outlive the writer.
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);
  /// Escapes what JSON wants escaped; damaged UTF-8 becomes U+FFFD, so the output is always valid.
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(uint32_t number) { return value(static_cast<uint64_t>(number)); }
  JsonWriter& value(uint64_t number);
  JsonWriter& value(int number);
  JsonWriter& value(bool truth);
  /// Shortest form that reads back as the same number; integers without a point.
  JsonWriter& value(double number);
  /// A score: at most three decimals.
  JsonWriter& score(float number);
  JsonWriter& raw(std::string_view json);
  /// Begins a new top-level value: no comma before it.
  void restart() { first_ = true; }

  template <class T>
  JsonWriter& field(std::string_view name, const T& v) {
    key(name);
    return value(v);
  }
  /// Nothing at all if `text` is empty: absent values are left out.
  JsonWriter& optional_field(std::string_view name, std::string_view text) {
    return text.empty() ? *this : field(name, text);
  }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  void separate();

  std::string& out_;
  bool first_ = true;
};

}  // namespace readout

// Builds plain text beside the text it is taken from: pieces are kept, replaced or left out, and
// the offset map remembers which.
//
//   "a &amp; <b>b</b>"   keep(0,2) replace("&",2,7) keep(7,8) keep(11,12)   ->   "a & b"
#pragma once

#include <string>
#include <string_view>

#include "readout/document.h"

namespace readout::text {

class PlainBuilder {
 public:
  /// `middle` is the text that pieces are taken from (UTF-8, owned by the caller); `base` maps it
  /// to the document's source (empty: they are the same bytes).
  PlainBuilder(std::string_view middle, const OffsetMap& base) : middle_(middle), base_(base) {}

  /// Appends middle [begin, end) as it is.
  void keep(size_t begin, size_t end) {
    if (begin >= end) return;
    map_.append_through(base_, size(), static_cast<uint32_t>(begin),
                        static_cast<uint32_t>(end - begin));
    plain_.append(middle_.substr(begin, end - begin));
  }
  /// Appends one space that stands for the white space of middle [begin, end).
  void space(size_t begin, size_t end) {
    if (end - begin != 1) return replace(" ", begin, end);
    map_.append_through(base_, size(), static_cast<uint32_t>(begin), 1);
    plain_.push_back(' ');
  }
  /// Appends `text` as one unit that stands for middle [begin, end).
  void replace(std::string_view text, size_t begin, size_t end) {
    if (text.empty()) return;
    const SourceSpan at =
        base_.to_source({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    map_.append(size(), static_cast<uint32_t>(text.size()), at.begin, at.size(), false);
    plain_.append(text);
  }
  /// Appends `text` that stands for nothing at middle offset `at` (a line break between blocks).
  void insert(std::string_view text, size_t at) { replace(text, at, at); }

  uint32_t size() const { return static_cast<uint32_t>(plain_.size()); }
  std::string_view plain() const { return plain_; }
  std::string take_plain() { return std::move(plain_); }
  OffsetMap take_map() { return std::move(map_); }

 private:
  std::string_view middle_;
  const OffsetMap& base_;
  std::string plain_;
  OffsetMap map_;
};

}  // namespace readout::text

// A small XML tree, read safely (the only file that knows pugixml).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "readout/result.h"

namespace readout::text {

/// One element or text, in document order. `depth` counts from 0; an element's content is what
/// follows it with a greater depth.
struct XmlNode {
  std::string_view name;   // of an element as written ("w:p"); empty: a text
  std::string_view value;  // of a text, references decoded
  uint32_t depth = 0;
  uint32_t end = 0;  // index behind the element's content
  uint32_t first_attribute = 0, end_attribute = 0;
};

struct XmlAttribute {
  std::string_view name, value;
};

/// A parsed document; views live as long as it.
class XmlTree {
 public:
  XmlTree();
  ~XmlTree();
  XmlTree(XmlTree&&) noexcept;
  XmlTree& operator=(XmlTree&&) noexcept;

  /// `place` names the file for messages. Elements deeper than limits::kMarkupDepth are an error.
  static Result<XmlTree> parse(std::string bytes, std::string_view place);

  const std::vector<XmlNode>& nodes() const { return nodes_; }
  /// Value of an attribute, empty if there is none.
  std::string_view attribute(const XmlNode& node, std::string_view name) const;
  /// All text below nodes()[index].
  std::string text(size_t index) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
  std::vector<XmlNode> nodes_;
  std::vector<XmlAttribute> attributes_;
};

}  // namespace readout::text

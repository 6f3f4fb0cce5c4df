#include "text/xml.h"

#include <pugixml.hpp>

#include "core/limits.h"

namespace readout::text {

struct XmlTree::State {
  std::string bytes;  // parsed in place
  pugi::xml_document document;
};

XmlTree::XmlTree() = default;
XmlTree::~XmlTree() = default;
XmlTree::XmlTree(XmlTree&&) noexcept = default;
XmlTree& XmlTree::operator=(XmlTree&&) noexcept = default;

Result<XmlTree> XmlTree::parse(std::string bytes, std::string_view place) {
  XmlTree tree;
  tree.state_ = std::make_unique<State>();
  tree.state_->bytes = std::move(bytes);
  const pugi::xml_parse_result result = tree.state_->document.load_buffer_inplace(
      tree.state_->bytes.data(), tree.state_->bytes.size(),
      pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_fragment);
  if (!result) {
    return Error{Code::BadInput, std::string(place) + ": not well-formed XML at byte " +
                                     std::to_string(result.offset) + ": " + result.description()};
  }
  // Down and right without recursion.
  std::vector<uint32_t> open;
  pugi::xml_node node = tree.state_->document.first_child();
  while (node) {
    const auto depth = static_cast<uint32_t>(open.size());
    if (depth >= static_cast<uint32_t>(limits::kMarkupDepth)) {
      return Error{Code::Limit, std::string(place) + ": elements more than " +
                                    std::to_string(limits::kMarkupDepth) +
                                    " deep (limit of markup)"};
    }
    const auto at = static_cast<uint32_t>(tree.nodes_.size());
    const bool element = node.type() == pugi::node_element;
    if (element || node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      XmlNode made;
      made.depth = depth;
      made.first_attribute = made.end_attribute = static_cast<uint32_t>(tree.attributes_.size());
      if (element) {
        made.name = node.name();
        for (const pugi::xml_attribute attribute : node.attributes()) {
          tree.attributes_.push_back({attribute.name(), attribute.value()});
        }
        made.end_attribute = static_cast<uint32_t>(tree.attributes_.size());
      } else {
        made.value = node.value();
      }
      made.end = at + 1;
      tree.nodes_.push_back(made);
    }
    if (element && node.first_child()) {
      open.push_back(at);
      node = node.first_child();
      continue;
    }
    while (!node.next_sibling() && !open.empty()) {
      tree.nodes_[open.back()].end = static_cast<uint32_t>(tree.nodes_.size());
      open.pop_back();
      node = node.parent();
    }
    node = node.next_sibling();
  }
  return tree;
}

std::string_view XmlTree::attribute(const XmlNode& node, std::string_view name) const {
  for (uint32_t i = node.first_attribute; i < node.end_attribute; ++i) {
    if (attributes_[i].name == name) return attributes_[i].value;
  }
  return {};
}

std::string XmlTree::text(size_t index) const {
  std::string out;
  for (size_t i = index; i < nodes_[index].end; ++i) out += nodes_[i].value;
  return out;
}

}  // namespace readout::text

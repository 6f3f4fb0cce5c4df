// Reads `.case` files: cases begin with "== name"; then lines "key  value"; "| text" lines make up
// the text. A line "known: reason" marks a case that is expected to fail: the runner complains once
// it passes.
#pragma once

#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace readout::testing {

struct Case {
  std::string name, text, known;
  int line = 0;
  std::vector<std::pair<std::string, std::string>> wants;  // key, value
};

inline std::vector<Case> read_cases(const std::string& path) {
  std::vector<Case> cases;
  std::ifstream in(path);
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.starts_with("== ")) {
      cases.emplace_back();
      cases.back().name = line.substr(3);
      cases.back().line = number;
    } else if (cases.empty() || line.empty() || line[0] == '#') {
      continue;
    } else if (line[0] == '|') {
      cases.back().text += line.size() > 2 ? line.substr(2) : std::string();
      cases.back().text += '\n';
    } else if (line.starts_with("known:")) {
      cases.back().known = line.substr(6);
    } else {
      const size_t blank = line.find(' ');
      const size_t value = line.find_first_not_of(' ', blank);
      cases.back().wants.emplace_back(line.substr(0, blank),
                                      value == std::string::npos ? "" : line.substr(value));
    }
  }
  return cases;
}

}  // namespace readout::testing

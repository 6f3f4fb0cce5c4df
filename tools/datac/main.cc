// readout_datac FOLDER OUT: compiles the tables of data/ into the index that the program maps.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "entities/knowledge.h"

int main(int argc, char** argv) {
  using namespace readout::entities;
  if (argc != 3) {
    std::fputs("usage: readout_datac DATA_FOLDER OUTPUT\n", stderr);
    return 2;
  }
  std::vector<std::string> texts(static_cast<size_t>(Table::kCount));
  for (size_t t = 0; t < texts.size(); ++t) {
    std::ifstream in(std::filesystem::path(argv[1]) / table_path(static_cast<Table>(t)), std::ios::binary);
    std::ostringstream text;
    if (in) text << in.rdbuf();
    texts[t] = text.str();
  }
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  const std::string index = build_knowledge_index(views);
  std::ofstream out(argv[2], std::ios::binary);
  out.write(index.data(), static_cast<std::streamsize>(index.size()));
  if (!out) {
    std::fprintf(stderr, "%s: cannot be written\n", argv[2]);
    return 1;
  }
  return 0;
}

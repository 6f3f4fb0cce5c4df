#include "query/gold.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "core/utf8.h"
#include "pipeline/batch.h"

namespace readout::query {
namespace {

namespace fs = std::filesystem;

bool word_char_at(std::string_view text, size_t offset) {
  if (offset >= text.size()) return false;
  size_t i = offset;
  const char32_t c = utf8::next(text, i);
  return utf8::is_letter(c) || utf8::is_digit(c);
}

bool word_char_before(std::string_view text, size_t offset) {
  if (offset == 0) return false;
  size_t i = offset;
  const char32_t c = utf8::prev(text, i);
  return utf8::is_letter(c) || utf8::is_digit(c);
}

/// White space folded to single blanks, with the offset of every kept byte in the original.
struct Folded {
  std::string text;
  std::vector<uint32_t> at;
};

Folded fold_spaces(std::string_view text) {
  Folded folded;
  folded.text.reserve(text.size());
  bool space = false;
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    const char32_t c = utf8::next(text, i);
    if (utf8::is_space(c)) {
      space = !folded.text.empty();
      continue;
    }
    if (c == 0xAD || c == 0x200B) continue;  // soft hyphen, zero-width space
    if (space) {
      folded.text.push_back(' ');
      folded.at.push_back(static_cast<uint32_t>(begin));
      space = false;
    }
    for (size_t k = begin; k < i; ++k) {
      folded.text.push_back(text[k]);
      folded.at.push_back(static_cast<uint32_t>(k));
    }
  }
  return folded;
}

std::optional<Span> find_folded(const Folded& plain, std::string_view wanted, size_t nth, bool whole_word, uint32_t from) {
  if (wanted.empty()) return std::nullopt;
  size_t at = static_cast<size_t>(std::lower_bound(plain.at.begin(), plain.at.end(), from) - plain.at.begin());
  size_t seen = 0;
  while ((at = plain.text.find(wanted, at)) != std::string::npos) {
    const size_t end = at + wanted.size();
    const bool fits = !whole_word || (!word_char_before(plain.text, at) && !word_char_at(plain.text, end));
    if (fits && ++seen == nth) return Span{plain.at[at], plain.at[end - 1] + 1};
    ++at;
  }
  return std::nullopt;
}

size_t characters(std::string_view text) {
  size_t n = 0;
  for (size_t i = 0; i < text.size(); ++n) utf8::next(text, i);
  return n;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::optional<Span> locate(const Folded& plain, const GoldRow& row) {
  const auto number = [&](const char* key) {
    const auto it = row.json.find(key);
    return it != row.json.end() && it->is_number_unsigned() ? it->get<size_t>() : size_t{1};
  };
  const std::string form = row.text("form");
  const bool pronoun = form == "pronoun" || form == "possessive";
  const auto find = [&](const std::string& text, size_t nth, uint32_t from) {
    const std::string wanted = fold_spaces(text).text;
    return find_folded(plain, wanted, nth, pronoun || characters(wanted) <= 3, from);
  };
  if (const std::string first = row.text("first"); !first.empty()) {
    const auto begin = find(first, number("nth"), 0);
    if (!begin) return std::nullopt;
    const std::string last = row.text("last");
    if (row.json.contains("last_nth")) {
      const auto end = find(last, number("last_nth"), 0);
      return end && end->end > begin->begin ? std::optional(Span{begin->begin, end->end}) : std::nullopt;
    }
    const auto end = find(last, 1, begin->begin);
    return end ? std::optional(Span{begin->begin, end->end}) : std::nullopt;
  }
  for (const char* key : {"text", "predicate", "what"}) {
    if (const std::string text = row.text(key); !text.empty()) return find(text, number("nth"), 0);
  }
  return std::nullopt;
}

}  // namespace

std::string GoldRow::text(const char* key) const {
  const auto it = json.find(key);
  return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
}

std::vector<std::string> GoldRow::list(const char* key) const {
  std::vector<std::string> out;
  if (const auto it = json.find(key); it != json.end() && it->is_array()) {
    for (const auto& item : *it) {
      if (item.is_string()) out.push_back(item.get<std::string>());
    }
  }
  return out;
}

std::optional<Span> find_text(std::string_view plain, std::string_view text, size_t nth, bool whole_word, uint32_t from) {
  return find_folded(fold_spaces(plain), fold_spaces(text).text, nth, whole_word, from);
}

Result<std::vector<GoldDocument>> read_gold(const Engine& engine, const std::vector<std::string>& paths) {
  constexpr std::string_view kEnding = ".gold.jsonl";
  std::vector<fs::path> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      for (const auto& entry : fs::directory_iterator(path, error)) {
        if (entry.path().string().ends_with(kEnding)) files.push_back(entry.path());
      }
    } else {
      files.emplace_back(path);
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<GoldDocument> documents;
  Scratch scratch;
  for (const fs::path& file : files) {
    std::string stem = file.filename().string();
    if (!stem.ends_with(kEnding)) return Error{Code::BadInput, file.string() + ": a name that ends with .gold.jsonl is wanted"};
    stem.resize(stem.size() - kEnding.size());
    fs::path source;
    for (const char* ending : {".txt", ".md", ".html", ".eml", ".pdf", ".docx"}) {
      if (fs::exists(file.parent_path() / (stem + ending))) source = file.parent_path() / (stem + ending);
    }
    if (source.empty()) return Error{Code::NotFound, file.string() + ": there is no document beside it"};
    text::RawDocument raw;
    raw.bytes = read_file(source);
    raw.meta.file = source.string();
    auto doc = read_one(engine, std::move(raw), scratch);
    if (!doc) return doc.error().within(source.string());
    GoldDocument gold{stem, std::move(*doc), {}, {}};
    const Folded plain = fold_spaces(gold.doc.plain());
    std::istringstream lines(read_file(file));
    size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      if (line.empty()) continue;
      GoldRow row;
      row.json = nlohmann::json::parse(line, nullptr, false);
      if (!row.json.is_object()) return Error{Code::BadData, file.string() + ":" + std::to_string(number) + ": not a JSON object"};
      row.kind = row.text("kind");
      row.line = number;
      row.span = locate(plain, row);
      if (row.kind == "document") {
        if (const auto it = row.json.find("invented"); it != row.json.end() && it->is_object()) {
          for (const auto& item : it->items()) gold.invented.push_back(item.key());
        }
      }
      gold.rows.push_back(std::move(row));
    }
    documents.push_back(std::move(gold));
  }
  return documents;
}

std::string to_text(const Score& score) {
  char buffer[160];
  std::snprintf(buffer, sizeof buffer, "P %.3f  R %.3f  F1 %.3f  (%llu of %llu gold, %llu found)", score.precision(), score.recall(),
                score.f1(), static_cast<unsigned long long>(score.correct), static_cast<unsigned long long>(score.gold),
                static_cast<unsigned long long>(score.system));
  return buffer;
}

}  // namespace readout::query

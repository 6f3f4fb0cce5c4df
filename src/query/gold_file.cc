#include "query/gold_file.h"

#include "text/archive.h"
#include "text/byte_stream.h"

namespace readout::query {
namespace {

constexpr size_t kGoldBytes = size_t{1} << 30;

bool compressed(std::string_view head) {
  return head.starts_with("\xFD" "7zXZ") || head.starts_with("\x1F\x8B") || head.starts_with("\x28\xB5\x2F\xFD");
}

}  // namespace

Result<std::string> read_gold_file(const std::string& path) {
  uint64_t done = 0;
  auto file = text::open_file(path, &done);
  if (!file) return file.error();
  auto stream = std::make_unique<text::PeekStream>(std::move(*file));
  const auto head = stream->peek(8);
  if (!head) return head.error().within(path);
  if (!compressed(*head)) return text::read_all(*stream, kGoldBytes, "gold file");
  auto archive = text::Archive::open(std::move(stream), path);
  if (!archive) return archive.error();
  auto member = (*archive)->next();
  if (!member) return member.error();
  if (!*member) return Error{Code::BadInput, path + ": empty"};
  return text::read_all(*(*member)->stream, kGoldBytes, "gold file");
}

}  // namespace readout::query

// Paths are walked in order; each file is opened, looked at, and handed to the reader that fits.
// Readers nest: an archive opens a reader for each of its members.
#include "text/input.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/limits.h"
#include "text/archive.h"
#include "text/mail.h"
#include "text/reader.h"
#include "text/sniff.h"

namespace readout::text {
namespace {

/// One thing to say about a whole stream.
class OneItem final : public Reader {
 public:
  explicit OneItem(InputItem item) : item_(std::move(item)) {}
  std::optional<InputItem> next() override { return std::exchange(item_, std::nullopt); }

 private:
  std::optional<InputItem> item_;
};

std::unique_ptr<Reader> reject(std::string place, const Error& error) {
  Error said = error.message.starts_with(place) ? error : error.within(place);
  return std::make_unique<OneItem>(Rejected{std::move(place), std::move(said)});
}

/// The members of an archive, each by the reader that fits it.
class ArchiveReader final : public Reader {
 public:
  ArchiveReader(std::unique_ptr<Archive> archive, std::string name, Format format, int depth)
      : archive_(std::move(archive)), name_(std::move(name)), format_(format), depth_(depth) {}

  std::optional<InputItem> next() override {
    for (;;) {
      if (member_) {
        if (auto item = member_->next()) return item;
        member_.reset();
      }
      if (done_) return std::nullopt;
      auto found = archive_->next();
      if (!found) {
        // The same error again and again would be no end.
        done_ = archive_->failed() || ++errors_ > kMaxErrors;
        return Rejected{name_, found.error()};
      }
      if (!*found) {
        done_ = true;
        continue;
      }
      Archive::Member& member = **found;
      std::string inner = member.name.empty() ? name_ : name_ + "!/" + member.name;
      member_ = open_reader(std::move(member.stream), std::move(inner), format_, depth_);
    }
  }

 private:
  static constexpr int kMaxErrors = 1000;
  std::unique_ptr<Archive> archive_;
  std::unique_ptr<Reader> member_;
  std::string name_;
  Format format_;
  int depth_;
  int errors_ = 0;
  bool done_ = false;
};

/// A mail, then its attachments; mails inside of it come with theirs.
class MailReader final : public Reader {
 public:
  explicit MailReader(RawDocument mail) { waiting_.push_back({std::move(mail), 0}); }

  std::optional<InputItem> next() override {
    if (waiting_.empty()) return std::nullopt;
    auto [doc, depth] = std::move(waiting_.back());
    waiting_.pop_back();
    if (doc.format == Format::Eml && depth < limits::kArchiveNesting) {
      std::vector<RawDocument> inner = mail_attachments(doc);
      for (auto it = inner.rbegin(); it != inner.rend(); ++it)
        waiting_.emplace_back(std::move(*it), depth + 1);
    }
    return InputItem(std::move(doc));
  }

 private:
  std::vector<std::pair<RawDocument, int>> waiting_;
};

/// Folders and files of the command line, depth first, sorted by name.
class Walker {
 public:
  explicit Walker(const std::vector<std::string>& paths) {
    for (auto it = paths.rbegin(); it != paths.rend(); ++it) stack_.push_back({*it, true});
  }

  struct Found {
    std::string path;
    std::optional<Error> error;
  };
  std::optional<Found> next() {
    while (!stack_.empty()) {
      const Entry entry = std::move(stack_.back());
      stack_.pop_back();
      if (entry.path == "-" && entry.named) return Found{entry.path, std::nullopt};
      struct stat info {};
      // Links to folders are followed only where the user names them: no way to go in circles.
      if (stat(entry.path.c_str(), &info) != 0) {
        if (!entry.named && errno == ENOENT) continue;  // a link to nowhere, or gone meanwhile
        const Code code = errno == ENOENT || errno == ENOTDIR ? Code::NotFound : Code::Io;
        return Found{entry.path, Error{code, entry.path + ": " + std::strerror(errno)}};
      }
      if (!S_ISDIR(info.st_mode)) {
        if (!entry.named && !S_ISREG(info.st_mode)) continue;  // pipes and devices only by name
        return Found{entry.path, std::nullopt};
      }
      struct stat link {};
      if (!entry.named && lstat(entry.path.c_str(), &link) == 0 && S_ISLNK(link.st_mode)) continue;
      if (auto error = push_folder(entry.path)) return Found{entry.path, std::move(error)};
    }
    return std::nullopt;
  }

 private:
  struct Entry {
    std::string path;
    bool named;  // by the user, not met in a folder
  };

  std::optional<Error> push_folder(const std::string& path) {
    DIR* folder = opendir(path.c_str());
    if (folder == nullptr) return Error{Code::Io, path + ": " + std::strerror(errno)};
    std::vector<std::string> names;
    while (const dirent* entry = readdir(folder)) {
      if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
    }
    closedir(folder);
    std::sort(names.begin(), names.end(), std::greater<>());
    const std::string prefix = path.ends_with('/') ? path : path + "/";
    for (const std::string& name : names) stack_.push_back({prefix + name, false});
    return std::nullopt;
  }

  std::vector<Entry> stack_;
};

class Inputs final : public InputSource {
 public:
  explicit Inputs(InputOptions options) : options_(std::move(options)), walker_(options_.paths) {
    Walker counter(options_.paths);
    while (auto found = counter.next()) {
      struct stat info {};
      if (found->error || found->path == "-" || stat(found->path.c_str(), &info) != 0) continue;
      if (S_ISREG(info.st_mode)) {
        total_ += static_cast<uint64_t>(info.st_size);
      } else {
        endless_ = true;
      }
    }
    for (const std::string& path : options_.paths) endless_ = endless_ || path == "-";
  }

  std::optional<InputItem> next() override {
    for (;;) {
      if (reader_) {
        if (auto item = reader_->next()) return item;
        reader_.reset();
      }
      auto found = walker_.next();
      if (!found) return std::nullopt;
      if (found->error) return Rejected{found->path, *found->error};
      auto stream = open_file(found->path, &done_);
      if (!stream) return Rejected{found->path, stream.error()};
      reader_ = open_reader(std::move(*stream), found->path == "-" ? "<stdin>" : found->path,
                            options_.format, 0);
    }
  }
  uint64_t bytes_total() const override { return endless_ ? 0 : total_; }
  uint64_t bytes_done() const override { return done_; }

 private:
  InputOptions options_;
  Walker walker_;
  uint64_t total_ = 0, done_ = 0;
  bool endless_ = false;
  std::unique_ptr<Reader> reader_;  // counts into done_: destroyed first
};

}  // namespace

std::unique_ptr<Reader> open_reader(std::unique_ptr<ByteStream> stream, std::string name,
                                    Format format, int depth) {
  auto peeked = std::make_unique<PeekStream>(std::move(stream));
  auto head = peeked->peek(kSniffBytes);
  if (!head) return reject(std::move(name), head.error());
  Container container = container_of(*head, name);
  if (container != Container::Archive) {
    if (format == Format::Jsonl) {
      container = Container::Jsonl;
    } else if (format == Format::PetrarchXml) {
      container = Container::PetrarchXml;
    } else if (format != Format::Auto) {
      container = Container::None;
    }
  } else if (depth >= limits::kArchiveNesting) {
    return reject(name,
                  {Code::Limit, name + ": archives inside of archives, more than " +
                                    std::to_string(limits::kArchiveNesting) + " deep (limit)"});
  }
  switch (container) {
    case Container::Archive: {
      auto archive = Archive::open(std::move(peeked), name);
      if (!archive) return reject(std::move(name), archive.error());
      return std::make_unique<ArchiveReader>(std::move(*archive), std::move(name), format,
                                             depth + 1);
    }
    case Container::Jsonl:
      return jsonl_reader(std::move(peeked), std::move(name));
    case Container::PetrarchXml:
      return petrarch_reader(std::move(peeked), std::move(name));
    case Container::None:
      break;
  }
  const std::string foreign = foreign_kind(*head);
  if (!foreign.empty())
    return reject(name, {Code::BadInput, name + ": " + foreign + ", not a document"});
  RawDocument doc;
  doc.format = format == Format::Auto ? format_of(*head, name) : format;
  auto bytes = read_all(*peeked, limits::kDocumentBytes, "limit of a document");
  if (!bytes) return reject(std::move(name), bytes.error());
  doc.bytes = std::move(*bytes);
  doc.meta.file = std::move(name);
  if (doc.format == Format::Eml) return std::make_unique<MailReader>(std::move(doc));
  return std::make_unique<OneItem>(std::move(doc));
}

Result<std::unique_ptr<InputSource>> open_inputs(InputOptions options) {
  if (options.paths.empty()) {
    return Error{Code::BadInput, "no input: name files or folders, or \"-\" for standard input"};
  }
  return std::unique_ptr<InputSource>(std::make_unique<Inputs>(std::move(options)));
}

}  // namespace readout::text

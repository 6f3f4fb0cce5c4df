// Runs the built program as a user would: a fresh folder, arguments, standard input; gives back what
// it wrote and how it ended.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace readout::testing_support {

namespace fs = std::filesystem;

/// A folder that vanishes with the object.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "readout_test_XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  fs::path operator/(std::string_view name) const { return path_ / name; }
  const fs::path& path() const { return path_; }
  void write(std::string_view name, std::string_view bytes) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  std::string read(std::string_view name) const {
    std::ifstream in(path_ / name, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
  }

 private:
  fs::path path_;
};

struct Outcome {
  int code = -1;  // exit code; 128 + signal if killed
  std::string out, err;
};

/// Starts the program in `folder` with standard output and error in files; gives its process id.
inline pid_t start(const Folder& folder, const std::vector<std::string>& args, const std::string& in_file = "/dev/null") {
  const pid_t pid = fork();
  if (pid != 0) return pid;
  if (chdir(folder.path().c_str()) != 0) _exit(99);
  const int in = open(in_file.c_str(), O_RDONLY);
  const int out = open("stdout.txt", O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err = open("stderr.txt", O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dup2(in, 0);
  dup2(out, 1);
  dup2(err, 2);
  setenv("NO_COLOR", "1", 1);
  std::vector<char*> argv;
  std::string program = READOUT_PROGRAM;
  argv.push_back(program.data());
  for (const std::string& arg : args) argv.push_back(const_cast<char*>(arg.c_str()));
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  _exit(98);
}

inline Outcome finish(const Folder& folder, pid_t pid) {
  int status = 0;
  waitpid(pid, &status, 0);
  Outcome outcome;
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = folder.read("stdout.txt");
  outcome.err = folder.read("stderr.txt");
  return outcome;
}

inline Outcome run(const Folder& folder, const std::vector<std::string>& args, const std::string& in_file = "/dev/null") {
  return finish(folder, start(folder, args, in_file));
}

}  // namespace readout::testing_support

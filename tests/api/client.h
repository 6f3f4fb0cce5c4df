// A small HTTP client over plain sockets, and a server under test. The client sends what it is told,
// also what no proper client would send.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <charconv>
#include <chrono>
#include <map>
#include <optional>
#include <thread>

#include "../run_program.h"

namespace readout::testing_support {

struct Reply {
  int status = 0;                    // 0: no answer
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

/// Takes an answer apart; chunks are put together.
inline Reply parse_reply(std::string_view raw) {
  Reply reply;
  const size_t head_end = raw.find("\r\n\r\n");
  if (!raw.starts_with("HTTP/1.1 ") || head_end == std::string_view::npos) return reply;
  std::from_chars(raw.data() + 9, raw.data() + 12, reply.status);
  size_t at = raw.find("\r\n") + 2;
  while (at < head_end + 2) {
    const size_t end = raw.find("\r\n", at);
    const std::string_view line = raw.substr(at, end - at);
    const size_t colon = line.find(':');
    std::string name(line.substr(0, colon));
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (colon != std::string_view::npos) reply.headers[name] = line.substr(std::min(colon + 2, line.size()));
    at = end + 2;
  }
  std::string_view body = raw.substr(head_end + 4);
  if (reply.headers["transfer-encoding"] != "chunked") {
    reply.body = body;
    return reply;
  }
  while (true) {
    size_t size = 0;
    const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), size, 16);
    if (error != std::errc() || size == 0) return reply;
    const size_t begin = static_cast<size_t>(end - body.data()) + 2;
    if (begin + size + 2 > body.size()) return reply;
    reply.body += body.substr(begin, size);
    body.remove_prefix(begin + size + 2);
  }
}

/// Sends the bytes and reads until the other side closes, or for `ms`.
inline std::string exchange_bytes(int port, std::string_view bytes, int ms = 20'000) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string out;
  const bool bytes_are_head = bytes.starts_with("HEAD ");
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
    while (!bytes.empty()) {
      const ssize_t sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    char buffer[65536];
    pollfd wait{fd, POLLIN, 0};
    while (poll(&wait, 1, ms) > 0) {
      const ssize_t got = recv(fd, buffer, sizeof buffer, 0);
      if (got <= 0) break;
      out.append(buffer, static_cast<size_t>(got));
      // A server that could not read the request does not know either that it was the last one.
      const size_t head = out.find("\r\n\r\n");
      const size_t length = out.find("Content-Length: ");
      if (head == std::string::npos || length == std::string::npos || length > head || bytes_are_head) continue;
      size_t size = 0;
      std::from_chars(out.data() + length + 16, out.data() + head, size);
      if (out.size() >= head + 4 + size) break;
    }
  }
  close(fd);
  return out;
}

/// readout serve in a folder, on a free port, ended with the object.
class Server {
 public:
  Server(const Folder& folder, std::vector<std::string> more = {}) {
    // Its own standard streams: other programs run in the same folder.
    log_ = (folder / ("serve" + std::to_string(++count()) + ".txt")).string();
    std::vector<std::string> args = {"serve", "--record", "readout.db", "--port", "0"};
    args.insert(args.end(), more.begin(), more.end());
    pid_ = fork();
    if (pid_ == 0) {
      if (chdir(folder.path().c_str()) != 0) _exit(99);
      const int log = open(log_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
      dup2(log, 1);
      dup2(log, 2);
      std::vector<char*> argv;
      std::string program = READOUT_PROGRAM;
      argv.push_back(program.data());
      for (const std::string& arg : args) argv.push_back(const_cast<char*>(arg.c_str()));
      argv.push_back(nullptr);
      execv(program.c_str(), argv.data());
      _exit(98);
    }
    for (int i = 0; i < 1200 && port_ == 0; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(25));
      const std::string said = log();
      const size_t at = said.find("http://127.0.0.1:");
      if (at != std::string::npos && said.find('\n') != std::string::npos) std::from_chars(said.data() + at + 17, said.data() + said.size(), port_);
    }
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() {
    if (pid_ > 0) stop();
  }
  /// SIGTERM; the exit code.
  int stop() {
    kill(pid_, SIGTERM);
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  bool alive() const { return waitpid(pid_, nullptr, WNOHANG) == 0; }
  int port() const { return port_; }
  std::string log() const {
    std::ifstream in(log_, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
  }
  Reply send(const std::string& method, const std::string& target, const std::string& body = {}, const std::vector<std::string>& headers = {}) const {
    std::string request = method + " " + target + " HTTP/1.1\r\nConnection: close\r\n";
    bool host = false;
    for (const std::string& header : headers) {
      host = host || header.starts_with("Host:");
      request += header + "\r\n";
    }
    if (!host) request += "Host: 127.0.0.1:" + std::to_string(port_) + "\r\n";
    if (!body.empty() || method == "POST" || method == "PUT" || method == "PATCH") request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return parse_reply(exchange_bytes(port_, request + "\r\n" + body));
  }
  Reply get(const std::string& target, const std::vector<std::string>& headers = {}) const { return send("GET", target, {}, headers); }

 private:
  static int& count() {
    static int made = 0;
    return made;
  }
  std::string log_;
  pid_t pid_ = -1;
  int port_ = 0;
};

}  // namespace readout::testing_support

#include "nginx.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif

#include <array>
#include <stdexcept>

#include "sockets.hpp"

namespace segment::test {
namespace {

std::string configuration(const TemporaryFolder& folder, const std::string& servers) {
  // Started by root its worker would be nobody, who may not enter the folder.
  std::string text = ::geteuid() == 0 ? "user root;\n" : "";
  text += "daemon off;\nworker_processes 1;\nerror_log " + folder.file("error.log") + ";\npid " +
          folder.file("pid") + ";\nevents {}\nhttp {\naccess_log off;\n";
  for (const char* kind : {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
    text += std::string(kind) + "_temp_path " + folder.file(kind) + ";\n";
  }
  return text + servers + "}\n";
}

}  // namespace

std::string nginx_program() {
  for (const char* path : {"/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx",
                           "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx"}) {
    if (::access(path, X_OK) == 0) return path;
  }
  return {};
}

Nginx::Nginx(const std::vector<Server>& servers) {
  std::string blocks;
  for (const Server& server : servers) {
    const int socket = listening_.emplace_back(bound_socket());
    ports_.push_back(port_of(socket));
    // From here on connections queue up, so that nobody has to wait for nginx to be ready.
    if (::listen(socket, SOMAXCONN) != 0) throw std::runtime_error("no listening socket");
    blocks += "server {\nlisten 127.0.0.1:" + std::to_string(ports_.back()) + " " +
              server.listen_options + ";\n" + server.directives + "\n}\n";
  }
  folder_.write("nginx.conf", configuration(folder_, blocks));
  start();
  // Should nginx not live, connections are refused then and do not hang.
  for (const int socket : listening_) ::close(socket);
}

// nginx takes over listening sockets that the variable NGINX names, as it does in an upgrade of
// itself: no port is free in between for somebody else to take.
void Nginx::start() {
  std::string inherited = "NGINX=";
  for (const int socket : listening_) inherited += std::to_string(socket) + ";";
  std::string program = nginx_program();
  std::string file = folder_.file("nginx.conf");
  std::string log = folder_.file("error.log");
  std::array<char*, 6> arguments{program.data(), const_cast<char*>("-c"),
                                 file.data(),    const_cast<char*>("-e"),
                                 log.data(),     nullptr};
  std::array<char*, 2> environment{inherited.data(), nullptr};
  const pid_t parent = ::getpid();
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("no process for nginx");
  if (process_ > 0) return;
#if defined(__linux__)
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // Should the test crash.
#endif
  if (::getppid() != parent) ::_exit(1);
  for (const int socket : listening_) ::fcntl(socket, F_SETFD, 0);  // To be handed on.
  ::execve(program.c_str(), arguments.data(), environment.data());
  ::_exit(127);
}

Nginx::~Nginx() {
  ::kill(process_, SIGTERM);  // Ends its worker too, which SIGKILL would not.
  ::waitpid(process_, nullptr, 0);
}

std::string Nginx::url(std::size_t server, const std::string& host) const {
  return "https://" + host + ":" + std::to_string(ports_.at(server));
}

}  // namespace segment::test

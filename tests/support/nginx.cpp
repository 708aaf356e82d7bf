#include "nginx.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include "sockets.hpp"

namespace segment::test {
namespace {

std::string configuration(const TemporaryFolder& folder, const std::string& servers) {
  // If root starts it, its worker would run as nobody, who may not enter the folder.
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

// nginx takes over the listening sockets that the variable NGINX names, as when it upgrades itself:
// at no time is a port free for something else to take.
Nginx::Nginx(const std::vector<Server>& servers) {
  std::string blocks;
  std::vector<int> listening;
  std::string inherited = "NGINX=";
  for (const Server& server : servers) {
    const int socket = listening.emplace_back(bound_socket());
    ports_.push_back(port_of(socket));
    // From here on connections are queued, so that nobody has to wait until nginx is ready.
    if (::listen(socket, SOMAXCONN) != 0) throw std::runtime_error("no listening socket");
    inherited += std::to_string(socket) + ";";
    blocks += "server {\nlisten 127.0.0.1:" + std::to_string(ports_.back()) + " " +
              server.listen_options + ";\n" + server.directives + "\n}\n";
  }
  folder_.write("nginx.conf", configuration(folder_, blocks));
  process_ = ServerProcess(
      {nginx_program(), "-c", folder_.file("nginx.conf"), "-e", folder_.file("error.log")},
      // SIGTERM ends its worker too, which SIGKILL would not.
      {.environment = {inherited}, .descriptors = listening, .end_signal = SIGTERM});
  // If nginx does not start, connections are then refused and do not hang.
  for (const int socket : listening) ::close(socket);
}

std::string Nginx::url(std::size_t server, const std::string& host) const {
  return "https://" + host + ":" + std::to_string(ports_.at(server));
}

}  // namespace segment::test

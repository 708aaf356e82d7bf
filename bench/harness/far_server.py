"""A server like the real API: TLS 1.3, HTTP/2, gzip, and some milliseconds away. An nginx, and in front of
it a relay (bench/distance) that delays every byte."""
import collections
import contextlib
import json
import pathlib
import subprocess
import time

from . import answers, nginx, programs

HTTP = """\
  log_format facts '$connection $ssl_session_reused $server_protocol';
  access_log %(folder)s/access.log facts;
  gzip on;
  gzip_types *;
  gzip_static on;
  map $args $page {
    default missing;
    "~^pagination.cursor=(?<cursor>c[0-9]+)&pagination.count=(?<size>200|1000)$" "$cursor-$size";
    "~^pagination.cursor=(?<alone>c[0-9]+)$" "$alone-200";
    "~^pagination.count=(?<count>[0-9]+)$" $count;
  }
  server {
    listen 127.0.0.1:%(port)s ssl http2;
    ssl_certificate %(folder)s/server.pem;
    ssl_certificate_key %(folder)s/server.key;
    ssl_protocols TLSv1.3;
    ssl_session_cache shared:sessions:1m;
%(headers)s
    location = /sources {
      # Through another server, so that the body is read before the response is sent.
      if ($request_method = POST) { proxy_pass http://127.0.0.1:%(behind)s; }
      try_files /pages/$page =404;
    }
  }
  server {
    listen 127.0.0.1:%(behind)s;
    access_log off;
    location / { return 200 '%(created)s'; }
  }
"""
AUTHORITIES_OF_THE_SYSTEM = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")


class FarServer:
    """A running server: its addresses by delay, and what it received."""

    def __init__(self, folder, relays):
        self.folder = folder
        self.relays = relays
        self.log = (self.folder / "access.log").open(encoding="utf-8")

    def url(self, delay):
        """delay: milliseconds of a round trip."""
        return f"https://localhost:{self.relays[delay].port}"

    @property
    def authorities(self):
        return str(self.folder)

    def counts(self, delay):
        """What it received since the last call: connections, full handshakes, requests, bytes."""
        relay = self.relays[delay].report()
        time.sleep(0.05)  # the server writes a line after it has responded
        lines = [line.split() for line in self.log.readlines()]
        connections = collections.Counter(connection for connection, _, _ in lines)
        full = {connection for connection, reused, _ in lines if reused != "r"}
        return {"connections": relay["connections"], "full_handshakes": len(full & set(connections)),
                "requests": len(lines), "kib": (relay["bytes_up"] + relay["bytes_down"]) / 1024,
                "protocols": sorted({protocol for _, _, protocol in lines})}


class Relay:
    """A process that delays every byte."""

    def __init__(self, program, port, delay, core):
        self.process = subprocess.Popen(
            [*programs.pinned(core), str(program), str(port), str(delay // 2)], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.port = int(self.process.stdout.readline())

    def report(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait()


@contextlib.contextmanager
def running(relay, delays, core=None):
    """Starts the server and a relay for each delay, in milliseconds per round trip; they end with the
    block.

    core: the processor that they run on; None: any."""
    with nginx.folder_of_answers() as folder, contextlib.ExitStack() as ending:
        answers.compress_walk(folder / "answers")
        certify(folder)
        port = nginx.free_port()
        http = HTTP % {"folder": folder, "port": port, "behind": nginx.free_port(),
                       "headers": nginx.HEADERS, "created": answers.created()}
        ending.enter_context(nginx.running(folder, http, port, core))
        relays = {}
        for delay in delays:
            relays[delay] = Relay(relay, port, delay, core)
            ending.callback(relays[delay].end)
        yield FarServer(folder, relays)


def certify(folder):
    """A certificate for localhost, and the authorities to trust: a file as long as the system's, because
    reading it is part of connecting, and a directory."""
    new_key = "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    openssl(folder, f"{new_key} -x509 -days 2 -subj /CN=benchmark -keyout authority.key -out authority.pem")
    openssl(folder, f"{new_key} -subj /CN=localhost -keyout server.key -out server.csr")
    (folder / "server.ext").write_text("subjectAltName=DNS:localhost\n", encoding="utf-8")
    openssl(folder, "x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial "
                    "-days 2 -extfile server.ext -out server.pem")
    system = AUTHORITIES_OF_THE_SYSTEM
    others = system.read_text(encoding="utf-8") if system.exists() else ""
    own = (folder / "authority.pem").read_text(encoding="utf-8")
    (folder / "authorities.pem").write_text(others + own, encoding="utf-8")
    directory = folder / "authorities"
    directory.mkdir()
    (directory / "own.pem").write_text(own, encoding="utf-8")
    openssl(folder, "rehash authorities")


def openssl(folder, arguments):
    subprocess.run(["openssl", *arguments.split()], cwd=folder, check=True, capture_output=True)

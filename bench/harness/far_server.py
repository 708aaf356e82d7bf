"""The API as it really is: TLS 1.3, HTTP/2, gzip, and some milliseconds away. An nginx, and in front of it
a relay (bench/distance) that is late with every byte."""
import collections
import contextlib
import json
import os
import pathlib
import subprocess
import tempfile
import time

from . import answers
from .server import free_port, wait_for

CONFIGURATION = """\
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  log_format facts '$connection $ssl_session_reused $server_protocol';
  access_log {folder}/access.log facts;
  default_type application/vnd.segment.v1+json;
  keepalive_requests 100000000;
  keepalive_timeout 600s;
  gzip on;
  gzip_types *;
  gzip_static on;
  client_body_temp_path {folder}/t1;
  proxy_temp_path {folder}/t2;
  fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4;
  scgi_temp_path {folder}/t5;
  map $args $page {{
    default missing;
    "~^pagination.cursor=(?<cursor>c[0-9]+)&pagination.count=(?<size>200|1000)$" "$cursor-$size";
    "~^pagination.cursor=(?<alone>c[0-9]+)$" "$alone-200";
    "~^pagination.count=(?<count>[0-9]+)$" $count;
  }}
  server {{
    listen 127.0.0.1:{port} ssl http2;
    ssl_certificate {folder}/server.pem;
    ssl_certificate_key {folder}/server.key;
    ssl_protocols TLSv1.3;
    ssl_session_cache shared:sessions:1m;
    root {folder}/answers;
    # As many headers as the API's gateway sends.
    add_header X-Request-Id 3b6d0a52-5f0e-4c57-9b59-2f8f4a7f2c11;
    add_header X-RateLimit-Remaining 199;
    add_header Cache-Control no-store;
    add_header Strict-Transport-Security "max-age=31536000";
    location = /sources {{
      # By way of another server, so that the body is read before the answer goes out.
      if ($request_method = POST) {{ proxy_pass http://127.0.0.1:{behind}; }}
      try_files /pages/$page =404;
    }}
  }}
  server {{
    listen 127.0.0.1:{behind};
    access_log off;
    location / {{ return 200 '{created}'; }}
  }}
}}
"""
AUTHORITIES_OF_THE_SYSTEM = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")


class FarServer:
    """A running server: its addresses by delay, and what came there."""

    def __init__(self, folder, port, relays):
        self.folder = pathlib.Path(folder)
        self.port = port
        self.relays = relays
        self.log = (self.folder / "access.log").open(encoding="utf-8")

    def url(self, delay):
        """delay: milliseconds of a round trip."""
        return f"https://localhost:{self.relays[delay].port}"

    @property
    def authorities(self):
        return str(self.folder)

    def counts(self, delay):
        """What came since the last look: connections, full handshakes, requests, bytes."""
        relay = self.relays[delay].report()
        time.sleep(0.05)  # the server writes a line after it has answered
        lines = [line.split() for line in self.log.readlines()]
        connections = collections.Counter(connection for connection, _, _ in lines)
        full = {connection for connection, reused, _ in lines if reused != "r"}
        return {"connections": relay["connections"], "full_handshakes": len(full & set(connections)),
                "requests": len(lines), "kib": (relay["bytes_up"] + relay["bytes_down"]) / 1024,
                "protocols": sorted({protocol for _, _, protocol in lines})}


class Relay:
    """A process that is late with every byte."""

    def __init__(self, program, port, delay, core):
        pin = ["taskset", "--cpu-list", str(core)] if core is not None else []
        self.process = subprocess.Popen([*pin, str(program), str(port), str(delay // 2)], text=True,
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
    """Starts the server and a relay for each delay, in milliseconds of a round trip; they end with the
    block.

    core: the processor that they keep to; None: any."""
    with tempfile.TemporaryDirectory(prefix="segment-bench-") as name, contextlib.ExitStack() as ending:
        folder = pathlib.Path(name)
        os.chmod(folder, 0o755)
        answers.make(folder / "answers")
        answers.compress_walk(folder / "answers")
        certify(folder)
        port = free_port()
        configuration = folder / "nginx.conf"
        configuration.write_text(
            CONFIGURATION.format(folder=folder, port=port, behind=free_port(), created=answers.created(),
                                 user="user root;" if os.geteuid() == 0 else ""), encoding="utf-8")
        pin = ["taskset", "--cpu-list", str(core)] if core is not None else []
        server = ending.enter_context(subprocess.Popen(
            [*pin, "nginx", "-p", name, "-c", str(configuration)], stderr=subprocess.DEVNULL))
        ending.callback(server.terminate)
        wait_for(server, port, folder / "error.log")
        relays = {}
        for delay in delays:
            relays[delay] = Relay(relay, port, delay, core)
            ending.callback(relays[delay].end)
        yield FarServer(folder, port, relays)


def certify(folder):
    """A certificate for localhost, and whom to trust: a file as long as the system's, since reading it is a
    part of connecting, and a directory."""
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

"""An nginx on a loopback port of its own that gives the made answers."""
import contextlib
import os
import pathlib
import socket
import subprocess
import tempfile
import time

from . import answers

CONFIGURATION = """\
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  default_type application/vnd.segment.v1+json;
  keepalive_requests 100000000;
  keepalive_timeout 600s;
  tcp_nodelay on;
  open_file_cache max=1000;
  client_body_temp_path {folder}/t1;
  proxy_temp_path {folder}/t2;
  fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4;
  scgi_temp_path {folder}/t5;
  map $args $page {{
    default missing;
    "~pagination.cursor=(?<cursor>c[0-9]+)" $cursor;
    "~pagination.count=(?<count>[0-9]+)$" $count;
  }}
  server {{
    listen 127.0.0.1:{port};
    root {folder}/answers;
    # As many headers as the API's gateway sends.
    add_header X-Request-Id 3b6d0a52-5f0e-4c57-9b59-2f8f4a7f2c11;
    add_header X-RateLimit-Remaining 199;
    add_header Cache-Control no-store;
    add_header Strict-Transport-Security "max-age=31536000";
    location = /sources {{
      if ($request_method = POST) {{ return 200 '{created}'; }}
      try_files /pages/$page =404;
    }}
  }}
}}
"""


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def is_listening(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def running(core=None):
    """Starts the server and yields its address; it ends with the block.

    core: the processor that it keeps to; None: any.
    """
    with tempfile.TemporaryDirectory(prefix="segment-bench-") as folder:
        os.chmod(folder, 0o755)
        answers.make(pathlib.Path(folder) / "answers")
        port = free_port()
        configuration = pathlib.Path(folder) / "nginx.conf"
        user = "user root;" if os.geteuid() == 0 else ""
        configuration.write_text(
            CONFIGURATION.format(folder=folder, port=port, user=user, created=answers.created()),
            encoding="utf-8")
        pin = ["taskset", "--cpu-list", str(core)] if core is not None else []
        with subprocess.Popen([*pin, "nginx", "-p", folder, "-c", str(configuration)],
                              stderr=subprocess.DEVNULL) as server:
            try:
                wait_for(server, port, pathlib.Path(folder) / "error.log")
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()


def wait_for(server, port, log):
    deadline = time.monotonic() + 10
    while not is_listening(port):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("nginx did not start: " + (log.read_text() if log.exists() else ""))
        time.sleep(0.02)

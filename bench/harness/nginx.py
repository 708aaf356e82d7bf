"""A separate nginx that serves the generated responses on loopback ports."""
import contextlib
import os
import pathlib
import socket
import subprocess
import tempfile
import time

from . import answers, programs

CONFIGURATION = """\
daemon off;
%(user)s
worker_processes 1;
pid %(folder)s/nginx.pid;
error_log %(folder)s/error.log;
events { worker_connections 1024; }
http {
  default_type application/vnd.segment.v1+json;
  keepalive_requests 100000000;
  keepalive_timeout 600s;
  client_body_temp_path %(folder)s/t1;
  proxy_temp_path %(folder)s/t2;
  fastcgi_temp_path %(folder)s/t3;
  uwsgi_temp_path %(folder)s/t4;
  scgi_temp_path %(folder)s/t5;
  root %(folder)s/answers;
%(http)s
}
"""

# As many headers as the API's gateway sends.
HEADERS = """\
    add_header X-Request-Id 3b6d0a52-5f0e-4c57-9b59-2f8f4a7f2c11;
    add_header X-RateLimit-Remaining 199;
    add_header Cache-Control no-store;
    add_header Strict-Transport-Security "max-age=31536000";
"""


@contextlib.contextmanager
def folder_of_answers():
    """A folder that the server can read, with the responses in it; it is deleted at the end of the block."""
    with tempfile.TemporaryDirectory(prefix="segment-bench-") as name:
        os.chmod(name, 0o755)
        folder = pathlib.Path(name)
        answers.make(folder / "answers")
        yield folder


@contextlib.contextmanager
def running(folder, http, port, core=None):
    """Starts nginx, which stops at the end of the block, and waits until it listens.

    http: the contents of that block of the configuration. core: the processor that it runs on; None: any.
    """
    user = "user root;" if os.geteuid() == 0 else ""
    configuration = folder / "nginx.conf"
    configuration.write_text(CONFIGURATION % {"folder": folder, "user": user, "http": http}, encoding="utf-8")
    with subprocess.Popen([*programs.pinned(core), "nginx", "-p", str(folder), "-c", str(configuration)],
                          stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(server, port, folder / "error.log")
            yield
        finally:
            server.terminate()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def is_listening(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


def wait_for(server, port, log):
    deadline = time.monotonic() + 10
    while not is_listening(port):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("nginx did not start: " + (log.read_text() if log.exists() else ""))
        time.sleep(0.02)

"""An nginx that serves the generated responses over plain HTTP on a loopback port."""
import contextlib

from . import answers, nginx

HTTP = """\
  access_log off;
  tcp_nodelay on;
  open_file_cache max=1000;
  map $args $page {
    default missing;
    "~pagination.cursor=(?<cursor>c[0-9]+)" $cursor;
    "~pagination(.|%%5B|\[)count(%%5D|\])?=(?<count>[0-9]+)$" $count;  # as the SDKs write it, too
  }
  server {
    listen 127.0.0.1:%(port)s;
%(headers)s
    location = /sources {
      if ($request_method = POST) { return 200 '%(created)s'; }
      try_files /pages/$page =404;
    }
  }
"""


@contextlib.contextmanager
def running(core=None):
    """Starts the server and yields its address; it stops at the end of the block.

    core: the processor that it runs on; None: any.
    """
    port = nginx.free_port()
    http = HTTP % {"port": port, "headers": nginx.HEADERS, "created": answers.created()}
    with nginx.folder_of_answers() as folder, nginx.running(folder, http, port, core):
        yield f"http://127.0.0.1:{port}"

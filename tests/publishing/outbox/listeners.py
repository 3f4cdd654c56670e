"""Stand-ins for the servers that are told of changes: CDNs and a WebSub hub."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Listener:
    """A server on this machine: what it was asked, and what it answers."""

    def __init__(self):
        self.asked, self.answered, self.status = [], 0, 200
        self.holds = threading.Event()
        self.holds.set()
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                listener.asked.append((self.command, self.path, dict(self.headers), body))
                listener.holds.wait(20)
                listener.answered += 1
                self.send_response(listener.status)
                if listener.status == 302:
                    self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_PURGE = answer  # noqa: N815

            def log_message(self, *args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.place = f"127.0.0.1:{self.server.server_port}"

    def keys(self):
        """The keys of every request, in the order in which they came."""
        return [headers["Surrogate-Key"].split() for _method, _path, headers, _body in self.asked]


@contextmanager
def listening():
    """A listener, for as long as this lasts."""
    listener = Listener()
    thread = threading.Thread(target=listener.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield listener
    listener.holds.set()
    listener.server.shutdown()
    listener.server.server_close()
    thread.join()

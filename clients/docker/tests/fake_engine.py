"""As much of the Docker Engine API as the program asks for, on a Unix socket. Containers come and go by ``run`` and ``end``."""
import http.server
import json
import os
import socketserver
import threading
import urllib.parse


class FakeEngine:
    def __init__(self, path):
        self.path = path
        self.requests = []
        self.containers = {}
        self._streams = []
        self._gate = threading.Lock()
        self._server = None

    def start(self):
        engine = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                engine.answer(self)

            def address_string(self):
                return "unix"

            def log_message(self, *_):
                pass

        class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            daemon_threads = True

        if os.path.exists(self.path):
            os.unlink(self.path)
        self._server = Server(self.path, Handler)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self):
        """As when the daemon is restarted: containers stay, streams end, and nobody is told."""
        self._server.shutdown()
        self._server.server_close()
        os.unlink(self.path)
        with self._gate:
            streams, self._streams = self._streams, []
        for over in streams:
            over.set()

    def run(self, identity, tell=True, **container):
        self.containers[identity] = dict({"Id": identity, "Names": ["/" + identity], "Ports": []}, **container)
        if tell:
            self.tell("start", identity)

    def end(self, identity, tell=True):
        del self.containers[identity]
        if tell:
            self.tell("die", identity)

    def tell(self, action, identity):
        line = json.dumps({"Type": "container", "Action": action, "id": identity}).encode() + b"\n"
        with self._gate:
            for over in self._streams:
                over.write(line)

    @property
    def is_followed(self):
        with self._gate:
            return bool(self._streams)

    def answer(self, handler):
        parts = urllib.parse.urlsplit(handler.path)
        self.requests.append((handler.command, parts.path, json.loads(dict(urllib.parse.parse_qsl(parts.query))["filters"])))
        if parts.path == "/containers/json":
            body = json.dumps([one for one in self.containers.values() if "beacon.enable" in (one.get("Labels") or {})]).encode()
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)
        elif parts.path == "/events":
            handler.send_response(200)
            handler.end_headers()
            handler.wfile.flush()
            over = _Stream(handler.wfile)
            with self._gate:
                self._streams.append(over)
            over.wait()
        else:
            handler.send_error(404)


class _Stream:
    def __init__(self, file):
        self._file = file
        self._over = threading.Event()
        self.set, self.wait = self._over.set, self._over.wait

    def write(self, line):
        try:
            self._file.write(line)
            self._file.flush()
        except OSError:
            self._over.set()

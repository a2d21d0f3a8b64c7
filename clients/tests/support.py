"""What the tests of every client in Python need: the published binary running, and two hosts on one cable."""
import json
import os
import pathlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

CLIENTS = pathlib.Path(__file__).resolve().parent.parent
BINARY = os.environ.get("BEACON_BINARY", "")
FIRST_PORT = int(os.environ.get("BEACON_TEST_PORT", "18500"))
PORTS = 20
START_LIMIT = 20.0
END_LIMIT = 10.0

sys.path.insert(0, str(CLIENTS / "python"))


def free_port():
    while True:
        port = FIRST_PORT + random.randrange(PORTS)
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def until(condition, limit=END_LIMIT, every=0.02):
    """What ``condition`` returned once it was true; the last, untrue, answer when that took too long."""
    end = time.monotonic() + limit
    while True:
        answer = condition()
        if answer or time.monotonic() > end:
            return answer
        time.sleep(every)


class Beacon:
    """The binary on a port of its own. It can die and come back at the same address, with its data or without any."""

    def __init__(self, host="127.0.0.1", port=None, options=("--mdns", "off"), prefix=()):
        if not os.path.isfile(BINARY):
            raise FileNotFoundError("BEACON_BINARY must name the published binary")
        self.port = port or free_port()
        self.url = "http://%s:%d" % ("[%s]" % host if ":" in host else host, self.port)
        self._options = options
        self._prefix = list(prefix)
        self._folders = []
        self._process = None
        self.start()

    def start(self):
        """With an empty data directory."""
        self._folders.append(tempfile.mkdtemp(prefix="beacon-clients-"))
        clean = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        self._process = subprocess.Popen(
            self._prefix + [BINARY, "serve", "--port", str(self.port), "--data-dir", self._folders[-1], *self._options],
            env=clean, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not until(self._is_ready, START_LIMIT):
            self.stop()
            raise TimeoutError("Beacon did not become ready")

    def kill(self):
        self._process.kill()
        self._process.wait()

    def stop(self):
        self.kill()
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)

    def get(self, path):
        with urllib.request.urlopen(self.url + "/api/v1" + path, timeout=5) as answer:
            return json.load(answer)

    def services(self, query=""):
        return self.get("/services?limit=100" + query)["services"]

    def names(self):
        return sorted(service["name"] for service in self.services())

    def _is_ready(self):
        if self._prefix:
            ready = subprocess.run(self._prefix + [BINARY, "healthcheck", "--port", str(self.port), *self._options], capture_output=True, check=False)
            return ready.returncode == 0
        try:
            return self.get("/ready")
        except (OSError, urllib.error.URLError):
            return False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Lab:
    """Two hosts on one cable, in network namespaces of this process's own, with IPv4 or with IPv6 addresses."""

    def __init__(self, network="10.89.1.%d/24"):
        self.server = "bc%d-a" % os.getpid()
        self.client = "bc%d-b" % os.getpid()
        self._network = network
        self.address, self.client_address = ((network % number).partition("/")[0] for number in (1, 2))

    @staticmethod
    def refusal():
        """Why there can be none here; None when there can."""
        name = "bcprobe%d" % os.getpid()
        try:
            made = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True, check=False)
        except FileNotFoundError:
            return "ip is not installed"
        subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)
        return None if made.returncode == 0 else "network namespaces are refused here: " + made.stderr.strip()

    def run(self, *command, env=None, timeout=30):
        return subprocess.run(["ip", "netns", "exec", self.client, *command], capture_output=True, text=True, timeout=timeout, check=False,
                              env=dict(os.environ, **(env or {})))

    def __enter__(self):
        for space in (self.server, self.client):
            self._ip("netns", "add", space)
            self._ip("-n", space, "link", "set", "lo", "up")
        self._ip("-n", self.server, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", self.client)
        for space, number in ((self.server, 1), (self.client, 2)):
            self._ip("-n", space, "addr", "add", self._network % number, "dev", "eth0", *(["nodad"] if ":" in self._network else []))
            self._ip("-n", space, "link", "set", "eth0", "up")
        # The kernel takes up to a second to notice that the cable is plugged in at both ends.
        until(lambda: all("state UP" in self._ip("-n", space, "link", "show", "eth0") for space in (self.server, self.client)))
        return self

    def __exit__(self, *_):
        for space in (self.server, self.client):
            subprocess.run(["ip", "netns", "del", space], capture_output=True, check=False)

    @staticmethod
    def _ip(*arguments):
        return subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True).stdout

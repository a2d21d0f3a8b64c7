#!/usr/bin/env python3
"""A client for Beacon in one file: Python 3.8 or later, the standard library, nothing to install.

    from beacon_client import BeaconClient

    beacon = BeaconClient()                                    # BEACON_URL, or whoever answers to _beacon._tcp on this network
    with beacon.registered("kitchen sensor", 8080, type="http", ttl=60):
        serve_forever()                                        # renewed by a thread, taken away at the end

    for service in beacon.discover(type="mqtt"):
        print(service["name"], service["host"], service["port"])

From a shell: ``python3 beacon_client.py --help``.
"""
from __future__ import annotations

import argparse
import atexit
import http.client
import ipaddress
import json
import logging
import os
import random
import select
import signal
import socket
import struct
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional, Tuple

log = logging.getLogger("beacon")

API_PATH = "/api/v1"
DEFAULT_TTL = 300
PAGE = 100
EVENT_PAGE = 500
REQUEST_TIMEOUT = 5.0
GOODBYE_TIMEOUT = 2.0
MAX_ANSWER = 16 * 1024 * 1024
FIRST_RETRY = 1.0
LAST_RETRY = 60.0
LONGEST_RETRY_AFTER = 300.0


class BeaconError(Exception):
    """Beacon refused. ``str()`` is Beacon's own sentence, ``status`` the HTTP status."""

    def __init__(self, detail: str, status: int = 0, retry_after: float = 0.0):
        super().__init__(detail)
        self.status = status
        self.retry_after = retry_after

    @property
    def passes(self) -> bool:
        """Will the same request be taken later?"""
        return self.status in (0, 408, 429) or self.status >= 500


class BeaconUnreachable(BeaconError):
    """Nobody answered, or nobody was found to ask."""


class BeaconClient:
    """The HTTP interface. Keeps no connection and may be used from any thread.

    ``url`` is Beacon's address, ``http://192.168.1.2:8080``; with a path it is the root of the API, as behind a proxy:
    ``https://example.org/beacon/api/v1``. Without it ``BEACON_URL`` counts, and without that Beacon is looked for by mDNS, again each
    time that nobody answers at the address found. Proxies of the environment are not used: Beacon is in the local network.
    """

    def __init__(self, url: Optional[str] = None, timeout: float = REQUEST_TIMEOUT):
        given = url or os.environ.get("BEACON_URL") or None
        self.timeout = timeout
        self._is_given = given is not None
        self._root = _api_root(given) if given else None
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    @property
    def root(self) -> str:
        """Where the API begins. Looks for Beacon when its address is not known."""
        root = self._root
        if root is None:
            root = find_beacon()
            if root is None:
                raise BeaconUnreachable("no Beacon answered on this network; set BEACON_URL")
            self._root = root
        return root

    def registered(self, name: str, port: int, host: Optional[str] = None, **members: Any) -> "Registration":
        """A registration for a ``with`` block. ``members`` are those of the HTTP interface: ``type``, ``ttl``, ``tags``, ``metadata``,
        ``health_check_url`` and so on. ``host`` is where others reach the service; without it, this machine's address towards Beacon."""
        return Registration(self, dict(members, name=name, port=port), host)

    def register(self, name: str, port: int, host: Optional[str] = None, **members: Any) -> Dict[str, Any]:
        """Registers once and renews nothing. Returns the service; its ``service_id`` is for the other methods."""
        body = dict(members, name=name, port=port, host=host or self.own_address())
        return self.request("POST", "/services/register", body)

    def heartbeat(self, service_id: str, ttl: Optional[int] = None) -> Dict[str, Any]:
        """Renews the lease. ``BeaconError`` with status 404: register again."""
        return self.request("PUT", _service(service_id) + "/heartbeat" + ("" if ttl is None else "?ttl=%d" % ttl))

    def update(self, service_id: str, **members: Any) -> Dict[str, Any]:
        """Changes what is given and nothing else."""
        return self.request("PUT", _service(service_id), members)

    def deregister(self, service_id: str, timeout: Optional[float] = None) -> None:
        """Takes the service away. One that is gone already is no error."""
        try:
            self.request("DELETE", _service(service_id), timeout=timeout)
        except BeaconError as error:
            if error.status != 404:
                raise

    def service(self, service_id: str) -> Dict[str, Any]:
        return self.request("GET", _service(service_id))

    def discover(self, **filters: Any) -> List[Dict[str, Any]]:
        """Every service that matches, over as many pages as it takes: ``type``, ``tags`` (a list: any of them), ``protocol``, ``name``,
        ``host``, ``status``, ``q``; ``metadata={"room": "kitchen"}``."""
        query = [("metadata." + key, value) for key, value in (filters.pop("metadata", None) or {}).items()]
        for key, value in filters.items():
            query += [(key, item) for item in (value if isinstance(value, (list, tuple, set)) else [value])]
        found: List[Dict[str, Any]] = []
        while True:
            page = self.request("GET", "/services/discover?" + urllib.parse.urlencode(query + [("limit", PAGE), ("skip", len(found))]))
            found += page["services"]
            if not page["services"] or len(found) >= page["total"]:
                return found

    def events(self, **conditions: Any) -> Dict[str, Any]:
        """One page of the event log, newest first: ``limit``, ``before``, ``service_id``, ``kind``, ``q``, ``since``, ``until``."""
        return self.request("GET", "/events?" + urllib.parse.urlencode(conditions, doseq=True))

    def watch(self, interval: float = 2.0, pause: Callable[[float], None] = time.sleep, **conditions: Any) -> Iterator[Dict[str, Any]]:
        """What happens from now on, oldest first, for ever: entries of the event log, asked for every ``interval`` seconds. While Beacon
        is away it waits; what happened meanwhile comes then. A Beacon with a new, empty log is followed from its beginning."""
        nothing = {"id": 0}
        last: Optional[Dict[str, Any]] = None
        failures = 0
        while True:
            try:
                top = (self.events(limit=1)["events"] or [nothing])[0]
                if last is None:
                    last = top
                elif not self._is_in_log(last, top):
                    last = nothing
                fresh: List[Dict[str, Any]] = []
                before: Dict[str, int] = {}
                while top["id"] > last["id"]:
                    page = self.events(limit=EVENT_PAGE, **before, **conditions)
                    fresh += [entry for entry in page["events"] if last["id"] < entry["id"] <= top["id"]]
                    if page["next"] is None or page["next"] <= last["id"]:
                        break
                    before = {"before": page["next"]}
                last, failures = top, 0
                yield from reversed(fresh)
                pause(interval)
            except BeaconError as error:
                if not error.passes:
                    raise
                failures += 1
                pause(retry_delay(failures, error.retry_after))

    def _is_in_log(self, entry: Dict[str, Any], newest: Dict[str, Any]) -> bool:
        """A log that was begun anew gives the same ids to other entries."""
        if entry["id"] in (0, newest["id"]):
            return entry["id"] == 0 or entry == newest
        return entry["id"] < newest["id"] and self.events(limit=1, before=entry["id"] + 1)["events"] == [entry]

    def own_address(self) -> str:
        """This machine's address as Beacon sees it. When Beacon is on this machine: the one that leads out of it; without any,
        ``0.0.0.0``, which Beacon announces as the machine itself."""
        parts = urllib.parse.urlsplit(self.root)
        towards = _address_towards(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
        if towards is None or ipaddress.ip_address(towards).is_loopback:
            towards = _address_towards("192.0.2.1", 9)  # RFC 5737: nobody. Nothing is sent, the system only chooses a way.
        return towards or "0.0.0.0"

    def request(self, method: str, path: str, body: Optional[Dict[str, Any]] = None, timeout: Optional[float] = None) -> Any:
        """One request to the API, ``path`` below its root. Raises ``BeaconError``."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Accept": "application/json", "Content-Type": "application/json", "User-Agent": "beacon-client-python"}
        try:
            request = urllib.request.Request(self.root + path, data=data, method=method, headers=headers)
            with self._opener.open(request, timeout=timeout or self.timeout) as answer:
                return _json(answer.read(MAX_ANSWER + 1))
        except urllib.error.HTTPError as error:
            with error:
                raise BeaconError(_detail(error), error.code, _retry_after(error.headers.get("Retry-After"))) from None
        except (OSError, ValueError, RecursionError, http.client.HTTPException) as error:
            if not self._is_given:
                self._root = None
            raise BeaconUnreachable("Beacon cannot be reached: %s" % (getattr(error, "reason", None) or error)) from error


class Registration:
    """A service that stays registered: renewed about three times per lease, registered again when Beacon has forgotten it.

    Enter it with ``with``, or call ``start`` and ``close``. A program with a loop of its own calls ``step`` instead of ``start``. The end
    of the interpreter closes it as well; SIGTERM ends Python without that, unless ``exit_on_sigterm`` was called.

    ``renews=False`` is for services that Beacon's health check keeps alive: it only looks whether Beacon still knows them.
    """

    def __init__(self, client: BeaconClient, body: Dict[str, Any], host: Optional[str] = None, renews: bool = True,
                 chance: Callable[[], float] = random.random):
        self.service_id: Optional[str] = None
        self.last_error: Optional[BeaconError] = None
        self._client = client
        self._body = body
        self._host = host
        self._registered_host = ""
        self._renews = renews
        self._chance = chance
        self._ttl = body.get("ttl") or DEFAULT_TTL
        self._failures = 0
        self._gate = threading.Lock()
        self._stopped = threading.Event()
        self._thread: Optional[threading.Thread] = None

    def start(self) -> "Registration":
        """Registers and begins to renew. Raises ``BeaconError`` when Beacon refuses what it was told. When Beacon cannot be reached it
        returns all the same and goes on trying: ``service_id`` is None until then."""
        delay = self.step()
        if self.last_error is not None and not self.last_error.passes:
            raise self.last_error
        atexit.register(self.close)
        self._thread = threading.Thread(target=self._run, args=(delay,), name="beacon-heartbeat", daemon=True)
        self._thread.start()
        return self

    def step(self) -> float:
        """Does what is due now, one or two requests, and returns the seconds until the next step. Never raises: see ``last_error``."""
        with self._gate:
            if self._stopped.is_set():
                return LAST_RETRY
            try:
                self._renew() if self.service_id else self._register()
            except BeaconError as error:
                return self._wait_after(error)
            self._failures = 0
            self.last_error = None
            return self._ttl / 3 * (0.8 + 0.4 * self._chance())

    def close(self) -> None:
        """Stops renewing and takes the service away; some seconds when Beacon hangs. A Beacon that is away forgets it when the lease ends."""
        self._stopped.set()
        atexit.unregister(self.close)
        if not self._gate.acquire(timeout=self._client.timeout):
            log.warning("%s was not taken away: Beacon is slow to answer", self._body["name"])
            return
        service_id, self.service_id = self.service_id, None
        self._gate.release()
        if service_id is not None:
            try:
                self._client.deregister(service_id, timeout=GOODBYE_TIMEOUT)
            except BeaconError as error:
                log.warning("%s was not taken away: %s", self._body["name"], error)

    def __enter__(self) -> "Registration":
        return self.start()

    def __exit__(self, *_: Any) -> None:
        self.close()

    def _run(self, delay: float) -> None:
        while not self._stopped.wait(delay):
            delay = self.step()

    def _register(self) -> None:
        host = self._host or self._client.own_address()
        service = self._client.request("POST", "/services/register", dict(self._body, host=host))
        if not isinstance(service.get("service_id"), str):
            raise BeaconUnreachable("what answers at %s is not Beacon" % self._client.root)
        self.service_id = service["service_id"]
        self._registered_host = host
        self._ttl = service.get("ttl") or self._ttl
        log.info("%s is registered as %s", self._body["name"], self.service_id)

    def _renew(self) -> None:
        service_id = self.service_id or ""
        try:
            host = self._host or self._client.own_address()
            if host != self._registered_host:
                self._client.update(service_id, host=host)
                self._registered_host = host
            self._client.heartbeat(service_id) if self._renews else self._client.service(service_id)
        except BeaconError as error:
            # 404: another or an emptied Beacon. 409: the new address is registered already; that one is ours too.
            if error.status not in (404, 409):
                raise
            self.service_id = None
            self._register()

    def _wait_after(self, error: BeaconError) -> float:
        self._failures += 1
        if self.last_error is None or str(self.last_error) != str(error):
            log.warning("%s: %s", self._body["name"], error)
        self.last_error = error
        return retry_delay(self._failures, error.retry_after, self._chance) if error.passes else LAST_RETRY


def retry_delay(failures: int, retry_after: float = 0.0, chance: Callable[[], float] = random.random) -> float:
    """Seconds to wait after so many failures in a row: doubled each time up to a minute, and spread, so that a Beacon that comes back is not
    met by everybody at once. Never sooner than Beacon itself said."""
    longest = min(LAST_RETRY, FIRST_RETRY * 2 ** min(failures - 1, 16))
    return max(longest * (0.5 + 0.5 * chance()), min(retry_after, LONGEST_RETRY_AFTER))


def exit_on_sigterm() -> None:
    """Lets SIGTERM end the program as ``sys.exit`` does, so that services are taken away. For the main thread; a handler that is there
    already stays."""
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))


# -- Beacon by mDNS: one question from a port of our own, answered to that port (RFC 6762 §6.7) -----------------------------------------

MDNS_PORT = 5353
MDNS_GROUPS = {socket.AF_INET: "224.0.0.251", socket.AF_INET6: "ff02::fb"}
BEACON_NAME = ("_beacon", "_tcp", "local")
FIND_TIMEOUT = 3.0
ASK_AGAIN = 1.0
MAX_DATAGRAM = 9000
MAX_INTERFACES = 32
MAX_RECORDS = 128
MAX_NAME = 255
A, PTR, TXT, AAAA, SRV = 1, 12, 16, 28, 33

Name = Tuple[str, ...]


class Record(NamedTuple):
    name: Name
    type: int
    value: Any


def find_beacon(timeout: float = FIND_TIMEOUT) -> Optional[str]:
    """The API of the first Beacon that answers on any interface, or None after ``timeout`` seconds. Whoever is on the network may
    answer: where that matters set BEACON_URL."""
    number = random.randrange(1, 0x10000)
    question = struct.pack(">6H", number, 0, 1, 0, 0, 0) + b"".join(
        bytes([len(label)]) + label.encode() for label in BEACON_NAME) + b"\0" + struct.pack(">2H", PTR, 1)
    asking = _mdns_sockets()
    try:
        end = time.monotonic() + timeout
        ask_at = 0.0
        while asking:
            now = time.monotonic()
            if now >= end:
                return None
            if now >= ask_at:
                for one in asking:
                    _send(one, question)
                ask_at = now + ASK_AGAIN
            for one in select.select(asking, [], [], max(0.0, min(end, ask_at) - now))[0]:
                try:
                    datagram, source = one.recvfrom(MAX_DATAGRAM)
                except OSError:
                    continue
                found = read_answer(datagram, number, source[0]) if source[1] == MDNS_PORT else None
                if found is not None:
                    return found
        return None
    finally:
        for one in asking:
            one.close()


def read_answer(datagram: bytes, number: int, source: str) -> Optional[str]:
    """The API's root out of an answer to question ``number``, or None: what is broken or meant for others is no answer."""
    try:
        records = list(_records(datagram, number))
    except (IndexError, ValueError, struct.error):
        return None
    for instance in (record.value for record in records if record.type == PTR and record.name == BEACON_NAME):
        for record in records:
            if record.type == SRV and record.name == instance:
                port, target = record.value
                address = _choose(source, [other.value for other in records if other.type in (A, AAAA) and other.name == target])
                texts = [entry for other in records if other.type == TXT and other.name == instance for entry in other.value]
                if port and address:
                    return "http://%s:%d%s" % ("[%s]" % address if ":" in address else address, port, _api_path(texts))
    return None


def _records(datagram: bytes, number: int) -> Iterator[Record]:
    given, flags, questions, *counts = struct.unpack_from(">6H", datagram)
    if given != number or flags & 0xF80F != 0x8000:
        raise ValueError("not an answer to this question")
    at = 12
    for _ in range(min(questions, MAX_RECORDS)):
        _, at = _name(datagram, at)
        at += 4
    for _ in range(min(sum(counts), MAX_RECORDS)):
        name, at = _name(datagram, at)
        kind, of_class, _, length = struct.unpack_from(">2HIH", datagram, at)
        at += 10
        data = datagram[at:at + length]
        if len(data) != length:
            raise ValueError("cut off")
        if of_class & 0x7FFF == 1:
            if kind == PTR:
                yield Record(name, kind, _name(datagram, at)[0])
            elif kind == SRV:
                yield Record(name, kind, (struct.unpack_from(">H", data, 4)[0], _name(datagram, at + 6)[0]))
            elif kind == TXT:
                yield Record(name, kind, list(_texts(data)))
            elif (kind, length) in ((A, 4), (AAAA, 16)):
                yield Record(name, kind, str(ipaddress.ip_address(data)))
        at += length


def _name(datagram: bytes, at: int) -> Tuple[Name, int]:
    """The name at ``at`` in lower case, and where it ends. A pointer leads backwards only, so every name ends."""
    labels: List[str] = []
    end, lowest, size = 0, at, 0
    while True:
        length = datagram[at]
        if length & 0xC0 == 0xC0:
            target = (length & 0x3F) << 8 | datagram[at + 1]
            if target >= lowest:
                raise ValueError("a pointer that does not lead backwards")
            end = end or at + 2
            at = lowest = target
        elif length > 63:
            raise ValueError("no label")
        elif length == 0:
            return tuple(labels), end or at + 1
        else:
            size += length + 1
            if size > MAX_NAME or at + 1 + length > len(datagram):
                raise ValueError("a name too long")
            labels.append(datagram[at + 1:at + 1 + length].decode("utf-8", "replace").lower())
            at += 1 + length


def _texts(data: bytes) -> Iterator[str]:
    at = 0
    while at < len(data):
        yield data[at + 1:at + 1 + data[at]].decode("utf-8", "replace")
        at += 1 + data[at]


def _api_path(texts: List[str]) -> str:
    for text in texts:
        key, _, value = text.partition("=")
        if key.lower() == "api" and value.startswith("/") and all("!" <= letter <= "~" and letter not in "?#\\" for letter in value):
            return value.rstrip("/")
    return API_PATH


def _choose(source: str, addresses: List[str]) -> Optional[str]:
    """The one that answered if it is among them; then IPv4. An address that needs an interface beside it fits no URL."""
    usable = [address for address in addresses if not (ipaddress.ip_address(address).is_link_local and ":" in address)]
    usable.sort(key=lambda address: (address != source, ":" in address))
    return usable[0] if usable else None


def _mdns_sockets() -> List[socket.socket]:
    """One per interface and address family, and one that leaves the choice to the system where interfaces cannot be named."""
    made: List[socket.socket] = []
    indexes = [index for index, _ in socket.if_nameindex()][:MAX_INTERFACES] if hasattr(socket, "if_nameindex") else []
    for family in MDNS_GROUPS:
        for index in indexes or [0]:
            one = None
            try:
                one = socket.socket(family, socket.SOCK_DGRAM)
                one.setblocking(False)
                if family == socket.AF_INET:
                    one.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
                    if index:
                        chosen = struct.pack(">I", index) if sys.platform == "win32" else struct.pack("@4s4si", b"", b"", index)
                        one.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, chosen)
                else:
                    one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
                    if index:
                        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
                one.bind(("", 0))
                made.append(one)
            except OSError:
                if one is not None:
                    one.close()
    return made


def _send(one: socket.socket, datagram: bytes) -> None:
    try:
        one.sendto(datagram, (MDNS_GROUPS[one.family], MDNS_PORT))
    except OSError:
        pass  # An interface without an address of this family, or one that is down: another one will do.


# -- small parts ----------------------------------------------------------------------------------------------------------------------

def _api_root(url: str) -> str:
    url = url.strip().rstrip("/")
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("Beacon's address must be like http://192.168.1.2:8080, not %r" % url)
    return url if parts.path else url + API_PATH


def _service(service_id: str) -> str:
    return "/services/" + urllib.parse.quote(service_id, safe="")


def _json(text: bytes) -> Any:
    if len(text) > MAX_ANSWER:
        raise ValueError("an answer longer than %d bytes" % MAX_ANSWER)
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("an answer that is not Beacon's")
    return value


def _detail(error: urllib.error.HTTPError) -> str:
    """Beacon's sentence; of a list of problems, each with its member: ``port: Input should be …``."""
    try:
        detail = _json(error.read(MAX_ANSWER + 1)).get("detail")
        if isinstance(detail, list):
            return "; ".join("%s: %s" % (".".join(str(part) for part in one["loc"][1:]) or one["loc"][0], one["msg"]) for one in detail)
        return str(detail) if detail else "HTTP status %d" % error.code
    except (OSError, ValueError, TypeError, LookupError, RecursionError, http.client.HTTPException):
        return "HTTP status %d" % error.code


def _retry_after(value: Optional[str]) -> float:
    return float(value) if value and value.isascii() and value.isdigit() else 0.0


def _address_towards(host: str, port: int) -> Optional[str]:
    try:
        for family, kind, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM):
            with socket.socket(family, kind) as one:
                one.connect(address)
                return one.getsockname()[0].partition("%")[0]
    except (OSError, ValueError):
        pass  # No such name, or no way there.
    return None


def main(arguments: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="beacon_client.py", description="Registers and finds services. Beacon is BEACON_URL, or found by mDNS.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    register = verbs.add_parser("register", help="stay registered until this program is ended")
    register.add_argument("name")
    register.add_argument("port", type=int)
    register.add_argument("--host", help="where the service is; default: this machine's address")
    register.add_argument("--type", default="http")
    register.add_argument("--ttl", type=int, default=DEFAULT_TTL, help="seconds; default %(default)s")
    register.add_argument("--tag", action="append", default=[], help="may be repeated")
    discover = verbs.add_parser("discover", help="list services: name, type, host, port")
    discover.add_argument("type", nargs="?")
    verbs.add_parser("find", help="print where Beacon's API is")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    try:
        beacon = BeaconClient()
        if chosen.verb == "register":
            exit_on_sigterm()
            with beacon.registered(chosen.name, chosen.port, chosen.host, type=chosen.type, ttl=chosen.ttl, tags=chosen.tag):
                threading.Event().wait()
        elif chosen.verb == "discover":
            for service in beacon.discover(**({"type": chosen.type} if chosen.type else {})):
                print(service["name"], service["type"], service["host"], service["port"], sep="\t")
        else:
            print(beacon.root)
    except (BeaconError, ValueError) as error:
        print("beacon_client: %s" % error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

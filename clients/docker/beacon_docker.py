#!/usr/bin/env python3
"""Registers running containers with Beacon, by their labels. Python 3.8 or later, the standard library, and beacon_client.py beside it.

The engine is only read: the list of containers, and the stream of their starts and ends. Everything that concerns Beacon is done by one
thread, so a slow Beacon delays renewals and nothing else; a second one reads the stream. README.md has the labels.
"""
from __future__ import annotations

import argparse
import http.client
import json
import logging
import os
import pathlib
import queue
import random
import socket
import sys
import threading
import time
import urllib.parse
from typing import Any, Callable, Dict, Iterator, List, NamedTuple, Optional

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "python"))

from beacon_client import BeaconClient, BeaconError, Registration, exit_on_sigterm, retry_delay  # noqa: E402

log = logging.getLogger("beacon.docker")

SOCKET = "/var/run/docker.sock"
LABEL = "beacon."
META = "beacon.meta."
TAGS = ["docker", "auto-registered"]
# Starts and ends; what lies between, a pause or a new health, changes nothing.
ACTIONS = ["start", "die", "stop", "rename"]
ENGINE_TIMEOUT = 10.0
MAX_ANSWER = 32 * 1024 * 1024
MAX_EVENT = 1024 * 1024
LONGEST_SLEEP = 3600.0


class LabelError(ValueError):
    """A container's labels say something that cannot be meant."""


class Wish(NamedTuple):
    """What a container asks for."""

    body: Dict[str, Any]
    host: str
    health_path: Optional[str]
    warning: Optional[str]


def read_container(container: Dict[str, Any], host: Optional[str]) -> Optional[Wish]:
    """``container`` is an entry of ``GET /containers/json``. None when it does not ask to be registered; ``host`` is where published ports
    are reached, None: leave it to Beacon."""
    labels = container.get("Labels") or {}
    if labels.get("beacon.enable", "").strip().lower() not in ("true", "1", "yes"):
        return None
    inside = _inside_port(container, labels)
    published = _published_port(container, inside)
    is_on_host = (container.get("HostConfig") or {}).get("NetworkMode") == "host"
    warning = None
    if "beacon.host" in labels:
        place, port = labels["beacon.host"], published or inside
    elif published or is_on_host:
        place, port = host or "0.0.0.0", published or inside
    else:
        place, port = _inside_address(container), inside
        warning = "port %d is not published: others on the network reach %s only if a route leads there" % (inside, place)
    kind = labels.get("beacon.type", "http")
    body: Dict[str, Any] = {
        "name": labels.get("beacon.name") or _own_name(container),
        "type": kind,
        "port": port,
        "tags": TAGS + [tag.strip() for tag in labels.get("beacon.tags", "").split(",") if tag.strip()],
        "metadata": {key[len(META):]: value for key, value in labels.items() if key.startswith(META)},
    }
    if "beacon.protocol" in labels:
        body["protocol"] = labels["beacon.protocol"]
    if "beacon.ttl" in labels:
        body["ttl"] = _integer(labels, "beacon.ttl")
    path = labels.get("beacon.health_path")
    return Wish(body, place, "/" + path.lstrip("/") if path else None, warning)


def _inside_port(container: Dict[str, Any], labels: Dict[str, str]) -> int:
    if "beacon.port" in labels:
        return _integer(labels, "beacon.port")
    open_ports = sorted({one["PrivatePort"] for one in container.get("Ports") or [] if one.get("Type") == "tcp"})
    if len(open_ports) != 1:
        raise LabelError("beacon.port is needed: the container has %s" % ("several ports" if open_ports else "no port that Docker knows of"))
    return open_ports[0]


def _published_port(container: Dict[str, Any], inside: int) -> Optional[int]:
    """Where the host hands on to that port. Loopback is of no use to others."""
    for one in container.get("Ports") or []:
        if one.get("PrivatePort") == inside and one.get("PublicPort") and not str(one.get("IP") or "").startswith(("127.", "::1")):
            return one["PublicPort"]
    return None


def _inside_address(container: Dict[str, Any]) -> str:
    networks = (container.get("NetworkSettings") or {}).get("Networks") or {}
    for network in networks.values():
        if network.get("IPAddress") or network.get("GlobalIPv6Address"):
            return network.get("IPAddress") or network["GlobalIPv6Address"]
    raise LabelError("it has no network: publish a port, or name a beacon.host")


def _integer(labels: Dict[str, str], name: str) -> int:
    try:
        return int(labels[name])
    except ValueError:
        raise LabelError("%s must be a number, not %r" % (name, labels[name])) from None


def _own_name(container: Dict[str, Any]) -> str:
    names = container.get("Names") or []
    return names[0].lstrip("/") if names else container["Id"][:12]


class Engine:
    """The Docker Engine API over its Unix socket."""

    def __init__(self, path: str):
        self._path = path

    def containers(self) -> List[Dict[str, Any]]:
        """Those that run and ask to be registered."""
        with _Connection(self._path, ENGINE_TIMEOUT) as connection:
            return json.loads(connection.get("/containers/json", {"label": ["beacon.enable"]}).read(MAX_ANSWER))

    def events(self, listening: Callable[[], None]) -> Iterator[Dict[str, Any]]:
        """Starts and ends of containers, until the engine goes away. ``listening`` is called once nothing is missed any more."""
        with _Connection(self._path, None) as connection:
            stream = connection.get("/events", {"type": ["container"], "event": ACTIONS, "label": ["beacon.enable"]})
            listening()
            while True:
                line = stream.readline(MAX_EVENT)
                if not line:
                    return
                if line.strip():
                    yield json.loads(line)


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: str, timeout: Optional[float]):
        super().__init__("docker", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)

    def get(self, path: str, filters: Dict[str, List[str]]) -> http.client.HTTPResponse:
        self.request("GET", path + "?" + urllib.parse.urlencode({"filters": json.dumps(filters)}))
        answer = self.getresponse()
        if answer.status != 200:
            raise OSError("GET %s is answered with %d: %s" % (path, answer.status, answer.read(1000).decode("utf-8", "replace").strip()))
        return answer

    def __enter__(self) -> "_Connection":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


class Keeper:
    """Keeps Beacon's registrations in step with the containers that run. Used by one thread."""

    def __init__(self, beacon: BeaconClient, host: Optional[str] = None, chance: Callable[[], float] = random.random,
                 clock: Callable[[], float] = time.monotonic):
        self._beacon = beacon
        self._host = host
        self._chance = chance
        self._clock = clock
        self._kept: Dict[str, Registration] = {}
        self._wishes: Dict[str, Wish] = {}
        self._due: Dict[str, float] = {}
        self._refused: Dict[str, str] = {}

    def follow(self, containers: List[Dict[str, Any]]) -> None:
        """Takes the list of what runs now for the truth: registers what is new or says something new, takes away what is gone."""
        running = {}
        for container in containers:
            wish = self._read(container)
            if wish is not None:
                running[container["Id"]] = wish
        for identity in [one for one in self._kept if self._wishes[one] != running.get(one)]:
            self._drop(identity)
        for identity, wish in running.items():
            if identity not in self._kept:
                self._keep(identity, wish)
        for identity in set(self._refused) - {container["Id"] for container in containers}:
            del self._refused[identity]

    def step(self) -> float:
        """Does what is due and returns the seconds until something is."""
        for identity in [one for one, due in self._due.items() if due <= self._clock()]:
            registration = self._kept[identity]
            self._due[identity] = self._clock() + registration.step()
        return max(0.0, min([due - self._clock() for due in self._due.values()] + [LONGEST_SLEEP]))

    def close(self) -> None:
        for identity in list(self._kept):
            self._drop(identity)

    def _read(self, container: Dict[str, Any]) -> Optional[Wish]:
        identity = container["Id"]
        try:
            wish = read_container(container, self._host)
        except (LabelError, LookupError, TypeError, AttributeError) as error:
            if self._refused.get(identity) != str(error):
                self._refused[identity] = str(error)
                log.warning("container %s is not registered: %s", _own_name(container), error)
            return None
        return wish

    def _keep(self, identity: str, wish: Wish) -> None:
        name = wish.body["name"]
        if wish.warning:
            log.warning("container %s: %s", name, wish.warning)
        body, health = dict(wish.body), self._health_url(wish)
        if health is not None:
            body["health_check_url"] = health
        registration = Registration(self._beacon, body, wish.host, renews=health is None, chance=self._chance)
        self._kept[identity] = registration
        self._wishes[identity] = wish
        self._due[identity] = self._clock()

    def _drop(self, identity: str) -> None:
        del self._wishes[identity], self._due[identity]
        registration = self._kept.pop(identity)
        registration.close()

    def _health_url(self, wish: Wish) -> Optional[str]:
        """None: renewed by us. A check needs an address, and 0.0.0.0 is none."""
        if wish.health_path is None:
            return None
        place = wish.host
        if place == "0.0.0.0":
            try:
                place = self._beacon.own_address()
            except BeaconError:
                place = "0.0.0.0"
            if place == "0.0.0.0" or _is_inside_a_container():
                log.warning("container %s: beacon.health_path needs --host, the address of this machine; renewing instead", wish.body["name"])
                return None
        scheme = "https" if wish.body["type"] == "https" or wish.body.get("protocol") == "https" else "http"
        return "%s://%s:%d%s" % (scheme, "[%s]" % place if ":" in place else place, wish.body["port"], wish.health_path)


def _is_inside_a_container() -> bool:
    """With a network of its own, that is; its address is of no use to others. With the host's it has the host's interfaces."""
    return os.path.exists("/.dockerenv") and not os.path.isdir("/sys/class/net/docker0")


def run(engine: Engine, keeper: Keeper, stop: threading.Event) -> None:
    """Until ``stop``. When the engine goes away registrations are kept, and the list is read again once it is back."""
    changed: "queue.Queue[None]" = queue.Queue(1)  # A word that something changed; two say no more than one.

    def tell() -> None:
        try:
            changed.put_nowait(None)
        except queue.Full:
            pass

    def listen() -> None:
        failures = 0
        while not stop.is_set():
            try:
                for event in engine.events(tell):
                    failures = 0
                    log.debug("%s %s", event.get("Action"), str(event.get("id"))[:12])
                    tell()
                error: Any = "it closed the connection"
            except (OSError, ValueError, AttributeError, http.client.HTTPException) as problem:
                error = problem
            failures += 1
            if failures == 1:
                log.warning("the Docker engine cannot be followed: %s; trying again", error)
            stop.wait(retry_delay(failures))

    threading.Thread(target=listen, name="docker-events", daemon=True).start()
    try:
        while not stop.is_set():
            try:
                changed.get(timeout=keeper.step())
                keeper.follow(engine.containers())
            except queue.Empty:
                continue
            except (OSError, ValueError, http.client.HTTPException) as error:
                log.warning("the list of containers cannot be read: %s", error)
                stop.wait(1)
                tell()
    finally:
        keeper.close()


def main(arguments: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="beacon_docker.py", description="Registers running containers with Beacon by their labels.")
    parser.add_argument("--url", help="where Beacon is; default: BEACON_URL, then mDNS")
    parser.add_argument("--host", default=os.environ.get("BEACON_DOCKER_HOST") or None,
                        help="where published ports are reached: this machine's address or name (BEACON_DOCKER_HOST); default: what Beacon sees")
    parser.add_argument("--socket", default=SOCKET, help="the engine's socket; default %(default)s")
    chosen = parser.parse_args(arguments)
    logging.basicConfig(format="%(levelname)s %(message)s", level=logging.INFO, stream=sys.stdout)
    exit_on_sigterm()
    try:
        run(Engine(chosen.socket), Keeper(BeaconClient(chosen.url), chosen.host), threading.Event())
    except ValueError as error:
        print("beacon_docker: %s" % error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

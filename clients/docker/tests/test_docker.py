"""The program against a fake engine and the published binary."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "tests"), str(HERE.parent)]

from support import Beacon, until  # noqa: E402
from beacon_client import BeaconClient  # noqa: E402
from beacon_docker import Keeper, LabelError, read_container  # noqa: E402
from fake_engine import FakeEngine  # noqa: E402

HOST = "192.0.2.20"
ENABLED = {"beacon.enable": "true"}
WEB = {"PrivatePort": 80, "PublicPort": 8081, "Type": "tcp", "IP": "0.0.0.0"}


def container(labels=None, **parts):
    return dict({"Id": "c" * 64, "Names": ["/web"], "Ports": [], "Labels": dict(ENABLED, **(labels or {}))}, **parts)


class LabelTests(unittest.TestCase):
    def test_a_container_that_does_not_ask_for_it_is_left_alone(self):
        for labels in ({}, None, {"beacon.enable": "false"}, {"beacon.name": "x"}):
            self.assertIsNone(read_container({"Id": "c", "Labels": labels}, HOST))

    def test_a_published_port_is_the_hosts(self):
        wish = read_container(container(Ports=[WEB]), HOST)
        self.assertEqual((HOST, 8081, "web", "http", ["docker", "auto-registered"]),
                         (wish.host, wish.body["port"], wish.body["name"], wish.body["type"], wish.body["tags"]))
        self.assertEqual("0.0.0.0", read_container(container(Ports=[WEB]), None).host)
        self.assertIsNone(wish.warning)

    def test_labels_say_the_rest(self):
        wish = read_container(container({
            "beacon.name": "Küche", "beacon.type": "mqtt", "beacon.port": "1883", "beacon.health_path": "healthz", "beacon.host": "nas.local",
            "beacon.protocol": "tcp", "beacon.ttl": "60", "beacon.tags": "a, b,", "beacon.meta.room": "kitchen"}), HOST)
        self.assertEqual({"name": "Küche", "type": "mqtt", "port": 1883, "tags": ["docker", "auto-registered", "a", "b"],
                          "metadata": {"room": "kitchen"}, "protocol": "tcp", "ttl": 60}, wish.body)
        self.assertEqual(("nas.local", "/healthz"), (wish.host, wish.health_path))

    def test_on_the_hosts_network_the_port_is_the_hosts(self):
        wish = read_container(container({"beacon.port": "9000"}, HostConfig={"NetworkMode": "host"}), HOST)
        self.assertEqual((HOST, 9000, None), (wish.host, wish.body["port"], wish.warning))

    def test_what_is_not_published_is_at_the_containers_address_and_warned_of(self):
        inside = {"Networks": {"bridge": {"IPAddress": "172.17.0.5"}}}
        for port in ({"PrivatePort": 80, "Type": "tcp"}, dict(WEB, IP="127.0.0.1")):
            wish = read_container(container(Ports=[port], NetworkSettings=inside), HOST)
            self.assertEqual(("172.17.0.5", 80), (wish.host, wish.body["port"]))
            self.assertIn("port 80 is not published", wish.warning)

    def test_labels_that_cannot_be_meant_are_named(self):
        for labels, ports, said in (({}, [], "no port that Docker knows of"), ({}, [WEB, dict(WEB, PrivatePort=443)], "several ports"),
                                    ({"beacon.port": "http"}, [WEB], "beacon.port must be a number, not 'http'"),
                                    ({"beacon.ttl": ""}, [WEB], "beacon.ttl must be a number"), ({"beacon.port": "99"}, [WEB], "it has no network")):
            with self.subTest(said), self.assertRaisesRegex(LabelError, said):
                read_container(container(labels, Ports=ports), HOST)


class KeeperTests(unittest.TestCase):
    def setUp(self):
        self.beacon = Beacon()
        self.addCleanup(self.beacon.stop)
        self.now = 0.0
        self.keeper = Keeper(BeaconClient(self.beacon.url), HOST, chance=lambda: 0.5, clock=lambda: self.now)

    def test_renewals_come_three_to_a_lease_and_not_before(self):
        self.keeper.follow([container({"beacon.ttl": "30"}, Ports=[WEB])])
        self.assertEqual(0, self.keeper.step() - 10)
        before = self.beacon.services()[0]["expires_at"]
        self.now = 9.9
        self.keeper.step()
        self.assertEqual(before, self.beacon.services()[0]["expires_at"])
        self.now = 10.0
        self.keeper.step()
        self.assertLess(before, self.beacon.services()[0]["expires_at"])

    def test_a_health_path_lets_Beacon_check_instead(self):
        self.keeper.follow([container({"beacon.health_path": "/healthz"}, Ports=[WEB])])
        self.keeper.step()
        service, = self.beacon.services()
        self.assertEqual("http://192.0.2.20:8081/healthz", service["health_check_url"])
        self.now = 200.0
        self.keeper.step()
        self.assertEqual(service["last_heartbeat"], self.beacon.services()[0]["last_heartbeat"])

    def test_a_container_made_anew_with_other_labels_is_registered_anew(self):
        self.keeper.follow([container(Ports=[WEB])])
        self.keeper.step()
        self.keeper.follow([container({"beacon.name": "other"}, Ports=[WEB])])
        self.keeper.step()
        self.assertEqual(["other"], self.beacon.names())

    def test_wrong_labels_are_told_once_and_harm_nobody_else(self):
        wrong = dict(container({"beacon.port": "x"}), Id="d" * 64)
        with self.assertLogs("beacon.docker", "WARNING") as told:
            self.keeper.follow([wrong, container(Ports=[WEB])])
            self.keeper.follow([wrong, container(Ports=[WEB])])
        self.assertEqual(1, len(told.output))
        self.keeper.step()
        self.assertEqual(["web"], self.beacon.names())


class ProgramTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.mkdtemp(prefix="beacon-docker-")
        self.addCleanup(shutil.rmtree, folder)
        self.beacon = Beacon()
        self.addCleanup(self.beacon.stop)
        self.engine = FakeEngine(os.path.join(folder, "docker.sock"))
        self.engine.run("early", Labels=ENABLED, Ports=[WEB], tell=False)
        self.engine.run("stranger", Labels={}, tell=False)
        self.engine.start()
        self.addCleanup(self.engine.stop)
        command = [sys.executable, str(HERE.parent / "beacon_docker.py"), "--url", self.beacon.url, "--host", HOST, "--socket", self.engine.path]
        self.program = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        self.addCleanup(self.program.wait)
        self.addCleanup(self.program.kill)
        self.assertTrue(self.there("early"))

    def there(self, *names):
        return until(lambda: self.beacon.names() == sorted(names))

    def test_containers_that_start_and_end_come_and_go(self):
        self.engine.run("late", Labels={**ENABLED, "beacon.name": "später"}, Ports=[dict(WEB, PublicPort=8082)])
        self.assertTrue(self.there("early", "später"))
        self.engine.end("early")
        self.assertTrue(self.there("später"))
        self.program.send_signal(signal.SIGTERM)
        self.assertEqual(128 + signal.SIGTERM, self.program.wait(10))
        self.assertEqual([], self.beacon.names())

    def test_what_happened_while_the_engine_was_away_is_found_out(self):
        self.engine.stop()
        self.engine.end("early", tell=False)
        self.engine.run("meanwhile", Labels=ENABLED, Ports=[dict(WEB, PublicPort=8083)], tell=False)
        self.engine.start()
        self.assertTrue(self.there("meanwhile"))

    def test_an_emptied_Beacon_gets_every_container_again(self):
        self.engine.run("short", Labels={**ENABLED, "beacon.ttl": "10"}, Ports=[dict(WEB, PublicPort=8084)])
        self.assertTrue(self.there("early", "short"))
        self.beacon.kill()
        self.beacon.start()
        self.assertTrue(self.there("short"))

    def test_the_engine_is_only_read(self):
        self.assertTrue(until(lambda: self.engine.is_followed))
        self.engine.run("late", Labels=ENABLED, Ports=[dict(WEB, PublicPort=8082)])
        self.assertTrue(self.there("early", "late"))
        self.assertEqual({("GET", "/containers/json"), ("GET", "/events")}, {request[:2] for request in self.engine.requests})


if __name__ == "__main__":
    unittest.main()

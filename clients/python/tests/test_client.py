"""The client against the published binary."""
import os
import pathlib
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tests"))

from support import Beacon, CLIENTS, free_port, until  # noqa: E402
from beacon_client import BeaconClient, BeaconError, BeaconUnreachable, LAST_RETRY, Registration, retry_delay  # noqa: E402

TTL = 10
CLIENT = str(CLIENTS / "python" / "beacon_client.py")


class ClientTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.beacon = Beacon()
        cls.client = BeaconClient(cls.beacon.url)

    @classmethod
    def tearDownClass(cls):
        cls.beacon.stop()

    def setUp(self):
        for service in self.beacon.services():
            self.client.deregister(service["service_id"])

    def test_a_service_is_found_while_its_block_runs_and_gone_after(self):
        with self.client.registered("printer", 631, host="192.0.2.7", type="ipp", tags=["office"], metadata={"floor": 2}, ttl=TTL) as printer:
            found = self.client.discover(type="ipp", tags=["office", "nowhere"], metadata={"floor": "2"})
            self.assertEqual([printer.service_id], [service["service_id"] for service in found])
            self.assertEqual(("printer", "192.0.2.7", 631), (found[0]["name"], found[0]["host"], found[0]["port"]))
            self.assertEqual([], self.client.discover(type="nothing of the kind"))
        self.assertEqual([], self.beacon.services())

    def test_a_block_that_fails_takes_its_service_away_too(self):
        with self.assertRaises(ZeroDivisionError):
            with self.client.registered("printer", 631, host="192.0.2.7"):
                1 / 0
        self.assertEqual([], self.beacon.services())

    def test_names_of_every_alphabet_arrive_as_they_are(self):
        for name in ("Küche Broker", "プリンター", "🌡 sensor", 'quote " and \\ backslash'):
            with self.subTest(name), self.client.registered(name, 80, host="192.0.2.7", metadata={"räum": name}):
                service, = self.client.discover(name=name)
                self.assertEqual((name, {"räum": name}), (service["name"], service["metadata"]))

    def test_a_renewal_moves_the_end_of_the_lease_and_is_due_long_before_it(self):
        for chance in (0.0, 0.999):
            with self.subTest(chance):
                registration = Registration(self.client, {"name": "lamp", "port": 80, "ttl": TTL}, "192.0.2.7", chance=lambda: chance)
                self.assertTrue(TTL / 4 < registration.step() < TTL / 2)
                before = self.client.service(registration.service_id)["expires_at"]
                self.assertTrue(TTL / 4 < registration.step() < TTL / 2)
                self.assertLess(before, self.client.service(registration.service_id)["expires_at"])
                registration.close()

    def test_wrong_input_is_answered_with_what_Beacon_says_of_it(self):
        with self.assertRaises(BeaconError) as refused:
            self.client.registered("lamp", 0, host="192.0.2.7", ttl=1).start()
        self.assertEqual(422, refused.exception.status)
        self.assertEqual("port: Input should be greater than or equal to 1; ttl: Input should be greater than or equal to 10", str(refused.exception))
        with self.assertRaises(BeaconError) as unknown:
            self.client.heartbeat("no such id")
        self.assertEqual((404, "Service not found"), (unknown.exception.status, str(unknown.exception)))

    def test_without_a_host_it_is_this_machine_as_others_see_it(self):
        with self.client.registered("here", 80):
            self.assertEqual(self.client.own_address(), self.beacon.services()[0]["host"])
            self.assertFalse(self.client.own_address().startswith("127."))

    def test_a_machine_that_got_another_address_keeps_its_service_id(self):
        with mock.patch.object(self.client, "own_address", return_value="192.0.2.7"):
            registration = Registration(self.client, {"name": "moving", "port": 80})
            registration.step()
        with mock.patch.object(self.client, "own_address", return_value="192.0.2.8"):
            registration.step()
        service, = self.beacon.services()
        self.assertEqual((registration.service_id, "192.0.2.8"), (service["service_id"], service["host"]))
        registration.close()

    def test_what_a_health_check_keeps_alive_is_looked_after_without_renewing_it(self):
        registration = Registration(self.client, {"name": "checked", "port": 80}, "192.0.2.7", renews=False)
        registration.step()
        before = self.client.service(registration.service_id)["expires_at"]
        registration.step()
        self.assertEqual(before, self.client.service(registration.service_id)["expires_at"])
        self.client.deregister(registration.service_id)
        registration.step()
        self.assertEqual(["checked"], self.beacon.names())
        registration.close()

    def test_a_list_longer_than_a_page_comes_whole(self):
        for number in range(103):
            self.client.register("lamp %d" % number, 80, host="192.0.2.7", type="lamp")
        self.assertEqual(103, len({service["service_id"] for service in self.client.discover(type="lamp")}))
        for service in self.client.discover(type="lamp"):
            self.client.deregister(service["service_id"])

    def test_watch_tells_what_happens_from_now_on_in_order(self):
        self.client.register("before", 80, host="192.0.2.7")
        steps = iter((lambda: self.client.register("watched", 80, host="192.0.2.7"),
                      lambda: self.client.deregister(self.client.discover(name="watched")[0]["service_id"])))
        told = self.client.watch(pause=lambda _: next(steps)())
        self.assertEqual([("service_registered", "watched"), ("service_deregistered", "watched")],
                         [(event["kind"], event["service_name"]) for event in (next(told), next(told))])

    def test_the_end_of_the_program_takes_the_service_away(self):
        program = "from beacon_client import BeaconClient; BeaconClient().registered('short', 80, '192.0.2.7').start(); print(BeaconClient().discover()[0]['name'])"
        ended = subprocess.run([sys.executable, "-c", program], env=self.environment(), capture_output=True, text=True, timeout=20, check=True)
        self.assertEqual("short\n", ended.stdout)
        self.assertEqual([], self.beacon.services())

    def test_SIGTERM_takes_away_what_was_registered_from_the_shell(self):
        running = subprocess.Popen([sys.executable, CLIENT, "register", "from a shell", "80", "--type", "mqtt", "--tag", "a"],
                                   env=self.environment(), stderr=subprocess.DEVNULL)
        try:
            self.assertTrue(until(self.beacon.services))
            listed = subprocess.run([sys.executable, CLIENT, "discover", "mqtt"], env=self.environment(), capture_output=True, text=True, timeout=20, check=True)
            self.assertEqual(["from a shell", "mqtt"], listed.stdout.split("\t")[:2])
            running.send_signal(signal.SIGTERM)
            self.assertEqual(128 + signal.SIGTERM, running.wait(10))
            self.assertEqual([], self.beacon.services())
        finally:
            running.kill()
            running.wait()

    def test_a_command_that_Beacon_refuses_says_why_and_fails(self):
        ended = subprocess.run([sys.executable, CLIENT, "register", "x", "0"], env=self.environment(), capture_output=True, text=True, timeout=20, check=False)
        self.assertEqual(1, ended.returncode)
        self.assertIn("beacon_client: port: Input should be greater than or equal to 1", ended.stderr)

    def environment(self):
        return dict(os.environ, BEACON_URL=self.beacon.url, PYTHONPATH=str(CLIENTS / "python"))


class AbsenceTests(unittest.TestCase):
    def test_an_emptied_Beacon_gets_the_service_again_without_anybody_asking(self):
        with Beacon() as beacon:
            client = BeaconClient(beacon.url)
            with Registration(client, {"name": "faithful", "port": 80, "ttl": TTL}, "192.0.2.7", chance=lambda: 0.0) as registration:
                first = registration.service_id
                beacon.kill()
                beacon.start()
                self.assertEqual([], beacon.services())
                self.assertTrue(until(beacon.services, TTL))
                self.assertEqual(["faithful"], beacon.names())
                self.assertNotEqual(first, registration.service_id)

    def test_a_program_may_start_before_Beacon_does(self):
        port = free_port()
        client = BeaconClient("http://127.0.0.1:%d" % port)
        with self.assertLogs("beacon", "WARNING"), client.registered("early", 80, host="192.0.2.7", ttl=TTL) as registration:
            self.assertIsNone(registration.service_id)
            self.assertIsInstance(registration.last_error, BeaconUnreachable)
            with Beacon(port=port) as beacon:
                self.assertTrue(until(beacon.services))
                registration.close()
                self.assertEqual([], beacon.services())

    def test_a_Beacon_that_is_away_for_an_hour_is_not_hammered(self):
        client = BeaconClient("http://127.0.0.1:%d" % free_port())
        registration = Registration(client, {"name": "patient", "port": 80}, "192.0.2.7", chance=lambda: 0.0)
        passed, requests = 0.0, 0
        with self.assertLogs("beacon", "WARNING") as told:
            while passed < 3600:
                passed += registration.step()
                requests += 1
        self.assertLess(requests, 130)
        self.assertEqual(1, len(told.output))

    def test_waits_double_up_to_a_minute_and_are_never_shorter_than_Beacon_asked(self):
        self.assertEqual([1, 2, 4, 8, 16, 32, 60, 60], [retry_delay(n, chance=lambda: 1.0) for n in range(1, 9)])
        self.assertEqual(LAST_RETRY, retry_delay(10 ** 6, chance=lambda: 1.0))
        self.assertEqual(0.5, retry_delay(1, chance=lambda: 0.0))
        self.assertEqual(20, retry_delay(1, retry_after=20.0))
        self.assertEqual(300, retry_delay(1, retry_after=1e9))

    def test_watch_goes_on_with_the_new_log_of_an_emptied_Beacon(self):
        # As many entries as the new log will have, more, and none at all but Beacon's own start.
        for old in (0, 1, 20):
            with self.subTest(old), Beacon() as beacon:
                client = BeaconClient(beacon.url, timeout=2)
                for number in range(old):
                    client.register("old %d" % number, 80, host="192.0.2.7")
                pauses = []

                def pause(_):
                    pauses.append(None)
                    if len(pauses) == 1:
                        beacon.kill()
                    elif len(pauses) == 2:
                        beacon.start()
                        client.register("new", 80, host="192.0.2.7")

                self.assertEqual("new", next(client.watch(pause=pause, kind="service_registered"))["service_name"])

    def test_what_is_no_Beacon_is_an_error_and_not_a_crash(self):
        import http.server

        class Stranger(http.server.BaseHTTPRequestHandler):
            bodies = [b"<html>", b"[1]", b"{}", b"[" * 100_000, b"\xff", b""]

            def do_POST(self):
                self.send_response(201)
                self.end_headers()
                self.wfile.write(self.bodies[0])

            def log_message(self, *_):
                pass

        with http.server.HTTPServer(("127.0.0.1", 0), Stranger) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                client = BeaconClient("http://127.0.0.1:%d" % server.server_address[1])
                while Stranger.bodies:
                    with self.subTest(Stranger.bodies[0][:10]), self.assertLogs("beacon", "WARNING"):
                        registration = Registration(client, {"name": "x", "port": 80}, "192.0.2.7")
                        self.assertLessEqual(registration.step(), LAST_RETRY)
                        self.assertIsInstance(registration.last_error, BeaconUnreachable)
                    Stranger.bodies.pop(0)
            finally:
                server.shutdown()
                thread.join()

    def test_a_Beacon_that_hangs_holds_nobody_up(self):
        with socket.create_server(("127.0.0.1", 0)) as silent, self.assertLogs("beacon", "WARNING"):
            client = BeaconClient("http://127.0.0.1:%d" % silent.getsockname()[1], timeout=0.3)
            begun = time.monotonic()
            with Registration(client, {"name": "patient", "port": 80}, "192.0.2.7", chance=lambda: 0.0) as registration:
                self.assertIsInstance(registration.last_error, BeaconUnreachable)
                time.sleep(0.6)  # Into the second try.
            self.assertLess(time.monotonic() - begun, 2)

    def test_an_address_that_is_none_is_refused_at_once(self):
        for url in ("beacon.local:8080", "ftp://beacon.local", "http://"):
            with self.subTest(url), self.assertRaises(ValueError):
                BeaconClient(url)

    def test_the_address_of_an_API_behind_a_proxy_is_taken_as_it_is(self):
        self.assertEqual("https://example.org/beacon/api/v1", BeaconClient("https://example.org/beacon/api/v1/").root)
        self.assertEqual("http://192.0.2.1:8080/api/v1", BeaconClient("http://192.0.2.1:8080/").root)


if __name__ == "__main__":
    unittest.main()

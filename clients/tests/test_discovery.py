"""Every client that looks for Beacon by mDNS, on a cable between two hosts."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from support import Beacon, CLIENTS, Lab  # noqa: E402

REFUSAL = Lab.refusal()
PREFIX = "/shelf/api"
DOTNET = CLIENTS.parent / "artifacts" / "bin" / "FirstService" / "debug" / "FirstService.dll"


class OnTheCable(unittest.TestCase):
    network = "10.89.1.%d/24"

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab(cls.network)
        cls.addClassCleanup(cls.lab.__exit__)
        cls.lab.__enter__()
        cls.beacon = Beacon(cls.lab.address, prefix=("ip", "netns", "exec", cls.lab.server),
                            options=("--mdns-interface", "eth0", "--api-prefix", PREFIX))
        cls.addClassCleanup(cls.beacon.stop)
        cls.root = cls.beacon.url + PREFIX

    def python_is_there(self):
        program = "from beacon_client import *\nb = BeaconClient()\nwith b.registered('lab', 80): print(b.root, b.discover(name='lab')[0]['host'])"
        ended = self.lab.run(sys.executable, "-c", program, env=self.environment())
        self.assertEqual([self.root, self.lab.client_address], ended.stdout.split(), ended.stderr)

    def node_is_there(self):
        program = """
            import { BeaconClient } from '%s'
            const beacon = new BeaconClient()
            const registration = await beacon.register({ name: 'lab', port: 80 })
            console.log(await beacon.root(), (await beacon.discover({ name: 'lab' }))[0].host)
            await registration.close()
        """ % (CLIENTS / "node" / "beacon-client.js")
        ended = self.lab.run("node", "--input-type=module", "-e", program, env=self.environment())
        self.assertEqual([self.root, self.lab.client_address], ended.stdout.split(), ended.stderr)

    def dotnet_is_there(self):
        running = subprocess.Popen(["ip", "netns", "exec", self.lab.client, shutil.which("dotnet"), "exec", str(DOTNET)], env=self.environment(dict(os.environ)),
                                   stdout=subprocess.PIPE, text=True)
        try:
            self.assertEqual("first .NET service http://%s:8000\n" % self.lab.client_address, running.stdout.readline())
            running.send_signal(signal.SIGTERM)
            self.assertEqual(0, running.wait(10))
            self.assertEqual("", self.run_python("discover", "http").stdout)
        finally:
            running.kill()
            running.wait()
            running.stdout.close()

    def run_python(self, *arguments):
        return self.lab.run(sys.executable, str(CLIENTS / "python" / "beacon_client.py"), *arguments, env=self.environment())

    @staticmethod
    def environment(besides=None):
        return dict(besides or {}, PYTHONPATH=str(CLIENTS / "python"), BEACON_URL="", PATH="/usr/sbin:/usr/bin:/sbin:/bin")


@unittest.skipIf(REFUSAL, REFUSAL)
class DiscoveryTests(OnTheCable):
    def test_Python_registers_at_what_it_found_under_the_address_that_leads_there(self):
        self.python_is_there()

    def test_Python_says_so_when_nobody_is_there(self):
        alone = subprocess.run(["ip", "netns", "exec", self.lab.client, "unshare", "-n", sys.executable, str(CLIENTS / "python" / "beacon_client.py"), "find"],
                               capture_output=True, text=True, timeout=20, check=False, env=self.environment())
        self.assertEqual((1, "beacon_client: no Beacon answered on this network; set BEACON_URL\n"), (alone.returncode, alone.stderr))

    def test_the_command_prints_what_it_found(self):
        self.assertEqual(self.root + "\n", self.run_python("find").stdout)

    @unittest.skipUnless(shutil.which("node"), "node is not installed")
    def test_Node_registers_at_what_it_found_under_the_address_that_leads_there(self):
        self.node_is_there()

    @unittest.skipUnless(DOTNET.exists() and shutil.which("dotnet"), "clients/dotnet/FirstService has not been built")
    def test_dotnet_registers_at_what_it_found_under_the_address_that_leads_there(self):
        self.dotnet_is_there()


@unittest.skipIf(REFUSAL, REFUSAL)
class DiscoveryWithoutIPv4Tests(OnTheCable):
    network = "fd89::%d/64"

    def test_Python(self):
        self.python_is_there()

    @unittest.skipUnless(shutil.which("node"), "node is not installed")
    def test_Node(self):
        self.node_is_there()

    @unittest.skipUnless(DOTNET.exists() and shutil.which("dotnet"), "clients/dotnet/FirstService has not been built")
    def test_dotnet(self):
        self.dotnet_is_there()


if __name__ == "__main__":
    unittest.main()

"""Every client that looks for Beacon by mDNS, on a cable between two hosts."""
import json
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


@unittest.skipIf(REFUSAL, REFUSAL)
class DiscoveryTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = Lab()
        cls.addClassCleanup(cls.lab.__exit__)
        cls.lab.__enter__()
        cls.beacon = Beacon(cls.lab.address, prefix=("ip", "netns", "exec", cls.lab.server),
                            options=("--mdns-interface", "eth0", "--api-prefix", PREFIX))
        cls.addClassCleanup(cls.beacon.stop)
        cls.root = cls.beacon.url + PREFIX

    def test_Python_finds_it_and_its_prefix(self):
        found = self.run_python("find")
        self.assertEqual(self.root, found.stdout.strip(), found.stderr)

    def test_Python_registers_at_what_it_found_under_the_address_that_leads_there(self):
        program = "from beacon_client import *\nb = BeaconClient()\nwith b.registered('lab', 80): print(json.dumps(b.discover(name='lab')))"
        ended = self.lab.run(sys.executable, "-c", program, env=self.environment())
        self.assertEqual("10.89.1.2", json.loads(ended.stdout)[0]["host"], ended.stderr)

    def test_Python_says_so_when_nobody_is_there(self):
        alone = subprocess.run(["ip", "netns", "exec", self.lab.client, "unshare", "-n", sys.executable, str(CLIENTS / "python" / "beacon_client.py"), "find"],
                               capture_output=True, text=True, timeout=20, check=False, env=self.environment())
        self.assertEqual((1, "beacon_client: no Beacon answered on this network; set BEACON_URL\n"), (alone.returncode, alone.stderr))

    @unittest.skipUnless(shutil.which("node"), "node is not installed")
    def test_Node_finds_it_and_registers_there(self):
        program = """
            import { BeaconClient } from './beacon-client.js'
            const beacon = new BeaconClient()
            console.log(await beacon.root())
            const registration = await beacon.register({ name: 'lab', port: 80 })
            console.log((await beacon.discover({ name: 'lab' }))[0].host)
            await registration.close()
        """
        ended = self.lab.run("node", "--input-type=module", "-e", program.replace("./", str(CLIENTS / "node") + "/"), env=self.environment())
        self.assertEqual([self.root, "10.89.1.2"], ended.stdout.split(), ended.stderr)

    @unittest.skipUnless(DOTNET.exists() and shutil.which("dotnet"), "clients/dotnet/FirstService has not been built")
    def test_dotnet_finds_it_and_registers_there(self):
        running = subprocess.Popen(["ip", "netns", "exec", self.lab.client, shutil.which("dotnet"), "exec", str(DOTNET)], env=self.environment(dict(os.environ)),
                                   stdout=subprocess.PIPE, text=True)
        try:
            self.assertEqual("first .NET service http://10.89.1.2:8000\n", running.stdout.readline())
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


if __name__ == "__main__":
    unittest.main()

"""docs/first-service.md is true: its blocks are run as they stand, with only Beacon's address and the service's port exchanged."""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from support import Beacon, CLIENTS, free_port, until  # noqa: E402

PAGE = (CLIENTS.parent / "docs" / "first-service.md").read_text(encoding="utf-8")
WRITTEN_URL = "http://beacon.local:8080"
WRITTEN_PORT = "8000"
COMMANDS = {"sh": ["sh"], "python": [sys.executable], "js": ["node"]}
ENDINGS = {"sh": ".sh", "python": ".py", "js": ".mjs"}
FILES = {"cpp": "esp32/examples/FirstService/FirstService.ino", "csharp": "dotnet/FirstService/Program.cs", "yaml": "docker/compose.yaml"}


def blocks(language):
    return re.findall(r"^```%s\n(.*?)^```$" % language, PAGE, re.MULTILINE | re.DOTALL)


class FirstServiceTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.beacon = Beacon()
        cls.addClassCleanup(cls.beacon.stop)
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="beacon-first-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        for part in ("python/beacon_client.py", "node/beacon-client.js"):
            shutil.copy(CLIENTS / part, cls.folder)
        cls.port = str(free_port())

    def test_shell(self):
        self.registers_is_found_and_leaves("sh")

    def test_Python(self):
        self.registers_is_found_and_leaves("python")

    @unittest.skipUnless(shutil.which("node"), "node is not installed")
    def test_Node(self):
        self.registers_is_found_and_leaves("js")

    def test_what_is_no_script_is_the_file_that_is_compiled_or_started(self):
        for language, file in FILES.items():
            self.assertEqual([(CLIENTS / file).read_text(encoding="utf-8")], blocks(language), file)

    def registers_is_found_and_leaves(self, language):
        registering, finding = blocks(language)
        name = re.search(r"first \w+ service", registering).group()
        running = subprocess.Popen(self.command(language, "register", registering), cwd=self.folder, env=self.environment(), start_new_session=True)
        try:
            self.assertTrue(until(lambda: name in self.beacon.names()), "it never registered")
            found = subprocess.run(self.command(language, "find", finding), cwd=self.folder, env=self.environment(), capture_output=True, text=True,
                                   timeout=20, check=True)
            self.assertIn(name, found.stdout, found.stderr)
            running.send_signal(signal.SIGTERM)
            running.wait(10)
            self.assertTrue(until(lambda: name not in self.beacon.names()), "it did not leave")
        finally:
            # The shell's block leaves a sleep behind, which is nobody's problem but the tests'.
            try:
                os.killpg(running.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            running.wait()

    def command(self, language, part, text):
        file = self.folder / (part + ENDINGS[language])
        self.assertTrue(WRITTEN_PORT in text or part == "find")
        file.write_text(text.replace(WRITTEN_URL, self.beacon.url).replace(WRITTEN_PORT, self.port), encoding="utf-8")
        return COMMANDS[language] + [str(file)]

    def environment(self):
        return dict(os.environ, BEACON_URL=self.beacon.url, PYTHONDONTWRITEBYTECODE="1")


if __name__ == "__main__":
    unittest.main()

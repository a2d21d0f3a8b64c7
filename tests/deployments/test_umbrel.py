"""The Umbrel package against the store's rules. For every rule: the package keeps it, and a broken copy is found by it."""

import os
import re
import shutil
import stat
import struct
import subprocess
import tempfile
import unittest
from pathlib import Path

import report
import umbrel_rules as rules
import yaml

ROOT = Path(__file__).resolve().parents[2]
STORE = ROOT / "deploy/umbrel"
APP = "bitsperity-beacon"
GALLERY = range(3, 6)
GALLERY_SIZE = (1440, 900)
MOST_BYTES = 256_000


def manifest(pattern, replacement):
    return lambda folder: edit(folder / "umbrel-app.yml", pattern, replacement)


def compose(pattern, replacement):
    return lambda folder: edit(folder / "docker-compose.yml", pattern, replacement)


def edit(file, pattern, replacement):
    text, count = re.subn(pattern, replacement, file.read_text(encoding="utf-8"), count=1, flags=re.M)
    assert count == 1, f"{pattern} is not in {file.name}"
    file.write_text(text, encoding="utf-8")


def under_the_service(line):
    return compose(r"^    user: ", f"    {line}\n    user: ")


BROKEN = {
    "fields_in_order": [manifest(r"^name: ", "colour: red\nname: "), manifest(r"^id: (.*)\n(category: .*)\n", r"\2\nid: \1\n")],
    "required_fields": [manifest(r"^tagline: .*\n", ""), manifest(r"^submission: .*\n", ""), manifest(r"^name: .*", 'name: ""')],
    "types_of_fields": [manifest(r"^name: .*", "name: 7"), manifest(r"^dependencies:\n  - ", "dependencies: ")],
    "identity": [manifest(r"^id: .*", "id: beacon"), manifest(r"^id: .*", "id: bitsperity-Beacon"), lambda folder: edit(folder.parent / "umbrel-app-store.yml", "^id: .*", "id: other")],
    "manifest_version": [manifest(r"^manifestVersion: 1$", "manifestVersion: 2.0.0")],
    "category": [manifest(r"^category: .*", "category: network")],
    "addresses": [manifest(r"^website: .*", "website: bitsperity"), manifest(r"^icon: .*", "icon: icon.svg"), manifest(r"^  - https://raw.*1.png", "  - 1.png")],
    "version_is_a_quoted_text": [manifest(r'^version: "(.*)"', r"version: \1")],
    "description_is_folded": [manifest(r"^description: >-", "description: |"), manifest(r"\n\n  - Health", "\n  - Health")],
    "port": [manifest(r"^port: .*", "port: 80"), manifest(r"^port: .*", "port: 8097"), manifest(r"^port: .*", "port: 70000"), manifest(r"^port: .*", 'port: "8353"')],
    "port_is_the_one_that_listens": [manifest(r"^port: .*", "port: 8354"), compose("BEACON_PORT: 8353", "BEACON_PORT: 8080")],
    "path": [manifest(r'^path: ""', "path: status")],
    "password_is_not_claimed": [manifest(r'^path: ""', 'path: ""\ndeterministicPassword: true'), manifest(r'^path: ""', 'path: ""\ndefaultPassword: moneyprintergobrrr')],
    "no_networks_or_volumes_of_its_own": [compose(r"^services:", "volumes:\n  data:\nservices:"), compose(r"^services:", "networks:\n  lan:\nservices:")],
    "images_are_pinned": [
        compose(r"@sha256:.*", ""),
        compose(r":2\.[0-9.]+@", "@"),
        compose(r":2\.[0-9.]+@", ":latest@"),
        compose(r":2\.[0-9.]+@", ":1.9.9@"),
        under_the_service("build: ."),
    ],
    "restart_on_failure": [compose(r"restart: on-failure", "restart: always"), compose(r"    restart: on-failure\n", "")],
    "user_owns_the_data": [compose(r'user: "1000:1000"', "user: root"), compose(r'    user: "1000:1000"\n', "")],
    "time_to_stop": [compose(r"    stop_grace_period: .*\n", "")],
    "names_of_containers": [under_the_service("container_name: beacon")],
    "volumes": [
        compose(r"      - \$\{APP_DATA_DIR\}/data/beacon:/app/data", "      - type: bind\n        source: /x\n        target: /app/data"),
        compose(r"APP_DATA_DIR\}/data/beacon", "APP_DATA_DIR}"),
        compose(r"\$\{APP_DATA_DIR\}/data/beacon", "/var/run/docker.sock"),
        compose(r"\$\{APP_DATA_DIR\}/data/beacon", "/var/run/dbus"),
        lambda folder: (folder / "data/beacon/.gitkeep").unlink(),
    ],
    "host_access_is_justified": [
        under_the_service("privileged: true"),
        under_the_service("cap_add: [NET_RAW]"),
        under_the_service("pid: host"),
        lambda folder: edit(folder.parent / "README.md", "`access.host_network`", "host_network"),
    ],
    "can_be_opened": [compose(r"    network_mode: host\n", "")],
    "unused_features": [lambda folder: (folder / "hooks").mkdir(), compose(r"^services:", "services:\n  app_proxy:\n    environment: {APP_HOST: x}")],
    "exports": [
        lambda folder: (folder / "exports.sh").chmod(0o755),
        lambda folder: edit(folder / "exports.sh", r"\A", "#!/bin/sh\n"),
        lambda folder: edit(folder / "exports.sh", r"\A", "set -e\n"),
        lambda folder: edit(folder / "exports.sh", r"\A", "exit\n"),
    ],
    "no_pictures_or_leftovers": [lambda folder: (folder / "icon.svg").touch(), lambda folder: (folder / "data/beacon/beacon.db").touch()],
}


class Copied(unittest.TestCase):
    def setUp(self):
        self.store = Path(tempfile.mkdtemp()) / "store"
        self.addCleanup(shutil.rmtree, self.store.parent)
        shutil.copytree(STORE, self.store, ignore=shutil.ignore_patterns("assets"))
        self.package = self.store / APP

    def pin(self, *arguments):
        return subprocess.run(["bash", STORE / "pin.sh", *arguments], env={**os.environ, "BEACON_UMBREL_PACKAGE": self.package}, capture_output=True, text=True, check=False)


class RuleTests(Copied):
    """One test for each rule, made below."""

    def keeps_and_finds(self, rule):
        self.assertEqual([], rule(rules.Package(STORE / APP)))
        for number, breaking in enumerate(BROKEN[rule.__name__]):
            with self.subTest(f"broken copy {number + 1}"):
                shutil.rmtree(self.store)
                shutil.copytree(STORE, self.store, ignore=shutil.ignore_patterns("assets"))
                breaking(self.package)
                self.assertNotEqual([], rule(rules.Package(self.package)))


for _rule in rules.RULES:
    setattr(RuleTests, f"test_{_rule.__name__}", lambda self, rule=_rule: self.keeps_and_finds(rule))


class PackageTests(unittest.TestCase):
    def test_every_rule_has_broken_copies(self):
        self.assertEqual({rule.__name__ for rule in rules.RULES}, set(BROKEN))

    def test_the_icon_is_a_square_of_256_without_round_corners(self):
        icon = (STORE / "assets/icon.svg").read_text(encoding="utf-8")
        self.assertIn('width="256" height="256"', icon)
        self.assertNotRegex(icon, r"<rect[^>]*\brx=")

    def test_every_picture_of_the_gallery_is_there_in_Umbrels_size(self):
        named = rules.Package(STORE / APP).manifest["gallery"]
        files = sorted((STORE / "assets").glob("*.png"))
        self.assertIn(len(files), GALLERY)
        self.assertEqual([file.name for file in files], [address.rsplit("/", 1)[1] for address in named])
        for file in files:
            data = file.read_bytes()
            self.assertEqual(GALLERY_SIZE, struct.unpack(">II", data[16:24]), file.name)
            self.assertLess(len(data), MOST_BYTES, file.name)

    def test_addresses_of_pictures_lead_to_where_they_are_in_this_repository(self):
        manifest_of = rules.Package(STORE / APP).manifest
        for address in [manifest_of["icon"], *manifest_of["gallery"]]:
            self.assertTrue((ROOT / address.split("/beacon/main/")[1]).is_file(), address)

    def test_MongoDB_is_where_a_service_on_the_hosts_network_finds_it(self):
        address = rules.Package(STORE / APP).services["server"]["environment"]["BEACON_MONGODB_URL"]
        self.assertIn("@127.0.0.1:27017/", address)
        self.assertTrue(address.endswith("?authSource=admin"))

    def test_the_README_says_so_while_the_digest_is_the_one_of_no_release(self):
        digest = rules.PINNED.match(rules.Package(STORE / APP).services["server"]["image"])["digest"]
        said = "cannot be installed" in (STORE / "README.md").read_text(encoding="utf-8")
        self.assertEqual(set(digest) == {"0"}, said)

    def test_exports_lead_other_apps_to_the_port_and_survive_strict_shells(self):
        out = subprocess.run(
            ["bash", "-c", f"set -euo pipefail; . {STORE / APP / 'exports.sh'}; echo $APP_BITSPERITY_BEACON_URL"], env={"PATH": os.environ["PATH"], "NETWORK_IP": "10.21.0.0"}, capture_output=True, text=True, check=True
        ).stdout
        self.assertEqual("http://10.21.0.1:8353\n", out)


class PinTests(Copied):
    digest = "sha256:" + "0123456789abcdef" * 4

    def test_a_release_writes_version_and_digest_and_the_rules_still_hold(self):
        done = self.pin("2.1.0", self.digest, "Faster & quieter.")
        self.assertEqual(0, done.returncode, done.stderr)
        package = rules.Package(self.package)
        self.assertEqual(("2.1.0", "Faster & quieter."), (package.manifest["version"], package.manifest["releaseNotes"]))
        self.assertTrue(package.services["server"]["image"].endswith(f":2.1.0@{self.digest}"))
        self.assertEqual([], [wrong for rule in rules.RULES for wrong in rule(package)])

    def test_nothing_else_changes(self):
        before = (STORE / APP / "umbrel-app.yml").read_text(encoding="utf-8")
        self.pin("2.1.0", self.digest)
        after = (self.package / "umbrel-app.yml").read_text(encoding="utf-8")
        self.assertEqual(before.replace('version: "2.0.0"', 'version: "2.1.0"', 1), after)

    def test_what_is_no_version_or_no_digest_changes_nothing(self):
        before = [(self.package / name).read_bytes() for name in ("umbrel-app.yml", "docker-compose.yml")]
        for arguments in (["2.1", self.digest], ["latest", self.digest], ["2.1.0", "sha256:abc"], ["2.1.0", "sha256:" + "0" * 64], ["2.1.0", self.digest, 'a "quote"'], ["2.1.0"]):
            self.assertEqual(64, self.pin(*arguments).returncode, arguments)
        self.assertEqual(before, [(self.package / name).read_bytes() for name in ("umbrel-app.yml", "docker-compose.yml")])

    def test_it_can_be_run(self):
        self.assertTrue((STORE / "pin.sh").stat().st_mode & stat.S_IXUSR)


if __name__ == "__main__":
    report.main()

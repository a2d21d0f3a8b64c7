"""Every YAML file that is handed out parses, and the compose files say what compose understands and what Beacon needs."""

import copy
import re
import unittest
from pathlib import Path

import compose_rules
import report
import yaml

ROOT = Path(__file__).resolve().parents[2]
ALONE = ROOT / "deploy/docker-compose.yml"
WITH_MONGODB = ROOT / "deploy/docker-compose.mongodb.yml"


class UniqueKeys(yaml.SafeLoader):
    """YAML's own rule, which PyYAML does not keep: the second of two equal keys would win silently."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {str(key) for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"twice: {', '.join(sorted(twice))}", node.start_mark)
        return super().construct_mapping(node, deep)


def read(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=UniqueKeys)


def files():
    return sorted(path for folder in ("deploy", ".github") for pattern in ("*.yml", "*.yaml") for path in (ROOT / folder).rglob(pattern))


def compose_files():
    return [path for path in files() if path.name.startswith("docker-compose")]


class YamlTests(unittest.TestCase):
    def test_every_file_parses_and_names_nothing_twice(self):
        self.assertGreaterEqual(len(files()), 5)
        for path in files():
            with self.subTest(str(path.relative_to(ROOT))):
                self.assertIsInstance(read(path), dict)

    def test_a_key_that_is_there_twice_would_be_found(self):
        with self.assertRaises(yaml.YAMLError):
            yaml.load("port: 1\nport: 2\n", Loader=UniqueKeys)

    def test_workflows_have_jobs_with_steps_and_a_time_limit(self):
        for path in (ROOT / ".github/workflows").glob("*.yml"):
            for name, job in read(path)["jobs"].items():
                with self.subTest(f"{path.name}: {name}"):
                    self.assertIn("timeout-minutes", job)
                    for step in job["steps"]:
                        self.assertEqual(1, len({"run", "uses"} & set(step)), step)


class ComposeTests(unittest.TestCase):
    def test_every_compose_file_has_the_shape_of_the_specification(self):
        self.assertEqual(3, len(compose_files()))
        for path in compose_files():
            with self.subTest(str(path.relative_to(ROOT))):
                self.assertEqual([], compose_rules.problems(read(path)))

    def test_broken_copies_would_be_found(self):
        for key, value in {
            "restart": "allways",
            "stop_grace_period": 15,
            "stop_grace_periode": "15s",
            "read_only": "yes",
            "user": 1000,
            "ports": ["8080:8080"],
            "volumes": ["nowhere:/app/data"],
            "depends_on": ["postgres"],
            "environment": {"A": ["b"]},
            "command": "echo $(date)",
            "logging": {"driver": "json-file", "options": {"max-file": 3}},
            "mem_limit": "256 megabytes",
            "network_mode": "hosts",
            "security_opt": ["no-new-privileges"],
        }.items():
            with self.subTest(key):
                broken = copy.deepcopy(read(ALONE))
                broken["services"]["beacon"][key] = value
                self.assertNotEqual([], compose_rules.problems(broken))
        self.assertNotEqual([], compose_rules.problems({**read(ALONE), "volume": {}}))

    def test_Beacon_is_on_the_hosts_network_with_nothing_it_does_not_need(self):
        for path in (ALONE, WITH_MONGODB):
            beacon = read(path)["services"]["beacon"]
            self.assertEqual("host", beacon["network_mode"])
            self.assertIs(True, beacon["read_only"])
            self.assertEqual(["ALL"], beacon["cap_drop"])
            self.assertEqual(["no-new-privileges:true"], beacon["security_opt"])
            self.assertEqual("1000:1000", beacon["user"])
            self.assertEqual(["data:/app/data"], beacon["volumes"])
            self.assertIn("stop_grace_period", beacon)
            self.assertIn("max-size", beacon["logging"]["options"])

    def test_MongoDB_listens_on_this_machine_only_and_is_checked(self):
        mongo = read(WITH_MONGODB)["services"]["mongo"]
        self.assertEqual(["127.0.0.1:27017:27017"], mongo["ports"])
        self.assertIn("ping", mongo["healthcheck"]["test"][1])
        self.assertNotIn("network_mode", mongo)

    def test_no_password_stands_in_a_file_and_a_missing_one_is_refused(self):
        text = WITH_MONGODB.read_text(encoding="utf-8")
        passwords = re.findall(r"PASSWORD: (.*)|//beacon:([^@]+)@", text)
        self.assertEqual(2, len(passwords))
        for found in passwords:
            self.assertRegex("".join(found), r"^\$\{MONGODB_PASSWORD:\?[^}]+\}$")

    def test_a_URL_as_Beacon_gets_it_has_the_user_in_admin(self):
        url = read(WITH_MONGODB)["services"]["beacon"]["environment"]["BEACON_MONGODB_URL"]
        self.assertTrue(re.sub(r"\$\{[^}]*\}", "secret", url) == "mongodb://beacon:secret@127.0.0.1:27017/beacon?authSource=admin", url)

    def test_all_of_them_name_the_same_image(self):
        named = {re.match(r"[^:]+", service["image"])[0] for path in compose_files() for name, service in read(path)["services"].items() if name != "mongo"}
        self.assertEqual({"ghcr.io/bitsperity/beacon"}, named)


if __name__ == "__main__":
    report.main()

"""Every command of docs/install.md is run by a test, or it is said here why none can."""

import re
import unittest
from pathlib import Path

import report

ROOT = Path(__file__).resolve().parents[2]
TESTS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/deployments").glob("*.sh")))
ENGINE = "needs a container engine; the files are checked by test_compose.py and container.sh"
SYSTEMD = "needs a running systemd"
REPOSITORY = "needs the public repository"
BUILD = "run by the test verb itself, with the local platform"

# A command, as it stands on the page, and the test that runs it.
COMMANDS = {
    "curl -fsSLO https://github.com/bitsperity/beacon/releases/latest/download/install.sh": REPOSITORY,
    "sudo sh install.sh": "test_it_downloads_the_newest_release_or_the_one_that_is_named",
    "sudo sh install.sh --port 8081": "test_another_port_is_kept_beside_other_settings",
    "sudo sh install.sh --from /media/stick": "test_it_installs_from_a_folder_with_what_a_release_hands_out",
    "sudo sh install.sh --version 2.0.0": "test_it_downloads_the_newest_release_or_the_one_that_is_named",
    "sudo sh install.sh --rollback": "test_by_hand_it_goes_back_to_the_version_before_and_keeps_the_data_of_now",
    "sudo sh install.sh --uninstall": "test_uninstalling_keeps_the_data_and_purging_does_not",
    "sudo sh install.sh --uninstall --purge": "test_uninstalling_keeps_the_data_and_purging_does_not",
    "systemctl status beacon": SYSTEMD,
    "journalctl -u beacon -f": SYSTEMD,
    "beacon healthcheck": "test_it_installs_starts_and_says_where_Beacon_is",
    "beacon healthcheck --port 8081": "test_another_port_is_kept_beside_other_settings",
    "beacon config print": "test_another_port_is_kept_beside_other_settings",
    "sudo systemctl restart beacon": SYSTEMD,
    "sudo systemctl edit beacon": SYSTEMD,
    "curl -fsSLO https://raw.githubusercontent.com/bitsperity/beacon/main/deploy/docker-compose.yml": REPOSITORY,
    "docker compose up -d": ENGINE,
    "docker compose ps": ENGINE,
    "docker compose pull && docker compose up -d": ENGINE,
    "docker compose down": ENGINE,
    "git clone https://github.com/bitsperity/beacon && cd beacon": REPOSITORY,
    "./build.sh publish": BUILD,
    "deploy/pack.sh 2.0.0 artifacts/release linux-x64=artifacts/native/linux-x64/beacon": "test_archives_are_the_same_to_the_byte_whoever_packs_them",
    "sudo sh deploy/install.sh --from artifacts/release": "test_it_installs_from_a_folder_with_what_a_release_hands_out",
}


def commands_on_the_page():
    page = (ROOT / "docs/install.md").read_text(encoding="utf-8")
    blocks = [line for block in re.findall(r"```sh\n(.*?)```", page, re.S) for line in block.splitlines() if line.strip()]
    inline = re.findall(r"`((?:sudo|docker|beacon|systemctl|journalctl|deploy/pack\.sh)\s[^`]*)`", page)
    return set(blocks) | {command for command in inline if command != "docker-compose.yml"}


class InstallPageTests(unittest.TestCase):
    def test_every_command_on_the_page_has_its_test_or_a_reason(self):
        self.assertEqual(set(COMMANDS), commands_on_the_page())

    def test_every_test_that_is_named_is_there(self):
        for name in COMMANDS.values():
            if name.startswith("test_"):
                self.assertIn(f"{name}()", TESTS)

    def test_options_on_the_page_are_those_of_the_installer(self):
        installer = (ROOT / "deploy/install.sh").read_text(encoding="utf-8")
        for option in re.findall(r"install\.sh (--[a-z]+)", " ".join(COMMANDS)):
            self.assertIn(f"{option}", installer)


if __name__ == "__main__":
    report.main()

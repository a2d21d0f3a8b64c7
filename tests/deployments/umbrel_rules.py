"""What Umbrel's stores ask of a package, as functions that return what is wrong. Source: the linter and the packaging guide of
getumbrel/umbrel-apps (August 2026), restated. Rules that only concern app_proxy, hooks, templates or devices are left out: this package has
none of them, and `unused_features` keeps it so.
"""

import os
import re
from pathlib import Path

import yaml

FIELDS = (
    "manifestVersion id implements category name version tagline description releaseNotes "
    "developer website dependencies repo support "
    "port gallery path icon defaultUsername defaultPassword deterministicPassword permissions widgets backupIgnore "
    "submitter submission"
).split()
OPTIONAL = set("implements releaseNotes icon defaultUsername defaultPassword deterministicPassword permissions widgets backupIgnore".split())
NEVER_EMPTY = "name version tagline description website support submitter submission".split()
CATEGORIES = set("ai automation bitcoin crypto developer files finance media networking social".split())
RESERVED_PORTS = {80: "dashboard", 443: "dashboard", 2000: "login"}
# Apps of the official store near ours, and 8097, which the earlier package collided on; the whole list changes by the week.
TAKEN_PORTS = {8080: "a port half of all programs start with", 8097: "blockstream-blind-oracle", 8098: "another app"}
HOST_NAMESPACES = ("pid", "ipc", "uts", "cgroupns_mode", "userns_mode")
PINNED = re.compile(r"^[a-z0-9.-]+(/[a-z0-9._-]+)+:(?P<tag>[\w.-]+)@sha256:(?P<digest>[0-9a-f]{64})$")


class Package:
    """One app's folder, read."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.manifest_text = (self.folder / "umbrel-app.yml").read_text(encoding="utf-8")
        self.compose_text = (self.folder / "docker-compose.yml").read_text(encoding="utf-8")
        self.manifest = yaml.safe_load(self.manifest_text)
        self.compose = yaml.safe_load(self.compose_text)
        self.services = self.compose.get("services") or {}
        self.store = yaml.safe_load((self.folder.parent / "umbrel-app-store.yml").read_text(encoding="utf-8"))


def fields_in_order(package):
    there = list(package.manifest)
    unknown = [field for field in there if field not in FIELDS]
    return [f"unknown fields {unknown}"] if unknown else [] if there == sorted(there, key=FIELDS.index) else [f"the order is {there}"]


def required_fields(package):
    missing = [field for field in FIELDS if field not in OPTIONAL and field not in package.manifest]
    empty = [field for field in NEVER_EMPTY if str(package.manifest.get(field, "x")).strip() == ""]
    return [f"missing: {field}" for field in missing] + [f"empty: {field}" for field in empty]


def types_of_fields(package):
    wrong = [field for field in NEVER_EMPTY + ["id", "category", "path", "icon", "releaseNotes"] if not isinstance(package.manifest.get(field, ""), str)]
    lists = [field for field in ("dependencies", "gallery", "permissions", "backupIgnore") if not isinstance(package.manifest.get(field, []), list)]
    return [f"not a text: {field}" for field in wrong] + [f"not a list: {field}" for field in lists]


def identity(package):
    name = package.manifest.get("id")
    wrong = [] if name == package.folder.name else [f"id {name} is not the folder's name {package.folder.name}"]
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*[a-z0-9]", str(name)):
        wrong.append(f"id {name} is not in lower-case-with-dashes")
    return wrong if str(name).startswith(package.store["id"] + "-") else wrong + [f"id {name} does not begin with the store's id"]


def manifest_version(package):
    return [] if package.manifest.get("manifestVersion") == 1 else ["manifestVersion is the framework's, 1, and not the app's"]


def category(package):
    return [] if package.manifest.get("category") in CATEGORIES else [f"there is no category {package.manifest.get('category')}"]


def addresses(package):
    named = [(field, package.manifest.get(field)) for field in ("website", "repo", "support", "submission", "icon")]
    named += [("gallery", address) for address in package.manifest.get("gallery") or []]
    return [f"{field} is no address: {address}" for field, address in named if not re.match(r"https?://[^/\s]+\.[^/\s]+", str(address))]


def version_is_a_quoted_text(package):
    return [] if re.search(r'^version: "\d+\.\d+\.\d+[^"]*"$', package.manifest_text, re.M) else ["version is not a text between quotation marks"]


def description_is_folded(package):
    if "\ndescription: >-\n" not in package.manifest_text:
        return ["description is not folded with >-"]
    block = re.split(r"\n(?=\S)", package.manifest_text.split("\ndescription: >-\n")[1])[0]
    bullets = [line for line in re.finditer(r"(?<!\n)\n  - ", block)]
    return [f"{len(bullets)} list items have no blank line before them"] if bullets else []


def port(package):
    number = package.manifest.get("port")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 65536:
        return [f"port {number} is none"]
    owner = RESERVED_PORTS.get(number) or TAKEN_PORTS.get(number)
    return [f"port {number} is taken: {owner}"] if owner else []


def port_is_the_one_that_listens(package):
    listening = [(service.get("environment") or {}).get("BEACON_PORT") for service in package.services.values()]
    return [] if package.manifest.get("port") in listening else [f"port {package.manifest.get('port')} is not among BEACON_PORT {listening}"]


def path(package):
    value = package.manifest.get("path")
    return [] if value == "" or str(value).startswith("/") else [f"path {value} does not begin with a slash"]


def password_is_not_claimed(package):
    claimed = [field for field in ("defaultUsername", "defaultPassword", "deterministicPassword") if package.manifest.get(field)]
    return [f"{field}: Beacon has no accounts" for field in claimed]


def no_networks_or_volumes_of_its_own(package):
    return [f"top-level {key}: umbrelOS brings its own" for key in ("networks", "volumes") if key in package.compose]


def images_are_pinned(package):
    wrong = []
    for name, service in package.services.items():
        match = PINNED.match(str(service.get("image")))
        if not match:
            wrong.append(f"{name}: image needs tag and digest: {service.get('image')}")
        elif match["tag"] == "latest":
            wrong.append(f"{name}: latest is no version")
        elif match["tag"] != package.manifest.get("version"):
            wrong.append(f"{name}: image {match['tag']}, manifest {package.manifest.get('version')}")
    return wrong + [f"{name}: build" for name, service in package.services.items() if "build" in service]


def restart_on_failure(package):
    return [f"{name}: restart {service.get('restart')}" for name, service in package.services.items() if service.get("restart") != "on-failure"]


def user_owns_the_data(package):
    return [f"{name}: user {service.get('user')}" for name, service in package.services.items() if service.get("user") != "1000:1000"]


def time_to_stop(package):
    return [f"{name}: no stop_grace_period" for name, service in package.services.items() if "stop_grace_period" not in service]


def names_of_containers(package):
    return [f"{name}: umbrelOS names the container" for name, service in package.services.items() if "container_name" in service]


def volumes(package):
    wrong = []
    for name, service in package.services.items():
        for volume in service.get("volumes") or []:
            if not isinstance(volume, str):
                wrong.append(f"{name}: volumes are texts, umbrelOS edits them: {volume}")
                continue
            source = volume.split(":")[0].rstrip("/")
            if "docker.sock" in source:
                wrong.append(f"{name}: the Docker socket")
            elif source == "${APP_DATA_DIR}":
                wrong.append(f"{name}: the app's whole folder")
            elif not source.startswith("${APP_DATA_DIR}/data/"):
                wrong.append(f"{name}: outside the app's data: {source}")
            elif not (package.folder / source.removeprefix("${APP_DATA_DIR}/") / ".gitkeep").exists():
                wrong.append(f"{name}: not committed: {source}")
    return wrong


def host_access_is_justified(package):
    """The warnings that a reviewer must be told the reason of. Exactly these stand in the README beside the package."""
    readme = (package.folder.parent / "README.md").read_text(encoding="utf-8")
    found = set()
    for service in package.services.values():
        found |= {"access.host_network"} if service.get("network_mode") == "host" else set()
        found |= {f"access.{key}" for key in ("privileged", "devices", "cap_add", "security_opt") if service.get(key)}
        found |= {f"access.{key}" for key in HOST_NAMESPACES if service.get(key) == "host"}
    said = set(re.findall(r"`(access\.\w+)`", readme))
    return [f"{rule}: no reason given" for rule in sorted(found - said)] + [f"{rule}: a reason for nothing" for rule in sorted(said - found)]


def can_be_opened(package):
    published = any(service.get("network_mode") == "host" for service in package.services.values())
    return [] if published else ["neither on the host's network nor behind app_proxy"]


def unused_features(package):
    wrong = [f"{name} is there, and its rules are not in this file" for name in ("hooks", "torrc") if (package.folder / name).exists()]
    wrong += [f"{file.name} is there, and its rules are not in this file" for file in package.folder.rglob("*.template")]
    return wrong + (["app_proxy cannot lead to a service on the host's network"] if "app_proxy" in package.services else [])


def exports(package):
    file = package.folder / "exports.sh"
    if not file.exists():
        return []
    text = file.read_text(encoding="utf-8")
    wrong = ["exports.sh is executable, it is sourced"] if os.access(file, os.X_OK) and file.stat().st_mode & 0o111 else []
    wrong += ["exports.sh has a shebang"] if text.startswith("#!") else []
    bad = re.findall(r"^\s*(exit|cd|set\s+-|docker|mkdir|chown|chmod)\b", text, re.M)
    return wrong + [f"exports.sh calls {call.strip()}" for call in bad]


def no_pictures_or_leftovers(package):
    """Pictures go beside the package: what is in it is copied to every device."""
    files = [file.relative_to(package.folder) for file in package.folder.rglob("*") if file.is_file()]
    kept = {"umbrel-app.yml", "docker-compose.yml", "exports.sh", "data/beacon/.gitkeep"}
    return [f"not part of a package: {file}" for file in files if str(file) not in kept]


RULES = [rule for name, rule in list(globals().items()) if callable(rule) and getattr(rule, "__module__", "") == __name__ and name != "Package"]

"""The shape of a compose file, after the Compose Specification: which keys there are, and what those that are used here may hold."""

import re

TOP = set("version name services networks volumes secrets configs include models".split())
SERVICE = set(
    "annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count cpu_percent cpu_period "
    "cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy develop device_cgroup_rules devices dns dns_opt "
    "dns_search domainname entrypoint env_file environment expose extends external_links extra_hosts gpus group_add healthcheck hostname image init ipc "
    "isolation label_file labels links logging mac_address mem_limit mem_reservation mem_swappiness memswap_limit models network_mode networks "
    "oom_kill_disable oom_score_adj pid pids_limit platform ports post_start pre_stop privileged profiles provider pull_policy read_only restart runtime "
    "scale secrets security_opt shm_size stdin_open stop_grace_period stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode "
    "uts volumes volumes_from working_dir".split()
)
HEALTHCHECK = set("test interval timeout retries start_period start_interval disable".split())
DURATION = re.compile(r"(\d+(\.\d+)?(us|ms|s|m|h))+")
SIZE = re.compile(r"\d+(b|k|kb|m|mb|g|gb)?")
RESTART = re.compile(r"no|always|on-failure(:\d+)?|unless-stopped")
PORT = re.compile(r"((\d{1,3}\.){3}\d{1,3}:|\[[0-9a-f:]+\]:)?(\d+|\$\{\w+(:-\d+)?\}):\d+(/(tcp|udp))?")
VOLUME = re.compile(r"(?P<source>[^:{}]+|\$\{\w+\}[^:]*):/[^:]+(:(ro|rw|z|Z))?")
# A dollar that compose would take for a variable: $$ is a dollar, ${NAME}, ${NAME:-default} and ${NAME:?message} are variables.
VARIABLE = re.compile(r"\$\$|\$\{[A-Za-z_]\w*((:?[-?+])[^}]*)?\}|\$[A-Za-z_]\w*")


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def is_list_of_texts(value):
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def is_environment(value):
    if isinstance(value, dict):
        return all(isinstance(name, str) and isinstance(setting, (str, int, float, type(None))) for name, setting in value.items())
    return is_list_of_texts(value) and all("=" in item for item in value)


def is_healthcheck(value):
    if not isinstance(value, dict) or not set(value) <= HEALTHCHECK:
        return False
    test = value.get("test")
    durations = [value[key] for key in ("interval", "timeout", "start_period", "start_interval") if key in value]
    return (isinstance(test, str) or is_list_of_texts(test) and test[0] in ("CMD", "CMD-SHELL", "NONE")) and all(DURATION.fullmatch(str(at)) for at in durations)


def is_logging(value):
    return set(value) <= {"driver", "options"} and all(isinstance(option, str) for option in value.get("options", {}).values())


SHAPES = {
    "image": lambda value: isinstance(value, str) and not re.search(r"\s", value),
    "command": lambda value: isinstance(value, str) or is_list_of_texts(value),
    "environment": is_environment,
    "ports": lambda value: isinstance(value, list) and all(PORT.fullmatch(str(port)) for port in value),
    "volumes": lambda value: is_list_of_texts(value) and all(VOLUME.fullmatch(volume) for volume in value),
    "depends_on": is_list_of_texts,
    "healthcheck": is_healthcheck,
    "logging": is_logging,
    "cap_drop": is_list_of_texts,
    "security_opt": lambda value: is_list_of_texts(value) and all(":" in option for option in value),
    "user": lambda value: isinstance(value, str) and bool(re.fullmatch(r"\d+:\d+", value)),
    "read_only": lambda value: isinstance(value, bool),
    "network_mode": lambda value: isinstance(value, str) and bool(re.fullmatch(r"host|bridge|none|(service|container):\w+", value)),
    "restart": lambda value: isinstance(value, str) and bool(RESTART.fullmatch(value)),
    "stop_grace_period": lambda value: isinstance(value, str) and bool(DURATION.fullmatch(value)),
    "mem_limit": lambda value: bool(SIZE.fullmatch(str(value))),
    "pids_limit": lambda value: isinstance(value, int),
    "ulimits": lambda value: isinstance(value, dict) and all(isinstance(limit, int) or set(limit) == {"soft", "hard"} for limit in value.values()),
}


def problems(compose):
    wrong = [f"there is no top-level key {key}" for key in compose if key not in TOP and not str(key).startswith("x-")]
    services = compose.get("services")
    if not isinstance(services, dict) or not services:
        return wrong + ["no services"]
    for name, service in services.items():
        wrong += [f"{name}: {problem}" for problem in problems_of(service, services, set(compose.get("volumes") or {}))]
    return wrong


def problems_of(service, services, volumes):
    wrong = [f"there is no key {key}" for key in service if key not in SERVICE]
    wrong += [f"the shape of {key} is not checked here yet: add it" for key in service if key in SERVICE and key not in SHAPES]
    wrong += [f"{key}: {service[key]!r}" for key in service if key in SHAPES and not SHAPES[key](service[key])]
    if "image" not in service:
        wrong.append("no image")
    if service.get("network_mode") == "host" and ("ports" in service or "networks" in service):
        wrong.append("ports and networks mean nothing on the host's network")
    wrong += [f"depends on {other}, which is not there" for other in service.get("depends_on") or [] if other not in services]
    for volume in service.get("volumes") or []:
        source = str(volume).split(":")[0]
        if re.fullmatch(r"[\w-]+", source) and source not in volumes:
            wrong.append(f"volume {source} is not declared")
    wrong += [f"a dollar that is no variable: {text}" for text in texts(service) if "$" in VARIABLE.sub("", text)]
    return wrong

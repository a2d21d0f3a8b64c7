"""as-unit.py UNIT BINARY DATA [ARGUMENT…]: runs a program under the restrictions of a systemd unit, where there is no systemd.

Root only. What is applied and how is in APPLIED; what is not, and why not, in LEFT_OUT. A key of the unit's [Service] section that is in
neither is an error, so that a new restriction is never left untested silently. The network is that of the caller.
"""

import ctypes
import errno
import os
import resource
import subprocess
import sys

import seccomp

USER = 61234  # Within the range that systemd hands out to dynamic users.
STATE = "/var/lib/beacon"
PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN = 4, 24, 38, 65, 1
LAST_CAPABILITY = 63
PROT_WRITE, PROT_EXEC = 2, 4
CLONE_NEW = 0x7E020080  # Every CLONE_NEW… flag.
FAMILIES = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10, "AF_NETLINK": 16}
LAST_FAMILY = 64

APPLIED = {
    "Environment": "the environment, and nothing else in it",
    "DynamicUser": "a user and group of no one else",
    "StateDirectory": "the one folder that can be written",
    "StateDirectoryMode": "its mode",
    "UMask": "umask",
    "LimitNOFILE": "RLIMIT_NOFILE",
    "TasksMax": "RLIMIT_NPROC: the user is nobody else's",
    "NoNewPrivileges": "PR_SET_NO_NEW_PRIVS",
    "CapabilityBoundingSet": "PR_CAPBSET_DROP of all",
    "AmbientCapabilities": "none are left to be inherited",
    "ProtectSystem": "bwrap: / read-only",
    "ProtectHome": "bwrap: empty /root, /home and /run/user",
    "ProtectProc": "bwrap: a process namespace shows no others",
    "ProtectHostname": "bwrap: host name namespace",
    "RemoveIPC": "bwrap: IPC namespace",
    "PrivateMounts": "bwrap: mount namespace",
    "PrivateTmp": "bwrap: /tmp and /var/tmp of its own",
    "PrivateDevices": "bwrap: /dev of its own",
    "RestrictAddressFamilies": "seccomp on socket()",
    "RestrictNamespaces": "seccomp on clone(), unshare(), setns(); clone3() does not exist",
    "RestrictRealtime": "seccomp: sched_setscheduler() is in @resources",
    "RestrictSUIDSGID": "seccomp on chmod() and fchmod()",
    "LockPersonality": "seccomp on personality()",
    "MemoryDenyWriteExecute": "seccomp on mmap() and mprotect(), and PR_SET_MDWE where the kernel has it",
    "SystemCallArchitectures": "seccomp: other architectures end the program",
    "SystemCallFilter": "seccomp, with the groups as systemd-analyze lists them",
    "SystemCallErrorNumber": "seccomp",
    "ProtectClock": "the capabilities it takes away are gone",
    "ProtectKernelLogs": "the same",
    "ProtectKernelModules": "the same",
    "ProtectKernelTunables": "bwrap: /sys is read-only, and the user may not write /proc/sys",
    "ProtectControlGroups": "bwrap: /sys is read-only",
    "DevicePolicy": "bwrap: there are no devices to open",
}
LEFT_OUT = {
    "Type": "the unit's own test of readiness needs systemd",
    "NotifyAccess": "the same",
    "WatchdogSec": "the same",
    "ExecStart": "given by the caller",
    "EnvironmentFile": "optional",
    "Restart": "supervision needs systemd",
    "RestartSec": "the same",
    "RestartPreventExitStatus": "the same",
    "TimeoutStartSec": "the same",
    "TimeoutStopSec": "the same",
    "MemoryMax": "measured by ./build.sh bench small-board, in a control group",
    "PrivateUsers": "no privilege is left that it would take away; some systems refuse user namespaces",
}


def read(unit):
    """The values of every key of [Service], in order."""
    section, values = "", {}
    with open(unit, encoding="utf-8") as lines:
        for line in map(str.strip, lines):
            if line.startswith("["):
                section = line
            elif section == "[Service]" and "=" in line and not line.startswith("#"):
                key, value = line.split("=", 1)
                values.setdefault(key, []).append(value)
    unknown = values.keys() - APPLIED.keys() - LEFT_OUT.keys()
    if unknown:
        sys.exit(f"as-unit: neither applied nor left out for a reason: {', '.join(sorted(unknown))}")
    return values


def groups():
    """Every group of system calls that systemd has, as it lists them: its members are calls and other groups."""
    listed = subprocess.run(["systemd-analyze", "syscall-filter"], capture_output=True, text=True, check=True).stdout
    members, current = {}, None
    for line in listed.splitlines():
        if line.startswith("@"):
            current = members.setdefault(line.strip(), [])
        elif current is not None and line.startswith(" ") and not line.strip().startswith("#"):
            current.append(line.strip())
        elif line.strip() and not line.startswith(" "):
            current = None
    return members


def allowed_calls(filters):
    members = groups()

    def expand(name):
        return {call for member in members[name] for call in expand(member)} if name.startswith("@") else {name}

    calls = set()
    for line in filters:
        named = set().union(*(expand(name) for name in line.lstrip("~").split()))
        calls = calls - named if line.startswith("~") else calls | named
    return calls


def load_filters(unit, calls):
    """Several filters: the kernel takes the strictest answer of all."""
    refuse = seccomp.ERRNO(getattr(errno, unit["SystemCallErrorNumber"][0]))
    families = {FAMILIES[name] for name in unit["RestrictAddressFamilies"][0].split()}
    special = seccomp.SyscallFilter(seccomp.ALLOW)
    special.set_attr(seccomp.Attr.CTL_NNP, 1)
    for family in set(range(LAST_FAMILY)) - families:
        special.add_rule(seccomp.ERRNO(errno.EAFNOSUPPORT), "socket", seccomp.Arg(0, seccomp.EQ, family))
    special.add_rule(refuse, "mmap", seccomp.Arg(2, seccomp.MASKED_EQ, PROT_WRITE | PROT_EXEC, PROT_WRITE | PROT_EXEC))
    special.add_rule(refuse, "mprotect", seccomp.Arg(2, seccomp.MASKED_EQ, PROT_EXEC, PROT_EXEC))
    for bit in (1 << at for at in range(32) if CLONE_NEW >> at & 1):
        special.add_rule(refuse, "clone", seccomp.Arg(0, seccomp.MASKED_EQ, bit, bit))
    special.add_rule(seccomp.ERRNO(errno.ENOSYS), "clone3")
    for call in ("unshare", "setns"):
        special.add_rule(refuse, call)
    for call, at in (("chmod", 1), ("fchmod", 1), ("fchmodat", 2)):
        for bit in (0o4000, 0o2000):
            special.add_rule(refuse, call, seccomp.Arg(at, seccomp.MASKED_EQ, bit, bit))
    special.add_rule(refuse, "personality", seccomp.Arg(0, seccomp.NE, 0))

    general = seccomp.SyscallFilter(refuse)
    general.set_attr(seccomp.Attr.CTL_NNP, 1)
    for call in calls:
        try:
            general.add_rule(seccomp.ALLOW, call)
        except (RuntimeError, OSError):
            pass  # A call of another architecture, or one this libseccomp does not know: it stays refused.
    special.load()
    general.load()


def inside(unit, calls, command):
    """After the mounts, in the sandbox: everything that is the process's own."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    for capability in range(LAST_CAPABILITY + 1):
        prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    # Root of a container may not raise what it was given.
    files = min(int(unit["LimitNOFILE"][0]), resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    tasks = int(unit["TasksMax"][0])
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    resource.setrlimit(resource.RLIMIT_NPROC, (tasks, tasks))
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)
    os.umask(int(unit["UMask"][0], 8))
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0)
    load_filters(unit, calls)
    os.execve(command[0], command, os.environ)


def sandbox(unit_file, unit, binary, data):
    """bwrap and what it mounts: the units' view of the machine."""
    settings = dict(pair.split("=", 1) for line in unit["Environment"] for pair in line.split())
    os.chown(data, USER, USER)
    os.chmod(data, int(unit["StateDirectoryMode"][0], 8))
    here = os.path.abspath(__file__)
    mounts = ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    for empty in ("/root", "/home", "/run", "/tmp", "/var/tmp", "/usr/local/bin", "/var/lib"):
        mounts += ["--perms", "0755", "--tmpfs", empty]
    mounts += ["--perms", "1777", "--tmpfs", "/tmp", "--bind", data, STATE]
    mounts += ["--ro-bind", binary, "/usr/local/bin/beacon", "--ro-bind", here, "/run/as-unit.py", "--ro-bind", unit_file, "/run/beacon.service"]
    for fixed in ("/root", "/home", "/run", "/usr/local/bin", "/var/lib"):
        mounts += ["--remount-ro", fixed]
    command = ["bwrap", "--unshare-ipc", "--unshare-uts", "--unshare-pid", "--as-pid-1", "--die-with-parent", "--clearenv", "--chdir", "/"]
    for name, value in {"PATH": "/usr/local/bin:/usr/bin:/bin", **settings}.items():
        command += ["--setenv", name, value]
    kept = [part for name in ("SETUID", "SETGID", "SETPCAP", "SYS_RESOURCE") for part in ("--cap-add", f"CAP_{name}")]
    return command + ["--cap-drop", "ALL"] + kept + mounts + ["/usr/bin/python3", "/run/as-unit.py", "--inside", "/run/beacon.service"]


def main():
    if sys.argv[1] == "--inside":
        calls, command = sys.argv[3].split(","), sys.argv[4:]
        inside(read(sys.argv[2]), calls, command)
    unit_file, binary, data = (os.path.abspath(path) for path in sys.argv[1:4])
    unit = read(unit_file)
    command = sys.argv[4:] or ["/usr/local/bin/beacon", "serve"]
    outer = sandbox(unit_file, unit, binary, data) + [",".join(sorted(allowed_calls(unit["SystemCallFilter"])))] + command
    os.execvp(outer[0], outer)


if __name__ == "__main__":
    main()

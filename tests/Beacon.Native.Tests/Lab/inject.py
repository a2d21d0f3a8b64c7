"""Asks, denies and measures, with the kernel's own time of arrival. Prints lines of tab-separated fields; it judges nothing.

inject.py ask SILENCE QUESTION...   asks by multicast from port 5353, one question at a time, and goes on at the answer or after SILENCE
                                    seconds. QUESTION is NAME|TYPE or NAME|TYPE|VALUE|TTL, the latter with VALUE (of a PTR or, as
                                    PORT:HOST, of an SRV) as a known answer. Starts when nothing was heard for a while.
                                    Prints: name, type, delay in seconds or "-".
inject.py probes PREFIX DENIALS     prints each probe for a name that begins with PREFIX: time, name; denies the first DENIALS of them
                                    with an SRV record of its own.
"""
import socket
import struct
import sys
import time

GROUP = ("224.0.0.251", 5353)
TYPES = {"A": 1, "PTR": 12, "TXT": 16, "AAAA": 28, "SRV": 33, "ANY": 255}
SO_TIMESTAMPNS = 35
FLUSH = 0x8000
# Longer than the gaps between announcements, which are one and two seconds (RFC 6762, section 8.3), and than the second within which no
# record is said twice (section 6).
QUIET = 2.3


def pack_name(name):
    return b"".join(bytes([len(x.encode())]) + x.encode() for x in name.split(".") if x) + b"\0"


def read_name(data, at):
    labels, end = [], None
    while data[at]:
        if data[at] >= 0xC0:
            end = end or at + 2
            at = struct.unpack_from(">H", data, at)[0] & 0x3FFF
        else:
            labels.append(data[at + 1 : at + 1 + data[at]].decode())
            at += 1 + data[at]
    return ".".join(labels), end or at + 1


def parse(data):
    """Flags, questions as (name, type) and all records as (name, type)."""
    _, flags, questions, *counts = struct.unpack_from(">6H", data)
    at, asked, records = 12, [], []
    for _ in range(questions):
        name, at = read_name(data, at)
        asked.append((name, struct.unpack_from(">H", data, at)[0]))
        at += 4
    for _ in range(counts[0]):
        name, at = read_name(data, at)
        kind, _, _, length = struct.unpack_from(">2HIH", data, at)
        records.append((name, kind))
        at += 10 + length
    return flags, asked, records


def open_socket():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    sock.bind((GROUP[0], GROUP[1]))
    membership = struct.pack("4s4si", socket.inet_aton(GROUP[0]), b"\0" * 4, socket.if_nametoindex("eth0"))
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, membership)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
    return sock


def receive(sock, until):
    """The next packet and when the kernel had it, or None at the time given."""
    left = until - time.time()
    if left <= 0:
        return None
    sock.settimeout(left)
    try:
        data, controls, _, _ = sock.recvmsg(9000, 64)
    except TimeoutError:
        return None
    seconds, nanoseconds = struct.unpack("qq", controls[0][2])
    return parse(data), seconds + nanoseconds / 1e9


def question(name, kind, value=None, ttl=None):
    packet = struct.pack(">6H", 0, 0, 1, 0 if value is None else 1, 0, 0) + pack_name(name) + struct.pack(">2H", TYPES[kind], 1)
    if value is None:
        return packet
    if kind == "SRV":
        port, host = value.split(":")
        data = struct.pack(">3H", 0, 0, int(port)) + pack_name(host)
    else:
        data = pack_name(value)
    return packet + pack_name(name) + struct.pack(">2HIH", TYPES[kind], 1, int(ttl), len(data)) + data


def ask(sock, silence, questions):
    while receive(sock, time.time() + QUIET):
        pass
    for text in questions:
        name, kind, *known = text.split("|")
        packet = question(name, kind, *known)
        start, delay = time.time(), "-"
        sock.sendto(packet, GROUP)
        while (heard := receive(sock, start + silence)) is not None:
            (flags, _, records), arrived = heard
            if flags & 0x8000 and (name, TYPES[kind]) in records:
                delay = f"{arrived - start:.6f}"
                break
        print(f"{name}\t{kind}\t{delay}", flush=True)


def probes(sock, prefix, denials):
    print("watching", flush=True)
    while True:
        (flags, asked, _), arrived = receive(sock, time.time() + 3600)
        for name, kind in asked:
            if flags & 0x8000 or kind != TYPES["ANY"] or not name.startswith(prefix):
                continue
            if denials > 0:
                denials -= 1
                data = struct.pack(">3H", 0, 0, 9) + pack_name("denier.local")
                record = pack_name(name) + struct.pack(">2HIH", TYPES["SRV"], FLUSH | 1, 120, len(data)) + data
                sock.sendto(struct.pack(">6H", 0, 0x8400, 0, 1, 0, 0) + record, GROUP)
            print(f"{arrived:.6f}\t{name}", flush=True)


def main():
    sock = open_socket()
    if sys.argv[1] == "ask":
        ask(sock, float(sys.argv[2]), sys.argv[3:])
    else:
        probes(sock, sys.argv[2], int(sys.argv[3]))


main()

"""Multicasts COUNT datagrams that look like mDNS and are garbage, from port 5353 and from high ports in turn, and says how long it took.

A third are random bytes behind a sane header, a third real questions with random bytes changed, a third responses with random records.
Not looped back to this host. argv: COUNT SEED
"""
import random
import socket
import struct
import sys
import time

GROUP = ("224.0.0.251", 5353)
LENGTH = 306


def name(text):
    return b"".join(bytes([len(x)]) + x.encode() for x in text.split(".")) + b"\0"


def sender(port, index):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    sock.bind(("", port))
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, struct.pack("4s4si", b"\0" * 4, b"\0" * 4, index))
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
    return sock


def main():
    count, chance = int(sys.argv[1]), random.Random(int(sys.argv[2]))
    index = socket.if_nametoindex("eth0")
    senders = [sender(5353, index), sender(0, index), sender(0, index)]
    start = time.monotonic()
    for number in range(count):
        kind = number % 3
        if kind == 0:
            packet = struct.pack(">6H", 0, chance.choice([0, 0x0200, 0x8400]), 3, 9, 9, 9) + chance.randbytes(LENGTH - 12)
        elif kind == 1:
            packet = bytearray(struct.pack(">6H", 0, 0, 2, 0, 0, 0) + name("_http._tcp.local") + struct.pack(">2H", 12, 1)
                               + name("beacon.local") + struct.pack(">2H", 255, 0x8001))
            for _ in range(3):
                packet[chance.randrange(12, len(packet))] = chance.randrange(256)
        else:
            packet = struct.pack(">6H", 0, 0x8400, 0, 4, 0, 0)
            for _ in range(4):
                owner = name(f"h{chance.randrange(10 ** 9)}.local")
                packet += owner + struct.pack(">2HIH", chance.choice([1, 12, 33, 16, 47]), 0x8001, chance.choice([0, 1, 120]), 4) + chance.randbytes(4)
        senders[number % 3].sendto(packet, GROUP)
        if number % 50 == 49:
            time.sleep(0.005)
    print(f"{count} datagrams in {time.monotonic() - start:.1f} s", flush=True)


main()

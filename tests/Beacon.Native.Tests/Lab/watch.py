"""Prints every mDNS record this host hears: time, TTL, type, name, value, section (answer or additional), packet number,
and "flush" where the record replaces all earlier ones of its name and type.

With arguments it also asks: each argument NAME/TYPE is sent as one QM question from port 5353, as a browser would. A first argument
of 4 or 6 chooses the family; without it IPv4.
"""
import socket
import struct
import sys
import time

from zeroconf import DNSAddress, DNSIncoming, DNSPointer, DNSService, DNSText

GROUP = "224.0.0.251"
GROUP6 = "ff02::fb"
TYPES = {"A": 1, "PTR": 12, "TXT": 16, "AAAA": 28, "SRV": 33, "ANY": 255}


def question(name, rrtype):
    labels = b"".join(bytes([len(x)]) + x.encode() for x in name.split(".") if x)
    return struct.pack(">6H", 0, 0, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", TYPES[rrtype], 1)


def value(record):
    if isinstance(record, DNSPointer):
        return record.alias
    if isinstance(record, DNSService):
        return f"{record.server}:{record.port}"
    if isinstance(record, DNSText):
        return record.text.hex()
    if isinstance(record, DNSAddress):
        family = socket.AF_INET if len(record.address) == 4 else socket.AF_INET6
        return socket.inet_ntop(family, record.address)
    return "-"


def open_socket(ipv6):
    sock = socket.socket(socket.AF_INET6 if ipv6 else socket.AF_INET, socket.SOCK_DGRAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    index = socket.if_nametoindex("eth0")
    if ipv6:
        sock.bind((GROUP6, 5353, 0, index))
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, socket.inet_pton(socket.AF_INET6, GROUP6) + struct.pack("@I", index))
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
        return sock
    sock.bind((GROUP, 5353))
    membership = struct.pack("4s4si", socket.inet_aton(GROUP), b"\0" * 4, index)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, membership)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
    return sock


def main():
    arguments = sys.argv[1:]
    ipv6 = arguments[:1] == ["6"]
    arguments = arguments[1:] if arguments[:1] in (["4"], ["6"]) else arguments
    sock = open_socket(ipv6)
    print("watching", flush=True)
    for argument in arguments:
        name, rrtype = argument.rsplit("/", 1)
        sock.sendto(question(name, rrtype), (GROUP6 if ipv6 else GROUP, 5353))
    packet = 0
    while True:
        data, source = sock.recvfrom(9000)
        now = time.time()
        message = DNSIncoming(data)
        if message.is_query():
            continue
        packet += 1
        count = struct.unpack(">H", data[6:8])[0]
        # Newer versions of the library made the list a method.
        records = message.answers() if callable(message.answers) else message.answers
        for position, record in enumerate(records):
            section = "answer" if position < count else "additional"
            flush = "flush" if record.unique else "-"
            print(f"{now:.6f}\t{source[0]}\t{packet}\t{section}\t{record.ttl}\t{record.type}\t{record.name}\t{value(record)}\t{flush}", flush=True)


main()

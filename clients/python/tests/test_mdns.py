"""What is read out of mDNS answers, and what is not. Discovery on a real wire is in clients/tests."""
import pathlib
import random
import struct
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))

from beacon_client import A, AAAA, PTR, SRV, TXT, read_answer  # noqa: E402

NUMBER = 0x1234
SERVICE = ("_beacon", "_tcp", "local")
INSTANCE = ("Beacon",) + SERVICE
HOST = ("beacon", "local")
CACHE_FLUSH = 0x8000


def name(labels):
    return b"".join(bytes([len(label.encode())]) + label.encode() for label in labels) + b"\0"


def record(labels, kind, data, of_class=1):
    return name(labels) + struct.pack(">2HIH", kind, of_class, 10, len(data)) + data


def answer(*records, number=NUMBER, flags=0x8400):
    question = name(SERVICE) + struct.pack(">2H", PTR, 1)
    return struct.pack(">6H", number, flags, 1, len(records), 0, 0) + question + b"".join(records)


POINTER = record(SERVICE, PTR, name(INSTANCE))
PLACE = record(INSTANCE, SRV, struct.pack(">3H", 0, 0, 8080) + name(HOST), 1 | CACHE_FLUSH)
TEXTS = record(INSTANCE, TXT, b"\x06path=/\x0bapi=/my/api")
ADDRESS = record(HOST, A, bytes([192, 0, 2, 1]))


class AnswerTests(unittest.TestCase):
    def test_the_address_comes_from_the_answer_and_the_path_from_its_text(self):
        self.assertEqual("http://192.0.2.1:8080/my/api", read_answer(answer(POINTER, PLACE, TEXTS, ADDRESS), NUMBER, "192.0.2.1"))
        self.assertEqual("http://192.0.2.1:8080/api/v1", read_answer(answer(POINTER, PLACE, ADDRESS), NUMBER, "192.0.2.1"))

    def test_names_are_compared_without_regard_to_case(self):
        place = record(("BEACON",) + SERVICE, SRV, struct.pack(">3H", 0, 0, 80) + name(("Beacon", "LOCAL")))
        self.assertEqual("http://192.0.2.1:80/api/v1", read_answer(answer(POINTER, place, ADDRESS), NUMBER, "192.0.2.1"))

    def test_of_several_addresses_the_one_that_answered_is_taken_then_IPv4(self):
        other = record(HOST, A, bytes([198, 51, 100, 9]))
        six = record(HOST, AAAA, bytes.fromhex("fd000000000000000000000000000001"))
        link = record(HOST, AAAA, bytes.fromhex("fe800000000000000000000000000001"))
        self.assertIn("192.0.2.1", read_answer(answer(POINTER, PLACE, other, ADDRESS), NUMBER, "192.0.2.1"))
        self.assertIn("192.0.2.1", read_answer(answer(POINTER, PLACE, six, ADDRESS), NUMBER, "fe80::1%eth0"))
        self.assertIn("http://[fd00::1]:8080", read_answer(answer(POINTER, PLACE, six, link), NUMBER, "fe80::1%eth0"))
        self.assertIsNone(read_answer(answer(POINTER, PLACE, link), NUMBER, "fe80::1%eth0"))

    def test_an_answer_to_another_question_is_none(self):
        whole = (POINTER, PLACE, ADDRESS)
        for wrong in (answer(*whole, number=NUMBER + 1), answer(*whole, flags=0), answer(*whole, flags=0x8403), answer(PLACE, ADDRESS),
                      answer(POINTER, ADDRESS), answer(POINTER, PLACE), answer(record(("_http", "_tcp", "local"), PTR, name(INSTANCE)), PLACE, ADDRESS)):
            self.assertIsNone(read_answer(wrong, NUMBER, "192.0.2.1"))

    def test_a_path_that_could_lead_elsewhere_is_not_taken(self):
        for path in ("@evil.example", "/a b", "/a\r\nX: y", "/a?b", "/a#b", "/ä"):
            text = ("api=" + path).encode()
            found = read_answer(answer(POINTER, PLACE, record(INSTANCE, TXT, bytes([len(text)]) + text), ADDRESS), NUMBER, "192.0.2.1")
            self.assertEqual("http://192.0.2.1:8080/api/v1", found)

    def test_pointers_in_circles_and_forward_end(self):
        header = struct.pack(">6H", NUMBER, 0x8400, 1, 1, 0, 0)
        for names in (b"\xc0\x0c", b"\xc0\x0e\xc0\x0c", b"\xc0\xff", b"\x01a\xc0\x0c", b"\x3f", b"\x80", b"\xc0"):
            self.assertIsNone(read_answer(header + names + struct.pack(">2H", PTR, 1), NUMBER, "192.0.2.1"))

    def test_no_damage_is_more_than_no_answer(self):
        seed = random.randrange(2 ** 32)
        chance = random.Random(seed)
        whole = answer(POINTER, PLACE, TEXTS, ADDRESS)
        for length in range(len(whole)):
            self.assertIsNone(read_answer(whole[:length], NUMBER, "192.0.2.1"))
        for _ in range(5000):
            damaged = bytearray(whole)
            for _ in range(chance.randrange(1, 6)):
                damaged[chance.randrange(2, len(damaged))] = chance.randrange(256)
            found = read_answer(bytes(damaged), NUMBER, "192.0.2.1")
            self.assertTrue(found is None or found.startswith("http://"), "seed %d: %r" % (seed, found))

    def test_counts_that_lie_cost_nothing(self):
        self.assertIsNone(read_answer(struct.pack(">6H", NUMBER, 0x8400, 65535, 65535, 65535, 65535), NUMBER, "192.0.2.1"))
        self.assertIsNone(read_answer(struct.pack(">6H", NUMBER, 0x8400, 0, 65535, 0, 0) + b"\0" * 8988, NUMBER, "192.0.2.1"))


if __name__ == "__main__":
    unittest.main()
